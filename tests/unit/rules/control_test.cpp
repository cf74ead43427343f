// Controls beside the request: hours, curfew, second person, limits, separation, overrides. Each
// has a case that refuses and one that lets pass.
#include "rules/control.hpp"

#include "rules/take_checks.hpp"
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

constexpr milliseconds kShanghai{28'800'000};

// Local time in Shanghai; 2026-11-27 is a Friday.
Instant local(const char* text) {
    return Instant{from_rfc3339(std::string(text) + "+08:00")->ms};
}

void in_department(World& world, const char* id, const char* department) {
    world.state.persons.at(PersonId(id)).department = department;
}

Decision take(World& world, const char* seal, const char* person,
              std::optional<Acting> second = {}) {
    Take command{SealId(seal), requests({"R1"}), PersonId(person), {pin()}, {}};
    command.second = std::move(second);
    return world.run(command);
}

Calendar office_hours() {
    Calendar calendar;
    calendar.days = {true, true, true, true, true, false, false};
    calendar.from_minute = 8 * 60 + 30;
    calendar.to_minute = 18 * 60;
    calendar.holidays = {"2026-10-01"};
    calendar.workdays = {"2026-10-10"};
    return calendar;
}

}  // namespace

TEST_CASE("hours of use go by the node's own time, holidays and made-up workdays") {
    auto calendar = office_hours();
    auto inside = [&](const char* at) { return inside_hours(calendar, local(at), kShanghai); };
    CHECK(inside("2026-11-27T08:30:00"));
    CHECK(inside("2026-11-27T17:59:59"));
    CHECK_FALSE(inside("2026-11-27T08:29:59"));
    CHECK_FALSE(inside("2026-11-27T18:00:00"));
    CHECK_FALSE(inside("2026-11-28T10:00:00"));  // Saturday
    CHECK_FALSE(inside("2026-10-01T10:00:00"));  // holiday, a Thursday
    CHECK(inside("2026-10-10T10:00:00"));        // Saturday made a workday
    CHECK(inside_hours(Calendar{}, local("2026-11-28T03:00:00"), kShanghai));
}

TEST_CASE("outside the hours of use a take is refused, a return is not") {
    World world;
    world.run(approved("R1"));
    world.take_out("S1", requests({"R1"}), "ann");
    world.policy.calendar.days = {};
    CHECK_FALSE(world.give_back("S1", "ann").refusal);
    world.run(approved("R2", "S2"));
    CHECK(refused_by(world.take("S2", requests({"R2"}), "bob")) == "R04");
    CHECK(refused_by(world.take("S2", requests({"R2"}), "carl")) == "R21");
}

TEST_CASE("a curfew is the day's end or the longest time out, whichever comes first") {
    Policy policy;
    auto noon = local("2026-11-27T12:00:00");
    CHECK_FALSE(curfew_of(policy, noon, kShanghai));
    policy.curfew_at = 17 * 60 + 30;
    CHECK(*curfew_of(policy, noon, kShanghai) == local("2026-11-27T17:30:00"));
    policy.curfew_minutes = 120;
    CHECK(*curfew_of(policy, noon, kShanghai) == local("2026-11-27T14:00:00"));
    CHECK(*curfew_of(policy, local("2026-11-27T17:00:00"), kShanghai) ==
          local("2026-11-27T17:30:00"));
}

TEST_CASE("a seal out past its curfew is told; a take-out and one in time are not") {
    World world;
    world.policy.curfew_minutes = 60;
    world.run(approved("R1"));
    auto away = approved("R2", "S2");
    away.request.take_out = TakeOut{"notary", world.now + kDay};
    world.run(away);
    world.take_out("S1", requests({"R1"}), "ann");
    world.take_out("S2", requests({"R2"}), "ann");
    CHECK(world.seal_of("S1").loan->curfew);
    CHECK_FALSE(world.seal_of("S2").loan->curfew);
    world.pass(milliseconds{3'600'000});
    CHECK_FALSE(alerted(world.run(TimePassed{}), "curfew"));
    world.pass(milliseconds{1});
    CHECK(alerted(world.run(TimePassed{}), "curfew"));
}

