#include "ledger/reader.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "catch.hpp"
#include "leaf/proof.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

std::vector<std::uint64_t> seqs(const Result<std::vector<Recorded>>& entries) {
    REQUIRE(entries);
    std::vector<std::uint64_t> out;
    for (const auto& entry : *entries)
        out.push_back(entry.seq);
    return out;
}

using Seqs = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("entries are read in order, from anywhere, as many as asked for") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, std::vector<rules::Event>(9, slot_opened("A")));
    auto reader = read(path);
    CHECK(seqs(reader.entries(0, 3)) == Seqs{1, 2, 3});
    CHECK(seqs(reader.entries(7, 100)) == Seqs{8, 9, 10});
    CHECK(seqs(reader.entries(10, 100)).empty());
    CHECK(reader.entry(11).error().code == Code::not_found);
    CHECK(reader.leaf(11).error().code == Code::not_found);
    CHECK(reader.entry(0).error().code == Code::not_found);
    CHECK(*reader.size() == 10);
    put(ledger, {slot_opened("A")});
    CHECK(*reader.size() == 11);
}

TEST_CASE(
    "the entries of a session, seal, request and type are found in full and open blocks alike") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    Seqs of_session, of_seal, of_request, of_type;
    for (std::uint64_t seq = 2; seq <= 700; ++seq) {
        auto next = seq % 3 == 0 ? event(EventType::slot_forced) : event(EventType::slot_opened);
        next.seal = SealId{seq % 7 == 0 ? "A" : "B"};
        if (seq % 11 == 0) next.session = SessionId{"S-9"};
        if (seq % 13 == 0) next.request = RequestId{"YY-1"};
        if (seq % 7 == 0) of_seal.push_back(seq);
        if (seq % 11 == 0) of_session.push_back(seq);
        if (seq % 13 == 0) of_request.push_back(seq);
        if (seq % 3 == 0) of_type.push_back(seq);
        put(ledger, {next});
    }
    auto reader = read(path);
    CHECK(seqs(reader.entries_of(By::session, "S-9", 0, 1000)) == of_session);
    CHECK(seqs(reader.entries_of(By::seal, "A", 0, 1000)) == of_seal);
    CHECK(seqs(reader.entries_of(By::request, "YY-1", 0, 1000)) == of_request);
    CHECK(seqs(reader.entries_of(By::type, "slot.forced", 0, 1000)) == of_type);
    CHECK(seqs(reader.entries_of(By::type, "ledger.created", 0, 1000)) == Seqs{1});
    CHECK(seqs(reader.entries_of(By::seal, "C", 0, 1000)).empty());
    SECTION("a page at a time as well") {
        Seqs paged;
        for (std::uint64_t after = 0;;) {
            auto page = seqs(reader.entries_of(By::type, "slot.forced", after, 10));
            if (page.empty()) break;
            paged.insert(paged.end(), page.begin(), page.end());
            after = page.back();
        }
        CHECK(paged == of_type);
    }
    SECTION("also after a reopening in the middle of a block") {
        { auto closed = std::move(ledger); }
        auto again = Ledger::open(path);
        REQUIRE(again);
        auto next = event(EventType::slot_forced);
        next.seal = SealId{"A"};
        put(*again, std::vector<rules::Event>(100, next));
        for (std::uint64_t seq = 701; seq <= 800; ++seq)
            of_type.push_back(seq);
        CHECK(seqs(reader.entries_of(By::type, "slot.forced", 0, 1000)) == of_type);
    }
}

TEST_CASE("rows of a kind are listed by id, a page at a time") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, {slot_opened("A")},
        {row("seal", "b", object("n", 2)), row("seal", "a", object("n", 1), false),
         row("seal", "印", object("n", 3)), row("person", "a", object("n", 4))});
    auto reader = read(path);
    auto first = reader.rows("seal", "", 2);
    REQUIRE(first);
    REQUIRE(first->size() == 2);
    CHECK((*first)[0].id == "a");
    CHECK((*first)[1].id == "b");
    auto second = reader.rows("seal", "b", 2);
    REQUIRE(second);
    REQUIRE(second->size() == 1);
    CHECK(second->front().id == "印");
}

