// For every alert: what makes it fire, and what leaves it quiet.
#include "alerts.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

TEST_CASE("a loan that is overdue is told at once, twice again, and in the morning") {
    Lent w;
    w.at(milliseconds{0});
    CHECK(tick(w).events.empty());
    w.at(milliseconds{1});
    CHECK(alerted(tick(w), "overdue"));
    CHECK(tick(w).events.empty());
    w.at(30 * kMinute - milliseconds{1});
    CHECK(tick(w).events.empty());
    w.at(30 * kMinute);
    CHECK(has(tick(w), EventType::alert_repeated));
    w.at(2 * kHour);
    CHECK(has(tick(w), EventType::alert_repeated));
    CHECK(tick(w).events.empty());
    auto morning = w.due + 2 * kHour;
    auto zone = w.context().utc_offset.count();
    while (((morning.ms + zone) % kDay.count()) != w.policy.alert.overdue_morning.count())
        morning = morning + kMinute - milliseconds{morning.ms % kMinute.count()};
    w.now = morning - milliseconds{1};
    CHECK(tick(w).events.empty());
    w.now = morning;
    CHECK(has(tick(w), EventType::alert_repeated));
    CHECK(standing(w, "overdue")->count == 4);
    CHECK(standing(w, "overdue")->person == PersonId("ann"));
    CHECK(tick(w).events.empty());
}

TEST_CASE("the morning is that of the cabinet's own time") {
    Lent w;
    w.at(milliseconds{1});
    tick(w);
    w.at(2 * kHour);
    tick(w);
    auto told_in_zone = [&](milliseconds zone) {
        auto context = w.context();
        context.utc_offset = zone;
        for (auto at = w.due + 2 * kHour;; at = at + kMinute) {
            context.now = at;
            if (!decide(w.state, w.policy, context, TimePassed{}).events.empty()) return at;
        }
    };
    auto east = told_in_zone(8 * kHour);
    CHECK((east.ms + 8 * kHour.count()) % kDay.count() / kMinute.count() == 8 * 60 + 30);
}

TEST_CASE("a loan that came back in time is never overdue, one closed meanwhile is told anew") {
    Lent w;
    w.at(milliseconds{1});
    tick(w);
    close(w, standing(w, "overdue")->id, "bob");
    CHECK(tick(w).events.empty());
    w.at(30 * kMinute);
    CHECK(alerted(tick(w), "overdue"));
    w.walk(w.give_back("S1", "ann"), authentic("S1"));
    w.at(3 * kDay);
    CHECK(names_of(tick(w).events) == std::vector<std::string>{"request.fulfilled"});
    CHECK(tick(w).events.empty());
}

TEST_CASE("a loan whose due was moved is overdue anew") {
    Lent w;
    w.at(2 * kHour);
    tick(w);
    close(w, standing(w, "overdue")->id, "bob");
    auto& loan = *w.state.seals.at(SealId("S1")).loan;
    loan.due = w.now + kHour;
    CHECK(tick(w).events.empty());
    w.pass(kHour + milliseconds{1});
    CHECK(alerted(tick(w), "overdue"));
}

TEST_CASE("what was told before a restart is not told again") {
    Lent w;
    w.at(milliseconds{1});
    tick(w);
    auto row = *row_view(w.state, {"seal", "S1"}, w.now).body;
    w.state.seals.clear();
    restore_row(w.state, "seal", row);
    CHECK(tick(w).events.empty());
}

TEST_CASE("after a day overdue a seal is presumed lost, once") {
    Lent w;
    w.at(kDay);
    CHECK_FALSE(alerted(tick(w), "presumed_lost"));
    w.at(kDay + milliseconds{1});
    CHECK(alerted(tick(w), "presumed_lost"));
    CHECK(standing(w, "presumed_lost")->severity == "critical");
    close(w, standing(w, "presumed_lost")->id, "bob");
    w.pass(kHour);
    CHECK_FALSE(alerted(tick(w), "presumed_lost"));
}

TEST_CASE("a recall that is ignored is an alert, one that is followed is not") {
    for (bool follows : {false, true}) {
        World w;
        approve(w, "R1", "S1");
        w.take_out("S1", requests({"R1"}), "ann");
        w.run(with_status(approved("R1"), "withdrawn"));
        w.pass(29 * kMinute);
        CHECK(tick(w).events.empty());
        if (follows) w.walk(w.give_back("S1", "ann"), authentic("S1"));
        w.pass(2 * kMinute);
        CHECK(alerted(tick(w), "recall_ignored") == !follows);
        CHECK(tick(w).events.empty());
    }
}

TEST_CASE("a request withdrawn while its seal is out is an alert, one in its slot is not") {
    World w;
    approve(w, "R1", "S1");
    approve(w, "R2", "S2");
    w.take_out("S1", requests({"R1"}), "ann");
    CHECK(alerted(w.run(with_status(approved("R1"), "withdrawn")), "revoked_while_out"));
    CHECK_FALSE(
        alerted(w.run(with_status(approved("R2", "S2"), "withdrawn")), "revoked_while_out"));
}

