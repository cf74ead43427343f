#include "evidence/never_left.hpp"

#include <algorithm>

#include "office.hpp"

using namespace seals;
using namespace seals::evidence;
using namespace seals::evidence::test;

namespace {

bool lists(const Statement& statement, std::string_view code) {
    return std::any_of(statement.uncovered.begin(), statement.uncovered.end(),
                       [&](const auto& one) { return has(one.why, code); });
}

struct Watched : Office {
    std::int64_t from = 0;
    Watched() {
        from = now();
        watch(2);
    }
    // Two state leaves later: proved but for one stretch, and that has this cause.
    Uncovered told(const std::string& cause) {
        auto at = now();
        watch(2);
        auto said = judge(from, now());
        CHECK(name_of(said.verdict) == "proven_except");
        CHECK(said.faults.empty());
        REQUIRE(said.uncovered.size() == 1);
        CHECK(has(said.uncovered[0].why, cause));
        CHECK(said.uncovered[0].from.ms >= from);
        CHECK(said.uncovered[0].to.ms <= at + 10 * kMinute);
        return said.uncovered[0];
    }
};

}  // namespace

TEST_CASE("a seal that lay there all the time is proved to have") {
    Office office;
    auto from = office.now();
    office.watch(12);
    auto to = office.now();
    office.watch(2);
    auto said = office.judge(from + 1, to - 1);
    CHECK(name_of(said.verdict) == "proven");
    CHECK(said.uncovered.empty());
    CHECK(said.faults.empty());
    CHECK(said.states == 11);
    CHECK(said.longest_gap.count() == 10 * kMinute);
    REQUIRE(said.baseline != nullptr);
    CHECK(said.baseline->leaf.type == "baseline.recorded");
    CHECK(office.judge(from, to).verdict == LeftVerdict::proven);
}

TEST_CASE("what another seal does changes nothing") {
    Office office;
    auto from = office.now();
    office.watch(2);
    office.take("S2");
    office.watch(2);
    office.give_back("S2");
    office.watch(2);
    CHECK(office.judge(from, office.now()).verdict == LeftVerdict::proven);
    CHECK(office.judge(from, office.now(), "S2").verdict == LeftVerdict::left);
}

TEST_CASE("a seal that was taken left, and the takes are told") {
    Office office;
    auto from = office.now();
    office.watch(2);
    office.take("S1");
    office.watch(2);
    auto out = office.now();
    office.watch(1);
    office.give_back("S1");
    auto back = office.now();
    office.watch(3);
    auto said = office.judge(from, office.now());
    CHECK(said.verdict == LeftVerdict::left);
    REQUIRE(said.takes.size() == 1);
    CHECK(said.takes[0]->leaf.type == "seal.taken");
    SECTION("also when it was out already as the time began") {
        auto later = office.judge(out - 1'000, out + 1'000);
        CHECK(later.verdict == LeftVerdict::left);
        CHECK(later.takes.size() == 1);
    }
    SECTION("and after it came back it is proved again") {
        CHECK(office.judge(back + 1, office.now()).verdict == LeftVerdict::proven);
    }
}

