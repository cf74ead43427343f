// Visits and slots in doubt: lost outcomes, force, facts out of order, readings that came too late.
#include "visit.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("taken and put back before the door shuts is a return that was proved") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    w.look("01", absent());
    REQUIRE(w.seal_of("S1").loan);
    w.shut("01");
    auto end = w.settle("01", authentic("S1"));
    CHECK(has(end, EventType::verify_tag_ok));
    CHECK(has(end, EventType::seal_returned));
    w.closed_as("null", "no");
    CHECK_FALSE(w.seal_of("S1").loan);
    CHECK(w.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a slot that cannot be read after a take: nobody knows where the seal is") {
    Visit w;
    auto end = w.end(unreadable());
    CHECK(has(end, EventType::verify_tag_unreadable));
    CHECK_FALSE(has(end, EventType::seal_taken));
    CHECK(has(end, EventType::seal_unknown));
    CHECK_FALSE(has(end, EventType::seal_missing));  // unreadable is neither present nor absent
    CHECK(alerted(end, "custody_unknown"));
    w.closed_as("unreadable", "no");
    CHECK(w.seal_of("S1").custody == Custody::unknown);
    auto later = w.settle("01", authentic("S1"));
    CHECK(has(later, EventType::seal_returned));
    CHECK(w.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a tag that authenticated and was taken out again before the door shut is not returned") {
    Visit w("return");
    w.fired(w.id);
    w.open("01");
    w.look("01", authentic("S1"));
    w.shut("01");
    w.settle("01", absent());
    w.closed_as("null", "no");
    CHECK(w.seal_of("S1").loan);
    CHECK(w.seal_of("S1").custody == Custody::in_hand);
}

TEST_CASE("a return that cannot be read waits, the person leaves, and it closes when it reads") {
    Visit w("return");
    w.end(unreadable());
    w.closed_as("returned_unverified", "no");
    CHECK(w.seal_of("S1").custody == Custody::returned_unverified);
    CHECK(w.seal_of("S1").loan);
    CHECK(w.settle("01", unreadable()).events.empty());
    auto later = w.settle("01", authentic("S1"));
    CHECK(names_of(later.events) == std::vector<std::string>{"verify.tag_ok", "seal.returned"});
    CHECK_FALSE(w.seal_of("S1").loan);
}

TEST_CASE("a door left open is told once per visit") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    auto told = w.run(LeftOpen{SlotId("01")});
    CHECK(alerted(told, "left_open"));
    CHECK(w.run(LeftOpen{SlotId("01")}).events.empty());
    w.shut("01");
    CHECK(w.run(LeftOpen{SlotId("01")}).events.empty());
}

TEST_CASE("a door opened with no visit is force, and what is gone then is missing") {
    World w;
    auto forced = w.open("01");
    CHECK(has(forced, EventType::slot_forced));
    CHECK(alerted(forced, "slot_forced"));
    CHECK(w.look("01", absent()).events.empty());  // nobody to lend it to
    CHECK(has(w.shut("01"), EventType::slot_closed));
    auto end = w.settle("01", absent());
    CHECK(has(end, EventType::seal_missing));
    CHECK(alerted(end, "seal_missing"));
    CHECK(w.seal_of("S1").custody == Custody::unknown);
    CHECK_FALSE(w.seal_of("S1").loan);
    CHECK_FALSE(has(w.settle("01", absent()), EventType::seal_missing));  // told once
}

TEST_CASE("a door opened again before the slot was read is force within the visit") {
    Visit w;
    w.fired(w.id);
    w.open("01");
    w.shut("01");
    auto forced = w.open("01");
    CHECK(has(forced, EventType::slot_forced));
    CHECK(w.settle("01", authentic("S1")).events.empty());  // it is open: read again later
    w.shut("01");
    w.settle("01", absent());
    w.closed_as("taken", "ok");
}

TEST_CASE("an outcome that is lost freezes the slot until door and tag are read") {
    Visit w;
    auto lost = w.run(OutcomeLost{SessionId(w.id)});
    CHECK(names_of(lost.events) == std::vector<std::string>{"session.unknown", "alert.raised"});
    CHECK(w.slot_of("01").frozen);
    CHECK(w.run(OutcomeLost{SessionId(w.id)}).events.empty());
    CHECK(w.run(LineNotFired{SessionId(w.id), "late"}).events.empty());
    CHECK(w.fired(w.id).events.empty());
    CHECK(w.run(DoorTimeout{SessionId(w.id)}).events.empty());
    CHECK(w.slot_of("01").frozen);
}

