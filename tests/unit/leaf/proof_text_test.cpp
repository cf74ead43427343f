#include "leaf/proof_text.hpp"

#include "catch.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/dump.hpp"
#include "leaf/hash.hpp"
#include "leaf/leaf.hpp"

using namespace seals;
using namespace seals::leaf;

namespace {

std::string some_note() {
    Hasher hasher;
    auto key = SigningKey::from_seed(Bytes(32, 7));
    return signed_checkpoint({"example.com/cab-1", 9, hasher.sha256({})}, *key);
}

std::vector<Hash> some_hashes(std::size_t count) {
    Hasher hasher;
    std::vector<Hash> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(hasher.sha256(as_bytes(std::to_string(i))));
    return out;
}

Bytes leaf_bytes(std::uint64_t seq, const std::string& seal = {}, std::uint64_t sn = 0,
                 std::uint64_t sp = 0) {
    Leaf leaf;
    leaf.seq = seq;
    leaf.t = Instant{1'764'000'000'000 + static_cast<std::int64_t>(seq)};
    leaf.boot = "b";
    leaf.type = seq == 1 ? "ledger.created" : "seal.taken";
    leaf.actor = device_actor();
    leaf.seal = seal;
    leaf.sn = sn;
    leaf.sp = sp;
    if (seq == 1) leaf.data.add("origin", "example.com/cab-1");
    auto bytes = encode(leaf);
    REQUIRE(bytes);
    return *bytes;
}

}  // namespace

TEST_CASE("proofs are read as they were written") {
    InclusionProof inclusion{4, some_hashes(3), some_note()};
    auto text = write_proof(inclusion);
    CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 4\n"));
    auto read = parse_inclusion_proof(text);
    REQUIRE(read);
    CHECK(write_proof(*read) == text);
    ConsistencyProof consistency{5, some_hashes(0), some_note()};
    auto again = parse_consistency_proof(write_proof(consistency));
    REQUIRE(again);
    CHECK(again->old_size == 5);
    CHECK(again->hashes.empty());
    CHECK(again->checkpoint == some_note());
}

TEST_CASE("a proof that is cut short, bent or too long is refused") {
    auto text = write_proof(InclusionProof{4, some_hashes(3), some_note()});
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE(parse_inclusion_proof(text.substr(0, length)));
    CHECK_FALSE(parse_inclusion_proof("x" + text));
    CHECK_FALSE(
        parse_inclusion_proof(write_proof(InclusionProof{4, some_hashes(64), some_note()})));
    CHECK_FALSE(parse_consistency_proof(text));
    CHECK_FALSE(parse_consistency_proof("old 05\n\n" + some_note()));
    CHECK_FALSE(parse_inclusion_proof(std::string(kMaxProofBytes + 1, 'a')));
}

TEST_CASE("a dump gives its leaves back in pieces of any size") {
    Bytes dump;
    for (std::uint64_t seq = 1; seq <= 20; ++seq) {
        auto record = dump_record(leaf_bytes(seq));
        dump.insert(dump.end(), record.begin(), record.end());
    }
    for (std::size_t piece : {std::size_t{1}, std::size_t{7}, dump.size()}) {
        DumpCheck check;
        check.watch(5);
        DumpReader reader([&](ByteView leaf) { return check.take(leaf); });
        for (std::size_t at = 0; at < dump.size(); at += piece)
            REQUIRE(reader.add(ByteView(dump).subspan(at, std::min(piece, dump.size() - at))));
        CHECK(reader.finish());
        CHECK(check.tree().size() == 20);
        CHECK(check.origin() == "example.com/cab-1");
        CHECK(check.root_at(5));
        CHECK_FALSE(check.root_at(6));
    }
}

TEST_CASE("a dump cut in the middle, or with an impossible length, says so") {
    auto record = dump_record(leaf_bytes(1));
    DumpReader cut([](ByteView) { return Status{}; });
    REQUIRE(cut.add(ByteView(record).first(record.size() - 1)));
    CHECK_FALSE(cut.finish());
    for (Bytes length : {Bytes{0, 0, 0, 0}, Bytes{0, 1, 0, 0}, Bytes{255, 255, 255, 255}}) {
        DumpReader reader([](ByteView) { return Status{}; });
        CHECK_FALSE(reader.add(length));
    }
}

TEST_CASE("a dump with a gap, another first entry or a broken chain names the first bad seq") {
    auto bad_at = [](std::initializer_list<Bytes> leaves) {
        DumpCheck check;
        for (const auto& leaf : leaves)
            if (auto status = check.take(leaf); !status) return *status.error().seq;
        return 0L;
    };
    CHECK(bad_at({leaf_bytes(1), leaf_bytes(2, "YZ-1", 1), leaf_bytes(3, "YZ-1", 2, 2)}) == 0);
    CHECK(bad_at({leaf_bytes(2)}) == 1);
    CHECK(bad_at({leaf_bytes(1), leaf_bytes(3)}) == 2);
    CHECK(bad_at({leaf_bytes(1), leaf_bytes(2, "YZ-1", 1), leaf_bytes(3, "YZ-1", 3, 2)}) == 3);
    CHECK(bad_at({leaf_bytes(1), leaf_bytes(2, "YZ-1", 2, 1)}) == 2);
}
