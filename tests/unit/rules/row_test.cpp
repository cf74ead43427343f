// Rows: what is stored of an object is the whole object.
#include <random>

#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

class Random {
  public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}

    std::int64_t number(std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(0, most)(engine_);
    }
    bool flip() { return number(1) == 1; }
    Instant instant() { return {number(4'000'000'000'000)}; }
    std::string text() {
        static const char* const kWords[] = {"", "a", "公章", "x y", "\"q\"", "0"};
        return std::string(kWords[number(5)]) + kWords[number(5)];
    }
    std::string id() { return "i" + std::to_string(number(999)); }
    template <class IdType>
    std::vector<IdType> ids() {
        std::vector<IdType> out(static_cast<std::size_t>(number(3)));
        for (auto& one : out)
            one = IdType(id());
        return out;
    }

    Person person() {
        Person person{PersonId(id()), text(), text(), text(), id(), flip(), flip(), {}, {}};
        for (auto n = number(3); n > 0; --n)
            person.failures.push_back(instant());
        if (flip()) person.locked_until = instant();
        return person;
    }
    Seal seal() {
        Seal seal;
        seal.id = SealId(id());
        seal.name = text();
        seal.type = text();
        seal.entity = text();
        seal.filing_no = text();
        if (flip()) seal.slot = SlotId(id());
        seal.custodians = ids<PersonId>();
        seal.state = static_cast<SealState>(number(11));
        seal.state_since = instant();
        seal.before = static_cast<SealState>(number(11));
        if (flip()) seal.replaces = SealId(id());
        if (flip()) seal.replaced_by = SealId(id());
        seal.custody = static_cast<Custody>(number(6));
        seal.uid = text();
        if (flip()) {
            seal.loan =
                Loan{PersonId(id()), ids<RequestId>(), SessionId(id()), instant(), {}, flip()};
            if (flip()) seal.loan->due = instant();
            if (flip()) seal.loan->curfew = instant();
        }
        if (flip()) seal.session = SessionId(id());
        return seal;
    }
    Line line() {
        return {SealId(id()), number(9), number(9),
                number(2),    number(3), ids<PersonId>(),
                instant(),    instant(), flip() ? LineMode::on_site : LineMode::take_out,
                text()};
    }
    Request request() {
        Request request;
        request.id = RequestId(id());
        request.source = text();
        request.external_id = text();
        request.withdrawn = flip();
        request.taken = flip();
        request.held = flip();
        request.approvers = ids<PersonId>();
        request.applicant = PersonId(id());
        request.applicant_name = text();
        request.department = text();
        request.title = text();
        request.chain = text();
        request.remark = text();
        request.applied_at = instant();
        if (flip()) request.take_out = TakeOut{text(), instant()};
        for (auto n = number(3); n > 0; --n)
            request.lines.push_back(line());
        if (flip()) request.application = application();
        return request;
    }
    Application application() {
        Application application{text(), text(), {}, flip(), flip()};
        for (auto n = number(3); n > 0; --n) {
            ApprovalStep step{id(), text(), text(), number(9), ids<PersonId>(), ids<PersonId>()};
            step.approved = flip();
            step.refused = flip();
            step.decided_by = PersonId(text());
            step.delegate_of = PersonId(text());
            step.appointed = flip();
            step.at = instant();
            step.opinion = text();
            application.steps.push_back(step);
        }
        return application;
    }
    Session session() {
        Session session;
        session.id = SessionId(id());
        session.kind = flip() ? "take" : "return";
        session.seal = SealId(id());
        session.slot = SlotId(id());
        session.person = PersonId(id());
        session.requests = ids<RequestId>();
        session.stage = static_cast<Stage>(number(static_cast<int>(Stage::closed)));
        session.answered = flip();
        session.moved = flip();
        session.verdict = text();
        session.code = text();
        session.opened = instant();
        if (flip()) session.curfew = instant();
        return session;
    }
    Handover handover() {
        Handover handover;
        handover.id = id();
        handover.kind = static_cast<HandoverKind>(number(2));
        handover.state = static_cast<HandoverState>(number(3));
        handover.seals = ids<SealId>();
        handover.from = PersonId(id());
        handover.to = PersonId(id());
        handover.by = PersonId(id());
        handover.offered = instant();
        if (flip()) handover.accepted = instant();
        if (flip()) handover.until = instant();
        for (auto n = number(2); n > 0; --n)
            handover.before.push_back(ids<PersonId>());
        return handover;
    }

    Inventory inventory() {
        Inventory inventory{"I" + id(),
                            instant(),
                            PersonId(id()),
                            flip(),
                            flip(),
                            text(),
                            {text()},
                            {},
                            milliseconds{number(9)},
                            milliseconds{number(9)},
                            milliseconds{number(9)}};
        for (auto n = number(3); n > 0; --n) {
            CountedSlot item{SlotId(id()), SealId(id()), text(),
                             static_cast<Verdict>(number(static_cast<int>(Verdict::empty))),
                             flip()};
            if (flip()) item.entered = SealId(flip() ? "" : id());
            if (flip())
                item.result =
                    static_cast<BlindResult>(number(static_cast<int>(BlindResult::unproved)));
            inventory.items.push_back(item);
        }
        return inventory;
    }

  private:
    std::mt19937 engine_;
};

