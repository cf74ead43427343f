// Whole visits, from the order to unlock to the verdict.
#include "visit.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("a take step by step: fired, opened, gone, shut, taken") {
    Visit w;
    CHECK(names_of(w.fired(w.id).events) == std::vector<std::string>{"slot.unlocked"});
    CHECK(w.visit().stage == Stage::unlocked);
    CHECK(names_of(w.open("01").events) == std::vector<std::string>{"slot.opened"});
    CHECK(w.look("01", authentic("S1")).events.empty());
    auto gone = w.look("01", absent());
    CHECK(names_of(gone.events) == std::vector<std::string>{"seal.taken"});
    CHECK(gone.events[0].request == RequestId("R1"));
    CHECK(w.seal_of("S1").loan->session == SessionId(w.id));
    CHECK(w.look("01", absent()).events.empty());
    CHECK(names_of(w.shut("01").events) == std::vector<std::string>{"slot.closed"});
    CHECK(names_of(w.settle("01", absent()).events) == std::vector<std::string>{"session.closed"});
    w.closed_as("taken", "ok");
    CHECK(w.seal_of("S1").custody == Custody::in_hand);
    CHECK(w.request_of("R1").taken);
}

TEST_CASE("a loan is due when the first of its lines ends") {
    Visit w;
    w.end(absent());
    CHECK(w.seal_of("S1").loan->due == w.request_of("R1").lines[0].valid_to);
}

TEST_CASE("opened and nothing taken is a null session") {
    Visit w;
    auto end = w.end(authentic("S1"));
    CHECK(has(end, EventType::session_null));
    CHECK_FALSE(has(end, EventType::seal_taken));
    w.closed_as("null", "no");
    CHECK_FALSE(w.seal_of("S1").loan);
    CHECK_FALSE(w.request_of("R1").taken);
}

TEST_CASE("a take that leaves a clone behind: the loan stands and the seal is quarantined") {
    Visit w;
    auto end = w.end(cloned("S1"));
    CHECK(has(end, EventType::seal_taken));
    CHECK(alerted(end, "authenticity_failed"));
    w.closed_as("forged", "no");
    CHECK(w.seal_of("S1").state == SealState::quarantined);
    CHECK(w.seal_of("S1").loan);
}

TEST_CASE("a take that leaves another tag behind: the loan stands and an alert tells") {
    for (const auto& [reading, verdict] :
         {std::pair{foreign(), "foreign_tag"}, std::pair{authentic("S2"), "wrong_seal"}}) {
        Visit w;
        auto end = w.end(reading);
        CHECK(has(end, EventType::seal_taken));
        CHECK(has(end, EventType::verify_tag_failed));
        CHECK(alerted(end, "seal_wrong_or_extra"));
        w.closed_as(verdict, "no");
        CHECK(w.seal_of("S1").loan);
        CHECK(w.seal_of("S1").state == SealState::active);
    }
}

TEST_CASE("gone at a look and unreadable at the end: put back, not yet verified") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    w.look("01", absent());
    w.shut("01");
    w.settle("01", unreadable());
    w.closed_as("returned_unverified", "no");
    CHECK(w.seal_of("S1").loan);
    CHECK(w.seal_of("S1").custody == Custody::returned_unverified);
}

TEST_CASE("a return is proved twice: with the door open and after it shut") {
    Visit w("return");
    w.fired(w.id);
    w.open("01");
    CHECK(names_of(w.look("01", authentic("S1")).events) ==
          std::vector<std::string>{"verify.tag_ok"});
    CHECK(w.seal_of("S1").loan);
    w.shut("01");
    auto end = w.settle("01", authentic("S1"));
    CHECK(names_of(end.events) == std::vector<std::string>{"seal.returned", "session.closed"});
    w.closed_as("returned", "ok");
}

TEST_CASE("a clone swapped in after the seal authenticated is still found") {
    Visit w("return");
    w.fired(w.id);
    w.open("01");
    w.look("01", authentic("S1"));
    w.shut("01");
    w.settle("01", cloned("S1"));
    w.closed_as("forged", "no");
    CHECK(w.seal_of("S1").loan);
}

TEST_CASE("a forged return is quarantined, the loan stands, and the true seal may still come") {
    Visit w("return");
    auto end = w.end(cloned("S1"));
    CHECK(has(end, EventType::seal_quarantined));
    CHECK(alerted(end, "authenticity_failed"));
    w.closed_as("forged", "no");
    CHECK(w.seal_of("S1").loan);
    auto again = w.give_back("S1", "ann");
    w.walk(again, authentic("S1"));
    CHECK_FALSE(w.seal_of("S1").loan);
    CHECK(w.seal_of("S1").state == SealState::quarantined);  // until two persons release it
}

