// Random commands through the engine: what Replay makes of the entries equals the views kept, and
// what load() makes of the views decides as the engine does.
#include "../rules/commands.hpp"
#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using rules::test::Chance;
using rules::test::Commands;

namespace {

struct Run : World {
    explicit Run(std::uint32_t seed) : chance(seed) {
        start();
        for (const auto* id : rules::test::kPersons)
            house->person(id);
        for (std::size_t i = 0; i < 4; ++i)
            house->seal(rules::test::kSeals[i], rules::test::kSlots[i]);
    }
    void start() {
        HouseOptions options;
        options.settle = false;
        house.emplace(*this, options);
        house->boot();
    }
    rules::Command next() {
        now = house->engine->moment().now;
        return Commands(house->engine->state(), chance, now).next();
    }
    // A full count: after an opening without us nothing is taken before one.
    rules::Command counted() {
        return rules::InventoryTaken{"I" + std::to_string(chance.below(1'000'000'000)), {}, {}, {}};
    }
    void turn() {
        clock.pass(
            milliseconds{static_cast<int>(chance.below(chance.one_in(40) ? 40'000'000 : 60'000))});
        auto n = 1 + chance.below(4);
        for (std::size_t i = 0; i < n; ++i)
            house->engine->submit({next()});
        if (chance.one_in(3)) house->engine->submit({counted()});
        house->rest();
        if (chance.one_in(10)) house->engine->evict();
        if (chance.one_in(40)) check_twin();
        if (chance.one_in(60)) {
            house.reset();
            start();
        }
    }
    // An engine that has just been started knows what this one knows, as far as it decides.
    void check_twin() {
        Engine other(house->loop, *house->store, *house->time, house->ballast, House::policy(),
                     true);
        REQUIRE(other.load());
        other.add_slots(House::slots());
        for (int i = 0; i < 20; ++i) {
            auto command = next();
            auto mine = house->engine->state(), theirs = other.state();
            auto a = house->engine->preview(mine, command, device_actor());
            auto b = other.preview(theirs, command, device_actor());
            REQUIRE(types(a) == types(b));
            REQUIRE(a.refusal.has_value() == b.refusal.has_value());
            if (a.refusal) REQUIRE(a.refusal->detail == b.refusal->detail);
            REQUIRE(a.upserted == b.upserted);
        }
    }
    static std::vector<EventType> types(const rules::Decision& decision) {
        std::vector<EventType> out;
        for (const auto& event : decision.events)
            out.push_back(event.type);
        return out;
    }

    Chance chance;
    Instant now;
    std::optional<House> house;
};

}  // namespace

TEST_CASE("views rebuilt from the entries equal the views kept, whatever happened") {
    auto seed = GENERATE(range(1U, 7U));
    INFO("seed " << seed);
    Run run(seed);
    for (int i = 0; i < 120; ++i) {
        run.turn();
        if (i % 30 == 0) REQUIRE(run.house->fault() == "");
    }
    REQUIRE(run.house->fault() == "");
    CHECK(run.house->count(EventType::take_refused) > 0);
    CHECK(run.house->count(EventType::seal_taken) > 0);
}

TEST_CASE("a request withdrawn while its seal is out, and then returned, leaves honest views") {
    World world;
    House house(world);
    house.furnish();
    auto tag = world.tags.at(SlotId("01"));
    house.take_out();
    REQUIRE_FALSE(house.request("R1", "withdrawn").error);
    CHECK(house.fault() == "");
    auto id = house.give_back().id;
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::unlocked; }));
    house.open("01");
    world.put("01", tag);
    house.shut("01");
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    house.rest();
    CHECK(house.fault() == "");
}

TEST_CASE("views are honest while a visit is open, and when its window ends before it does") {
    World world;
    {
        House house(world);
        house.furnish();
        world.hold = true;
        house.take();
        CHECK(house.fault() == "");
        world.held.clear();
        world.clock.pass(milliseconds{3 * 86'400'000});
    }
    House house(world);
    house.boot();
    CHECK(house.engine->state().request(RequestId("R1")) != nullptr);
    house.tell_doors();
    REQUIRE(house.until([&] { return house.slot_of("01").session.empty(); }));
    house.rest();
    CHECK(house.fault() == "");
}

TEST_CASE("names that are not in Unicode's normal form leave honest views, and are not new twice") {
    World world;
    House house(world);
    house.boot();
    rules::Person person;
    person.id = PersonId("rene");
    person.name = "Rene\xcc\x81";
    CHECK(house.run(rules::PersonUpsert{person}).upserted == rules::Upserted::accepted);
    CHECK(house.engine->state().person(person.id)->name == "Ren\xc3\xa9");
    CHECK(house.run(rules::PersonUpsert{person}).upserted == rules::Upserted::unchanged);
    CHECK(house.fault() == "");
}
