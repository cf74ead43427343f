// Cabinet: sealsd's hand on the simulated cabinet, beyond locks, doors and readers: enrols tags,
// ends sessions, relays the verbs of a person, follows the clock. Loop thread only, never blocks,
// keeps dialling. `done` is called once, never from within the call: Code::unavailable when the
// cabinet is not there or went away before it answered.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "helper/sim.hpp"
#include "loop/loop.hpp"

namespace seals::helper {
class Dialer;
}

namespace seals::sim {

class Cabinet {
  public:
    Cabinet(loop::Loop& loop, std::string path);
    ~Cabinet();
    Cabinet(const Cabinet&) = delete;
    Cabinet& operator=(const Cabinet&) = delete;

    // The first time the tag lies in its home slot; later calls move nothing (key and UID follow).
    void enrol(const helper::SimTag& tag, std::function<void(Status)> done);
    void relatch(SlotNo slot, std::function<void(Status)> done);  // its session has ended
    void verb(const std::string& verb, const std::vector<std::string>& args,
              std::function<void(Result<Value>)> done);

    void on_clock(std::function<void(helper::SimClock)> call) { clock_ = std::move(call); }
    void on_link(std::function<void(bool up)> call) { link_ = std::move(call); }
    bool up() const;

  private:
    using Done = std::function<void(Result<helper::Frame>)>;
    void ask(helper::SimFrame kind, ByteView payload, helper::SimFrame answer, Done done);
    void take(helper::Frame frame);
    void take_link(bool up);

    struct Question {
        std::uint8_t answer;
        Done done;
    };
    loop::Loop& loop_;
    std::unique_ptr<helper::Dialer> dialer_;
    std::deque<Question> open_;
    std::function<void(helper::SimClock)> clock_;
    std::function<void(bool)> link_;
};

}  // namespace seals::sim
