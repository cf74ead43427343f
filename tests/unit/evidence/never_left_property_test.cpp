// No leaf of a proof can be missing or altered, and nothing is proved that was not so.
#include <algorithm>
#include <random>

#include "office.hpp"

using namespace seals;
using namespace seals::evidence;
using namespace seals::evidence::test;

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
            office.state(), dark();
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
    CHECK(proven > 150);
    CHECK(not_proven > 150);
}