TEST_CASE("visits for nothing are an alert from the third within a week on") {
    World w;
    approve(w, "R1", "S1");
    null_visit(w);
    null_visit(w);
    CHECK(standing(w, "null_sessions") == nullptr);
    w.pass(7 * kDay);
    w.run(approved("R9"));
    auto late = [&] {
        auto granted = w.take("S1", requests({"R9"}), "ann");
        w.walk(granted, authentic("S1"));
    };
    late();
    CHECK(standing(w, "null_sessions") == nullptr);  // the first two are too long ago
    late();
    late();
    REQUIRE(standing(w, "null_sessions") != nullptr);
    CHECK(standing(w, "null_sessions")->person == PersonId("ann"));
}

TEST_CASE("a lock that does not do its order is an alert, a door that nobody opens only again") {
    Visit refused;
    CHECK(alerted(refused.run(LineNotFired{SessionId(refused.id), "duty"}), "lock_fault"));
    Visit silent;
    CHECK(alerted(silent.run(OutcomeLost{SessionId(silent.id)}), "lock_fault"));
    Visit jammed;
    auto no_door = [&](const std::string& id) {
        jammed.fired(id);
        return jammed.run(DoorTimeout{SessionId(id)});
    };
    CHECK_FALSE(alerted(no_door(jammed.id), "lock_fault"));
    auto second = jammed.take("S1", requests({"R1"}), "ann");
    CHECK(alerted(no_door(second.id), "lock_fault"));
}

TEST_CASE("a door that opened in between is no jam, and a restart no fault of the lock") {
    Visit w;
    w.fired(w.id);
    w.run(DoorTimeout{SessionId(w.id)});
    w.walk(w.take("S1", requests({"R1"}), "ann"), authentic("S1"));
    auto third = w.take("S1", requests({"R1"}), "ann");
    w.fired(third.id);
    CHECK_FALSE(alerted(w.run(DoorTimeout{SessionId(third.id)}), "lock_fault"));
    auto fourth = w.take("S1", requests({"R1"}), "ann");
    REQUIRE_FALSE(fourth.refusal);
    w.boot();
    CHECK(w.session(fourth.id).stage == Stage::unknown);
    CHECK(standing(w, "lock_fault") == nullptr);
}

TEST_CASE("a lock-out is an alert, a failure alone is not") {
    World w;
    approve(w, "R1", "S1");
    for (int i = 0; i < 5; ++i) {
        CHECK(standing(w, "auth_bruteforce") == nullptr);
        w.take("S1", requests({"R1"}), "ann", {pin(FactorOutcome::wrong)});
    }
    CHECK(standing(w, "auth_bruteforce")->person == PersonId("ann"));
}

