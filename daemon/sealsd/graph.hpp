// Graph: who owns whom in sealsd. Members stand in the order of their making: what is used outlives
// who uses it. The only place that knows all parts; it wires them and decides nothing.
#pragma once

#include <memory>

#include "api/server.hpp"
#include "api/services.hpp"
#include "config/config.hpp"
#include "device_cabinet.hpp"
#include "engine/schedule.hpp"
#include "engine/signer.hpp"
#include "health.hpp"
#include "sim_clock.hpp"
#include "uploads.hpp"

namespace seals::sealsd {

class Graph {
  public:
    // Everything up to the listening sockets. Code::conflict: another sealsd runs on this state.
    static Result<std::unique_ptr<Graph>> build(loop::Loop& loop, const config::Config& config,
                                                const std::string& config_sha256);
    ~Graph();

    void start(std::function<void()> ready);    // records the boot, opens the sockets, says so
    void stop(std::function<void()> recorded);  // no new requests; the orderly end is recorded
    // Takes roles, persons and policy of a changed configuration, recorded before they apply; keeps
    // the one that runs when it cannot, and says why in the log. `told` comes when it is over.
    void reload(const config::Config& next, const std::string& sha256, std::function<void()> told);
    bool stuck() const;  // a worker makes no progress: no watchdog ping

  private:
    Graph(loop::Loop& loop, const config::Config& config, std::string config_sha256);
    Status lock_state();
    Status open_store();
    Status wire();
    Status open_sockets();
    void learn_keys();
    void apply(const config::Config& next, const api::Roles& roles);
    void shut_down(const std::function<void()>& recorded);
    void recorded(const std::vector<ledger::Recorded>& entries);

    loop::Loop& loop_;
    config::Config config_;
    std::string config_sha256_;
    std::string policy_sha256_;
    Fd state_lock_;
    SimClock sim_clock_;
    loop::SystemClock machine_clock_;
    std::unique_ptr<engine::Store> store_;
    std::unique_ptr<engine::TimeKeeper> time_;
    std::unique_ptr<engine::Ballast> ballast_;
    std::unique_ptr<engine::Engine> engine_;
    std::unique_ptr<DeviceCabinet> cabinet_;
    std::unique_ptr<engine::Visits> visits_;
    std::unique_ptr<engine::Factors> factors_;
    std::unique_ptr<engine::Count> count_;
    std::unique_ptr<engine::Import> import_;
    std::unique_ptr<engine::Reconciler> reconciler_;
    std::unique_ptr<engine::CountProof> proof_;
    std::unique_ptr<engine::Reporter> reporter_;
    std::unique_ptr<engine::Once> once_;
    std::unique_ptr<engine::SearchIndex> search_;
    std::unique_ptr<engine::Files> files_;
    std::unique_ptr<engine::Keeper> keeper_;
    std::unique_ptr<engine::Verifier> verifier_;
    std::unique_ptr<engine::Signer> signer_;
    std::unique_ptr<engine::Backup> backup_;
    std::unique_ptr<engine::Schedule> schedule_;
    std::unique_ptr<Health> health_;
    std::unique_ptr<api::Services> services_;
    std::unique_ptr<Uploads> uploads_;
    std::unique_ptr<api::Server> server_;
    loop::Timer drain_limit_;
    bool shutting_down_ = false;
};

}  // namespace seals::sealsd
