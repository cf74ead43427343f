// Requests as an OA sends them: validation, status, sameness, withdrawal and recall.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

// The field a broken upsert is refused for; nothing of it may be kept.
std::string broken_field(const RequestUpsert& upsert) {
    World world;
    auto decision = world.run(upsert);
    REQUIRE(decision.refusal);
    CHECK(decision.refusal->code == Code::invalid);
    CHECK(decision.upserted == Upserted::refused);
    CHECK(decision.events.empty());
    CHECK(world.state.requests.empty());
    return decision.refusal->field;
}

}  // namespace

TEST_CASE("an approved request is accepted with what the OA left out filled in") {
    World world;
    auto upsert = approved("R1");
    upsert.request.lines[0].copies = 3;
    world.policy.impressions_per_copy = 2;
    auto decision = world.run(upsert);
    CHECK(decision.upserted == Upserted::accepted);
    CHECK(decision.id == "R1");
    const auto& line = world.request_of("R1").lines[0];
    CHECK(line.count == 6);
    CHECK(line.users == std::vector<PersonId>{PersonId("ann")});
    CHECK(line.valid_from == kStart);
    CHECK(line.valid_to == kStart + 30 * kDay);
    CHECK(line.mode == LineMode::on_site);
    CHECK(world.request_of("R1").state(kStart) == RequestState::accepted);
    CHECK(world.request_of("R1").state(kStart + 30 * kDay) == RequestState::accepted);
    CHECK(world.request_of("R1").state(kStart + 31 * kDay) == RequestState::expired);
}

TEST_CASE("what the OA gives is kept as given") {
    World world;
    auto upsert = approved("R1");
    auto& line = upsert.request.lines[0];
    line.count = 7;
    line.users = {PersonId("bob")};
    line.valid_from = kStart + kDay;
    line.valid_to = kStart + 2 * kDay;
    upsert.given = {{true, true, true, true}};
    world.run(upsert);
    const auto& kept = world.request_of("R1").lines[0];
    CHECK(kept.count == 7);
    CHECK(kept.users == std::vector<PersonId>{PersonId("bob")});
    CHECK(kept.valid_from == kStart + kDay);
    CHECK(kept.valid_to == kStart + 2 * kDay);
}

TEST_CASE("a take-out runs until it is due") {
    World world;
    auto upsert = approved("R1");
    upsert.request.take_out = TakeOut{"court", kStart + 3 * kDay};
    world.run(upsert);
    CHECK(world.request_of("R1").lines[0].mode == LineMode::take_out);
    CHECK(world.request_of("R1").lines[0].valid_to == kStart + 3 * kDay);
    CHECK(world.request_of("R1").take_out->place == "court");
}

TEST_CASE("a broken line is refused by its field, whatever its status") {
    for (const auto* status : {"approved", "withdrawn", "pending", "rejected"}) {
        auto base = with_status(approved("R1"), status);
        auto with = [&](auto change) {
            auto upsert = base;
            change(upsert.request);
            return broken_field(upsert);
        };
        CHECK(with([](Request& r) { r.applicant = PersonId("zed"); }) == "applicant");
        CHECK(with([](Request& r) { r.lines.clear(); }) == "lines");
        CHECK(with([](Request& r) { r.lines[0].seal = SealId("S9"); }) == "lines[0].seal");
        CHECK(with([](Request& r) { r.lines[0].copies = 0; }) == "lines[0].copies");
        CHECK(with([](Request& r) { r.lines.push_back(r.lines[0]); }) == "lines[1].seal");
        CHECK(with([](Request& r) { r.lines[0].users = {PersonId("zed")}; }) == "lines[0].users");
        CHECK(with([](Request& r) { r.take_out = TakeOut{"", kStart}; }) == "take_out.place");
        CHECK(with([](Request& r) {
                  r.take_out = TakeOut{"court", kStart - milliseconds{1}};
              }) == "take_out.due");
    }
}

TEST_CASE("an empty window is refused") {
    auto upsert = approved("R1");
    upsert.given = {{false, false, true, true}};
    upsert.request.lines[0].valid_from = kStart;
    upsert.request.lines[0].valid_to = kStart - milliseconds{1};
    CHECK_THAT(broken_field(upsert), ContainsSubstring("lines"));
}

TEST_CASE("requests not yet decided or rejected are left out") {
    World world;
    for (const auto* status : {"pending", "rejected"}) {
        auto decision = world.run(with_status(approved("R1"), status));
        CHECK_FALSE(decision.refusal);
        CHECK(decision.upserted == Upserted::left_out);
        CHECK(decision.events.empty());
    }
    CHECK(world.state.requests.empty());
}

TEST_CASE("the same content again changes nothing, also under a changed policy") {
    World world;
    world.run(approved("R1"));
    world.policy.window_days = 5;
    world.policy.impressions_per_copy = 4;
    auto again = world.run(approved("R1"));
    CHECK(again.upserted == Upserted::unchanged);
    CHECK(again.events.empty());
    CHECK(world.request_of("R1").lines[0].valid_to == kStart + 30 * kDay);
}