void check_back(const State& state, const Key& key) {
    auto row = row_view(state, key, kStart);
    REQUIRE(row.body);
    State other;
    restore_row(other, key.first, *row.body);
    CHECK(has_row(other, key));
    auto back = row_view(other, key, kStart);
    REQUIRE(back.body);
    CHECK(*back.body == *row.body);
}

}  // namespace

TEST_CASE("an object read from its row is the object that was stored") {
    Random random(1);
    for (int i = 0; i < 300; ++i) {
        State state;
        auto person = random.person();
        auto seal = random.seal();
        auto request = random.request();
        auto session = random.session();
        state.persons[person.id] = person;
        state.seals[seal.id] = seal;
        state.requests[request.id] = request;
        state.sessions[session.id] = session;
        state.slots[SlotId("01")] = {SlotId("01"),  random.flip(),  random.flip(),
                                     random.flip(), SessionId("x"), random.instant()};
        state.node = {random.flip(), random.text(), random.text(), random.instant(),
                      random.instant()};
        auto handover = random.handover();
        state.handovers[handover.id] = handover;
        state.overrides["o"] = {
            "o",           SlotId("01"), random.text(), random.instant(), random.instant(),
            random.flip(), random.flip()};
        check_back(state, {"handover", handover.id});
        check_back(state, {"override", "o"});
        auto inventory = random.inventory();
        state.inventories[inventory.id] = inventory;
        state.counting = {random.text(),    random.text(),    {random.text(), random.text()},
                          random.instant(), random.instant(), random.instant()};
        state.slots[SlotId("01")].counted = random.flip();
        check_back(state, {"person", person.id.str()});
        check_back(state, {"seal", seal.id.str()});
        check_back(state, {"request", request.id.str()});
        check_back(state, {"session", session.id.str()});
        check_back(state, {"slot", "01"});
        check_back(state, {"node", "node"});
        check_back(state, {"counting", "counting"});
        check_back(state, {"inventory", inventory.id});
    }
}

TEST_CASE("every member of an object is in its row") {
    Random random(2);
    auto person = person_from(to_value(random.person()));
    person.failures = {kStart, kStart + kDay};
    person.locked_until = kStart;
    auto back = person_from(to_value(person));
    CHECK(back.failures == person.failures);
    CHECK(back.locked_until == person.locked_until);
    CHECK(back.phone == person.phone);

    Seal seal = random.seal();
    seal.loan = Loan{PersonId("p"), requests({"R1"}), SessionId("s"), kStart, kStart + kDay, true};
    seal.custody = Custody::returned_unverified;
    auto seal_back = seal_from(to_value(seal));
    CHECK(seal_back.custody == seal.custody);
    CHECK(seal_back.uid == seal.uid);
    CHECK(seal_back.loan->requests == seal.loan->requests);
    CHECK(seal_back.loan->session == seal.loan->session);
    CHECK(seal_back.loan->since == seal.loan->since);
    CHECK(seal_back.loan->due == seal.loan->due);
    CHECK(seal_back.loan->recalled);

    Session session = random.session();
    session.stage = Stage::shut;
    session.moved = true;
    auto session_back = session_from(to_value(session));
    CHECK(session_back.stage == Stage::shut);
    CHECK(session_back.moved);
    CHECK(session_back.opened == session.opened);
}

