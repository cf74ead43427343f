// What a count of changes reads, slots in use, and counts that did not come.
#include "rules/inventory.hpp"
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

TagReading lies_in(World& world, const SlotId& slot) {
    const auto* home = world.state.seal_at(slot);
    bool there = home != nullptr && home->custody == Custody::in_slot;
    return there ? authentic(home->id.str().c_str()) : absent();
}

std::string changed(World& world) {
    CountWanted wanted;
    wanted.since_last = true;
    std::string out;
    for (const auto& slot : slots_to_count(world.state, wanted, world.now))
        out += (out.empty() ? "" : " ") + slot.str();
    return out;
}

Decision count(World& world, bool since_last = false) {
    InventoryTaken taken{"I" + std::to_string(world.log.size()), {}, {}, {}, {}};
    taken.wanted.since_last = since_last;
    for (const auto& slot : slots_to_count(world.state, taken.wanted, world.now))
        taken.readings.emplace_back(slot, lies_in(world, slot));
    return world.run(taken);
}

Verdict in_use(World& world, const char* slot, TagReading reading) {
    auto item = count_slot(world.state, SlotId(slot), reading, world.now);
    CHECK(item.busy);
    return item.verdict;
}

std::vector<std::string> passed(World& world) {
    return names_of(world.run(TimePassed{}).events);
}

const std::vector<std::string> kMissed{"inventory.missed", "alert.raised"};
const std::vector<std::string> kNothing;

}  // namespace

TEST_CASE("until the first count every slot is due, then only those to which something happened") {
    World world;
    CHECK(changed(world) == "01 02 03 04");
    count(world);
    CHECK(changed(world).empty());
    world.open("02");
    CHECK(changed(world) == "02");
    world.shut("02");
    count(world, true);
    CHECK(changed(world).empty());
    count(world);  // nobody opened that door by our leave: a full count comes before a take
    world.run(approved("R1"));
    world.take("S1", requests({"R1"}), "ann");
    CHECK(changed(world) == "01");
    world.seal("S4", "04", true);  // enrolled and in use now
    CHECK(changed(world) == "01 04");
}

TEST_CASE("what was not found in order is due again until it is") {
    World world;
    world.run(InventoryTaken{
        "I1", {{SlotId("01"), absent()}, {SlotId("02"), authentic("S2")}}, {}, {}, {}});
    CHECK(changed(world) == "01 03 04");
    world.run(InventoryTaken{"I2", {{SlotId("01"), authentic("S1")}}, {}, {}, {}});
    CHECK(changed(world) == "03 04");
}

TEST_CASE("a seal on loan is told once, and again when it is overdue") {
    World world;
    auto upsert = approved("R1");
    upsert.request.take_out = TakeOut{"court", kStart + kDay};
    world.run(upsert);
    world.take_out("S1", requests({"R1"}), "ann");
    count(world);
    CHECK(changed(world).empty());
    world.now = kStart + kDay + milliseconds{1};
    CHECK(changed(world) == "01");
}

TEST_CASE("a slot in use is told as what is known of it, never as missing") {
    World world;
    world.run(approved("R1"));
    auto granted = world.take("S1", requests({"R1"}), "ann");
    CHECK(in_use(world, "01", authentic("S1")) == Verdict::present);
    CHECK(in_use(world, "01", absent()) == Verdict::out);
    CHECK(in_use(world, "01", unreadable()) == Verdict::out);
    CHECK(in_use(world, "01", foreign()) == Verdict::foreign_tag);
    world.walk(granted, absent());
    world.give_back("S1", "ann");
    CHECK(in_use(world, "01", absent()) == Verdict::out);
    CHECK(in_use(world, "01", authentic("S1")) == Verdict::present);
}

TEST_CASE("a reading from before the door moved tells nothing of what lies there now") {
    World world;
    auto before = absent();
    before.at = world.now;
    world.pass(milliseconds{5});
    world.open("01");
    world.shut("01");
    world.settle("01", authentic("S1"));
    CHECK(in_use(world, "01", before) == Verdict::present);
    auto decision = world.run(InventoryTaken{"I1", {{SlotId("01"), before}}, {}, {}, {}});
    CHECK(names_of(decision.events) == std::vector<std::string>{"inventory.finished"});
    CHECK(changed(world) == "01 02 03 04");
}

TEST_CASE("a count that does not come is missed, once, after its grace") {
    World world;
    world.policy.inventory_full_every = milliseconds{0};
    auto due = kStart + world.policy.inventory_every;
    CHECK(next_count(world.state, world.policy, false) == due);
    world.now = due + world.policy.inventory_grace;
    CHECK(passed(world) == kNothing);
    world.pass(milliseconds{1});
    auto decision = world.run(TimePassed{});
    CHECK(names_of(decision.events) == kMissed);
    CHECK(alerted(decision, "inventory_missed"));
    CHECK(decision.events[0].data.integer_or("due") == due.ms);
    CHECK(decision.events[0].data.integer_or("missed") == 1);
    CHECK(passed(world) == kNothing);
    world.pass(kDay);  // its alert still stands open
    CHECK(passed(world) == std::vector<std::string>{"inventory.missed"});
}

TEST_CASE("several that were missed while nobody was there are told at once") {
    World world;
    world.policy.inventory_full_every = milliseconds{0};
    world.pass(3 * kDay + world.policy.inventory_grace + milliseconds{1});
    auto decision = world.run(TimePassed{});
    CHECK(names_of(decision.events) == kMissed);
    CHECK(decision.events[0].data.integer_or("missed") == 3);
    CHECK(passed(world) == kNothing);
}

TEST_CASE("a count of any kind puts off the next; only a full one puts off the full one") {
    World world;
    world.pass(kDay);
    count(world);
    world.pass(kDay);
    CHECK(passed(world) == kNothing);
    for (int i = 0; i < 6; ++i) {
        count(world, true);
        world.pass(kDay);
        CHECK(passed(world) == kNothing);
    }
    count(world, true);
    world.pass(2 * world.policy.inventory_grace);
    auto decision = world.run(TimePassed{});
    CHECK(names_of(decision.events) == kMissed);
    CHECK(decision.events[0].data.boolean_or("full"));
    count(world);
    CHECK(passed(world) == kNothing);
}

TEST_CASE("where none is expected none is missed") {
    World world;
    world.policy.inventory_every = milliseconds{0};
    world.policy.inventory_full_every = milliseconds{0};
    world.pass(400 * kDay);
    CHECK(passed(world) == kNothing);
    CHECK_FALSE(next_count(world.state, world.policy, false));
}