TEST_CASE("a foreign tag or another seal is no return") {
    for (const auto& [reading, verdict] :
         {std::pair{foreign(), "foreign_tag"}, std::pair{authentic("S2"), "wrong_seal"}}) {
        Visit w("return");
        auto end = w.end(reading);
        CHECK(alerted(end, "seal_wrong_or_extra"));
        w.closed_as(verdict, "no");
        CHECK(w.seal_of("S1").loan);
        CHECK(w.seal_of("S1").custody == Custody::in_hand);
    }
}

TEST_CASE("a door that nobody opens ends the visit") {
    Visit w;
    w.fired(w.id);
    auto end = w.run(DoorTimeout{SessionId(w.id)});
    CHECK(names_of(end.events) == std::vector<std::string>{"session.timeout", "session.closed"});
    w.closed_as("no_door", "timeout");
    CHECK(w.run(DoorTimeout{SessionId(w.id)}).events.empty());
    auto after = w.open("01");
    CHECK(has(after, EventType::slot_forced));
}

TEST_CASE("an order that never fired ends the visit, nothing happened") {
    Visit w;
    auto end = w.run(LineNotFired{SessionId(w.id), "too late"});
    CHECK(names_of(end.events) ==
          std::vector<std::string>{"slot.unlock_abandoned", "session.closed", "alert.raised"});
    w.closed_as("abandoned", "unavailable");
    CHECK(w.run(LineNotFired{SessionId(w.id), "too late"}).events.empty());
    CHECK(w.fired(w.id).events.empty());
}

TEST_CASE("a door that opened is no timeout") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    CHECK(w.run(DoorTimeout{SessionId(w.id)}).events.empty());
    w.shut("01");
    CHECK(w.run(DoorTimeout{SessionId(w.id)}).events.empty());
}

TEST_CASE("a withdrawal while the visit is under way recalls the seal as it leaves") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    CHECK_FALSE(has(w.run(with_status(approved("R1"), "withdrawn")), EventType::seal_recalled));
    auto gone = w.look("01", absent());
    CHECK(names_of(gone.events) ==
          std::vector<std::string>{"seal.taken", "seal.recalled", "alert.raised"});
    CHECK(w.seal_of("S1").loan->recalled);

    Visit null;
    null.run(with_status(approved("R1"), "withdrawn"));
    CHECK_FALSE(has(null.end(authentic("S1")), EventType::seal_recalled));
}

TEST_CASE("one request that remains keeps a loan from being recalled as it begins") {
    World w;
    w.run(approved("R1"));
    w.run(approved("R2"));
    auto granted = w.take("S1", requests({"R1", "R2"}), "ann");
    w.run(with_status(approved("R1"), "withdrawn"));
    CHECK_FALSE(has(w.walk(granted, absent()), EventType::seal_recalled));
    CHECK(has(w.run(with_status(approved("R2"), "withdrawn")), EventType::seal_recalled));
}

TEST_CASE("a take-out is due when it said, also where its window is longer") {
    World w;
    auto upsert = approved("R1");
    upsert.request.take_out = TakeOut{"court", kStart + kDay};
    upsert.given = {{false, false, false, true}};
    upsert.request.lines[0].valid_to = kStart + 3 * kDay;
    w.run(upsert);
    w.take_out("S1", requests({"R1"}), "ann");
    CHECK(w.seal_of("S1").loan->due == kStart + kDay);
}

TEST_CASE("a visit settles the seal it was opened for, also when its home has moved since") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    w.state.seals.at(SealId("S1")).slot = SlotId("04");
    w.state.seals.at(SealId("S4")).slot = SlotId("01");
    w.shut("01");
    w.settle("01", absent());
    w.closed_as("taken", "ok");
    CHECK(w.seal_of("S1").loan);
    CHECK_FALSE(w.seal_of("S4").loan);
}

TEST_CASE("a seal put back unread that leaves again in a visit is not said to have stayed") {
    Visit w("return");
    w.end(unreadable());
    auto again = w.give_back("S1", "ann");
    auto end = w.walk(again, absent());
    CHECK(has(end, EventType::seal_missing));
    CHECK_FALSE(has(end, EventType::session_null));
    CHECK(w.session(again.id).verdict == "missing");
    CHECK(w.seal_of("S1").custody == Custody::unknown);
    CHECK(w.seal_of("S1").loan);
}