TEST_CASE("the row of a key that is gone has no body, and an unknown kind is ignored") {
    State state;
    CHECK_FALSE(row_view(state, {"seal", "S9"}, kStart).body);
    restore_row(state, "drone", Value{Value::Object{}});
    CHECK(state.seals.empty());
    CHECK_FALSE(has_row(state, {"request", "R9"}));
}

TEST_CASE("finished sessions and dead requests leave memory, the rest stays") {
    World world;
    world.run(approved("R1"));
    world.run(approved("R2"));
    world.run(with_status(approved("R2"), "withdrawn"));
    auto granted = world.take("S1", requests({"R1"}), "ann");
    evict_settled(world.state, world.now);
    CHECK(has_row(world.state, {"session", granted.id}));
    CHECK(has_row(world.state, {"request", "R1"}));
    CHECK_FALSE(has_row(world.state, {"request", "R2"}));
    world.walk(granted, authentic("S1"));
    evict_settled(world.state, world.now + 30 * kDay);
    CHECK_FALSE(has_row(world.state, {"session", granted.id}));
    CHECK(has_row(world.state, {"request", "R1"}));
    evict_settled(world.state, world.now + 31 * kDay);
    CHECK_FALSE(has_row(world.state, {"request", "R1"}));
}

TEST_CASE("a custody that this version does not know is no custody in the slot") {
    Value row{Value::Object{}};
    row.add("id", "S1");
    row.add("custody", "in_orbit");
    CHECK(seal_from(row).custody == Custody::unknown);
    CHECK(seal_from(row).state == SealState::registered);
}

TEST_CASE("requests that a loan or a live visit stands on stay in memory and live in the views") {
    World world;
    auto row = [&] { return row_view(world.state, {"request", "R1"}, world.now); };
    world.run(approved("R1"));
    auto granted = world.take("S1", requests({"R1"}), "ann");
    world.run(with_status(approved("R1"), "withdrawn"));
    world.pass(40 * kDay);
    evict_settled(world.state, world.now);
    REQUIRE(has_row(world.state, {"request", "R1"}));
    CHECK(row().live);
    world.walk(granted, absent());
    CHECK(world.request_of("R1").taken);
    CHECK(world.seal_of("S1").loan->due);
    CHECK(row().live);
    world.walk(world.give_back("S1", "ann"), authentic("S1"));
    CHECK(row().live);  // it was taken: its source is to be told how it ended
    world.policy.report_results = false;
    world.run(TimePassed{});
    CHECK_FALSE(row().live);
    evict_settled(world.state, world.now);
    CHECK_FALSE(has_row(world.state, {"request", "R1"}));
}

TEST_CASE("a request row is live until its window ends, unless it was taken or a visit holds it") {
    World world;
    auto row = [&] { return row_view(world.state, {"request", "R1"}, world.now); };
    world.run(approved("R1"));
    CHECK(row().until == world.request_of("R1").valid_to());
    world.state.touched.clear();
    auto granted = world.take("S1", requests({"R1"}), "ann");
    CHECK_FALSE(row().until);
    CHECK(world.state.touched.contains({"request", "R1"}));
    world.walk(granted, absent());
    CHECK_FALSE(row().until);
    auto back = world.give_back("S1", "ann");
    world.state.touched.clear();
    world.walk(back, authentic("S1"));
    CHECK_FALSE(row().until);  // taken: until it has ended and all is told
    CHECK(world.state.touched.contains({"request", "R1"}));

    world.run(approved("R2"));
    auto visit = world.take("S1", requests({"R2"}), "ann");
    CHECK_FALSE(row_view(world.state, {"request", "R2"}, world.now).until);
    world.state.touched.clear();
    world.walk(visit, authentic("S1"));  // nothing was taken
    CHECK(row_view(world.state, {"request", "R2"}, world.now).until ==
          world.request_of("R2").valid_to());
    CHECK(world.state.touched.contains({"request", "R2"}));
}

TEST_CASE("an expired request that lends still keeps its loan from being recalled") {
    World world;
    auto out = approved("R1");
    out.request.take_out = TakeOut{"court", kStart + kDay};
    world.run(out);
    world.run(approved("R2"));
    world.take_out("S1", requests({"R1", "R2"}), "ann");
    world.pass(2 * kDay);
    evict_settled(world.state, world.now);
    auto gone = world.run(with_status(approved("R2"), "withdrawn"));
    CHECK_FALSE(has(gone, EventType::seal_recalled));
}
