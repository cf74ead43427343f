#include "witness/answer.hpp"

#include <map>
#include <random>

#include "catch.hpp"
#include "some_log.hpp"

using namespace seals;
using namespace seals::witness;

namespace {

Answer asked(const Log* log, const std::string& body) {
    auto request = read_request(body);
    REQUIRE(request);
    return answer(log, *request);
}

}  // namespace

TEST_CASE("each kind of request has the answer of C2SP") {
    SomeLog log;
    log.grow(20, "a");
    Log state{log.key(), {}};
    CHECK(asked(nullptr, log.body(0, 5)).verdict == Verdict::unknown_log);
    CHECK(asked(&state, log.body(0, 5)).verdict == Verdict::cosigned);
    CHECK(asked(&state, log.body(3, 5)).verdict == Verdict::conflict);
    state.cosigned = log.checkpoint(5);
    CHECK(asked(&state, log.body(5, 12)).verdict == Verdict::cosigned);
    CHECK(asked(&state, log.body(5, 5)).verdict == Verdict::cosigned);
    auto stale = asked(&state, log.body(4, 12));
    CHECK(stale.verdict == Verdict::conflict);
    CHECK(stale.size == 5);
    CHECK_FALSE(stale.fork);
    CHECK(asked(&state, log.body(0, 4)).verdict == Verdict::conflict);  // a rollback
    auto beyond = leaf::ConsistencyProof{5, {}, log.note(4)};
    CHECK(asked(&state, leaf::write_proof(beyond)).verdict == Verdict::malformed);
    CHECK_FALSE(read_request("old 05\n\n" + log.note(5)));
    CHECK_FALSE(read_request(log.note(5)));
    CHECK_FALSE(read_request(""));
}

TEST_CASE("a proof that is short, long, altered or of another tree proves nothing") {
    SomeLog log;
    log.grow(40, "a");
    Log state{log.key(), log.checkpoint(13)};
    auto good = leaf::ConsistencyProof{13, log.proof(13, 37), log.note(37)};
    REQUIRE(asked(&state, leaf::write_proof(good)).verdict == Verdict::cosigned);
    auto shorter = good, longer = good, altered = good;
    shorter.hashes.pop_back();
    longer.hashes.push_back(log.root(3));
    altered.hashes.front()[0] ^= 1;
    for (const auto& bad : {shorter, longer, altered})
        CHECK(asked(&state, leaf::write_proof(bad)).verdict == Verdict::unproven);
    auto same = leaf::ConsistencyProof{13, {log.root(1)}, log.note(13)};
    CHECK(asked(&state, leaf::write_proof(same)).verdict == Verdict::unproven);
    Log fresh{log.key(), {}};
    auto from_nothing = leaf::ConsistencyProof{0, {log.root(1)}, log.note(13)};
    CHECK(asked(&fresh, leaf::write_proof(from_nothing)).verdict == Verdict::unproven);
}

TEST_CASE("only the pinned key of the origin counts; signatures of others say nothing") {
    SomeLog log, stranger("example.com/cab-1", 9);
    log.grow(5, "a");
    stranger.grow(5, "a");
    Log state{log.key(), {}};
    CHECK(asked(&state, stranger.body(0, 5)).verdict == Verdict::unsigned_);
    auto note = leaf::parse_note(log.note(5));
    note->signatures.push_back(leaf::parse_note(stranger.note(5))->signatures.front());
    auto both = leaf::ConsistencyProof{0, {}, leaf::write_note(*note)};
    CHECK(asked(&state, leaf::write_proof(both)).verdict == Verdict::cosigned);
    note->signatures.front().bytes[0] ^= 1;
    auto broken = leaf::ConsistencyProof{0, {}, leaf::write_note(*note)};
    CHECK(asked(&state, leaf::write_proof(broken)).verdict == Verdict::unsigned_);
}

TEST_CASE("two signed roots of one size are a fork, whatever old size comes with them") {
    SomeLog log;
    log.grow(9, "a");
    auto other = log.fork(6);
    other.grow(3, "b");
    Log state{log.key(), log.checkpoint(9)};
    for (std::uint64_t old : {std::uint64_t{9}, std::uint64_t{6}, std::uint64_t{0}}) {
        auto answered =
            asked(&state, leaf::write_proof(leaf::ConsistencyProof{old, {}, other.note(9)}));
        CHECK(answered.verdict == Verdict::conflict);
        CHECK(answered.fork);
        CHECK(answered.size == 9);
    }
}

TEST_CASE("the empty tree has one root only") {
    SomeLog log;
    log.grow(1, "a");
    Log state{log.key(), {}};
    CHECK(asked(&state, log.body(0, 0)).verdict == Verdict::cosigned);
    auto key = leaf::SigningKey::from_seed(Bytes(32, 7));
    auto lie = leaf::signed_checkpoint({"example.com/cab-1", 0, log.root(1)}, *key);
    CHECK(asked(&state, leaf::write_proof(leaf::ConsistencyProof{0, {}, lie})).verdict ==
          Verdict::conflict);
}

// Random logs that fork, roll back and forget, with clients that send what they like. What was
// cosigned is always one tree that only grows, and whatever grows out of it is cosigned.
TEST_CASE("never two roots at a size, never smaller, whatever a log does") {
    std::mt19937 random(20261127);
    auto upto = [&](std::uint64_t most) { return random() % (most + 1); };
    for (int history = 0; history < 40; ++history) {
        std::vector<SomeLog> branches(1);
        branches.front().grow(1 + upto(4), "0");
        Log state{branches.front().key(), {}};
        std::map<std::uint64_t, Hash> cosigned;
        for (int step = 0; step < 60; ++step) {
            if (upto(9) == 0 && branches.size() < 4) {
                auto from = branches[upto(branches.size() - 1)];
                branches.push_back(from.fork(upto(from.size())));
                branches.back().grow(1, "fork" + std::to_string(branches.size()));
            }
            auto at = upto(branches.size() - 1);
            auto& branch = branches[at];
            branch.grow(upto(5), std::to_string(at));
            auto known = state.cosigned ? state.cosigned->size : 0;
            auto size = upto(branch.size());
            auto old = upto(4) == 0 ? upto(size) : std::min(known, size);
            leaf::ConsistencyProof proof{old, branch.proof(old, size), branch.note(size)};
            bool altered = !proof.hashes.empty() && upto(9) == 0;
            if (altered) proof.hashes[upto(proof.hashes.size() - 1)][upto(31)] ^= 4;

            auto answered = asked(&state, leaf::write_proof(proof));
            bool grows =
                old == known && size >= known && !altered &&
                branch.root(known) == (state.cosigned ? state.cosigned->root : branch.root(0));
            REQUIRE((answered.verdict == Verdict::cosigned) == grows);
            if (!grows) continue;
            REQUIRE(size >= known);
            auto [kept, fresh] = cosigned.emplace(size, branch.root(size));
            REQUIRE(kept->second == branch.root(size));
            for (const auto& [earlier, root] : cosigned)
                REQUIRE(branch.root(earlier) == root);
            state.cosigned = branch.checkpoint(size);
        }
    }
}
