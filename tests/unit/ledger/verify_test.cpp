#include "ledger/verify.hpp"

#include <map>

#include "catch.hpp"
#include "leaf/leaf.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

// A toy state: how often each seal was seen; stands in for the rules.
class Counts {
  public:
    Status take(const Recorded& recorded) {
        if (!recorded.event.seal.empty()) ++counts_[recorded.event.seal.str()];
        return {};
    }
    std::vector<Row> rows() const {
        std::vector<Row> out;
        for (const auto& [seal, count] : counts_)
            out.push_back(row("seal", seal, object("seen", count), count % 2 == 1));
        return out;
    }

  private:
    std::map<std::string, std::int64_t> counts_;
};

Report verified(const std::string& path, Depth depth = Depth::full) {
    Counts counts;
    VerifyOptions options;
    options.depth = depth;
    options.replay = [&](const Recorded& recorded) { return counts.take(recorded); };
    options.rows = [&] { return counts.rows(); };
    auto report = verify(path, options);
    INFO((report ? "" : report.error().detail));
    REQUIRE(report);
    if (report->first_bad) UNSCOPED_INFO(report->first_bad->reason);
    return *report;
}

// 601 entries: two full blocks and an open one; personal text at 100, a key at 200, views of A and
// B.
void fill(const std::string& path) {
    auto ledger = make(path);
    Counts counts;
    for (std::uint64_t seq = 2; seq <= 601; ++seq) {
        auto next =
            seq == 100 ? person("E1", "张伟") : slot_opened(seq % 2 != 0 ? "A" : "B", "S-1");
        std::vector<Idempotency> keys;
        if (seq == 200) {
            next = event(EventType::person_pin_set);
            next.data.add("idempotency",
                          Value{Value::Object{{"uid", Value{1000}},
                                              {"key", Value{"k"}},
                                              {"body", Value{std::string(64, 'a')}}}});
            keys.push_back({1000, "k", std::string(64, 'a'), 0});
        }
        Recorded recorded;
        recorded.event = next;
        REQUIRE(counts.take(recorded));
        REQUIRE(ledger.append(std::vector{next}, kStamp, counts.rows(), keys));
    }
}

// A copy of the filled ledger that somebody changed with the sqlite3 shell.
struct Damaged {
    Directory directory;
    std::string whole = directory.file("whole.db");
    std::string path = directory.file("ledger.db");

    Damaged() { fill(whole); }
    Report after(const std::string& sql, Depth depth = Depth::full) {
        std::filesystem::copy_file(whole, path, std::filesystem::copy_options::overwrite_existing);
        by_hand(path, sql);
        auto report = verified(path, depth);
        UNSCOPED_INFO(sql);
        CHECK_FALSE(report.ok);
        return report;
    }
    std::uint64_t first_bad(const std::string& sql, Depth depth = Depth::full) {
        auto report = after(sql, depth);
        REQUIRE(report.first_bad);
        return report.first_bad->seq;
    }
};

}  // namespace

TEST_CASE("a ledger that nobody touched verifies, with its size and root") {
    Directory directory;
    auto path = directory.file("ledger.db");
    fill(path);
    auto root = Ledger::open(path)->root();
    for (auto depth : {Depth::hashes, Depth::full}) {
        auto report = verified(path, depth);
        CHECK(report.ok);
        CHECK(report.size == 601);
        CHECK(report.root == root);
        CHECK_FALSE(report.first_bad);
    }
}

TEST_CASE("a ledger verifies at every size around the edge of a block, and while it grows") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    Counts counts;
    auto grow = [&] {
        auto next = slot_opened("A");
        Recorded recorded;
        recorded.event = next;
        REQUIRE(counts.take(recorded));
        put(ledger, {next}, counts.rows());
    };
    while (ledger.size() < 250)
        grow();
    for (; ledger.size() < 262; grow())
        REQUIRE(verified(path).ok);
    Counts seen;
    VerifyOptions options;
    int late = 0;
    options.replay = [&](const Recorded& recorded) {
        if (late < 3 && recorded.seq > 200) {
            grow();
            ++late;
        }
        return seen.take(recorded);
    };
    options.rows = [&] { return seen.rows(); };
    auto report = verify(path, options);
    REQUIRE(report);
    CHECK(report->ok);
    CHECK(report->size == 265);
}