TEST_CASE("the end of each seal's chain is known") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, {slot_opened("B"), slot_opened("A"), slot_opened("B")});
    auto heads = read(path).heads();
    REQUIRE(heads);
    REQUIRE(heads->size() == 2);
    CHECK(((*heads)[0].seal == "A" && (*heads)[0].sn == 1 && (*heads)[0].seq == 3));
    CHECK(((*heads)[1].seal == "B" && (*heads)[1].sn == 2 && (*heads)[1].seq == 4));
}

TEST_CASE("an edited entry is not served") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, std::vector<rules::Event>(3, slot_opened("A")));
    by_hand(path, "UPDATE entry SET leaf=replace(leaf,'A01','A02') WHERE seq=3");
    auto entries = read(path).entries(0, 10);
    REQUIRE_FALSE(entries);
    CHECK(entries.error().code == Code::corrupt);
    CHECK(entries.error().seq == 3);
}

TEST_CASE("a question past its deadline is cut off, and the next one is answered") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, std::vector<rules::Event>(2000, slot_opened("A")));
    auto reader = read(path);
    reader.set_deadline(std::chrono::steady_clock::now() - std::chrono::seconds{1});
    auto entries = reader.entries(0, 5000);
    REQUIRE_FALSE(entries);
    CHECK(entries.error().code == Code::timeout);
    reader.set_deadline(std::nullopt);
    CHECK(reader.entries(0, 5000)->size() == 2001);
}

TEST_CASE("a reader cannot write, and finds no ledger where there is none") {
    Directory directory;
    CHECK(Reader::open(directory.file("none.db")).error().code == Code::unavailable);
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    CHECK(Reader::open(path));
}

TEST_CASE("proofs made from the file hold against the ledger's root") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, std::vector<rules::Event>(199, slot_opened("A")));
    auto old_root = ledger.root();
    put(ledger, std::vector<rules::Event>(1100, slot_opened("A")));
    auto reader = read(path);
    leaf::Hasher hasher;
    leaf::SubtreeAt source = [&](unsigned level, std::uint64_t index) {
        return reader.subtree(level, index);
    };
    for (std::uint64_t index : {0U, 255U, 256U, 700U, 1299U}) {
        auto proof = leaf::inclusion_proof(hasher, source, index, ledger.size());
        REQUIRE(proof);
        auto hash = hasher.leaf_hash(*reader.leaf(index + 1));
        CHECK(leaf::verify_inclusion(hasher, hash, index, 1300, *proof, ledger.root()));
    }
    auto proof = leaf::consistency_proof(hasher, source, 200, 1300);
    REQUIRE(proof);
    CHECK(leaf::verify_consistency(hasher, 200, old_root, 1300, ledger.root(), *proof));
}

TEST_CASE("a reader that holds a state keeps the log from shrinking no longer than its deadline") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    constexpr std::uintmax_t kLimit = 16'777'216;  // the ledger's journal_size_limit
    auto wal = [&] { return std::filesystem::file_size(path + "-wal"); };
    std::vector<rules::Event> batch(1500, slot_opened("A", "S"));
    put(ledger, batch);
    auto reader = read(path);
    auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{300};
    reader.set_deadline(deadline);
    auto held = reader.hold();
    auto seen = *reader.size();
    while (wal() < kLimit + 4'000'000)
        put(ledger, batch);
    // As a search or a report does: question after question, until the deadline ends it.
    Result<std::vector<Recorded>> answer = std::vector<Recorded>{};
    while ((answer = reader.entries(0, 10'000)))
        REQUIRE(answer->size() == seen);
    CHECK(answer.error().code == Code::timeout);
    CHECK(std::chrono::steady_clock::now() >= deadline);
    CHECK(wal() > kLimit);
    held.reset();
    put(ledger, {slot_opened("A")});  // its checkpoint can finish now,
    put(ledger, {slot_opened("A")});  // and the log starts over
    CHECK(wal() <= kLimit);
    auto small = wal();
    for (int i = 0; i < 20; ++i)
        put(ledger, batch);
    CHECK(wal() <= small);
    reader.set_deadline(std::nullopt);
    CHECK(*reader.size() == ledger.size());
}