TEST_CASE("an unknown take resolves: gone is a loan, there is none") {
    Visit gone;
    gone.run(OutcomeLost{SessionId(gone.id)});
    CHECK(has(gone.settle("01", absent()), EventType::seal_taken));
    gone.closed_as("taken", "ok");
    CHECK(gone.seal_of("S1").loan->person == PersonId("ann"));

    Visit there;
    there.run(OutcomeLost{SessionId(there.id)});
    there.settle("01", authentic("S1"));
    there.closed_as("null", "no");
    CHECK_FALSE(there.seal_of("S1").loan);
}

TEST_CASE("an unknown return resolves: authenticated is back, gone is still out") {
    Visit back("return");
    back.run(OutcomeLost{SessionId(back.id)});
    back.settle("01", authentic("S1"));
    back.closed_as("returned", "ok");
    CHECK_FALSE(back.seal_of("S1").loan);

    Visit out("return");
    out.run(OutcomeLost{SessionId(out.id)});
    out.settle("01", absent());
    out.closed_as("null", "no");
    CHECK(out.seal_of("S1").loan);
}

TEST_CASE("an unknown visit whose door is open waits for the door") {
    Visit w;
    w.run(OutcomeLost{SessionId(w.id)});
    CHECK(has(w.open("01"), EventType::slot_opened));
    CHECK(w.settle("01", absent()).events.empty());
    CHECK(w.visit().stage == Stage::unknown);
    w.shut("01");
    CHECK(w.slot_of("01").frozen);
    w.settle("01", absent());
    w.closed_as("taken", "ok");
}

TEST_CASE("facts of a visit that is over, of unknown visits and of unknown slots change nothing") {
    Visit w;
    w.end(absent());
    auto before = rows_of(w.state, w.now);
    SessionId over(w.id), never("SES999");
    for (const auto& id : {over, never}) {
        CHECK(w.run(LineFired{id}).events.empty());
        CHECK(w.run(LineNotFired{id, "late"}).events.empty());
        CHECK(w.run(OutcomeLost{id}).events.empty());
        CHECK(w.run(DoorTimeout{id}).events.empty());
    }
    CHECK(w.open("99").events.empty());
    CHECK(w.shut("01").events.empty());
    CHECK(w.settle("99", absent()).events.empty());
    CHECK(w.settle("01", absent()).events.empty());
    CHECK(w.run(LeftOpen{SlotId("99")}).events.empty());
    CHECK(rows_of(w.state, w.now) == before);
}

TEST_CASE("a reading settles nothing before the door has opened and shut") {
    Visit w;
    CHECK(w.settle("01", authentic("S1")).events.empty());  // of an earlier visit, say
    CHECK(w.settle("01", absent()).events.empty());
    w.fired(w.id);
    CHECK(w.settle("01", authentic("S1")).events.empty());
    CHECK(w.settle("01", absent()).events.empty());
    CHECK(w.look("01", absent()).events.empty());
    CHECK(w.visit().stage == Stage::unlocked);
    CHECK_FALSE(w.seal_of("S1").loan);
}

TEST_CASE("a door that opens before the line is known to have fired is ours") {
    Visit w;
    CHECK(has(w.open("01"), EventType::slot_opened));
    CHECK(has(w.look("01", absent()), EventType::seal_taken));
    CHECK(names_of(w.fired(w.id).events) == std::vector<std::string>{"slot.unlocked"});
    CHECK(w.visit().stage == Stage::open);
    CHECK(w.fired(w.id).events.empty());
    w.shut("01");
    CHECK(w.fired(w.id).events.empty());
    w.settle("01", absent());
    w.closed_as("taken", "ok");
}

TEST_CASE("that a line fired is recorded once") {
    Visit w;
    CHECK_FALSE(w.fired(w.id).events.empty());
    CHECK(w.fired(w.id).events.empty());
    CHECK(w.run(LineNotFired{SessionId(w.id), "late"}).events.empty());
    CHECK(w.run(OutcomeLost{SessionId(w.id)}).events.empty());
}

TEST_CASE("a door that opened although the line never fired was forced; the visit goes on") {
    for (bool already_shut : {false, true}) {
        Visit w;
        w.open("01");
        w.look("01", absent());
        if (already_shut) w.shut("01");
        auto told = w.run(LineNotFired{SessionId(w.id), "too late"});
        CHECK(has(told, EventType::slot_unlock_abandoned));
        CHECK(alerted(told, "slot_forced"));
        CHECK_FALSE(has(told, EventType::session_closed));
        CHECK(w.run(LineNotFired{SessionId(w.id), "too late"}).events.empty());
        CHECK(w.slot_of("01").open == !already_shut);
        if (!already_shut) w.shut("01");
        w.settle("01", absent());
        w.closed_as("taken", "ok");
    }
}

