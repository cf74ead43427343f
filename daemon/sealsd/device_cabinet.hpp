// DeviceCabinet: the engine's Cabinet over sealsd-bolt, the tag readers and, on a simulated
// cabinet, sealsd-sim. Loop thread only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/cabinet.hpp"
#include "hardware/sim/cabinet.hpp"
#include "helper/bolt.hpp"
#include "readers.hpp"

namespace seals::sealsd {

struct SlotWiring {
    SlotNo slot = 0;
    std::string reader;
};

struct CabinetPaths {
    std::string bolt;  // bolt.sock
    std::string sim;   // sim.sock; empty: a real cabinet
};

class DeviceCabinet : public engine::Cabinet {
  public:
    DeviceCabinet(loop::Loop& loop, CabinetPaths paths, const std::vector<SlotWiring>& wiring);

    void unlock(const engine::Order& order, std::function<void(engine::Answer)> done) override;
    void end_visit(const SlotId& slot) override;
    void read(const SlotId& slot, std::function<void(rules::TagReading)> done) override;
    void enrol(const SealId& seal, const std::string& uid, const Bytes& key,
               const SlotId& home) override;

    void know(const SealId& seal, const std::string& uid,
              const Bytes& key);  // at start, from the vault
    // Every slot whose door state is known, whenever bolt has told them all.
    void on_doors(std::function<void(const std::vector<std::pair<SlotId, bool>>&)> call) {
        doors_ = std::move(call);
    }
    void on_door(std::function<void(const SlotId&, bool open)> call) { door_ = std::move(call); }

    void tell_doors();  // what is known already, to whoever has just begun to listen

    bool bolt_up() const { return bolt_.up(); }
    bool sim_up() const { return sim_ == nullptr || sim_->up(); }
    std::vector<std::string> faulty_readers() const;
    std::vector<std::pair<std::string, bool>> devices() const;  // each part, and whether it answers
    sim::Cabinet* sim() { return sim_.get(); }

  private:
    void share_keyring();

    helper::BoltClient bolt_;
    std::unique_ptr<sim::Cabinet> sim_;
    std::map<std::string, std::unique_ptr<Reader>> readers_;
    std::map<SlotId, Reader*> reader_of_;
    tag::Keyring keyring_;
    std::map<SealId, helper::SimTag> tags_;  // to be enrolled again when the cabinet comes back
    std::function<void(const std::vector<std::pair<SlotId, bool>>&)> doors_;
    std::function<void(const SlotId&, bool)> door_;
    std::map<SlotId, bool> open_;  // as last told
};

}  // namespace seals::sealsd