TEST_CASE("a daemon that did not run, and state leaves that are lacking, are listed") {
    Watched office;
    SECTION("sealsd killed") {
        office.pass(3 * kMinute);
        auto last = office.add("person.changed");
        auto at = office.now();
        office.pass(20 * kMinute);
        office.boot(false, false);
        office.pass(3'000);
        office.state();
        auto gap = office.told("restart");
        CHECK(gap.from.ms == at);
        CHECK(gap.to.ms == at + 20 * kMinute + 3'000);
        CHECK(gap.after < last);
    }
    SECTION("the device booted anew") {
        office.pass(1'000);
        office.add("device.shutdown");
        office.pass(30'000);
        office.boot(true);
        office.state();
        office.told("restart");
    }
    SECTION("a state leaf is lacking") {
        office.pass(14 * kMinute);
        office.state();
        office.told("state_gap");
    }
    SECTION("a device fell silent") {
        office.add("device.silent", {}, object({{"device", "bolt"}}));
        office.watch(3);
        office.add("device.answering", {}, object({{"device", "bolt"}}));
        office.watch(1);
        office.told("device_silent");
    }
}

TEST_CASE("a tag that could not be read as the seal's is listed") {
    Watched office;
    SECTION("the tag could not be read") {
        office.read("S1", "unreadable");
        auto at = office.now();
        office.watch(2);
        office.lie("S1");
        office.watch(1);
        auto gap = office.told("reading");
        CHECK(gap.from.ms == at);
        CHECK(gap.to.ms == at + 30 * kMinute);
    }
    SECTION("another seal's tag, or one that failed") {
        office.read("S1", "wrong_seal");
        office.watch(1);
        office.lie("S1");
        office.watch(1);
        office.told("reading");
    }
    SECTION("a count could not read it") {
        office.add(
            "inventory.finished", {},
            object({{"items",
                     Value{Value::Array{object({{"seal", "S1"}, {"verdict", "unreadable"}})}}}}));
        office.watch(1);
        office.told("reading");
    }
}

TEST_CASE("a clock that was moved is listed") {
    Watched office;
    SECTION("the clock stepped on") {
        office.pass(1'000);
        office.step(3'600'000);
        office.watch(1);
        office.told("clock_step");
    }
    SECTION("the step is seen after an entry with the new time") {
        office.pass(1'000);
        auto at = office.now();
        office.step(3'600'000, true);
        auto gap = office.told("clock_step");
        CHECK(gap.why.size() == 1);
        CHECK(gap.from.ms <= at);
    }
    SECTION("the clock was set back, and stood for all we know") {
        office.pass(1'000);
        office.step(-30 * kMinute);
        office.watch(6);
        auto at = office.now();
        office.watch(1);
        auto said = office.judge(office.from, at);
        CHECK(said.verdict == LeftVerdict::proven_except);
        CHECK(lists(said, "clock_step"));
        CHECK(lists(said, "clock_differs"));
    }
}

TEST_CASE("a door that was opened, and what we do not know, are listed") {
    Watched office;
    SECTION("the door was opened and nothing moved") {
        office.pass(kMinute);
        auto at = office.now();
        office.look_and_leave("S1");
        auto gap = office.told("opened");
        CHECK(gap.from.ms == at);
        CHECK(gap.to.ms == at + 4'000);
    }
    SECTION("the door was forced") {
        office.pass(kMinute);
        office.add("slot.forced", "S1");
        office.add("slot.closed", "S1");
        office.watch(1);
        office.told("forced");
    }
    SECTION("something that we do not know happened to it") {
        office.add("seal.teleported", "S1");
        office.watch(1);
        office.told("event");
    }
}

TEST_CASE("an end that no state leaf covers yet is uncovered, the future too") {
    Office office;
    auto from = office.now();
    office.watch(3);
    auto newest = office.now();
    auto said = office.judge(from, newest + 3'600'000);
    CHECK(said.verdict == LeftVerdict::proven_except);
    REQUIRE(said.uncovered.size() == 1);
    CHECK(said.uncovered[0].from.ms == newest);
    CHECK(has(said.uncovered[0].why, "no_state_after"));
    CHECK(office.judge(newest + 1, newest + 1'000).verdict == LeftVerdict::not_proven);
}

TEST_CASE("the time before the baseline is the time before the installation") {
    History bare;
    bare.pass(1'000);
    bare.register_seals();
    bare.state(true);
    bare.watch(2);
    auto before = bare.now();
    bare.watch(2);
    SECTION("without one nothing is proved") {
        bare.prove();
        auto given = check_leaves(bare.checkpoint, bare.leaves);
        auto said = never_left("S1", {{before}, {bare.now()}}, given);
        CHECK(said.verdict == LeftVerdict::not_proven);
        CHECK(has(said.faults, "no_baseline"));
    }
    SECTION("with one, what lies before it is uncovered") {
        bare.baseline();
        auto at = bare.now();
        bare.watch(3);
        bare.prove();
        auto given = check_leaves(bare.checkpoint, bare.leaves);
        auto said = never_left("S1", {{before}, {bare.now()}}, given);
        CHECK(said.verdict == LeftVerdict::proven_except);
        REQUIRE(said.uncovered.size() == 1);
        CHECK(said.uncovered[0].to.ms == at);
        CHECK(has(said.uncovered[0].why, "before_baseline"));
        CHECK(never_left("S1", {{at}, {bare.now()}}, given).verdict == LeftVerdict::proven);
        CHECK(never_left("S3", {{at}, {bare.now()}}, given).verdict == LeftVerdict::not_proven);
    }
}

TEST_CASE("a device that is silent, or a clock that is not trusted, says so in the state leaf") {
    Office office;
    auto from = office.now();
    office.watch(1);
    auto state = [&](Value::Member extra) {
        auto last = leaf::decode(office.leaf(office.state()));
        REQUIRE(last);
        auto data = last->data;
        data.add(extra.first, extra.second);
        office.pass(10 * kMinute);
        office.add("state", {}, data);
    };
    SECTION("device") {
        state({"silent", Value{Value::Array{"bolt"}}});
        office.watch(1);
        CHECK(lists(office.judge(from, office.now()), "device_silent"));
    }
    SECTION("clock") {
        state({"clock", "untrusted"});
        office.watch(1);
        CHECK(lists(office.judge(from, office.now()), "clock_untrusted"));
    }
}