TEST_CASE("other content under one key is a conflict that names the field; the old stays") {
    World world;
    world.run(approved("R1"));
    auto before = rows_of(world.state, world.now);
    auto conflict = [&](auto change) {
        auto upsert = approved("R1");
        change(upsert);
        auto decision = world.run(upsert);
        REQUIRE(decision.refusal);
        CHECK(decision.refusal->code == Code::conflict);
        CHECK(decision.upserted == Upserted::conflict);
        CHECK(decision.events.empty());
        return decision.refusal->field;
    };
    CHECK(conflict([](auto& u) { u.request.applicant = PersonId("bob"); }) == "applicant");
    CHECK(conflict([](auto& u) { u.request.title = "other"; }) == "title");
    CHECK(conflict([](auto& u) { u.request.department = "legal"; }) == "department");
    CHECK(conflict([](auto& u) { u.request.applied_at = kStart + kDay; }) == "applied_at");
    CHECK(conflict([](auto& u) {
              u.request.take_out = TakeOut{"x", kStart + kDay};
          }) == "take_out");
    CHECK(conflict([](auto& u) { u.request.lines[0].copies = 2; }) == "lines");
    CHECK(conflict([](auto& u) { u.request.lines[0].seal = SealId("S2"); }) == "lines");
    CHECK(conflict([](auto& u) { u.request.remark = "note"; }) == "remark");
    CHECK(conflict([](auto& u) { u.request.chain = "boss"; }) == "chain");
    CHECK(rows_of(world.state, world.now) == before);
}

TEST_CASE("a withdrawal is for good, whichever of the two comes first") {
    World after;
    after.run(approved("R1"));
    auto withdrawn = after.run(with_status(approved("R1"), "withdrawn"));
    CHECK(withdrawn.upserted == Upserted::withdrawn);
    CHECK(withdrawn.events[0].data.boolean_or("known"));

    World before;
    auto early = before.run(with_status(approved("R1"), "withdrawn"));
    CHECK(early.upserted == Upserted::withdrawn);
    CHECK_FALSE(early.events[0].data.boolean_or("known"));

    for (auto* world : {&after, &before}) {
        CHECK(world->run(with_status(approved("R1"), "withdrawn")).events.empty());
        auto late = world->run(approved("R1"));
        CHECK(late.upserted == Upserted::unchanged);
        CHECK(late.events.empty());
        CHECK(world->request_of("R1").state(world->now) == RequestState::withdrawn);
        CHECK(refused_by(world->take("S1", requests({"R1"}), "ann")) == "R03");
    }
}

TEST_CASE("a withdrawal while the seal is out recalls it, only when no request remains") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2"));
    world.take_out("S1", requests({"R1", "R2"}), "ann");
    auto first = world.run(with_status(approved("R1"), "withdrawn"));
    CHECK_FALSE(has(first, EventType::seal_recalled));
    auto second = world.run(with_status(approved("R2"), "withdrawn"));
    CHECK(has(second, EventType::seal_recalled));
    CHECK(alerted(second, "revoked_while_out"));
    CHECK(world.seal_of("S1").loan->recalled);
}

TEST_CASE("the withdrawal of a request that lends nothing recalls nothing") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2"));
    world.take_out("S1", requests({"R1"}), "ann");
    CHECK_FALSE(has(world.run(with_status(approved("R2"), "withdrawn")), EventType::seal_recalled));
}

TEST_CASE("two sources may use one number: the second gets its source in front") {
    World world;
    world.run(approved("R1"));
    auto other = approved("R1");
    other.request.source = "crm";
    other.request.title = "another";
    auto decision = world.run(other);
    CHECK(decision.upserted == Upserted::accepted);
    CHECK(decision.id == "crm:R1");
    CHECK(world.run(other).upserted == Upserted::unchanged);
    CHECK(world.run(with_status(other, "withdrawn")).upserted == Upserted::withdrawn);
    CHECK_FALSE(world.request_of("R1").withdrawn);
    CHECK(world.request_of("crm:R1").withdrawn);
}

TEST_CASE("a number that looks like another source's id is not taken for that request") {
    World world;
    auto from = [](const char* source, const char* number, const char* title) {
        auto upsert = approved(number);
        upsert.request.source = source;
        upsert.request.title = title;
        return upsert;
    };
    world.run(from("oa", "1", "first"));
    CHECK(world.run(from("crm", "1", "second")).id == "crm:1");
    auto third = world.run(from("oa", "crm:1", "third"));
    CHECK(third.upserted == Upserted::accepted);
    CHECK(third.id == "oa:crm:1");
    auto gone = world.run(with_status(from("oa", "crm:1", "third"), "withdrawn"));
    CHECK(gone.id == "oa:crm:1");
    CHECK_FALSE(world.request_of("crm:1").withdrawn);

    world.run(from("x", "y:2", "fourth"));  // has the id y:2
    world.run(from("z", "2", "fifth"));
    auto none = world.run(from("y", "2", "sixth"));
    REQUIRE(none.refusal);
    CHECK(none.refusal->field == "external_id");
    CHECK_FALSE(world.run(from("y", "y:2", "seventh")).refusal);
}

TEST_CASE("numbers that no office means are refused, not counted with") {
    auto field = [](auto change) {
        auto upsert = approved("R1");
        change(upsert);
        return broken_field(upsert);
    };
    auto huge = std::int64_t{1} << 62;
    CHECK(field([&](auto& u) { u.request.lines[0].copies = huge; }) == "lines[0].copies");
    CHECK(field([&](auto& u) { u.request.lines[0].cross_page = -1; }) == "lines[0].cross_page");
    CHECK(field([&](auto& u) {
              u.given = {{true, false, false, false}};
              u.request.lines[0].count = 0;
          }) == "lines[0].count");
    CHECK(field([](auto& u) { u.request.external_id = "a/b"; }) == "external_id");
    CHECK(field([](auto& u) { u.request.external_id = ""; }) == "external_id");
    CHECK(field([](auto& u) { u.request.source = ""; }) == "source");
}
