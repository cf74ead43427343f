#include "engine/renewal.hpp"

#include <sqlite3.h>

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using seals::test::faults;

namespace {

// Views as some other program would have left them.
void by_hand(const World& world, const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(world.path("ledger.db").c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

std::string version_becomes(const std::string& text) {
    return "UPDATE view SET body=CAST(replace(CAST(body AS TEXT), '\"rows\":" +
           std::to_string(rules::kRowVersion) + ",', '" + text + "') AS BLOB) WHERE kind='node';";
}

constexpr const char* kOtherForm =
    "UPDATE view SET body=CAST('{\"id\":\"S1\",\"shape\":\"old\"}' AS BLOB) WHERE kind='seal';"
    "DELETE FROM view WHERE kind='request';"
    "INSERT INTO view(kind, id, live, body) VALUES('relic', 'x', 0, CAST('{}' AS BLOB));";

// A ledger in which ann holds S1, taken with an idempotency key.
std::uint64_t live_a_little(World& world) {
    House house(world);
    house.furnish();
    auto take = House::take_of();
    take.idempotency = {7, "k", "b"};
    auto id = house.run(take).id;
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::unlocked; }));
    house.open("01");
    world.remove("01");
    house.shut("01");
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    house.rest();
    REQUIRE(house.fault() == "");
    return house.store->size();
}

}  // namespace

TEST_CASE("views of another version, or of none, are made anew before anything reads them") {
    auto text = GENERATE(as<std::string>{}, "\"rows\":9999,", "");
    World world;
    auto size = live_a_little(world);
    by_hand(world, kOtherForm + version_becomes(text));
    House house(world);
    CHECK(house.store->size() == size);  // nothing was recorded for it
    CHECK(house.fault() == "");
    REQUIRE(house.seal_of("S1").loan);
    CHECK(house.seal_of("S1").loan->person == PersonId("ann"));
    CHECK(house.engine->state().request(RequestId("R1")) != nullptr);
    auto relic = house.store->reader().row("relic", "x");
    REQUIRE(relic);
    CHECK_FALSE(*relic);
    auto key = house.store->reader().idempotency(7, "k");
    REQUIRE((key && *key));
    auto session = house.entries().at((*key)->seq - 1).event.session;
    auto linked = house.store->reader().entries_of(ledger::By::session, session.str(), 0, 100);
    REQUIRE(linked);
    CHECK(linked->size() >= 5);
    house.boot();
    CHECK(house.run(House::take_of()).error->code == Code::refused);  // it is out
    CHECK(house.fault() == "");
}

TEST_CASE("views of this version are left as they are") {
    World world;
    live_a_little(world);
    by_hand(world,
            "UPDATE view SET body=CAST('{\"id\":\"S1\",\"name\":\"other\"}' AS BLOB) "
            "WHERE kind='seal'");
    House house(world);
    CHECK(house.seal_of("S1").name == "other");
    CHECK_THAT(house.fault(), ContainsSubstring("seal/S1"));  // verification still sees an edit
}

TEST_CASE("a renewal that fails leaves the views as they were, and is made at the next start") {
    World world;
    live_a_little(world);
    by_hand(world, kOtherForm + version_becomes("\"rows\":0,"));
    {
        loop::Loop loop;
        faults().fail_writes = -1;
        auto store = Store::open(
            loop, {world.dir.string(), "seals.test/cab-1/sim", true, seals::test::kTestVfs},
            world.clock);
        faults().clear();
        REQUIRE_FALSE(store);
        auto reader = ledger::Reader::open(world.path("ledger.db"));
        REQUIRE(reader);
        auto relic = reader->row("relic", "x");
        REQUIRE(relic);
        CHECK(*relic);
    }
    House house(world);
    CHECK(house.fault() == "");
    CHECK(house.seal_of("S1").loan);
}

TEST_CASE("the version stands in the node's row from the first boot on") {
    World world;
    House house(world);
    house.boot();
    auto node = house.store->reader().row("node", "node");
    REQUIRE((node && *node && (*node)->body));
    CHECK((*node)->body->integer_or("rows") == rules::kRowVersion);
}