TEST_CASE("hand-made changes to entries are found, with the first bad seq") {
    Damaged ledger;
    for (auto depth : {Depth::hashes, Depth::full}) {
        auto at = [&](const std::string& sql) { return ledger.first_bad(sql, depth); };
        CHECK(at("UPDATE entry SET leaf=replace(leaf,'A01','A02') WHERE seq IN (41, 400)") == 41);
        CHECK(at("UPDATE entry SET leaf=CAST(leaf||' ' AS BLOB) WHERE seq=42") == 42);
        CHECK(at("UPDATE entry SET leaf=zeroblob(70000) WHERE seq=43") == 43);
        CHECK(at("UPDATE entry SET hash=zeroblob(32) WHERE seq=44") == 44);
        CHECK(at("UPDATE entry SET hash=x'00' WHERE seq=45") == 45);
        CHECK(at("DELETE FROM entry WHERE seq=46") == 46);
        CHECK(at("DELETE FROM entry WHERE seq=1") == 1);
        CHECK(at("DELETE FROM entry WHERE seq>550") == 551);
        CHECK(at("INSERT INTO entry SELECT 602, leaf, hash FROM entry WHERE seq=601") == 602);
        CHECK(at("UPDATE entry SET leaf=(SELECT leaf FROM entry WHERE seq=51), hash=(SELECT hash "
                 "FROM entry WHERE seq=51) WHERE seq=49") == (depth == Depth::full ? 49 : 1));
        CHECK(at("UPDATE entry SET leaf=(SELECT leaf FROM entry WHERE seq=599), hash=(SELECT hash "
                 "FROM entry WHERE seq=599) WHERE seq=597") == (depth == Depth::full ? 597 : 513));
    }
}

TEST_CASE("an entry changed together with its hash is found by the tree, or by the chains") {
    Damaged ledger;
    auto forge = [&](std::uint64_t seq, auto change) {
        auto bytes = read(ledger.whole).leaf(seq);
        auto leaf = leaf::decode(*bytes);
        change(*leaf);
        auto forged = leaf::encode(*leaf);
        REQUIRE(forged);
        leaf::Hasher hasher;
        return "UPDATE entry SET leaf=x'" + to_hex(*forged) + "', hash=x'" +
               to_hex(hasher.leaf_hash(*forged)) + "' WHERE seq=" + std::to_string(seq);
    };
    auto later = forge(300, [](leaf::Leaf& leaf) { leaf.t.ms += 1; });
    CHECK(ledger.first_bad(later) == 257);
    CHECK(ledger.first_bad(later, Depth::hashes) == 257);
    CHECK(ledger.first_bad(forge(590, [](leaf::Leaf& leaf) { leaf.t.ms += 1; })) == 513);
    CHECK(ledger.first_bad(forge(301, [](leaf::Leaf& leaf) { leaf.sn += 1; })) == 301);
    CHECK(ledger.first_bad(forge(303, [](leaf::Leaf& leaf) { leaf.sp -= 1; })) == 303);
    CHECK(ledger.first_bad(forge(305, [](leaf::Leaf& leaf) { leaf.type = "slot.melted"; })) == 305);
    CHECK(ledger.first_bad(forge(307, [](leaf::Leaf& leaf) { leaf.data.add("x", 1); })) == 307);
    CHECK(ledger.first_bad(forge(309, [](leaf::Leaf& leaf) {
        leaf.type = "ledger.created";
        leaf.data = {};
    })) == 309);
    CHECK(ledger.first_bad(forge(1, [](leaf::Leaf& leaf) {
        leaf.data = Value{Value::Object{{"format", Value{1}},
                                        {"origin", Value{"seals.test/cab-1"}},
                                        {"simulated", Value{true}}}};
    })) == 1);
}

TEST_CASE("hand-made changes to the tree, the chains and the index rows are found") {
    Damaged ledger;
    auto at = [&](const std::string& sql) { return ledger.first_bad(sql); };
    CHECK(at("UPDATE head SET root=zeroblob(32) WHERE seal=''") == 513);
    CHECK(at("UPDATE head SET sn=600 WHERE seal=''") == 601);
    CHECK(at("DELETE FROM head WHERE seal=''") == 1);
    CHECK(at("UPDATE block SET root=zeroblob(32) WHERE n=1") == 257);
    CHECK(at("DELETE FROM block WHERE n=0") == 1);
    CHECK(at("INSERT INTO block VALUES(2, zeroblob(32))") == 513);
    CHECK(at("UPDATE head SET sn=sn+1 WHERE seal='A'") == 601);
    CHECK(at("UPDATE head SET seq=seq-2 WHERE seal='B'") == 600);
    CHECK(at("DELETE FROM head WHERE seal='B'") == 600);
    CHECK(at("INSERT INTO head VALUES('C', 1, 77, NULL)") == 77);
    CHECK(at("DELETE FROM link WHERE n=1 AND kind=2 AND id='A'") == 257);
    CHECK(at("UPDATE link SET id='S-2' WHERE n=0 AND kind=1") == 1);
    CHECK(at("UPDATE link SET places=x'07' WHERE n=1 AND kind=4") == 257);
    CHECK(at("UPDATE link SET places=places||x'00' WHERE n=1 AND kind=2 AND id='B'") != 0);
    CHECK(at("INSERT INTO link VALUES(1, 'S-2', 2, x'00')") == 513);
    CHECK(at("INSERT INTO link VALUES(1, 'S-2', -5, x'00')") == 513);
}

