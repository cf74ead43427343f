// A person's count: who may, what his entry must be, and what it is worth beside the machine's.
#include "rules/inventory.hpp"
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

StartInventory by(const char* person, FactorOutcome outcome = FactorOutcome::ok) {
    StartInventory start{"I1", {PersonId(person), {pin(outcome)}}, {}, {}};
    start.wanted.person = PersonId(person);
    return start;
}

StartInventory blind(std::vector<BlindRow> rows, const char* id = "I1") {
    auto start = by("mia");
    start.id = id;
    start.wanted.blind = true;
    start.wanted.entry = std::move(rows);
    return start;
}

std::vector<BlindRow> all_right() {
    return {{SlotId("01"), SealId("S1"), 2},
            {SlotId("02"), SealId("S2"), 3},
            {SlotId("03"), SealId("S3"), 4},
            {SlotId("04"), SealId(), 5}};
}

using Readings = std::vector<std::pair<SlotId, TagReading>>;

Readings in_order() {
    return {{SlotId("01"), authentic("S1")},
            {SlotId("02"), authentic("S2")},
            {SlotId("03"), authentic("S3")},
            {SlotId("04"), absent()}};
}

// Begun, read, recorded: the inventory as the state has it.
const Inventory& counted(World& world, const StartInventory& start, Readings readings) {
    auto begun = world.run(start);
    REQUIRE_FALSE(begun.refusal);
    world.run(InventoryTaken{start.id, std::move(readings), {}, {}, start.wanted});
    return world.state.inventories.at(start.id);
}

std::string results(const Inventory& inventory) {
    std::string out;
    for (const auto& item : inventory.items)
        out += (out.empty() ? "" : " ") + std::string(name_of(item.result.value()));
    return out;
}

std::string result_of(TagReading reading, const char* entered) {
    World world;
    auto rows = all_right();
    auto readings = in_order();
    rows[0].seal = SealId(entered);
    readings[0].second = std::move(reading);
    if (std::string(entered) == "S2") rows[1].seal = SealId();
    const auto& item = counted(world, blind(rows), readings).items[0];
    return std::string(name_of(item.result.value()));
}

}  // namespace

TEST_CASE("who keeps a seal that is counted may not count it, and the refusal is recorded") {
    World world;
    auto refused = world.run(by("carl"));
    REQUIRE(refused.refusal);
    CHECK(refused.refusal->rule == "R47");
    CHECK(names_of(refused.events) == std::vector<std::string>{"act.refused"});
    CHECK(refused.events[0].person == PersonId("carl"));
    CHECK_FALSE(world.run(by("mia")).refusal);
}

TEST_CASE("a custodian may count slots of which he keeps none") {
    World world;
    Seal seal;
    seal.id = SealId("S4");
    seal.name = "seal S4";
    seal.slot = SlotId("04");
    seal.custodians = {PersonId("bob")};
    world.run(InventoryTaken{"I0", in_order(), {}, {}, {}});
    world.open("03");
    auto start = by("bob");
    start.wanted.since_last = true;
    CHECK_FALSE(world.run(start).refusal);
    start = by("carl");
    start.wanted.since_last = true;
    CHECK(world.run(start).refusal->rule == "R47");
}

TEST_CASE(
    "nobody counts who is unknown, has left or gives a wrong PIN, which is a failure of his") {
    World world;
    CHECK(world.run(by("nobody")).refusal->rule == "R05");
    CHECK(world.run(by("lee")).refusal->rule == "R05");
    auto wrong = world.run(by("mia", FactorOutcome::wrong));
    CHECK(wrong.refusal->rule == "R06");
    CHECK(has(wrong, EventType::auth_failed));
    CHECK(world.person_of("mia").failures.size() == 1);
    world.run(by("mia"));
    CHECK(world.person_of("mia").failures.empty());
}

TEST_CASE("an entry of an unknown or repeated slot or seal is wrong by its line; nothing begins") {
    auto line_of = [](std::vector<BlindRow> rows) {
        World world;
        auto decision = world.run(blind(std::move(rows)));
        REQUIRE(decision.refusal);
        CHECK(decision.refusal->code == Code::invalid);
        CHECK(decision.events.empty());
        return decision.refusal->line.value_or(0);
    };
    CHECK(line_of({{SlotId("09"), SealId("S1"), 7}}) == 7);
    CHECK(line_of({{SlotId("01"), SealId("S9"), 7}}) == 7);
    CHECK(line_of({{SlotId("01"), SealId("S1"), 7}, {SlotId("01"), SealId(), 8}}) == 8);
    CHECK(line_of({{SlotId("01"), SealId("S1"), 7}, {SlotId("02"), SealId("S1"), 8}}) == 8);
}

