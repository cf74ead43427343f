// House: sealsd's parts in one process on a temporary directory, with a clock that only moves when
// told, and a cabinet whose orders are recorded and whose answers and tags the test decides. World
// is what outlives a run: a crash is a House destroyed, a restart another one on the same World.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <stdlib.h>

#include "catch.hpp"
#include "engine/once.hpp"
#include "engine/replay.hpp"
#include "engine/verifier.hpp"
#include "engine/visits.hpp"
#include "rules/row.hpp"
#include "test_vfs.hpp"

namespace seals::engine::test {

using Kind = rules::TagReading::Kind;

inline constexpr Instant kStart{1'795'651'200'000};

class TestClock : public Clock {
  public:
    Reading read() const override { return {{utc_.load()}, mono_.load(), synced_.load()}; }
    const std::string& boot_id() const override { return boot_; }
    void pass(milliseconds time) {
        utc_ += time.count();
        mono_ += time.count();
    }
    void step(milliseconds by) { utc_ += by.count(); }  // as somebody sets the time
    void wait(milliseconds time) { mono_ += time.count(); }
    void set_synced(bool synced) { synced_ = synced; }

  private:
    std::atomic<std::int64_t> utc_{kStart.ms}, mono_{1000};
    std::atomic<bool> synced_{true};
    std::string boot_ = "boot-1";
};

struct World {
    TestClock clock;
    std::map<SlotId, rules::TagReading> tags;  // what a reading says; none: absent
    std::vector<Order> orders;                 // all that were ever sent
    std::map<SlotId, int> reads;
    std::vector<SlotId> ended;
    Answer answer{Fate::fired, {}};
    bool hold = false;  // orders get no answer yet
    std::vector<std::function<void(Answer)>> held;
    std::filesystem::path dir;

    World() {
        std::string pattern = (std::filesystem::temp_directory_path() / "seals-XXXXXX").string();
        dir = ::mkdtemp(pattern.data());
        seals::test::register_test_vfs();
        seals::test::faults().clear();
    }
    ~World() {
        seals::test::faults().clear();
        std::filesystem::remove_all(dir);
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    std::string path(const char* name) const { return (dir / name).string(); }
    void put(const char* slot, rules::TagReading reading) { tags[SlotId(slot)] = reading; }
    void remove(const char* slot) { tags.erase(SlotId(slot)); }
    int reads_of(const char* slot) { return reads[SlotId(slot)]; }
};

class FakeCabinet : public Cabinet {
  public:
    FakeCabinet(loop::Loop& loop, World& world) : loop_(loop), world_(world) {}

    void unlock(const Order& order, std::function<void(Answer)> done) override {
        world_.orders.push_back(order);
        if (world_.hold)
            world_.held.push_back(std::move(done));
        else
            loop_.post([done = std::move(done), answer = world_.answer] { done(answer); });
    }
    void end_visit(const SlotId& slot) override { world_.ended.push_back(slot); }
    void read(const SlotId& slot, std::function<void(rules::TagReading)> done) override {
        ++world_.reads[slot];
        auto found = world_.tags.find(slot);
        rules::TagReading reading{Kind::absent};
        if (found != world_.tags.end()) reading = found->second;
        loop_.post([done = std::move(done), reading] { done(reading); });
    }
    void enrol(const SealId& seal, const std::string& uid, const Bytes&,
               const SlotId& home) override {
        world_.tags[home] = {Kind::authentic, seal, uid};
    }

