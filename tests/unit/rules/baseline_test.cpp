// The opening baseline: which count can be one, and who may witness it.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

using Readings = std::vector<std::pair<SlotId, TagReading>>;

Readings in_order() {
    return {{SlotId("01"), authentic("S1")},
            {SlotId("02"), authentic("S2")},
            {SlotId("03"), authentic("S3")},
            {SlotId("04"), absent()}};
}

struct Counted : World {
    explicit Counted(const Readings& readings = in_order(), const char* person = "mia",
                     bool since_last = false) {
        CountWanted wanted;
        wanted.person = PersonId(person);
        wanted.since_last = since_last;
        if (*person != '\0')
            REQUIRE_FALSE(
                run(StartInventory{"I1", {PersonId(person), {pin()}}, wanted, {}}).refusal);
        run(InventoryTaken{"I1", readings, milliseconds{1}, {}, wanted});
    }
    Decision baseline(const char* a = "ann", const char* b = "bob",
                      FactorOutcome outcome = FactorOutcome::ok) {
        return run(
            RecordBaseline{"I1", {{PersonId(a), {pin()}}, {PersonId(b), {pin(outcome)}}}, {}});
    }
};

std::string rule(const Decision& decision) {
    return refused_by(decision, EventType::act_refused);
}

}  // namespace

TEST_CASE("a full count with all seals in place is a baseline, told with its seals and witnesses") {
    Counted world;
    auto decision = world.baseline();
    REQUIRE_FALSE(decision.refusal);
    REQUIRE(names_of(decision.events) == std::vector<std::string>{"baseline.recorded"});
    const auto& event = decision.events[0];
    CHECK(event.person == PersonId("mia"));
    CHECK(event.data.text_or("inventory") == "I1");
    CHECK(event.data.texts_or("seals") == std::vector<std::string>{"S1", "S2", "S3"});
    CHECK(event.data.texts_or("witnesses") == std::vector<std::string>{"ann", "bob"});
}

TEST_CASE("a count that found anything else than it should be is no baseline") {
    for (const auto& reading : {absent(), cloned("S2"), foreign(), unreadable(), authentic("S3")}) {
        auto readings = in_order();
        readings[1].second = reading;
        Counted world(readings);
        CHECK(rule(world.baseline()) == "R50");
    }
}

TEST_CASE("a count by the machine, of a part, or of long ago is no baseline") {
    CHECK(rule(Counted(in_order(), "").baseline()) == "R50");
    CHECK(rule(Counted(in_order(), "mia", true).baseline()) == "R50");
    Counted old;
    old.pass(milliseconds{1'800'001});
    CHECK(rule(old.baseline()) == "R50");
    Counted later;
    later.run(InventoryTaken{"I2", in_order(), milliseconds{1}, {}});
    CHECK(rule(later.baseline()) == "R50");
}

TEST_CASE("a slot that was touched since the count is no part of a baseline") {
    Counted world;
    world.open("02");
    CHECK(rule(world.baseline()) == "R50");
}

TEST_CASE("two witnesses show who they are, and neither of them counted") {
    Counted world;
    CHECK(rule(world.baseline("ann", "mia")) == "R18");
    CHECK(rule(world.baseline("ann", "ann")) == "R18");
    CHECK(rule(world.run(RecordBaseline{"I1", {{PersonId("ann"), {pin()}}}, {}})) == "R18");
    CHECK_FALSE(rule(world.baseline("ann", "lee")).empty());
    CHECK_FALSE(rule(world.baseline("ann", "bob", FactorOutcome::wrong)).empty());
    CHECK_FALSE(world.baseline().refusal);
    CHECK(world.run(RecordBaseline{"I9", {}, {}}).refusal->code == Code::not_found);
}

TEST_CASE("a self-test is recorded with what it found") {
    World world;
    auto good = world.run(SelfTested{"ledger", true, 7, "ab", 0, {}});
    REQUIRE(names_of(good.events) == std::vector<std::string>{"selftest.ok"});
    CHECK(good.events[0].data.integer_or("size") == 7);
    auto bad = world.run(SelfTested{"ledger", false, 7, "ab", 3, "leaf altered"});
    REQUIRE(names_of(bad.events) == std::vector<std::string>{"selftest.failed"});
    CHECK(bad.events[0].data.integer_or("seq") == 3);
    CHECK(bad.events[0].data.text_or("reason") == "leaf altered");
}