TEST_CASE("no door in time while nobody knows whether the line fired: the outcome is unknown") {
    Visit w;
    auto late = w.run(DoorTimeout{SessionId(w.id)});
    CHECK(names_of(late.events) == std::vector<std::string>{"session.unknown", "alert.raised"});
    CHECK(w.slot_of("01").frozen);
    w.settle("01", authentic("S1"));
    w.closed_as("null", "no");
}

TEST_CASE("an unknown visit that cannot be read: custody unknown, an alert, and a way back") {
    for (const auto* kind : {"take", "return"}) {
        Visit w(kind);
        w.run(OutcomeLost{SessionId(w.id)});
        auto end = w.settle("01", unreadable());
        CHECK(has(end, EventType::seal_unknown));
        CHECK(alerted(end, "custody_unknown"));
        w.closed_as("unreadable", "no");
        CHECK(w.seal_of("S1").custody == Custody::unknown);
        CHECK(w.seal_of("S1").loan.has_value() == (std::string(kind) == "return"));
        w.settle("01", authentic("S1"));
        CHECK(w.seal_of("S1").custody == Custody::in_slot);
        CHECK_FALSE(w.seal_of("S1").loan);
    }
}

TEST_CASE("a slot that was forced opens for nobody until it has been read again") {
    World w;
    w.run(approved("R1"));
    w.open("01");
    w.shut("01");
    CHECK(refused_by(w.take("S1", requests({"R1"}), "ann")) == "R14");
    auto checked = w.settle("01", authentic("S1"));
    CHECK(names_of(checked.events) == std::vector<std::string>{"slot.checked"});
    CHECK(w.settle("01", authentic("S1")).events.empty());
    CHECK(refused_by(w.take("S1", requests({"R1"}), "ann")) == "R25");
    w.count();
    CHECK(refused_by(w.take("S1", requests({"R1"}), "ann")) == "");

    World counted;
    counted.run(approved("R1"));
    counted.open("01");
    counted.shut("01");
    auto count = counted.run(InventoryTaken{"I1", {{SlotId("01"), unreadable()}}, {}, {}});
    CHECK(has(count, EventType::slot_checked));
    CHECK(counted.seal_of("S1").custody == Custody::unknown);  // somebody had been at it
    CHECK(refused_by(counted.take("S1", requests({"R1"}), "ann")) == "R09");
}

TEST_CASE("a forced slot that is nobody's home is read again too") {
    World w;
    w.state.slots[SlotId("05")].id = SlotId("05");
    w.open("05");
    w.shut("05");
    CHECK(w.slot_of("05").frozen);
    CHECK(has(w.settle("05", absent()), EventType::slot_checked));
    CHECK_FALSE(w.slot_of("05").frozen);
}

TEST_CASE("an unwatched door left open is told once, and again after it was shut") {
    World w;
    for (int i = 0; i < 2; ++i) {
        w.open("01");
        auto left = w.run(LeftOpen{SlotId("01")});
        CHECK(has(left, EventType::slot_left_open));
        CHECK(alerted(left, "left_open") == (i == 0));  // the first one still stands open
        CHECK(w.run(LeftOpen{SlotId("01")}).events.empty());
        w.shut("01");
    }
}

TEST_CASE("a reading from before the door last moved decides nothing") {
    Visit w;
    auto at = [](TagReading reading, Instant when) {
        reading.at = when;
        return reading;
    };
    auto early = w.now;
    w.pass(milliseconds{10});
    w.fired(w.id);
    w.open("01");
    CHECK(w.look("01", at(absent(), early)).events.empty());
    w.pass(milliseconds{10});
    w.shut("01");
    CHECK(w.settle("01", at(authentic("S1"), early)).events.empty());
    w.settle("01", at(absent(), w.now));
    w.closed_as("taken", "ok");
    auto stale = at(authentic("S1"), early);
    CHECK(w.settle("01", stale).events.empty());
    auto count = w.run(InventoryTaken{"I1", {{SlotId("01"), stale}}, {}, {}});
    CHECK_FALSE(has(count, EventType::seal_returned));
    CHECK(w.seal_of("S1").loan);
}

TEST_CASE("a clock that was set back does not make every reading one from before") {
    World w;
    w.run(approved("R1"));
    w.take_out("S1", requests({"R1"}), "ann");
    w.walk(w.give_back("S1", "ann"), unreadable());
    w.now = kStart - kDay;
    auto reading = authentic("S1");
    reading.at = w.now;
    CHECK(has(w.settle("01", reading), EventType::seal_returned));
}