TEST_CASE("a step of the clock is an alert when it is larger than allowed") {
    World w;
    CHECK_FALSE(alerted(w.run(ClockStepped{5'000}), "clock_step"));
    CHECK(alerted(w.run(ClockStepped{-5'001}), "clock_step"));
}

TEST_CASE("a full disk is told once, and again after there was room") {
    World w;
    auto least = w.policy.alert.disk_low;
    CHECK(w.run(DiskSeen{least}).events.empty());
    CHECK(alerted(w.run(DiskSeen{least - 1}), "disk_low"));
    CHECK(w.run(DiskSeen{least - 1}).events.empty());
    CHECK(w.run(DiskSeen{least + 1}).events.empty());  // not enough to call it room
    close(w, standing(w, "disk_low")->id);
    CHECK(w.run(DiskSeen{least - 1}).events.empty());
    CHECK(has(w.run(DiskSeen{2 * least}), EventType::disk_recovered));
    CHECK(alerted(w.run(DiskSeen{1}), "disk_low"));
}

TEST_CASE("a device is an alert when it stays silent, not when it comes back") {
    World w;
    auto seen = [&](bool bolt) { return w.run(DevicesSeen{{{"bolt", bolt}, {"reader 1", true}}}); };
    CHECK(seen(true).events.empty());
    CHECK(has(seen(false), EventType::device_silent));
    CHECK(seen(false).events.empty());
    w.pass(10 * kMinute);
    CHECK(tick(w).events.empty());
    w.pass(milliseconds{1});
    CHECK(alerted(tick(w), "device_silent"));
    CHECK(standing(w, "device_silent")->about == "bolt");
    CHECK(tick(w).events.empty());
    CHECK(has(seen(true), EventType::device_answering));
    close(w, standing(w, "device_silent")->id);
    seen(false);
    w.pass(9 * kMinute);
    seen(true);
    w.pass(9 * kMinute);
    CHECK(tick(w).events.empty());
}

TEST_CASE("a job is an alert when it is silent for longer than its period allows") {
    World w;
    auto report = [&](const char* job, milliseconds every) {
        return w.run(Heartbeat{job, every, {}});
    };
    report("backup", kHour);
    report("count", 24 * kHour);
    w.pass(90 * kMinute);
    CHECK(tick(w).events.empty());
    w.pass(milliseconds{1});
    CHECK(alerted(tick(w), "cron_silent"));
    CHECK(standing(w, "cron_silent")->about == "backup");
    CHECK(tick(w).events.empty());
    report("backup", kHour);
    close(w, standing(w, "cron_silent")->id);
    w.pass(kHour);
    CHECK(tick(w).events.empty());
    report("backup", milliseconds{0});  // it will report no more
    w.pass(3 * kHour);
    CHECK(tick(w).events.empty());
    CHECK(report("nightly", milliseconds{0}).refusal->code == Code::not_found);
    for (int i = 0; i < kJobsKept + 3; ++i)
        report(("j" + std::to_string(i)).c_str(), kHour);
    CHECK(w.state.jobs.size() == std::size_t{kJobsKept});
}

TEST_CASE("a count that finds a slot wrong is an alert, a right one is not") {
    for (const auto& [reading, fires] :
         std::vector<std::pair<TagReading, bool>>{{authentic("S1"), false},
                                                  {unreadable(), false},
                                                  {absent(), true},
                                                  {foreign(), true},
                                                  {authentic("S2"), true},
                                                  {cloned("S1"), true}}) {
        World w;
        CHECK(alerted(count(w, "01", reading), "inventory_mismatch") == fires);
        CHECK(w.log.back().type == EventType::inventory_finished);
    }
}

TEST_CASE("a slot unreadable in two counts in a row is an alert") {
    World w;
    CHECK_FALSE(alerted(count(w, "01", unreadable()), "inventory_unreadable"));
    CHECK(alerted(count(w, "01", unreadable()), "inventory_unreadable"));
    World other;
    count(other, "01", unreadable());
    count(other, "01", authentic("S1"));
    CHECK_FALSE(alerted(count(other, "01", unreadable()), "inventory_unreadable"));
}

TEST_CASE("a tag seen where it cannot be is suspected to be copied") {
    World w;
    w.settle("02", authentic("S1"));  // S1 lies in slot 01
    REQUIRE(standing(w, "tag_clone_suspected") != nullptr);
    CHECK(standing(w, "tag_clone_suspected")->seal == SealId("S1"));
    CHECK(standing(w, "tag_clone_suspected")->slot == SlotId("02"));
    World out;
    approve(out, "R1", "S1");
    out.take_out("S1", requests({"R1"}), "ann");
    out.settle("02", authentic("S1"));  // nobody was let in there
    CHECK(standing(out, "tag_clone_suspected") != nullptr);
}

TEST_CASE("one tag in two slots of one count is suspected to be copied") {
    World w;
    std::vector<std::pair<SlotId, TagReading>> readings{{SlotId("01"), authentic("S1")},
                                                        {SlotId("04"), cloned("S1")}};
    CHECK(
        alerted(w.run(InventoryTaken{"I", readings, milliseconds{1}, {}}), "tag_clone_suspected"));
    World right;
    readings[1].second = authentic("S4");
    right.run(InventoryTaken{"I", readings, milliseconds{1}, {}});
    CHECK(standing(right, "tag_clone_suspected") == nullptr);
}

TEST_CASE("a seal that its holder puts into a wrong slot is no copy") {
    World w;
    approve(w, "R1", "S1");
    approve(w, "R2", "S2");
    w.take_out("S1", requests({"R1"}), "ann");
    w.walk(w.take("S2", requests({"R2"}), "ann"), authentic("S1"));
    CHECK(standing(w, "seal_wrong_or_extra") != nullptr);
    CHECK(standing(w, "tag_clone_suspected") == nullptr);
    w.open("01");  // forced: nobody knows any more what lies there
    w.shut("01");
    w.settle("03", authentic("S1"));
    CHECK(standing(w, "tag_clone_suspected")->slot == SlotId("03"));
}

TEST_CASE("a seal out of a forced slot is missing, not copied") {
    World w;
    w.open("01");
    w.shut("01");
    w.settle("02", authentic("S1"));  // read before slot 01 is
    CHECK(standing(w, "tag_clone_suspected") == nullptr);
    w.settle("01", absent());
    CHECK(standing(w, "seal_missing") != nullptr);
}

TEST_CASE("an alert at a door fires for what is wrong there, and for nothing else") {
    World w;
    approve(w, "R1", "S1");
    null_visit(w);
    CHECK(w.state.alerts.empty());
    struct Case {
        const char* type;
        TagReading reading;
    };
    for (const auto& [type, reading] :
         {Case{"seal_missing", absent()}, Case{"authenticity_failed", cloned("S1")},
          Case{"custody_unknown", unreadable()}}) {
        World odd;
        odd.open("01");
        odd.shut("01");
        CHECK(alerted(odd.settle("01", reading), type));
    }
    Visit back("return");
    CHECK(alerted(back.end(foreign()), "seal_wrong_or_extra"));
}