  private:
    loop::Loop& loop_;
    World& world_;
};

inline rules::TagReading unreadable() {
    return {Kind::unreadable, {}, {}, "no answer from the tag"};
}

struct HouseOptions {
    bool real_clock = false;  // distrusted until a time source has set it
    bool settle = true;       // false: nothing drives the cabinet
    std::size_t ballast = 4096;
    VisitTimes times{milliseconds{200},       milliseconds{200},  milliseconds{10},
                     milliseconds{5},         milliseconds{5},    milliseconds{40},
                     milliseconds{3'600'000}, milliseconds{2'000}};
};

class House {
  public:
    explicit House(World& world, HouseOptions options = {}) : world_(world), options_(options) {
        auto opened = Store::open(
            loop, {world.dir.string(), "seals.test/cab-1/sim", true, seals::test::kTestVfs},
            world.clock);
        INFO((opened ? "" : opened.error().detail));
        REQUIRE(opened);
        store = std::move(*opened);
        time.emplace(world.clock, !options.real_clock, store->last_time());
        REQUIRE(ballast.take());
        engine.emplace(loop, *store, *time, ballast, policy(), true);
        REQUIRE(engine->load());
        engine->add_slots(slots());
        visits.emplace(loop, *engine, cabinet, options.times);
        engine->on_recorded([this](const auto& entries) { recorded(entries); });
    }

    static std::vector<SlotId> slots() {
        std::vector<SlotId> out;
        for (const auto* id : {"01", "02", "03", "04", "05"})
            out.emplace_back(id);
        return out;
    }
    static rules::Policy policy() {
        rules::Policy policy;
        policy.failures = 3;
        policy.window_days = 1;
        return policy;
    }

    // Runs the loop until `so`, for ten seconds at most; returns whether it came to be.
    bool until(const std::function<bool()>& so) {
        auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (!so() && std::chrono::steady_clock::now() < end)
            loop.run_once(milliseconds{5});
        return so();
    }
    // Runs the loop for that long; returns how often it had something to do.
    int idle(milliseconds span) {
        int turns = 0;
        auto end = std::chrono::steady_clock::now() + span;
        while (std::chrono::steady_clock::now() < end && ++turns > 0)
            loop.run_once(milliseconds{5});
        return turns;
    }
    bool quiet() { return engine->waiting() == 0 && !engine->busy(); }
    void rest() {
        REQUIRE(until([this] { return quiet(); }));
    }

    Outcome run(rules::Command command, std::optional<ledger::Secret> secret = {}) {
        std::optional<Outcome> outcome;
        engine->submit({std::move(command), device_actor(),
                        [&](Outcome got) { outcome = std::move(got); }, std::move(secret)});
        REQUIRE(until([&] { return outcome.has_value(); }));
        return std::move(*outcome);
    }
    void boot() { REQUIRE_FALSE(run(rules::Booted{"1.0", "c0", "policy", "p0", slots()}).error); }
    // As bolt tells them when it is there: all shut.
    void tell_doors() {
        std::vector<std::pair<SlotId, bool>> doors;
        for (const auto& slot : slots())
            doors.emplace_back(slot, false);
        visits->doors(doors);
    }
    // Persons ann, carl, cora; seal S1 in slot 01; request R1 of ann for it.
    void furnish() {
        boot();
        for (const auto* id : {"ann", "carl", "cora"})
            person(id);
        REQUIRE_FALSE(seal("S1", "01").error);
        REQUIRE_FALSE(request("R1").error);
    }
    Outcome person(const char* id, const std::string& department = {}) {
        rules::Person person;
        person.id = PersonId(id);
        person.name = id;
        person.department = department;
        return run(rules::PersonUpsert{person});
    }
    Outcome seal(const char* id, const char* slot) {
        rules::Seal seal;
        seal.id = SealId(id);
        seal.name = id;
        seal.slot = SlotId(slot);
        seal.custodians = {PersonId("carl"), PersonId("cora")};
        return run(rules::SealUpsert{seal, true});
    }
    rules::RequestUpsert approved(const char* id, const char* seal = "S1") {
        rules::RequestUpsert upsert;
        upsert.request.source = "oa";
        upsert.request.external_id = id;
        upsert.request.applicant = PersonId("ann");
        upsert.request.applied_at = world_.clock.read().utc;
        rules::Line line;
        line.seal = SealId(seal);
        upsert.request.lines = {line};
        upsert.given.resize(1);
        upsert.status = "approved";
        return upsert;
    }
    Outcome request(const char* id, const char* status = "approved") {
        auto upsert = approved(id);
        upsert.status = status;
        return run(upsert);
    }
    static rules::Take take_of(const char* seal = "S1", const char* request = "R1",
                               const char* person = "ann") {
        return {SealId(seal),
                {RequestId(request)},
                PersonId(person),
                {{"pin", rules::FactorOutcome::ok}},
                {}};
    }
    Outcome take() {
        auto outcome = run(take_of());
        INFO((outcome.error ? outcome.error->detail : ""));
        REQUIRE_FALSE(outcome.error);
        return outcome;
    }
    Outcome give_back() {
        rules::Return command{
            SealId("S1"), PersonId("ann"), {{"pin", rules::FactorOutcome::ok}}, {}};
        auto outcome = run(command);
        REQUIRE_FALSE(outcome.error);
        return outcome;
    }
    void open(const char* slot) {
        visits->door(SlotId(slot), true);
        REQUIRE(until([&] { return slot_of(slot).open && !engine->busy(); }));
    }
    void shut(const char* slot) {
        visits->door(SlotId(slot), false);
        REQUIRE(until([&] { return !slot_of(slot).open && !engine->busy(); }));
    }
    // S1 leaves in a visit that ends as it should.
    void take_out() {
        auto id = take().id;
        REQUIRE(until([&] { return count(EventType::slot_unlocked) > 0; }));
        open("01");
        world_.remove("01");
        shut("01");
        REQUIRE(until([&] { return stage(id) == rules::Stage::closed; }));
        rest();
    }

    const rules::Seal& seal_of(const char* id) { return engine->state().seals.at(SealId(id)); }
    const rules::Slot& slot_of(const char* id) { return engine->state().slots.at(SlotId(id)); }
    rules::Session session(const std::string& id) {
        auto row = store->reader().row("session", id);
        REQUIRE((row && *row && (*row)->body));
        return rules::session_from(*(*row)->body);
    }
    rules::Stage stage(const std::string& id) { return session(id).stage; }

    std::vector<ledger::Recorded> entries() {
        auto all = store->reader().entries(0, 100'000);
        REQUIRE(all);
        return *all;
    }
    std::size_t count(EventType type) {
        std::size_t n = 0;
        for (const auto& entry : entries())
            if (entry.event.type == type) ++n;
        return n;
    }
    std::size_t alerts(const std::string& name) {
        std::size_t n = 0;
        for (const auto& entry : entries())
            if (entry.event.data.text_or("alert") == name) ++n;
        return n;
    }
    // Empty when the ledger verifies, its views among the rest.
    std::string fault() {
        Replay replay;
        ledger::VerifyOptions options;
        options.replay = [&](const ledger::Recorded& entry) { return replay.take(entry); };
        options.rows = [&] { return replay.rows(); };
        auto all = fault_in(ledger::verify(store->path(), options));
        for (std::uint64_t every : {1U, 7U, 4096U}) {
            auto found = fault_in(verify_views(store->path(), {}, every));
            INFO("what has settled is dropped every " << every << " entries: " << found);
            REQUIRE((found == "") == (all == ""));
        }
        return all;
    }

  private:
    static std::string fault_in(const Result<ledger::Report>& report) {
        if (!report) return report.error().detail;
        return report->ok ? "" : report->first_bad->reason;
    }
    void recorded(const std::vector<ledger::Recorded>& entries) {
        for (const auto& entry : entries)
            if (entry.event.type == EventType::seal_enrolled) {
                const auto& seal = seal_of(entry.event.seal.str().c_str());
                cabinet.enrol(seal.id, seal.uid, {}, seal.slot);
            }
        if (options_.settle) visits->recorded(entries);
    }

    World& world_;
    HouseOptions options_;

  public:
    loop::Loop loop;
    std::unique_ptr<Store> store;
    std::optional<TimeKeeper> time;
    Ballast ballast{world_.path("ballast"), options_.ballast};
    std::optional<Engine> engine;
    FakeCabinet cabinet{loop, world_};
    std::optional<Visits> visits;
};

}  // namespace seals::engine::test
