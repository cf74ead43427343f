#include "evidence/uses.hpp"

#include <algorithm>

#include "history.hpp"

using namespace seals;
using namespace seals::evidence;
using namespace seals::evidence::test;

namespace {

struct Busy : History {
    Busy() {
        pass(1'000);
        register_seals();
        baseline();
        state(true);
        watch(2);
        from = now() + 1;
        for (int i = 0; i < 3; ++i) {
            take("S1");
            pass(kMinute);
            add("use.recorded", "S1", object({{"id", "U" + std::to_string(i)}, {"count", 2}}));
            give_back("S1");
            watch(2);
        }
        add("use.voided", "S1", object({{"id", "U1"}}));
        to = now();
        pass(kMinute);
        add("use.recorded", "S1",
            object({{"id", "U9"}, {"count", 1}, {"at", to - kMinute}, {"late", true}}));
        watch(1);
        prove();
    }
    std::int64_t from = 0, to = 0;
};

UsesStatement uses(const Busy& busy, const std::vector<GivenLeaf>& leaves) {
    static Given given;  // outlives what is said of it
    given = check_leaves(busy.checkpoint, leaves);
    return uses_of("S1", {{busy.from}, {busy.to}}, given);
}

}  // namespace

TEST_CASE("every take and use of a period is listed, late ones and void ones too") {
    Busy busy;
    auto said = uses(busy, busy.leaves);
    CHECK(said.complete);
    CHECK(said.takes.size() == 3);
    REQUIRE(said.uses.size() == 4);
    CHECK(said.uses[1].voided != nullptr);
    CHECK(said.uses[3].at.ms == busy.to - kMinute);
    CHECK(said.takes[0].back != nullptr);
    REQUIRE(said.closed_by != nullptr);
    CHECK(said.closed_by->leaf.type == "state");
}

TEST_CASE("a list from which one leaf of the seal is missing is not complete") {
    Busy busy;
    std::vector<GivenLeaf> own;
    for (const auto& one : busy.leaves) {
        auto leaf = leaf::decode(one.bytes);
        if (leaf->seal == "S1" || leaf->type == "state" || leaf->seq == 1) own.push_back(one);
    }
    CHECK(uses(busy, own).complete);
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (leaf::decode(own[i].bytes)->type == "state") continue;
        auto fewer = own;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        INFO("without " << leaf::decode(own[i].bytes)->seq);
        bool opening = leaf::decode(own[i].bytes)->sn == 1;  // what came before is not asked for
        CHECK(uses(busy, fewer).complete == opening);
    }
}

TEST_CASE("without a state leaf after the period its end is open") {
    Busy busy;
    std::vector<GivenLeaf> own;
    for (const auto& one : busy.leaves) {
        auto leaf = leaf::decode(one.bytes);
        if (leaf->seal == "S1" || leaf->seq == 1) own.push_back(one);
    }
    auto said = uses(busy, own);
    CHECK_FALSE(said.complete);
    CHECK(std::any_of(said.faults.begin(), said.faults.end(),
                      [](const auto& one) { return one.code == "open_end"; }));
    CHECK(said.uses.size() == 4);
}
