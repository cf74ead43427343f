#include "evidence/never_left.hpp"

#include <algorithm>
#include <random>

#include "history.hpp"

using namespace seals;
using namespace seals::evidence;
using namespace seals::evidence::test;

namespace {

struct Office : History {
    Office() {
        pass(1'000);
        register_seals();
        baseline();
        pass(2'000);
        state(true);
        watch(3);
    }
    // Proved as it is now.
    Statement judge(std::int64_t from, std::int64_t to, const std::string& seal = "S1") {
        prove();
        given = check_leaves(checkpoint, leaves);
        return never_left(seal, {{from}, {to}}, given);
    }
    Given given;
};

bool has(const std::vector<Reason>& all, std::string_view code) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
}
bool lists(const Statement& statement, std::string_view code) {
    return std::any_of(statement.uncovered.begin(), statement.uncovered.end(),
                       [&](const auto& one) { return has(one.why, code); });
}

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

TEST_CASE("minutes that nobody watched are listed, each with its cause") {
    Office office;
    auto from = office.now();
    office.watch(2);
    auto told = [&](const std::string& cause) {
        auto at = office.now();
        office.watch(2);
        auto said = office.judge(from, office.now());
        CHECK(name_of(said.verdict) == "proven_except");
        CHECK(said.faults.empty());
        REQUIRE(said.uncovered.size() == 1);
        CHECK(has(said.uncovered[0].why, cause));
        CHECK(said.uncovered[0].from.ms >= from);
        CHECK(said.uncovered[0].to.ms <= at + 10 * kMinute);
        return said.uncovered[0];
    };
    SECTION("sealsd killed") {
        office.pass(3 * kMinute);
        auto last = office.add("person.changed");
        auto at = office.now();
        office.pass(20 * kMinute);
        office.boot(false, false);
        office.pass(3'000);
        office.state();
        auto gap = told("restart");
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
        told("restart");
    }
    SECTION("the tag could not be read") {
        office.read("S1", "unreadable");
        auto at = office.now();
        office.watch(2);
        office.lie("S1");
        office.watch(1);
        auto gap = told("reading");
        CHECK(gap.from.ms == at);
        CHECK(gap.to.ms == at + 30 * kMinute);
    }
    SECTION("another seal's tag, or one that failed") {
        office.read("S1", "wrong_seal");
        office.watch(1);
        office.lie("S1");
        office.watch(1);
        told("reading");
    }
    SECTION("a count could not read it") {
        office.add(
            "inventory.finished", {},
            object({{"items",
                     Value{Value::Array{object({{"seal", "S1"}, {"verdict", "unreadable"}})}}}}));
        office.watch(1);
        told("reading");
    }
    SECTION("a state leaf is lacking") {
        office.pass(14 * kMinute);
        office.state();
        told("state_gap");
    }
    SECTION("the clock stepped on") {
        office.pass(1'000);
        office.step(3'600'000);
        office.watch(1);
        told("clock_step");
    }
    SECTION("the clock was set back, and stood for all we know") {
        office.pass(1'000);
        office.step(-30 * kMinute);
        office.watch(6);
        auto at = office.now();
        office.watch(1);
        auto said = office.judge(from, at);
        CHECK(said.verdict == LeftVerdict::proven_except);
        CHECK(lists(said, "clock_step"));
        CHECK(lists(said, "clock_differs"));
    }
    SECTION("a device fell silent") {
        office.add("device.silent", {}, object({{"device", "bolt"}}));
        office.watch(3);
        office.add("device.answering", {}, object({{"device", "bolt"}}));
        auto at = office.now();
        office.watch(1);
        told("device_silent");
        (void)at;
    }
    SECTION("the door was opened and nothing moved") {
        office.pass(kMinute);
        auto at = office.now();
        office.look_and_leave("S1");
        auto gap = told("opened");
        CHECK(gap.from.ms == at);
        CHECK(gap.to.ms == at + 4'000);
    }
    SECTION("the door was forced") {
        office.pass(kMinute);
        office.add("slot.forced", "S1");
        office.add("slot.closed", "S1");
        office.watch(1);
        told("forced");
    }
    SECTION("something that we do not know happened to it") {
        office.add("seal.teleported", "S1");
        office.watch(1);
        told("event");
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

namespace {

// The leaves that the verdict rests on, as sealctl would fetch them.
std::vector<std::size_t> needed(const Statement& said, const Given& given) {
    std::uint64_t full = 1, chain = 1, boot = 1;
    for (const auto& [seq, entry] : given.entries) {
        if (seq > said.first) break;
        if (entry.leaf.type == "state" && entry.leaf.data.boolean_or("full")) full = seq;
        if (entry.leaf.type == "device.booted") boot = seq;
    }
    for (const auto& [seq, entry] : given.entries)
        if (seq < full && entry.leaf.seal == said.seal) chain = seq;
    std::vector<std::size_t> out{1};
    for (auto seq : {boot, chain, said.baseline != nullptr ? said.baseline->leaf.seq : 1})
        if (seq < full) out.push_back(seq);
    for (auto seq = full; seq <= said.last; ++seq)
        out.push_back(seq);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<GivenLeaf> pick(const Office& office, const std::vector<std::size_t>& seqs) {
    std::vector<GivenLeaf> out;
    for (auto seq : seqs)
        out.push_back(office.leaves[seq - 1]);
    return out;
}

}  // namespace

TEST_CASE("without any one of its leaves, or with one altered, nothing stays proved") {
    Office office;
    office.watch(20);
    office.state(true);
    office.watch(2);
    auto from = office.now() + 5;
    office.watch(3);
    office.take("S2");
    office.add("alert.acked", "S1");
    office.watch(3);
    auto to = office.now() - 5;
    office.watch(2);
    auto whole = office.judge(from, to);
    REQUIRE(whole.verdict == LeftVerdict::proven);
    auto seqs = needed(whole, office.given);
    auto proved = pick(office, seqs);
    auto verdict = [&](const std::vector<GivenLeaf>& leaves) {
        return never_left("S1", {{from}, {to}}, check_leaves(office.checkpoint, leaves)).verdict;
    };
    REQUIRE(verdict(proved) == LeftVerdict::proven);
    for (std::size_t i = 0; i < proved.size(); ++i) {
        auto fewer = proved;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        INFO("without leaf " << seqs[i]);
        CHECK(verdict(fewer) != LeftVerdict::proven);
        auto altered = proved;
        auto& bytes = altered[i].bytes;
        auto digit = std::find_if(bytes.rbegin(), bytes.rend(),
                                  [](auto byte) { return byte >= '1' && byte <= '8'; });
        ++*digit;
        INFO("with leaf " << seqs[i] << " altered");
        CHECK(verdict(altered) != LeftVerdict::proven);
    }
}

namespace {

// What happened, known to the test and to nobody else.
struct Truth {
    std::vector<std::pair<std::int64_t, std::int64_t>> dark;  // not in its slot, or not watched
    bool clear(std::int64_t from, std::int64_t to) const {
        return std::none_of(dark.begin(), dark.end(),
                            [&](const auto& one) { return one.second > from && one.first < to; });
    }
};

void happen(Office& office, Truth& truth, std::mt19937& random) {
    office.pass(static_cast<std::int64_t>(random() % (4 * kMinute)));
    office.state();
    auto began = office.now();
    auto dark = [&] { truth.dark.emplace_back(began, office.now()); };
    office.pass(static_cast<std::int64_t>(random() % (4 * kMinute)));
    auto opened = office.now();
    switch (random() % 12) {
        case 0:
            office.take("S1");
            office.watch(static_cast<int>(random() % 4));
            office.give_back("S1");
            truth.dark.emplace_back(opened, office.now());
            break;
        case 1:
            office.look_and_leave("S1");
            truth.dark.emplace_back(opened, office.now());
            break;
        case 2:
            office.pass(static_cast<std::int64_t>(random() % (60 * kMinute)));
            office.boot(false, random() % 2 == 0);
            office.state();
            dark();
            break;
        case 3:
            office.read("S1", random() % 2 == 0 ? "unreadable" : "absent");
            office.watch(1 + static_cast<int>(random() % 3));
            office.lie("S1");
            office.watch(1);
            dark();
            break;
        case 4:
            office.step(static_cast<std::int64_t>(random() % (90 * kMinute)) + 6'000);
            office.state();
            dark();
            break;
        case 5:
            office.pass(13 * kMinute);
            office.state();
            dark();
            break;
        case 6:
            office.take("S2");
            office.state();
            office.watch(1);
            office.give_back("S2");
            break;
        case 7:
            office.add("slot.forced", "S1");
            office.add("slot.closed", "S1");
            office.state();
            dark();
            break;
        case 8:
            office.add("take.refused", "S1");
            break;
        default:
            office.state(random() % 8 == 0);
            office.watch(1 + static_cast<int>(random() % 5));
    }
}

}  // namespace

TEST_CASE("no history is proved that was not so, and one that was so is proved") {
    std::mt19937 random(20261127);
    int proven = 0, not_proven = 0;
    for (int run = 0; run < 25; ++run) {
        Office office;
        Truth truth;
        auto first = office.now();
        for (int i = 0; i < 25; ++i)
            happen(office, truth, random);
        office.state();
        auto last = office.now();
        office.prove();
        auto given = check_leaves(office.checkpoint, office.leaves);
        REQUIRE(given.faults.empty());
        for (int i = 0; i < 60; ++i) {
            auto from = first + static_cast<std::int64_t>(random() %
                                                          static_cast<std::uint64_t>(last - first));
            auto to =
                std::min(last, from + 1 + static_cast<std::int64_t>(random() % (80 * kMinute)));
            auto said = never_left("S1", {{from}, {to}}, given);
            bool so = truth.clear(from, to);
            INFO("run " << run << " from " << from - kStart << " to " << to - kStart << " verdict "
                        << name_of(said.verdict));
            std::string why;
            for (const auto& one : said.uncovered)
                for (const auto& reason : one.why)
                    why += std::string(reason.code) + " from " +
                           std::to_string(one.from.ms - kStart) + " to " +
                           std::to_string(one.to.ms - kStart) + "; ";
            INFO(why);
            if (said.verdict == LeftVerdict::proven) CHECK(so);
            if (so) CHECK(said.verdict == LeftVerdict::proven);
            ++(said.verdict == LeftVerdict::proven ? proven : not_proven);
        }
    }
    CHECK(proven > 200);
    CHECK(not_proven > 200);
}
