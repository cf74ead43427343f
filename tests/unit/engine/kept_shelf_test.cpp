#include "engine/kept_shelf.hpp"

#include <sqlite3.h>

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

// Every entry: what has settled is dropped at once.
ledger::Report verified(const House& house, ledger::VerifyOptions options = {}) {
    auto report = verify_views(house.store->path(), std::move(options), 1);
    INFO((report ? "" : report.error().detail));
    REQUIRE(report);
    return *report;
}

std::string reason(const ledger::Report& report) {
    return report.first_bad ? report.first_bad->reason : "";
}

// R1 was taken and returned, R2 was never used and is past its window: both visits, the loan and R2
// have settled.
void have_a_past(World& world, House& house) {
    house.furnish();
    auto tag = world.tags.at(SlotId("01"));
    REQUIRE_FALSE(house.request("R2").error);
    house.take_out();
    auto id = house.give_back().id;
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::unlocked; }));
    house.open("01");
    world.put("01", tag);
    house.shut("01");
    REQUIRE(house.until([&] { return house.stage(id) == rules::Stage::closed; }));
    world.clock.pass(milliseconds{60LL * 86'400'000});
    for (int i = 0; i < 3; ++i)
        house.person("dora", "d" + std::to_string(i));
    house.rest();
}

void by_hand(const House& house, const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(house.store->path().c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_changes(handle) > 0);
    sqlite3_close(handle);
}

}  // namespace

TEST_CASE("a settled view that was changed, taken away or added is found by its name") {
    World world;
    std::string session;
    {
        House house(world);
        have_a_past(world, house);
        session = house.entries().back().event.session.str();
        for (const auto& entry : house.entries())
            if (entry.event.type == EventType::seal_taken) session = entry.event.session.str();
    }
    House house(world);  // the views stand in their table
    REQUIRE(verified(house).ok);
    SECTION("changed") {
        by_hand(house,
                "UPDATE view SET body=CAST(replace(CAST(body AS TEXT), 'ann', 'bob') AS "
                "BLOB) WHERE kind='loan'");
        CHECK(reason(verified(house)) ==
              "the view loan/" + session + " is not what the entries give");
    }
    SECTION("made live for longer") {
        by_hand(house, "UPDATE view SET live=9223372036854775807 WHERE kind='session' AND id='" +
                           session + "'");
        CHECK(reason(verified(house)) ==
              "the view session/" + session + " is not what the entries give");
    }
    SECTION("taken away") {
        by_hand(house, "DELETE FROM view WHERE kind='request' AND id='R2'");
        CHECK(reason(verified(house)) == "the view request/R2 is missing");
    }
    SECTION("added") {
        by_hand(house,
                "INSERT INTO view SELECT kind, 'S-none', live, body FROM view WHERE "
                "kind='session' LIMIT 1");
        CHECK(reason(verified(house)) == "the view session/S-none has no entries behind it");
    }
}

TEST_CASE("a settled view that is taken away or changed while it is verified is missed") {
    World world;
    House house(world);
    have_a_past(world, house);
    std::string sql =
        GENERATE(as<std::string>{}, "DELETE FROM view WHERE kind='loan'",
                 "UPDATE view SET body=CAST(replace(CAST(body AS TEXT),'ann','bob') AS BLOB) WHERE "
                 "kind='loan'");
    house.store.reset();
    House again(world);
    ledger::VerifyOptions options;
    options.progress = [&](std::uint64_t, std::uint64_t) { by_hand(again, sql); };
    CHECK_FALSE(verified(again, options).ok);
}

TEST_CASE("a writer that changes what is long settled while it is verified is no finding") {
    World world;
    House house(world);
    have_a_past(world, house);
    int chunks = 0;
    ledger::VerifyOptions options;
    options.progress = [&](std::uint64_t, std::uint64_t) {
        if (++chunks > 1) return;
        REQUIRE_FALSE(house.request("R2", "withdrawn").error);
        REQUIRE_FALSE(house.person("erik").error);
        house.rest();
    };
    auto report = verified(house, options);
    CHECK(reason(report) == "");
    CHECK(report.size == house.store->size());
    CHECK(chunks >= 2);
}

TEST_CASE("a replay with a shelf holds little more than what is live") {
    World world;
    House house(world);
    have_a_past(world, house);
    auto reader = ledger::Reader::open(house.store->path());
    REQUIRE(reader);
    KeptShelf shelf(*reader);
    Replay replay(shelf, 1), whole;
    for (const auto& entry : house.entries()) {
        REQUIRE(replay.take(entry));
        REQUIRE(whole.take(entry));
    }
    auto held = replay.rows();
    CHECK(held.size() + shelf.digests().size() == whole.rows().size());
    CHECK(shelf.digests().size() >= 4);  // two visits, a loan, R2
    for (const auto& row : held)
        CHECK((row.kind != "session" && row.kind != "loan" && row.id != "R2"));
    REQUIRE(shelf.get({"request", "R2"}));
    CHECK(*shelf.get({"request", "R2"}));
    CHECK_FALSE(*shelf.get({"request", "R1"}));
    REQUIRE_FALSE(house.request("R2", "withdrawn").error);
    house.rest();
    CHECK(shelf.get({"request", "R2"}).error().code == Code::unavailable);
    CHECK(shelf.overtaken());
}
