// Engine: decide → append → effect → outcome → publish, one batch of decisions at a time. It only
// sequences: what may happen is decided in rules, what is kept is kept by the ledger. While a batch
// is on its way to the disk, what arrives waits for the next one; the state in memory then is
// tentative, and is loaded anew from the views if the batch fails. Loop thread only.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/ballast.hpp"
#include "engine/feed.hpp"
#include "engine/gathering.hpp"
#include "engine/store.hpp"
#include "engine/time_keeper.hpp"
#include "rules/decide.hpp"
#include "rules/take_checks.hpp"

namespace seals::engine {

// How a command ended. `error`: it was refused (events then hold the recorded refusal), or could
// not be recorded (events empty).
struct Outcome {
    std::optional<Error> error;
    rules::Upserted upserted = rules::Upserted::unchanged;
    std::string id;
    std::vector<ledger::Recorded> events;
};

using Done = std::function<void(Outcome)>;

struct Submission {
    rules::Command command;
    Actor actor = device_actor();
    Done done{};
    std::optional<ledger::Secret> secret{};    // goes to the vault in the same transaction
    std::vector<ledger::ErasedText> erased{};  // goes from the vault likewise
    bool fetched = false;                      // the engine's: the rows it names are in memory
};

class Engine {
  public:
    Engine(loop::Loop& loop, Store& store, TimeKeeper& time, Ballast& ballast, rules::Policy policy,
           bool simulated);

    void submit(Submission submission);
    void observe(rules::Command fact) { submit({std::move(fact)}); }

    // What would be decided now, applied to `twin` only: dry runs.
    rules::Decision preview(rules::State& twin, rules::Command command, const Actor& actor);

    // How each rule would answer such a take now; nothing is recorded.
    Result<std::vector<rules::Check>> explain(const rules::Take& take);

    // Tentative while a batch is in flight: for decisions and hardware, never for replies.
    const rules::State& state() const { return state_; }
    const rules::Policy& policy() const { return policy_; }
    void set_policy(rules::Policy policy) { policy_ = std::move(policy); }
    Feed& feed() { return feed_; }
    Store& store() { return store_; }
    Moment moment() const { return time_.read(); }
    TimeKeeper& time() { return time_; }

    // What happens right after a batch is durable, before anyone is told: effects.
    void on_recorded(std::function<void(const std::vector<ledger::Recorded>&)> call) {
        effects_ = std::move(call);
    }

    // From now on releases answer this (a background check found an altered entry).
    void distrust_ledger(Error why);
    const std::optional<Error>& distrust() const { return distrust_; }
    bool read_only() const { return read_only_.has_value(); }
    std::size_t waiting() const { return asked_.size() + facts_.size(); }
    bool busy() const { return in_flight_; }  // a batch is on its way to the disk
    void evict();                             // finished things out of memory; housekeeping

    Status load();  // the state from the views; at start
    // Slots of this cabinet that no event has named yet; kept across load().
    void add_slots(std::vector<SlotId> slots);

  private:
    struct Decided {
        Submission submission;
        rules::Decision decision;
        std::size_t first = 0, count = 0;  // its events in the batch
    };

    void pump();
    void pump_later();
    bool gather();
    Batch decide_batch(std::vector<Decided>& decided);
    bool turn_away(Submission& submission);
    void decide_one(Submission submission, Moment moment, Batch& batch,
                    std::vector<Decided>& decided);
    void fetch(Submission& submission);
    void hydrate(rules::State& state, const rules::Command& command);
    rules::Context context(const Moment& moment, const Actor& actor) const;
    void add_rows(Batch& batch, Instant now);
    void commit(Batch batch, std::vector<Decided> decided);
    void succeed(std::vector<Decided> decided, const std::vector<ledger::Recorded>& recorded);
    void fail(std::vector<Decided> decided, const Error& why);
    void put_back(std::vector<Decided> decided);
    void refuse_waiting(std::deque<Submission>& queue, const Error& why);

    loop::Loop& loop_;
    Store& store_;
    TimeKeeper& time_;
    Ballast& ballast_;
    rules::Policy policy_;
    bool simulated_;
    rules::State state_;
    Feed feed_;
    std::function<void(const std::vector<ledger::Recorded>&)> effects_;
    std::deque<Submission> facts_;
    std::deque<Submission> asked_;
    bool in_flight_ = false;
    bool pumping_ = false;
    std::size_t alone_ = 0;  // so many go one to a batch: one of them can never be recorded
    std::optional<Error> read_only_;
    std::optional<Error> distrust_;
    loop::Timer retry_;
    Gathering gathering_;
    loop::Timer gathered_;  // until then commands wait for others
    bool out_of_patience_ = false;
    bool evict_due_ = false;
    std::vector<SlotId> slots_;
};

}  // namespace seals::engine