TEST_CASE("after the day's curfew nothing more is taken for use on site") {
    World world;
    world.now = local("2026-11-27T17:31:00");
    world.policy.curfew_at = 17 * 60 + 30;
    auto late = approved("R1");
    late.request.applied_at = world.now;
    world.run(late);
    CHECK(refused_by(take(world, "S1", "ann")) == "R21");
    world.pass(kDay - milliseconds{3'600'000});
    CHECK_FALSE(take(world, "S1", "ann").refusal);
}

TEST_CASE("a type that needs two persons is taken with a second of another department only") {
    World world;
    world.policy.two_person_types = {"company"};
    world.run(approved("R1"));
    in_department(world, "ann", "sales");
    in_department(world, "bob", "sales");
    in_department(world, "mia", "legal");
    CHECK(refused_by(take(world, "S1", "ann")) == "R20");
    CHECK(refused_by(take(world, "S1", "ann", Acting{PersonId("bob"), {pin()}})) == "R20");
    CHECK(refused_by(take(world, "S1", "ann", Acting{PersonId("ann"), {pin()}})) == "R20");
    CHECK(refused_by(take(world, "S1", "ann", Acting{PersonId("lee"), {pin()}})) == "R05");
    CHECK(refused_by(take(world, "S1", "ann",
                          Acting{PersonId("mia"), {pin(FactorOutcome::wrong)}})) == "R06");
    auto granted = take(world, "S1", "ann", Acting{PersonId("mia"), {pin()}});
    REQUIRE_FALSE(granted.refusal);
    CHECK(granted.events.front().data.text_or("second") == "mia");
}

TEST_CASE("nobody holds more seals than the limit") {
    World world;
    world.policy.max_held = 1;
    world.run(approved("R1"));
    world.run(approved("R2", "S2"));
    world.take_out("S1", requests({"R1"}), "ann");
    CHECK(refused_by(world.take("S2", requests({"R2"}), "ann")) == "R22");
    CHECK_FALSE(world.take("S2", requests({"R2"}), "carl").refusal);
}

TEST_CASE("the last of a forbidden set is refused, and the set is per entity") {
    World world;
    world.policy.forbid_together = {{"official", "finance"}};
    world.state.seals.at(SealId("S1")).type = "official";
    world.state.seals.at(SealId("S2")).type = "finance";
    world.state.seals.at(SealId("S3")).type = "finance";
    world.state.seals.at(SealId("S3")).entity = "another";
    world.run(approved("R1"));
    world.run(approved("R2", "S2"));
    world.run(approved("R3", "S3"));
    world.take_out("S1", requests({"R1"}), "ann");
    CHECK(refused_by(world.take("S2", requests({"R2"}), "ann")) == "R23");
    CHECK_FALSE(world.take("S3", requests({"R3"}), "ann").refusal);
}

TEST_CASE("who approved a request does not take under it") {
    World world;
    auto request = approved("R1");
    request.request.chain = "bob>ann>mia";
    world.run(request);
    CHECK(world.request_of("R1").approvers.size() == 3);
    CHECK(refused_by(take(world, "S1", "ann")) == "R24");
    CHECK_FALSE(take(world, "S1", "carl").refusal);
    World other;
    other.policy.separate_approval = false;
    other.run(request);
    CHECK_FALSE(take(other, "S1", "ann").refusal);
}

TEST_CASE("a name inside another name is not that person's") {
    World world;
    world.state.persons.at(PersonId("ann")).name = "张三";
    world.state.persons.at(PersonId("bob")).name = "张三丰";
    auto request = approved("R1");
    request.request.chain = "李四→张三丰、王五";
    world.run(request);
    CHECK(world.request_of("R1").approvers == std::vector<PersonId>{PersonId("bob")});
}

