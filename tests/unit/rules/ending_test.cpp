// The end of requests, and what becomes of telling it.
#include <random>

#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

using Tell = TellResult::Kind;

// A world in which ann had S1 under R1 (2 impressions, 1 across pages) and brought it back.
struct Ended : World {
    int made = 0;

    explicit Ended(const char* source = "oa") {
        policy.inventory_every = policy.inventory_full_every = milliseconds{0};
        auto upsert = approved("R1");
        upsert.request.lines[0].copies = 2;
        upsert.request.lines[0].cross_page = 1;
        run(upsert);
        // Those made here come by other commands, which ask for more than is needed here.
        state.requests.at(RequestId("R1")).source = source;
        take_out("S1", requests({"R1"}), "ann");
        walk(give_back("S1", "ann"), authentic("S1"));
    }

    const Request& it() { return request_of("R1"); }
    void apply(const Event& event) {
        CHECK(unlisted_in(event) == "");
        evolve(state, event);
        log.push_back(event);
    }
    std::string use(std::int64_t count, std::int64_t cross, std::int64_t excess = 0) {
        Event event{EventType::use_recorded, now, Actor{"tests", "uid"}};
        event.request = RequestId("R1");
        event.seal = SealId("S1");
        event.person = PersonId("ann");
        auto id = "2026-cab-1-" + std::to_string(++made);
        event.data.add("id", id);
        event.data.add("line", 1);
        event.data.add("count", count);
        event.data.add("cross_page", cross);
        if (excess != 0) event.data.add("excess", excess);
        apply(event);
        return id;
    }
    void void_use(const std::string& id) {
        Event event{EventType::use_voided, now, Actor{"tests", "uid"}};
        event.request = RequestId("R1");
        event.data.add("id", id);
        apply(event);
    }
    Decision tick() { return run(TimePassed{}); }
    Decision tell(Tell kind, std::int64_t revision, std::int64_t attempts = 1, bool dead = false) {
        TellResult command;
        command.kind = kind;
        command.request = RequestId("R1");
        command.revision = revision;
        command.attempts = attempts;
        command.dead = dead;
        command.reason = "why";
        if (kind == Tell::reported) command.receipt = std::string(64, 'a');
        if (kind == Tell::waived) command.by = {{PersonId("carl"), {pin()}}};
        return run(command);
    }
    Decision finish() { return run(FinishRequest{RequestId("R1"), "the rest is not needed", {}}); }
    RequestState standing() { return it().state(now); }
    RowView row() { return row_view(state, {"request", "R1"}, now); }
};

const Event* ending_in(const Decision& decision) {
    for (const auto& event : decision.events)
        if (event.type == EventType::request_fulfilled) return &event;
    return nullptr;
}

std::string outcome_in(const Decision& decision) {
    const auto* event = ending_in(decision);
    return event == nullptr ? "" : event->data.text_or("outcome");
}

// granted = used + cancelled, of both kinds, in every line of the entry.
void check_sums(const Event& event) {
    const auto* lines = event.data.find("lines");
    REQUIRE(lines != nullptr);
    REQUIRE(lines->array() != nullptr);
    for (const auto& line : *lines->array())
        for (const auto* kind : {"", "_cross_page"}) {
            auto of = [&](const std::string& name) { return line.integer_or(name + kind); };
            CHECK(of("granted") == of("used") + of("cancelled"));
            CHECK(of("cancelled") >= 0);
        }
}

}  // namespace

TEST_CASE("a request whose grant is used up ends by itself, once, when its seal is back") {
    Ended world;
    CHECK(ending_in(world.tick()) == nullptr);
    world.use(2, 0);
    CHECK(ending_in(world.tick()) == nullptr);  // one across the pages may still come
    auto id = world.use(0, 1);
    auto ended = world.tick();
    REQUIRE(outcome_in(ended) == "fulfilled");
    check_sums(*ending_in(ended));
    CHECK(ending_in(ended)->data.texts_or("uses").size() == 2);
    CHECK(ending_in(ended)->data.texts_or("uses")[1] == id);
    CHECK(ending_in(ended)->request == RequestId("R1"));
    CHECK(ending_in(ended)->actor == device_actor());
    CHECK(world.standing() == RequestState::fulfilled);
    CHECK(ending_in(world.tick()) == nullptr);
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R39");
    CHECK(refused_by(world.finish(), EventType::act_refused) == "R39");
}

