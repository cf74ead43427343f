#include "engine/schedule.hpp"

#include <sqlite3.h>

#include "evidence/state_book.hpp"
#include "house.hpp"
#include "leaf/leaf.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

const milliseconds kNever{3'600'000};

ScheduleTimes never() {
    return {kNever, kNever, kNever, kNever, kNever, kNever};
}

ScheduleTimes quick() {
    auto times = never();
    times.first_state = milliseconds{10};
    return times;
}

// The state leaves so far: the seals of a full one, the deviations of a digest.
std::vector<std::string> states(House& house) {
    std::vector<std::string> out;
    for (const auto& entry : house.entries()) {
        if (entry.event.type != EventType::state_recorded) continue;
        bool full = entry.event.data.boolean_or("full");
        std::string text = full ? "full" : "digest";
        for (const auto& item : *entry.event.data.find(full ? "seals" : "deviations")->array())
            text += " " + item.text_or("seal") + ":" + item.text_or("reading");
        out.push_back(text);
    }
    return out;
}

struct Clockwork : World {
    House house{*this};
    Verifier verifier{house.loop, *house.engine};
    std::optional<Schedule> schedule;

    void start(ScheduleTimes times) {
        schedule.emplace(house.loop, *house.engine, house.cabinet, house.ballast, verifier, times);
    }
};

}  // namespace

TEST_CASE("the first state leaf is full; digests name what differs from it") {
    Clockwork clock;
    clock.house.furnish();
    REQUIRE_FALSE(clock.house.seal("S2", "02").error);
    auto times = never();
    times.digest = milliseconds{80};
    clock.start(times);
    REQUIRE(clock.house.until([&] { return states(clock.house).size() == 2; }));
    clock.put("02", unreadable());
    REQUIRE(clock.house.until([&] { return states(clock.house).size() == 4; }));
    auto all = states(clock.house);
    CHECK(all[0] == "full S1:authentic S2:authentic");
    CHECK(all[1] == "digest");
    CHECK(all[3] == "digest S2:unreadable");
}

TEST_CASE("another seal's tag in a slot proves nothing of the seal that lives there") {
    Clockwork clock;
    clock.house.furnish();
    REQUIRE_FALSE(clock.house.seal("S2", "02").error);
    clock.put("02", {Kind::authentic, SealId("S1"), "04S1", {}, {}});
    clock.start(quick());
    REQUIRE(clock.house.until([&] { return !states(clock.house).empty(); }));
    CHECK(states(clock.house)[0] == "full S1:authentic S2:wrong_seal");
}

TEST_CASE("a state leaf says which part is silent and that the clock is not trusted") {
    Clockwork clock;
    clock.house.furnish();
    auto newest = [&] {
        for (auto all = clock.house.entries(); !all.empty(); all.pop_back())
            if (all.back().event.type == EventType::state_recorded) return all.back().event.data;
        return Value{};
    };
    auto times = never();
    times.digest = milliseconds{60};
    clock.start(times);
    REQUIRE(clock.house.until([&] { return !states(clock.house).empty(); }));
    CHECK(newest().find("silent") == nullptr);
    CHECK(newest().find("clock") == nullptr);
    clock.house.engine->observe(rules::DevicesSeen{{{"bolt", false}}});
    clock.clock.step(-kNever);
    REQUIRE(clock.house.until([&] { return newest().text_or("clock") == "untrusted"; }));
    CHECK(newest().texts_or("silent") == std::vector<std::string>{"bolt"});
}

TEST_CASE("a full state and a digest that are due at once never build on different lists") {
    Clockwork clock;
    clock.house.furnish();
    auto times = never();
    times.digest = milliseconds{40};
    times.full = milliseconds{40};
    clock.start(times);
    REQUIRE(clock.house.until([&] { return states(clock.house).size() >= 6; }));
    evidence::StateBook book;
    for (const auto& entry : clock.house.entries()) {
        if (entry.event.type != EventType::state_recorded) continue;
        leaf::Leaf leaf;
        leaf.seq = entry.seq;
        leaf.data = entry.event.data;
        CHECK_FALSE(book.take(leaf));
        CHECK(book.of("S1")->in_order());
    }
}

