#include "engine/count.hpp"

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

// "01 S1 present" for each slot that was counted.
std::vector<std::string> verdicts(const Outcome& outcome) {
    std::vector<std::string> out;
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
    Outcome run() {
        std::optional<Outcome> outcome;
        count.run(device_actor(), {}, [&](Outcome got) { outcome = std::move(got); });
        REQUIRE(house.until([&] { return outcome.has_value(); }));
        REQUIRE_FALSE(outcome->error);
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
    count.run(device_actor(), {}, [&](Outcome got) { outcome = std::move(got); });
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
    for (int i = 0; i < 2; ++i)
        counted.count.run(device_actor(), {}, [&](Outcome got) { outcomes.push_back(got); });
    REQUIRE(counted.house.until([&] { return outcomes.size() == 2; }));
    CHECK(outcomes[0].id != outcomes[1].id);
    CHECK(verdicts(outcomes[0]) == verdicts(outcomes[1]));
    CHECK(counted.house.count(EventType::inventory_finished) == 2);
}