TEST_CASE("a request does not end while a seal is out under it, or a visit goes on") {
    Ended world;
    auto granted = world.take("S1", requests({"R1"}), "ann");
    world.use(2, 1);
    CHECK(ending_in(world.tick()) == nullptr);
    CHECK(refused_by(world.finish(), EventType::act_refused) == "R39");
    world.walk(granted, absent());
    CHECK(ending_in(world.tick()) == nullptr);
    auto refused = world.finish();
    CHECK(refused_by(refused, EventType::act_refused) == "R39");
    CHECK(refused.refusal->detail.find("S1") != std::string::npos);
    world.walk(world.give_back("S1", "ann"), authentic("S1"));
    CHECK(outcome_in(world.tick()) == "fulfilled");
}

TEST_CASE("a request ends when its window does, or its grant, or it is withdrawn") {
    Ended expired;
    expired.use(1, 0);
    expired.pass(31 * kDay);
    CHECK(outcome_in(expired.tick()) == "part_fulfilled");
    CHECK(expired.standing() == RequestState::part_fulfilled);

    Ended unused;
    unused.pass(31 * kDay);
    CHECK(outcome_in(unused.tick()) == "unused");

    Ended withdrawn;
    withdrawn.run(with_status(approved("R1"), "withdrawn"));
    auto ended = withdrawn.tick();
    CHECK(outcome_in(ended) == "withdrawn");
    check_sums(*ending_in(ended));
    CHECK(withdrawn.standing() == RequestState::withdrawn);

    World never;
    never.run(approved("R1"));
    never.pass(31 * kDay);
    CHECK(ending_in(never.run(TimePassed{})) == nullptr);
    CHECK(never.request_of("R1").state(never.now) == RequestState::expired);
    auto early = never.run(FinishRequest{RequestId("R1"), "why", {}});
    CHECK(refused_by(early, EventType::act_refused) == "R39");
}

TEST_CASE("a custodian ends a request early: what remains is cancelled") {
    Ended world;
    world.use(1, 0);
    CHECK(world.run(FinishRequest{RequestId("R1"), "", {}}).refusal->field == "reason");
    CHECK(world.run(FinishRequest{RequestId("R9"), "x", {}}).refusal->code == Code::not_found);
    auto ended = world.finish();
    REQUIRE(outcome_in(ended) == "part_fulfilled");
    const auto& event = *ending_in(ended);
    check_sums(event);
    CHECK(event.data.boolean_or("early"));
    CHECK(event.personal.front().second == "the rest is not needed");
    const auto& line = world.it().lines[0];
    CHECK(world.it().remaining(line, world.now).none());
    CHECK(world.it().cancelled(line, world.now) == Impressions{1, 1});
    CHECK(world.standing() == RequestState::part_fulfilled);
}

TEST_CASE("a use or a voided one after the end makes another revision, told under its own key") {
    Ended world;
    auto id = world.use(2, 1);
    world.tick();
    world.tell(Tell::reported, 1);
    REQUIRE(world.standing() == RequestState::closed);
    world.use(3, 0, 3);
    CHECK(world.row().live);
    auto second = world.tick();
    REQUIRE(outcome_in(second) == "fulfilled");
    CHECK(ending_in(second)->data.integer_or("revision") == 2);
    check_sums(*ending_in(second));
    const auto* lines = ending_in(second)->data.find("lines");
    CHECK((*lines->array())[0].integer_or("excess") == 3);
    CHECK(world.standing() == RequestState::fulfilled);
    CHECK(world.it().waits_to_be_told());
    CHECK(ending_in(world.tick()) == nullptr);
    world.tell(Tell::reported, 2);
    CHECK(world.standing() == RequestState::closed);
    world.void_use(id);
    CHECK(ending_in(world.tick())->data.integer_or("revision") == 3);
}

TEST_CASE(
    "more impressions, approved later, open an ended request again; what was cancelled stays") {
    Ended world;
    world.use(1, 0);
    world.finish();
    world.tell(Tell::reported, 1);
    REQUIRE(world.standing() == RequestState::closed);
    ExtendRequest more;
    more.request = RequestId("R1");
    more.seal = SealId("S1");
    more.more = {3, 0};
    more.reason = "one party wants an original more";
    more.basis = "e-mail of the board";
    more.approved = true;
    REQUIRE_FALSE(world.run(more).refusal);
    CHECK(world.standing() == RequestState::in_progress);
    CHECK(world.row().live);
    CHECK(world.it().remaining(world.it().lines[0], world.now).none());
    CHECK(world.it().remaining(world.it().lines[1], world.now) == Impressions{3, 0});
    CHECK(ending_in(world.tick()) == nullptr);
    world.take_out("S1", requests({"R1"}), "ann");
    world.walk(world.give_back("S1", "ann"), authentic("S1"));
    auto again = world.finish();
    REQUIRE(outcome_in(again) == "part_fulfilled");
    CHECK(ending_in(again)->data.integer_or("revision") == 2);
    check_sums(*ending_in(again));
    CHECK(world.it().cancelled(world.it().lines[0], world.now) == Impressions{1, 1});
    CHECK(world.it().cancelled(world.it().lines[1], world.now) == Impressions{3, 0});
    CHECK(refused_by(world.take("S1", requests({"R1"}), "ann")) == "R39");
}

