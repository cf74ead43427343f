// Server: the one client of bolt.sock. Never waits for it: edges that it does not take are dropped
// and made good by a snapshot; an answer that it does not take costs it the connection. Loop
// thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <sys/types.h>

#include "base/fd.hpp"
#include "helper/bolt.hpp"
#include "helper/stream.hpp"
#include "loop/loop.hpp"

namespace seals::bolt {

class Server {
  public:
    struct Calls {
        std::function<void(const helper::UnlockOrder&)> unlock;
        std::function<void()> all_idle;
        std::function<void()> hung_up;
        std::function<std::vector<helper::DoorState>()> doors;
    };
    Server(loop::Loop& loop, Fd listener, std::optional<uid_t> peer, Calls calls);

    void send(helper::BoltFrame kind, const Bytes& payload);
    void tell(helper::ContactEdge edge);
    void tell_all_doors(bool resync);

  private:
    void accept();
    bool may(int socket) const;
    void take(const helper::Frame& frame);
    void hang_up();
    void catch_up();

    loop::Loop& loop_;
    Fd listener_;
    std::optional<uid_t> peer_;
    Calls calls_;
    loop::Watch accepting_;
    std::unique_ptr<helper::FrameStream> client_;
    loop::Timer behind_;  // set: edges were dropped
};

}  // namespace seals::bolt