TEST_CASE("the device's test of its ledger is recorded, a passed one with size and root") {
    Clockwork clock;
    clock.house.furnish();
    auto size = clock.house.store->size();
    auto times = never();
    times.first_verify = milliseconds{10};
    clock.start(times);
    REQUIRE(clock.house.until([&] { return clock.house.count(EventType::selftest_ok) == 1; }));
    auto entry = clock.house.entries().back();
    CHECK(entry.event.data.text_or("part") == "ledger");
    CHECK(entry.event.data.integer_or("size") == static_cast<std::int64_t>(size));
    CHECK(entry.event.data.text_or("root").size() == 64);
    CHECK(clock.house.count(EventType::selftest_failed) == 0);
}

TEST_CASE("a full state that could not be recorded is none: the next is full again") {
    Clockwork clock;
    clock.house.furnish();
    clock.house.ballast.release();  // as on a full disk: what is no fact is turned away
    auto times = never();
    times.digest = milliseconds{50};
    clock.start(times);
    clock.house.idle(milliseconds{130});
    CHECK(states(clock.house).empty());
    REQUIRE(clock.house.ballast.take());
    REQUIRE(clock.house.until([&] { return states(clock.house).size() == 2; }));
    CHECK(states(clock.house)[0] == "full S1:authentic");
    CHECK(states(clock.house)[1] == "digest");
}

TEST_CASE("a step of the clock, forward or back, is recorded once") {
    Clockwork clock;
    clock.house.furnish();
    auto times = never();
    times.clock = milliseconds{10};
    clock.start(times);
    clock.house.idle(milliseconds{40});
    CHECK(clock.house.count(EventType::clock_stepped) == 0);
    clock.clock.step(kNever);
    REQUIRE(clock.house.until([&] { return clock.house.count(EventType::clock_stepped) == 1; }));
    auto entries = clock.house.entries();
    auto stepped = std::find_if(entries.begin(), entries.end(), [](const auto& entry) {
        return entry.event.type == EventType::clock_stepped;
    });
    CHECK(stepped->event.data.integer_or("by_ms") == kNever.count());
    CHECK(clock.house.alerts("clock_step") == 1);
    clock.clock.step(-kNever);
    REQUIRE(clock.house.until([&] { return clock.house.count(EventType::clock_stepped) == 2; }));
    clock.house.idle(milliseconds{60});
    CHECK(clock.house.count(EventType::clock_stepped) == 2);
    CHECK_FALSE(clock.house.time->read().trusted);
}

TEST_CASE("housekeeping takes the ballast again, and then commands are taken again") {
    Clockwork clock;
    clock.house.furnish();
    clock.house.ballast.release();
    CHECK(clock.house.run(House::take_of()).error->code == Code::unavailable);
    auto times = never();
    times.housekeeping = milliseconds{20};
    clock.start(times);
    REQUIRE(clock.house.until([&] { return !clock.house.ballast.spent(); }));
    CHECK_FALSE(clock.house.run(House::take_of()).error);
}

TEST_CASE("verification in the background finds an entry that was altered, and releases stop") {
    Clockwork clock;
    clock.house.furnish();
    std::vector<Verification> results;
    auto verify = [&] {
        auto before = results.size();
        clock.verifier.run([&](const Result<Verification>& result) {
            REQUIRE(result);
            results.push_back(*result);
        });
        REQUIRE(clock.house.until([&] { return results.size() > before; }));
        return results.back();
    };
    auto whole = verify();
    REQUIRE(whole.ok);
    REQUIRE(clock.house.entries()[3].event.type == EventType::policy_loaded);
    CHECK(whole.size == clock.house.store->size());
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(clock.path("ledger.db").c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle,
                       "UPDATE entry SET leaf=CAST(replace(CAST(leaf AS TEXT),'p0','p9') AS BLOB)"
                       " WHERE seq=4",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_changes(handle) == 1);
    sqlite3_close(handle);
    auto altered = verify();
    REQUIRE_FALSE(altered.ok);
    CHECK(altered.first_bad == 4);
    CHECK(clock.house.run(House::take_of()).error->code == Code::corrupt);
    CHECK(clock.orders.empty());
}

TEST_CASE("who asks for a verification while one runs gets an answer of its own") {
    Clockwork clock;
    clock.house.furnish();
    int answers = 0;
    for (int i = 0; i < 3; ++i)
        clock.verifier.run([&](const Result<Verification>& result) {
            REQUIRE(result);
            CHECK(result->ok);
            ++answers;
        });
    CHECK(clock.house.until([&] { return answers == 3; }));
}
