// The simulated cabinet's lock lines and door contacts, for sealsd-bolt and its guard.
#pragma once

#include <memory>
#include <string>

#include "base/fd.hpp"
#include "hardware/contact.hpp"
#include "hardware/lock.hpp"
#include "helper/frame.hpp"
#include "loop/loop.hpp"

namespace seals::helper {
class Dialer;
}

namespace seals::sim {

// Blocks as hardware::Lock says. Dials when first called and again after any failure; one thread.
class Locks : public hardware::Lock {
  public:
    explicit Locks(std::string path) : path_(std::move(path)) {}
    Result<std::int64_t> energise(SlotNo slot) override;
    Status idle(SlotNo slot) override;

  private:
    Result<std::int64_t> set(SlotNo slot, bool active);
    Result<helper::Frame> ask(SlotNo slot, bool active);

    std::string path_;
    Fd socket_;
};

class Contacts : public hardware::Contact {
  public:
    Contacts(loop::Loop& loop, std::string path, SlotNo slots);
    ~Contacts() override;
    void on_edge(std::function<void(hardware::Edge)> call) override { edge_ = std::move(call); }
    void on_snapshot(std::function<void(const std::vector<hardware::Door>&)> call) override {
        snapshot_ = std::move(call);
    }

  private:
    void take(const helper::Frame& frame);
    void take_link(bool up);

    SlotNo slots_;
    std::function<void(hardware::Edge)> edge_;
    std::function<void(const std::vector<hardware::Door>&)> snapshot_;
    std::unique_ptr<helper::Dialer> dialer_;
};

}  // namespace seals::sim
