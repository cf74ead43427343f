// Persons from a list, and their PIN.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("a person is registered once, changed when the list differs, else left alone") {
    World world;
    Person dan;
    dan.id = PersonId("dan");
    dan.name = "Dan";
    dan.phone = "1";
    auto first = world.run(PersonUpsert{dan});
    CHECK(names_of(first.events) == std::vector<std::string>{"person.registered"});
    CHECK(first.upserted == Upserted::accepted);
    CHECK(first.events[0].data.find("name") == nullptr);  // personal text goes to the vault
    auto again = world.run(PersonUpsert{dan});
    CHECK(again.upserted == Upserted::unchanged);
    CHECK(again.events.empty());
    dan.department = "legal";
    auto changed = world.run(PersonUpsert{dan});
    CHECK(names_of(changed.events) == std::vector<std::string>{"person.changed"});
    CHECK(world.person_of("dan").department == "legal");
}

TEST_CASE("a change keeps PIN, failures and lock-out") {
    World world;
    world.run(SetPin{PersonId("ann"), {}});
    world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    Person ann;
    ann.id = PersonId("ann");
    ann.name = "Ann, new name";
    world.run(PersonUpsert{ann});
    CHECK(world.person_of("ann").has_pin);
    CHECK(world.person_of("ann").failures.size() == 1);
}

TEST_CASE("a new PIN ends a lock-out") {
    World world;
    world.run(approved("R1"));
    for (int i = 0; i < world.policy.failures; ++i)
        world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R07");
    auto set = world.run(SetPin{PersonId("ann"), {}});
    CHECK(names_of(set.events) == std::vector<std::string>{"person.pin_set"});
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "");
}

TEST_CASE("failures of one person are not another's") {
    World world;
    world.run(approved("R1"));
    for (int i = 0; i < world.policy.failures; ++i)
        world.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    CHECK(refused_by(world.take("S1", requests({"R1"}), "carl")) == "");
}

TEST_CASE("a PIN is set for a known person only, and a person has a valid id") {
    World world;
    auto decision = world.run(SetPin{PersonId("zed"), {}});
    REQUIRE(decision.refusal);
    CHECK(decision.refusal->code == Code::not_found);
    CHECK(decision.events.empty());
    Person nobody;
    auto refused = world.run(PersonUpsert{nobody});
    REQUIRE(refused.refusal);
    CHECK(refused.refusal->field == "id");
}
