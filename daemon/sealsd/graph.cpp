#include "graph.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

#include "alert_log.hpp"
#include "api/routes.hpp"
#include "base/log.hpp"
#include "engine/held.hpp"
#include "engine/placing.hpp"
#include "helper/stream.hpp"
#include "leaf/hash.hpp"
#include "programs.hpp"
#include "restore.hpp"
#include "settings.hpp"

namespace seals::sealsd {
namespace {

constexpr std::size_t kBallast = 8U << 20;
constexpr std::size_t kMostUpload = 256U << 20;
constexpr milliseconds kDrain{5000};

std::string sha256_hex(const std::string& text) {
    leaf::Hasher hasher;
    return to_hex(hasher.sha256(as_bytes(text)));
}

}  // namespace

Graph::Graph(loop::Loop& loop, const config::Config& config, std::string config_sha256)
    : loop_(loop), config_(config), config_sha256_(std::move(config_sha256)) {}

Graph::~Graph() = default;

Result<std::unique_ptr<Graph>> Graph::build(loop::Loop& loop, const config::Config& config,
                                            const std::string& config_sha256) {
    auto graph = std::unique_ptr<Graph>(new Graph(loop, config, config_sha256));
    for (auto step : {&Graph::lock_state, &Graph::open_store, &Graph::wire})
        if (auto status = (graph.get()->*step)(); !status) return status.error();
    return graph;
}

Status Graph::lock_state() {
    std::error_code error;
    std::filesystem::create_directories(config_.paths.run, error);
    // Where SQLite copies the ledger to after an erasure: not to a /tmp that may be memory.
    ::setenv("SQLITE_TMPDIR", config_.paths.state.c_str(), 1);
    auto lock = lock_folder(config_.paths.state);
    if (!lock) return lock.error();
    state_lock_ = std::move(*lock);
    return engine::finish_placing(config_.paths.state);
}

Status Graph::open_store() {
    if (config_.node.simulated) {
        auto clock = helper::sim_clock(config_.paths.run + "/sim.sock");
        if (clock)
            sim_clock_.set_offset(milliseconds{clock->offset_ms});
        else
            log(Priority::warning, "sim", "the simulated cabinet is not there yet",
                {{"why", clock.error().detail}});
    }
    const Clock& clock =
        config_.node.simulated ? static_cast<const Clock&>(sim_clock_) : machine_clock_;
    engine::StoreOptions options{config_.paths.state, config_.origin(), config_.node.simulated};
    auto store = engine::Store::open(loop_, options, clock);
    if (!store) return store.error();
    store_ = std::move(*store);
    time_ =
        std::make_unique<engine::TimeKeeper>(clock, config_.node.simulated, store_->last_time());
    ballast_ = std::make_unique<engine::Ballast>(config_.paths.state + "/ballast", kBallast);
    if (auto status = ballast_->take(); !status)
        log(Priority::warning, "engine", "no ballast", {{"why", status.error().detail}});
    return {};
}

Status Graph::wire() {
    bool simulated = config_.node.simulated;
    engine_ = std::make_unique<engine::Engine>(loop_, *store_, *time_, *ballast_,
                                               policy_of(config_), simulated);
    if (auto status = engine_->load(); !status) return status;
    if (auto status = engine::check_held(store_->reader(), store_->folder(), store_->origin());
        !status)
        return status;
    engine_->add_slots(slots_of(config_));
    CabinetPaths paths{config_.paths.run + "/bolt.sock",
                       simulated ? config_.paths.run + "/sim.sock" : ""};
    cabinet_ = std::make_unique<DeviceCabinet>(loop_, paths, wiring_of(config_));
    learn_keys();
    visits_ = std::make_unique<engine::Visits>(loop_, *engine_, *cabinet_, visit_times_of(config_));
    factors_ = std::make_unique<engine::Factors>(loop_, *engine_);
    count_ = std::make_unique<engine::Count>(*engine_, *cabinet_);
    import_ = std::make_unique<engine::Import>(loop_, *engine_);
    reconciler_ = std::make_unique<engine::Reconciler>(loop_, *engine_,
                                                       config_.paths.state + "/reconciliations");
    proof_ = std::make_unique<engine::CountProof>(loop_, *engine_);
    reporter_ = std::make_unique<engine::Reporter>(loop_, *engine_, config_.paths.state,
                                                   reconciler_->folder());
    once_ = std::make_unique<engine::Once>(*engine_);
    search_ = std::make_unique<engine::SearchIndex>(loop_, store_->path(),
                                                    config_.paths.state + "/" + engine::kIndexName);
    files_ = std::make_unique<engine::Files>(loop_, config_.paths.state + "/files");
    keeper_ = std::make_unique<engine::Keeper>(loop_, *engine_, *files_);
    verifier_ = std::make_unique<engine::Verifier>(loop_, *engine_);
    signer_ = std::make_unique<engine::Signer>(loop_, *engine_);
    backup_ = std::make_unique<engine::Backup>(loop_, *engine_, *signer_,
                                               static_cast<std::size_t>(config_.backup.keep));
    schedule_ =
        std::make_unique<engine::Schedule>(loop_, *engine_, *cabinet_, *ballast_, *verifier_);
    schedule_->ask_devices([this] { return cabinet_->devices(); });
    schedule_->on_override([this] {
        engine::CountAsk ask;
        ask.actor = device_actor();
        ask.done = [this](const engine::Outcome& outcome) {
            if (outcome.error) schedule_->count_later();
        };
        count_->run(std::move(ask));
    });
    health_ = std::make_unique<Health>(loop_, *engine_, *cabinet_, *search_, *ballast_, *signer_,
                                       simulated);
    engine_->on_recorded(
        [this](const std::vector<ledger::Recorded>& entries) { recorded(entries); });
    if (cabinet_->sim() != nullptr)
        cabinet_->sim()->on_clock([this](const helper::SimClock& clock) {
            sim_clock_.set_offset(milliseconds{clock.offset_ms});
        });
    return {};
}

// Effects, in this order: what must move, then what only watches.
void Graph::recorded(const std::vector<ledger::Recorded>& entries) {
    for (const auto& entry : entries) {
        if (entry.event.type != EventType::seal_enrolled) continue;
        const auto* seal = engine_->state().seal(entry.event.seal);
        auto key = store_->reader().secret("tag_key", entry.event.seal.str());
        if (seal != nullptr && key && *key) cabinet_->enrol(seal->id, seal->uid, **key, seal->slot);
    }
    visits_->recorded(entries);
    schedule_->recorded(entries);
    signer_->recorded(entries);
    log_alerts(entries);
    search_->catch_up();
}

// Keys of all enrolled tags, from the vault. On a simulated cabinet the tags are made again where a
// crash came between the record and the making.
void Graph::learn_keys() {
    for (const auto& [id, seal] : engine_->state().seals) {
        if (seal.uid.empty()) continue;
        auto key = store_->reader().secret("tag_key", id.str());
        if (key && *key) cabinet_->enrol(id, seal.uid, **key, seal.slot);
    }
}

void Graph::start(std::function<void()> ready) {
    policy_sha256_ = sha256_hex(config_.policy_text());
    engine::Submission boot{rules::Booted{SEALS_VERSION, config_sha256_, config_.policy_text(),
                                          policy_sha256_, slots_of(config_), store_->last_time()}};
    boot.done = [this, ready = std::move(ready)](const engine::Outcome& outcome) {
        if (outcome.error)
            log(Priority::error, "sealsd", "the boot could not be recorded",
                {{"why", outcome.error->detail}});
        signer_->load();
        cabinet_->on_doors([this](const auto& doors) { visits_->doors(doors); });
        cabinet_->on_door([this](const SlotId& slot, bool open) { visits_->door(slot, open); });
        cabinet_->tell_doors();
        if (auto status = open_sockets(); !status) {
            log(Priority::error, "sealsd", status.error().detail,
                {{"remedy", status.error().remedy}});
            return loop_.stop();
        }
        ready();
    };
    engine_->submit(std::move(boot));
    if (store_->scrub_due()) store_->scrub();
    search_->catch_up();
}

Status Graph::open_sockets() {
    auto roles = api::resolve_roles(role_map_of(config_));
    if (!roles) return roles.error();
    auto witnesses = witness_keys_of(config_);
    if (!witnesses) return witnesses.error();
    signer_->set_witnesses(std::move(*witnesses));
    auto spool = config_.paths.state + "/spool";
    services_ = std::make_unique<api::Services>(api::Services{
        *engine_, *visits_, *factors_, *count_, *import_, *reconciler_, *reporter_, *once_,
        *search_, *verifier_, *files_, *proof_, *keeper_, *signer_, *backup_});
    services_->simulated = config_.node.simulated;
    services_->policy_text = config_.policy_text();
    services_->timezone = config_.node.timezone;
    services_->status = [this](Language language) { return health_->report(language); };
    services_->open_upload = [spool](uid_t uid, const std::string& sha256) {
        return Uploads::find(spool, uid, sha256);
    };
    services_->connect_intake = [socket = config_.paths.run + "/intake.sock"]() -> Result<Fd> {
        if (auto served = helper::connect_unix(socket)) return served;  // by systemd
        auto program = find_program("sealsd-intake");
        if (program.empty()) return unavailable("sealsd-intake is not installed beside sealsd");
        auto pair = socket_pair();
        if (!pair) return pair.error();
        if (auto status = spawn(program, {}, pair->second); !status) return status.error();
        return std::move(pair->first);
    };
    services_->sim = [this](const std::string& verb, const std::vector<std::string>& args,
                            std::function<void(Result<Value>)> done) {
        cabinet_->sim()->verb(verb, args, std::move(done));
    };
    auto uploads = Uploads::open(loop_, config_.paths.run + "/files.sock", config_.socket_group,
                                 spool, kMostUpload);
    if (!uploads) return uploads.error();
    uploads_ = std::move(*uploads);
    api::ServerOptions options;
    options.path = config_.api_socket();
    options.group = config_.socket_group;
    auto server = api::Server::open(loop_, std::move(options), std::move(*roles),
                                    api::make_routes(*services_));
    if (!server) return server.error();
    server_ = std::move(*server);
    log(Priority::notice, "sealsd", "ready",
        {{"socket", config_.api_socket()}, {"origin", store_->origin()}});
    return {};
}

// Who waits for an answer gets it, for a while: systemd gives the whole stop 20 s.
void Graph::stop(std::function<void()> done) {
    uploads_.reset();
    auto end = [this, done = std::move(done)] { shut_down(done); };
    if (!server_) return end();
    drain_limit_ = loop_.after(kDrain, end);
    server_->drain(end);
}

void Graph::shut_down(const std::function<void()>& recorded) {
    if (std::exchange(shutting_down_, true)) return;
    drain_limit_ = {};
    server_.reset();
    engine::Submission shutdown{rules::Shutdown{}};
    shutdown.done = [this, recorded](const engine::Outcome&) {
        signer_->sign([recorded](const engine::Signer::Signed&) { recorded(); });
    };
    engine_->submit(std::move(shutdown));
}

bool Graph::stuck() const {
    return store_->stuck(milliseconds{30'000});
}

}  // namespace seals::sealsd