TEST_CASE("a use from before the end spends the grant, also when it is recorded after it") {
    Ended world;
    auto before = world.now;
    world.pass(milliseconds{60'000});
    world.finish();
    const auto& line = world.it().lines[0];
    CHECK(world.it().remaining(line, before) == Impressions{2, 1});
    CHECK(world.it().remaining(line, world.now).none());
    world.use(2, 0);
    auto again = world.tick();
    CHECK(outcome_in(again) == "part_fulfilled");
    check_sums(*ending_in(again));
    CHECK(world.it().cancelled(world.it().lines[0], world.now) == Impressions{0, 1});
}

TEST_CASE("a source that answers twice, or late, is harmless") {
    Ended world;
    world.use(2, 1);
    world.tick();
    auto reported = world.tell(Tell::reported, 1, 4);
    CHECK(names_of(reported.events) ==
          std::vector<std::string>{"request.reported", "request.closed"});
    CHECK(world.it().ending->attempts == 4);
    CHECK(world.tell(Tell::reported, 1, 5).events.empty());
    CHECK(world.tell(Tell::reported, 2).refusal->field == "revision");
    CHECK(world.tell(Tell::failed, 1, 9, true).events.empty());
    world.use(1, 0, 1);
    world.tick();
    CHECK(world.tell(Tell::reported, 1, 5).events.empty());
    CHECK(world.standing() == RequestState::fulfilled);
    CHECK_FALSE(world.tell(Tell::reported, 2).events.empty());

    Ended late;  // the answer to a revision that was followed by another meanwhile
    late.use(2, 1);
    late.tick();
    late.use(1, 0, 1);
    late.tick();
    CHECK(names_of(late.tell(Tell::reported, 1).events) ==
          std::vector<std::string>{"request.reported"});
    CHECK(late.it().waits_to_be_told());
    late.tell(Tell::reported, 2);
    CHECK(late.standing() == RequestState::closed);

    World none;
    none.run(approved("R1"));
    TellResult early;
    early.request = RequestId("R1");
    early.revision = 1;
    CHECK(none.run(early).refusal->code == Code::conflict);
}

TEST_CASE(
    "a result that is given up, or waits too long, is one alert a source, which closes itself") {
    Ended world;
    world.use(2, 1);
    world.tick();
    world.tell(Tell::failed, 1, 1);
    CHECK(world.it().ending->failure == "why");
    CHECK(world.tell(Tell::failed, 1, 1).events.empty());
    auto dead = world.tell(Tell::failed, 1, 7, true);
    CHECK(alerted(dead, "report_failed"));
    CHECK(world.it().ending->dead);
    CHECK(world.tick().events.empty());
    auto again = world.tell(Tell::again, 0);
    CHECK(has(again, EventType::request_report_again));
    CHECK_FALSE(world.it().ending->dead);
    CHECK(has(world.tick(), EventType::alert_closed));
    world.pass(milliseconds{6 * 3'600'000 + 1});
    CHECK(alerted(world.tick(), "report_failed"));
    world.tell(Tell::reported, 1, 8);
    auto closed = world.tick();
    REQUIRE(has(closed, EventType::alert_closed));
    CHECK(closed.events.front().actor == device_actor());
    CHECK(world.tick().events.empty());
}

TEST_CASE("a person waives a report with his PIN, and once") {
    Ended world;
    world.use(2, 1);
    world.tick();
    TellResult wrong;
    wrong.kind = Tell::waived;
    wrong.request = RequestId("R1");
    wrong.reason = "the OA is gone";
    wrong.by = {{PersonId("carl"), {pin(FactorOutcome::wrong)}}};
    CHECK(refused_by(world.run(wrong), EventType::act_refused) == "R06");
    CHECK(world.it().waits_to_be_told());
    auto waived = world.tell(Tell::waived, 0);
    CHECK(has(waived, EventType::request_waived));
    CHECK(has(waived, EventType::request_closed));
    CHECK(world.standing() == RequestState::closed);
    CHECK(world.tell(Tell::waived, 0).refusal->code == Code::conflict);
    CHECK(world.tell(Tell::again, 0).refusal->code == Code::conflict);
    // The OA took it after all: recorded, and nothing else changes.
    CHECK(names_of(world.tell(Tell::reported, 1).events) ==
          std::vector<std::string>{"request.reported"});
    CHECK(world.standing() == RequestState::closed);
}

TEST_CASE("where nobody is to be told, the end is all") {
    Ended self("self");
    self.use(2, 1);
    auto ended = self.tick();
    CHECK(has(ended, EventType::request_closed));
    CHECK(self.standing() == RequestState::closed);

    Ended off;
    off.use(2, 1);
    off.tick();
    off.policy.report_results = false;
    CHECK(has(off.tick(), EventType::request_closed));
    CHECK(off.tick().events.empty());
}

TEST_CASE("a paper request is told of once the OA has a number for it") {
    Ended paper("paper");
    paper.use(2, 1);
    paper.tick();
    CHECK(paper.standing() == RequestState::fulfilled);
    CHECK_FALSE(paper.it().waits_to_be_told());
    paper.pass(10 * kDay);
    CHECK(paper.tick().events.empty());
    Event match{EventType::request_matched, paper.now, Actor{"tests", "uid"}};
    match.request = RequestId("R1");
    match.data.add("source", "oa");
    match.data.add("external_id", "YY-9");
    paper.apply(match);
    CHECK(ending_in(paper.tick())->data.integer_or("revision") == 2);
    CHECK(paper.it().waits_to_be_told());
}

TEST_CASE("what was taken stays in memory until its source was told, also across restarts") {
    Ended world;
    world.use(2, 1);
    evict_settled(world.state, world.now + 40 * kDay);
    REQUIRE(has_row(world.state, {"request", "R1"}));
    world.tick();
    evict_settled(world.state, world.now + 40 * kDay);
    REQUIRE(has_row(world.state, {"request", "R1"}));
    CHECK(world.row().live);
    CHECK_FALSE(world.row().until);
    State loaded;
    restore_row(loaded, "request", *world.row().body);
    CHECK(*row_view(loaded, {"request", "R1"}, world.now).body == *world.row().body);
    CHECK(loaded.requests.at(RequestId("R1")).waits_to_be_told());
    world.tell(Tell::reported, 1);
    CHECK_FALSE(world.row().live);
    evict_settled(world.state, world.now);
    CHECK_FALSE(has_row(world.state, {"request", "R1"}));
}

TEST_CASE("a turn ends fifty requests at most, and the next goes on") {
    World world;
    world.policy.inventory_every = world.policy.inventory_full_every = milliseconds{0};
    for (int i = 0; i < 120; ++i)
        world.run(approved(("R" + std::to_string(i)).c_str()));
    std::vector<RequestId> all;
    for (const auto& [id, request] : world.state.requests)
        all.push_back(id);
    world.take_out("S1", all, "ann");
    world.walk(world.give_back("S1", "ann"), authentic("S1"));
    world.pass(31 * kDay);
    std::vector<std::size_t> ended;
    for (int turn = 0; turn < 4; ++turn)
        ended.push_back(world.run(TimePassed{}).events.size());
    CHECK(ended == std::vector<std::size_t>{50, 50, 20, 0});
}

TEST_CASE("whatever is used, late or beyond the grant, the counts of every end add up") {
    std::mt19937 random(20261127);
    auto dice = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    int ended = 0, revisions = 0;
    for (int n = 0; n < 200; ++n) {
        Ended world;
        auto use_some = [&] {
            const auto& line = world.it().lines[0];
            auto left = line.unspent();
            auto count = std::min<std::int64_t>(dice(3), left.ordinary);
            auto cross = std::min<std::int64_t>(dice(2), left.cross_page);
            auto excess = dice(4) == 0 ? dice(3) : 0;
            world.use(count + excess, cross, excess);
        };
        for (int step = 0; step < 12; ++step) {
            if (dice(3) == 0) use_some();
            if (dice(6) == 0) world.finish();
            if (dice(5) == 0 && world.it().ending)
                world.tell(Tell::reported, world.it().ending->revision);
            if (dice(8) == 0) world.pass(20 * kDay);
            auto tick = world.tick();
            const auto* event = ending_in(tick);
            if (event != nullptr && event->data.integer_or("revision") > 1) ++revisions;
        }
        std::int64_t last = 0;
        for (const auto& event : world.log) {
            if (event.type != EventType::request_fulfilled) continue;
            ++ended;
            check_sums(event);
            CHECK(event.data.integer_or("revision") == ++last);  // each once, in order
        }
        State replayed;
        for (const auto& event : world.log)
            evolve(replayed, event);
        CHECK(rows_of(replayed, world.now) == rows_of(world.state, world.now));
    }
    CHECK(ended > 150);
    CHECK(revisions > 50);
}