TEST_CASE("hand-made changes to vault text, keys and views are found") {
    Damaged ledger;
    auto at = [&](const std::string& sql) { return ledger.first_bad(sql); };
    CHECK(at("UPDATE personal SET text='张炜'") == 100);
    CHECK(at("UPDATE personal SET salt=zeroblob(16)") == 100);
    CHECK(at("UPDATE personal SET salt=x''") == 100);
    CHECK(at("UPDATE personal SET seq=101") == 101);
    CHECK(at("UPDATE personal SET field='phone'") == 100);
    CHECK(at("UPDATE personal SET seq=900") == 900);
    CHECK(at("UPDATE idempotency SET body='x'") == 200);
    CHECK(at("UPDATE idempotency SET seq=201") == 200);
    CHECK(at("UPDATE idempotency SET uid=0") == 200);
    CHECK(at("DELETE FROM idempotency") == 200);
    CHECK(at("INSERT INTO idempotency VALUES(1, 'other', 'b', 300, 5)") == 300);
    CHECK(at("UPDATE view SET body=replace(body,'seen','been') WHERE id='A'") == 0);
    CHECK(at("UPDATE view SET live=NOT live WHERE id='B'") == 0);
    CHECK(at("UPDATE view SET live=77 WHERE id='A'") == 0);
    CHECK(at("DELETE FROM view WHERE id='A'") == 0);
    CHECK(at("DELETE FROM view WHERE id='B'") == 0);
    CHECK(at("INSERT INTO view VALUES('seal','AA',1,x'00')") == 0);
    CHECK(at("INSERT INTO view VALUES('slot','A',1,x'00')") == 0);
    CHECK_THAT(ledger.after("DELETE FROM view WHERE id='A'").first_bad->reason,
               ContainsSubstring("seal/A is missing"));
}

TEST_CASE("text that the vault may have lost is no finding") {
    Damaged ledger;
    by_hand(ledger.whole, "DELETE FROM personal");
    CHECK(verified(ledger.whole).ok);
}

TEST_CASE("what the rules cannot replay is a finding") {
    Directory directory;
    auto path = directory.file("ledger.db");
    fill(path);
    VerifyOptions options;
    options.replay = [](const Recorded& recorded) {
        return recorded.seq == 77 ? Status{internal("two loans on one seal")} : Status{};
    };
    auto report = verify(path, options);
    REQUIRE(report);
    CHECK_FALSE(report->ok);
    CHECK(report->first_bad->seq == 77);
    CHECK_THAT(report->first_bad->reason, ContainsSubstring("two loans"));
}

TEST_CASE("the replay gets vault text as far as it is there") {
    Directory directory;
    auto path = directory.file("ledger.db");
    fill(path);
    std::string name;
    VerifyOptions options;
    options.replay = [&](const Recorded& recorded) {
        if (recorded.seq == 100) name = recorded.event.personal.at(0).second;
        return Status{};
    };
    REQUIRE(verify(path, options));
    CHECK(name == "张伟");
}

TEST_CASE("a verification tells how far it is, and stops when told") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, std::vector<rules::Event>(9000, slot_opened("A")));
    std::atomic<bool> cancel{false};
    std::vector<std::uint64_t> seen;
    VerifyOptions options;
    options.progress = [&](std::uint64_t done, std::uint64_t size) {
        CHECK(size == 9001);
        seen.push_back(done);
        if (done > 5000) cancel = true;
    };
    options.cancel = &cancel;
    auto report = verify(path, options);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == Code::unavailable);
    CHECK(seen == std::vector<std::uint64_t>{4096, 8192});
}

TEST_CASE("a damaged or foreign file is reported, not crashed on") {
    Directory directory;
    auto path = directory.file("ledger.db");
    CHECK(verify(path).error().code == Code::unavailable);
    fill(path);
    // the page behind the header holds entries or tables; either way something is gone
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 3);
    auto report = verify(path);
    REQUIRE(report);
    CHECK_FALSE(report->ok);
    CHECK(report->first_bad);
}