TEST_CASE("the entry is recorded as given, before the count") {
    World world;
    auto begun = world.run(blind({{SlotId("02"), SealId(), 2}, {SlotId("01"), SealId("S2"), 3}}));
    CHECK(names_of(begun.events) ==
          std::vector<std::string>{"inventory.started", "inventory.blind_entry"});
    CHECK(begun.events[0].data.texts_or("slots") ==
          std::vector<std::string>{"01", "02", "03", "04"});
    const auto& rows = *begun.events[1].data.find("rows")->array();
    CHECK(rows[0].text_or("slot") == "02");
    CHECK(rows[0].text_or("seal", "?").empty());
    CHECK(rows[1].text_or("seal") == "S2");
    CHECK(world.state.inventories.empty());
}

TEST_CASE("an entry that agrees everywhere is clean; a row that is not there is a mismatch") {
    World world;
    const auto& fine = counted(world, blind(all_right()), in_order());
    CHECK(results(fine) == "agrees agrees agrees agrees");
    CHECK(fine.clean());
    CHECK(fine.proves(SealId("S1")));
    CHECK(fine.counts(SealId("S4")));
    CHECK_FALSE(fine.proves(SealId("S4")));
    auto rows = all_right();
    rows.erase(rows.begin());
    const auto& lacking = counted(world, blind(rows, "I2"), in_order());
    CHECK(results(lacking) == "not_counted agrees agrees agrees");
    CHECK(lacking.mismatches() == 1);
    CHECK(lacking.discrepancies() == 0);
    CHECK_FALSE(lacking.clean());
    CHECK_FALSE(lacking.items[0].entered);
}

TEST_CASE("what a person saw is compared with what lies there, not with what should") {
    CHECK(result_of(authentic("S1"), "S1") == "agrees");
    CHECK(result_of(authentic("S1"), "") == "differs");
    CHECK(result_of(authentic("S2"), "S2") == "agrees");  // both say that it is the wrong one
    CHECK(result_of(authentic("S2"), "S1") == "differs");
    CHECK(result_of(absent(), "") == "agrees");
    CHECK(result_of(absent(), "S1") == "differs");
    CHECK(result_of(foreign(), "S1") == "differs");
    CHECK(result_of(cloned("S1"), "S1") == "unproved");
    CHECK(result_of(cloned("S1"), "") == "differs");
    CHECK(result_of(unreadable(), "S1") == "unproved");
    CHECK(result_of(unreadable(), "") == "unproved");
}

TEST_CASE("a mismatch can be counted again, and both counts know of each other") {
    World world;
    auto rows = all_right();
    rows[1].seal = SealId();
    CHECK(counted(world, blind(rows), in_order()).mismatches() == 1);
    auto again = blind(all_right(), "I2");
    again.wanted.recount_of = "I1";
    const auto& second = counted(world, again, in_order());
    CHECK(second.clean());
    CHECK(second.recount_of == "I1");
    CHECK_FALSE(second.full());
    CHECK(world.state.inventories.at("I1").recounts == std::vector<std::string>{"I2"});
    CHECK(world.state.inventories.at("I1").mismatches() == 1);
    again.wanted.recount_of = "I2";
    CHECK(world.run(again).refusal->code == Code::invalid);
    again.wanted.recount_of = "I9";
    CHECK(world.run(again).refusal->code == Code::not_found);
}

TEST_CASE("blind counts stay in memory for the decisions that ask for them, up to a number") {
    World world;
    for (std::size_t i = 0; i < kBlindKept + 3; ++i) {
        world.pass(milliseconds{1});
        counted(world, blind(all_right(), ("I" + std::to_string(100 + i)).c_str()), in_order());
    }
    evict_settled(world.state, world.now);
    CHECK(world.state.inventories.size() == kBlindKept);
    CHECK_FALSE(world.state.inventories.contains("I102"));
    CHECK(world.state.inventories.contains("I103"));
    CHECK_FALSE(row_view(world.state, {"inventory", "I102"}, world.now).live);
}

TEST_CASE("only a count of all slots stands for the one that an opening by force asks for") {
    World world;
    auto partial = blind({{SlotId("01"), SealId(), 2}});
    partial.wanted.since_last = true;
    counted(world, partial, {{SlotId("01"), authentic("S1")}});
    world.open("02");
    world.shut("02");
    REQUIRE(world.state.overrides.size() == 1);
    auto is_counted = [&] { return world.state.overrides.begin()->second.counted; };
    auto again = blind(all_right(), "I2");
    again.wanted.recount_of = "I1";
    counted(world, again, in_order());
    CHECK_FALSE(is_counted());
    auto since = blind(all_right(), "I3");
    since.wanted.since_last = true;
    counted(world, since, in_order());
    CHECK_FALSE(is_counted());
    counted(world, blind(all_right(), "I4"), in_order());
    CHECK(is_counted());
}
