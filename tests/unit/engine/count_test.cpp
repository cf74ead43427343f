#include "engine/count.hpp"

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

// "01 S1 present" for each slot that was counted.
std::vector<std::string> verdicts(const Outcome& outcome) {
    std::vector<std::string> out;
    REQUIRE_FALSE(outcome.error);
    const auto& event = outcome.events.back().event;
    REQUIRE(event.type == EventType::inventory_finished);
    for (const auto& item : *event.data.find("items")->array())
        out.push_back(item.text_or("slot") + " " + item.text_or("seal", "-") + " " +
                      item.text_or("verdict"));
    return out;
}

struct Counted : World {
    House house{*this};
    Count count{*house.engine, house.cabinet};
    Counted() { house.furnish(); }
    Outcome run() { return run(CountAsk{device_actor()}); }
    Outcome run(CountAsk ask) {
        std::optional<Outcome> outcome;
        ask.done = [&](Outcome got) { outcome = std::move(got); };
        count.run(std::move(ask));
        REQUIRE(house.until([&] { return outcome.has_value(); }));
        return std::move(*outcome);
    }
};

}  // namespace

TEST_CASE("a count has one verdict per slot, in order of slot") {
    Counted counted;
    counted.put("02", {Kind::foreign, {}, "04ff"});
    counted.put("03", unreadable());
    counted.put("04", {Kind::failed, {}, "04ff", "wrong key"});
    auto outcome = counted.run();
    CHECK(verdicts(outcome) == std::vector<std::string>{"01 S1 present", "02 - foreign_tag",
                                                        "03 - unreadable", "04 - forged",
                                                        "05 - empty"});
    CHECK(outcome.id == outcome.events.back().event.data.text_or("id"));
    for (const auto& slot : House::slots())
        CHECK(counted.reads_of(slot.str().c_str()) == 1);
}

TEST_CASE("slots are counted by number also where their names differ in length") {
    World world;
    House house(world);
    std::vector<SlotId> slots;
    for (const auto* id : {"110", "02", "11", "01"})
        slots.emplace_back(id);
    house.run(rules::Booted{"1.0", "c0", "policy", "p0", slots});
    Count count(*house.engine, house.cabinet);
    std::optional<Outcome> outcome;
    CountAsk ask{device_actor()};
    ask.done = [&](Outcome got) { outcome = std::move(got); };
    count.run(std::move(ask));
    REQUIRE(house.until([&] { return outcome.has_value(); }));
    CHECK(verdicts(*outcome) ==
          std::vector<std::string>{"01 - empty", "02 - empty", "11 - empty", "110 - empty"});
}

TEST_CASE("a count finds what is missing and says so") {
    Counted counted;
    counted.remove("01");
    auto outcome = counted.run();
    CHECK(verdicts(outcome)[0] == "01 S1 missing");
    CHECK(counted.house.alerts("seal_missing") == 1);
    CHECK(counted.house.fault() == "");
}

TEST_CASE("a seal on loan is out, and overdue after its time") {
    Counted counted;
    counted.house.take_out();
    CHECK(verdicts(counted.run())[0] == "01 S1 out");
    counted.clock.pass(milliseconds{3 * 86'400'000});
    CHECK(verdicts(counted.run())[0] == "01 S1 overdue");
}

TEST_CASE("two counts at once are two events with ids of their own") {
    Counted counted;
    std::vector<Outcome> outcomes;
    for (int i = 0; i < 2; ++i) {
        CountAsk ask{device_actor()};
        ask.done = [&](Outcome got) { outcomes.push_back(std::move(got)); };
        counted.count.run(std::move(ask));
    }
    REQUIRE(counted.house.until([&] { return outcomes.size() == 2; }));
    CHECK(outcomes[0].id != outcomes[1].id);
    CHECK(verdicts(outcomes[0]) == verdicts(outcomes[1]));
    CHECK(counted.house.count(EventType::inventory_finished) == 2);
}

namespace {

CountAsk by(const char* person, rules::FactorOutcome pin = rules::FactorOutcome::ok) {
    CountAsk ask{device_actor()};
    ask.wanted.person = PersonId(person);
    ask.acting = rules::Acting{PersonId(person), {{"pin", pin}}};
    return ask;
}

}  // namespace

TEST_CASE("a person's count reads nothing before it is recorded who he is and what he found") {
    Counted counted;
    auto ask = by("ann");
    ask.wanted.blind = true;
    ask.wanted.entry = {{SlotId("01"), SealId("S1"), 2}, {SlotId("02"), SealId(), 3}};
    bool begun = false;
    ask.begun = [&] {
        begun = true;
        CHECK(counted.house.count(EventType::inventory_blind_entry) == 1);
        CHECK(counted.reads_of("01") == 0);
    };
    auto outcome = counted.run(std::move(ask));
    CHECK(begun);
    CHECK(verdicts(outcome)[0] == "01 S1 present");
    CHECK(counted.house.count(EventType::inventory_started) == 1);
    const auto& inventory = counted.house.engine->state().inventories.at(outcome.id);
    CHECK(inventory.person == PersonId("ann"));
    CHECK(inventory.proves(SealId("S1")));
    CHECK(inventory.mismatches() == 3);  // 03 to 05 have no row
}

TEST_CASE("a count that is refused reads nothing") {
    Counted counted;
    CHECK(counted.run(by("ann", rules::FactorOutcome::wrong)).error->rule == "R06");
    CHECK(counted.run(by("carl")).error->rule == "R47");
    for (const auto& slot : House::slots())
        CHECK(counted.reads_of(slot.str().c_str()) == 0);
    CHECK(counted.house.count(EventType::act_refused) == 1);
}

TEST_CASE("each slot is told as it is read") {
    Counted counted;
    std::vector<std::string> told;
    CountAsk ask{device_actor()};
    ask.step = [&](const CountStep& step) {
        CHECK(step.read == told.size() + 1);
        CHECK(step.slots == 5);
        told.push_back(step.item.slot.str() + " " + std::string(name_of(step.item.verdict)));
    };
    auto outcome = counted.run(std::move(ask));
    std::sort(told.begin(), told.end());
    CHECK(told.front() == "01 present");
    CHECK(told.size() == 5);
}

TEST_CASE("a count since the last reads what has happened since, and no more") {
    Counted counted;
    counted.run();
    CountAsk since{device_actor()};
    since.wanted.since_last = true;
    CHECK(verdicts(counted.run(since)).empty());
    counted.house.take_out();
    CHECK(verdicts(counted.run(since)) == std::vector<std::string>{"01 S1 out"});
    CHECK(verdicts(counted.run(since)).empty());
}

TEST_CASE("counts stay known over a restart: the newest in memory, all in the views") {
    Counted counted;
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        counted.clock.pass(milliseconds{2000});
        ids.push_back(counted.run().id);
    }
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    counted.house.engine->evict();
    CHECK(counted.house.engine->state().inventories.size() == 1);
    REQUIRE(counted.house.engine->load());
    CHECK(counted.house.engine->state().inventories.contains(ids[2]));
    CHECK(counted.house.engine->state().inventories.size() == 1);
    auto rows = counted.house.store->reader().rows_before("inventory", "", 2);
    REQUIRE(rows);
    CHECK(rows->size() == 2);
    CHECK(rows->front().id == ids[2]);
    CHECK(counted.house.store->reader().rows_before("inventory", ids[1], 9)->front().id == ids[0]);
    CHECK(counted.house.fault() == "");
}