TEST_CASE("after an opening without us nothing is taken until a full inventory") {
    World world;
    world.run(approved("R1"));
    auto forced = world.open("03");
    CHECK(has(forced, EventType::override_mechanical));
    CHECK(alerted(forced, "mechanical_override"));
    CHECK(refused_by(take(world, "S1", "ann")) == "R25");
    world.shut("03");
    world.settle("03", authentic("S3"));
    CHECK(refused_by(take(world, "S1", "ann")) == "R25");
    InventoryTaken count;
    count.id = "I1";
    for (const auto* slot : {"01", "02", "03"})
        count.readings.emplace_back(SlotId(slot), authentic(("S" + std::string(slot + 1)).c_str()));
    count.readings.emplace_back(SlotId("04"), absent());
    world.run(count);
    CHECK_FALSE(take(world, "S1", "ann").refusal);
}

TEST_CASE("a door that stands open at the start was opened while sealsd was down") {
    World world;
    auto before = world.now;
    world.pass(kDay);
    world.run(Booted{"1.0",
                     "c0",
                     "policy",
                     "p0",
                     {SlotId("01"), SlotId("02"), SlotId("03"), SlotId("04")},
                     before});
    auto decision = world.run(DoorMoved{SlotId("02"), true, true});
    REQUIRE(has(decision, EventType::override_mechanical));
    for (const auto& event : decision.events)
        if (event.type == EventType::override_mechanical) {
            CHECK(event.data.text_or("cause") == "down");
            CHECK(event.data.integer_or("from") == before.ms);
        }
}

TEST_CASE("an override is explained by two persons who prove themselves") {
    World world;
    auto forced = world.open("03");
    std::string id = world.state.overrides.begin()->first;
    Acting ann{PersonId("ann"), {pin()}}, bob{PersonId("bob"), {pin()}};
    ExplainOverride explain{id, "fire drill", "B-17", "B-18", {ann}, {}};
    CHECK(refused_by(world.run(explain), EventType::act_refused) == "R18");
    explain.persons = {ann, ann};  // one is not two
    CHECK(refused_by(world.run(explain), EventType::act_refused) == "R18");
    explain.persons = {ann, bob};
    CHECK_FALSE(world.run(explain).refusal);
    CHECK(world.state.overrides.at(id).explained);
    explain.id = "nothing";
    CHECK(world.run(explain).refusal->code == Code::not_found);
}

TEST_CASE("every rule of a take is asked, so that an explanation shows all of them") {
    World world;
    world.run(approved("R1"));
    auto context = world.context();
    Take command{SealId("S1"), requests({"R1"}), PersonId("ann"), {}, {}};
    auto checks = take_checks(world.state, world.policy, context, command, world.seal_of("S1"));
    CHECK(checks.size() >= 10);
    for (const auto& check : checks)
        CHECK_FALSE(check.refusal);
}

TEST_CASE("one hand that holds a forbidden set is told, and one that holds half of it is not") {
    World world;
    world.state.seals.at(SealId("S1")).type = "official";
    world.state.seals.at(SealId("S2")).type = "finance";
    world.run(approved("R1"));
    world.run(approved("R2", "S2"));
    world.take_out("S1", requests({"R1"}), "ann");
    world.policy.forbid_together = {{"official", "finance"}};
    CHECK_FALSE(alerted(world.run(TimePassed{}), "forbidden_together"));
    world.policy.forbid_together.clear();  // as it was when the second one left
    world.take_out("S2", requests({"R2"}), "ann");
    CHECK_FALSE(alerted(world.run(TimePassed{}), "forbidden_together"));
    world.policy.forbid_together = {{"official", "finance"}};
    CHECK(alerted(world.run(TimePassed{}), "forbidden_together"));
}

TEST_CASE("a door that opens by our leave is no override") {
    World world;
    world.run(approved("R1"));
    auto granted = world.take("S1", requests({"R1"}), "ann");
    world.fired(granted.id);
    auto opened = world.open("01");
    CHECK_FALSE(has(opened, EventType::override_mechanical));
    CHECK_FALSE(alerted(opened, "mechanical_override"));
}
