// Server: the clients of sim.sock, frame by frame. A frame that is not of the protocol costs its
// sender the connection. Loop thread.
#pragma once

#include <list>
#include <map>
#include <memory>

#include "base/fd.hpp"
#include "cabinet.hpp"
#include "helper/stream.hpp"

namespace seals::simd {

class Server {
  public:
    Server(loop::Loop& loop, Cabinet& cabinet, Fd listener);

    void tell(helper::SimEdge edge);
    void tell(helper::SimClock clock);

  private:
    struct Client {
        std::unique_ptr<helper::FrameStream> stream;
        bool follows_contacts = false;
        bool follows_clock = false;
        std::map<std::uint64_t, loop::Timer> slow;  // answers that wait
    };
    using Place = std::list<Client>::iterator;

    void accept();
    bool take(Client& client, const helper::Frame& frame);  // false: not of the protocol
    bool take_electronics(Client& client, const helper::Frame& frame);
    bool take_apdu(Client& client, const helper::Frame& frame);
    void drop(Place place);

    loop::Loop& loop_;
    Cabinet& cabinet_;
    Fd listener_;
    loop::Watch accepting_;
    std::list<Client> clients_;
    std::uint64_t next_slow_ = 0;
};

}  // namespace seals::simd
