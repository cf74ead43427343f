// A boot: what changed while we were away, and the visits that the last run did not finish.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

Booted boot_with(const char* config, const char* policy) {
    return Booted{
        "1.1", config, "text", policy, {SlotId("01"), SlotId("02"), SlotId("03"), SlotId("04")}};
}

}  // namespace

TEST_CASE("a boot after an orderly shutdown is clean, one without is not") {
    World world;
    world.run(Shutdown{});
    CHECK(world.run(boot_with("c0", "p0")).events[0].data.boolean_or("clean"));
    CHECK_FALSE(world.run(boot_with("c0", "p0")).events[0].data.boolean_or("clean", true));
}

TEST_CASE("config and policy are recorded when they changed, and only then") {
    World world;
    CHECK(names_of(world.run(boot_with("c0", "p0")).events) ==
          std::vector<std::string>{"device.booted"});
    auto changed = world.run(boot_with("c1", "p1"));
    CHECK(names_of(changed.events) ==
          std::vector<std::string>{"device.booted", "config.changed", "policy.loaded"});
    CHECK(changed.events[2].data.text_or("sha256") == "p1");
    CHECK(changed.events[2].data.text_or("text") == "text");
}

TEST_CASE("a configuration loaded while running is recorded where it differs, and only there") {
    World world;
    CHECK(world.run(ConfigLoaded{"c0", "policy", "p0"}).events.empty());
    CHECK(names_of(world.run(ConfigLoaded{"c1", "policy", "p0"}).events) ==
          std::vector<std::string>{"config.changed"});
    auto changed = world.run(ConfigLoaded{"c2", "text", "p1"});
    CHECK(names_of(changed.events) == std::vector<std::string>{"config.changed", "policy.loaded"});
    CHECK(changed.events[1].data.text_or("text") == "text");
    CHECK(world.run(ConfigLoaded{"c2", "text", "p1"}).events.empty());
    CHECK_FALSE(is_fact(ConfigLoaded{}));
}

TEST_CASE("every visit that was under way becomes unknown, at any stage, once") {
    for (int stage = 0; stage < 4; ++stage) {
        World world;
        world.run(approved("R1"));
        auto granted = world.take("S1", requests({"R1"}), "ann");
        if (stage > 0) world.fired(granted.id);
        if (stage > 1) world.open("01");
        if (stage > 2) world.shut("01");
        CHECK(has(world.run(boot_with("c0", "p0")), EventType::session_unknown));
        CHECK(world.session(granted.id).stage == Stage::unknown);
        CHECK(world.slot_of("01").frozen);
        CHECK_FALSE(has(world.run(boot_with("c0", "p0")), EventType::session_unknown));
        CHECK(refused_by(world.take("S1", requests({"R1"}), "carl")) == "R14");
    }
}

TEST_CASE("after a boot, the door is shut first and then the tag decides") {
    World world;
    world.run(approved("R1"));
    auto granted = world.take("S1", requests({"R1"}), "ann");
    world.fired(granted.id);
    world.open("01");
    world.run(boot_with("c0", "p0"));
    CHECK(world.settle("01", absent()).events.empty());
    world.shut("01");
    world.settle("01", absent());
    CHECK(world.session(granted.id).verdict == "taken");
    CHECK(world.seal_of("S1").loan->person == PersonId("ann"));
}

TEST_CASE("clock, shutdown and state are recorded as they are given") {
    World world;
    auto stepped = world.run(ClockStepped{-5000});
    CHECK(stepped.events[0].data.integer_or("by_ms") == -5000);
    Value data{Value::Object{}};
    data.add("full", true);
    CHECK(world.run(RecordState{data}).events[0].data == data);
    ImportFinished import{"requests", "ab", 1, 2, 3, 4, 5, 6, {}};
    auto finished = world.run(import);
    CHECK(finished.events[0].data.integer_or("conflicts") == 6);
}

TEST_CASE("two persons accept the clock") {
    World world;
    auto accepted = world.run(AcceptClock{{PersonId("carl"), PersonId("cora")}, -7});
    CHECK(names_of(accepted.events) == std::vector<std::string>{"clock.accepted"});
    for (const auto* other : {"zed", "lee"}) {
        auto refused = world.run(AcceptClock{{PersonId("carl"), PersonId(other)}, -7});
        CHECK(refused.refusal);
        CHECK(refused.events.empty());
    }
}

TEST_CASE("facts go before what is asked for") {
    CHECK(is_fact(LineFired{}));
    CHECK(is_fact(DoorMoved{}));
    CHECK(is_fact(TagRead{}));
    CHECK(is_fact(Booted{}));
    CHECK_FALSE(is_fact(Take{}));
    CHECK_FALSE(is_fact(Return{}));
    CHECK_FALSE(is_fact(RequestUpsert{}));
    CHECK_FALSE(is_fact(PersonUpsert{}));
}

TEST_CASE("one person cannot accept the clock for two") {
    World world;
    for (const auto& persons :
         {std::vector<PersonId>{}, {PersonId("carl")}, {PersonId("carl"), PersonId("carl")}}) {
        auto decision = world.run(AcceptClock{persons, -7});
        REQUIRE(decision.refusal);
        CHECK(decision.refusal->field == "persons");
        CHECK(decision.events.empty());
    }
}

TEST_CASE("the slots are those that the last boot found wired") {
    World world;
    CHECK(world.state.slots.size() == 4);
    world.run(approved("R2", "S2"));
    world.run(approved("R3", "S3"));
    auto granted = world.take("S2", requests({"R2"}), "ann");
    world.state.touched.clear();
    world.run(Booted{"1.1", "c1", "text", "p0", {SlotId("01"), SlotId("05")}});
    CHECK(has_row(world.state, {"slot", "05"}));
    CHECK(has_row(world.state, {"slot", "02"}));  // its visit is not over
    CHECK_FALSE(has_row(world.state, {"slot", "03"}));
    CHECK(world.state.touched.contains(Key{"slot", "03"}));
    CHECK(refused_by(world.take("S3", requests({"R3"}), "carl")) == "R09");
    CHECK(world.session(granted.id).stage == Stage::unknown);
}
