#include <array>

#include "leaf/checkpoint.hpp"
#include "leaf/dump.hpp"
#include "ledger/copy.hpp"
#include "ledger/verify.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

rules::Event rollback(const std::string& origin, std::int64_t kept) {
    auto out = event(EventType::rolled_back);
    out.data.add("origin", origin);
    out.data.add("kept", kept);
    out.data.add("held_size", kept + 5);
    out.data.add("held_root", "");
    out.personal = {{"basis", "the disk died"}};
    return out;
}

void fill(Ledger& ledger, int count) {
    for (int i = 0; i < count; ++i)
        put(ledger, {slot_opened("S" + std::to_string(i % 3))});
}

std::vector<GivenLeaf> leaves_of(const std::string& path, std::uint64_t from, std::uint64_t to) {
    auto reader = Reader::open(path);
    REQUIRE(reader);
    std::vector<GivenLeaf> out;
    for (auto seq = from; seq <= to; ++seq)
        out.push_back({*reader->leaf(seq), *reader->openings(seq)});
    return out;
}

bool verifies(const std::string& path) {
    auto report = verify(path);
    REQUIRE(report);
    INFO((report->first_bad ? report->first_bad->reason : ""));
    return report->ok;
}

}  // namespace

TEST_CASE("a ledger goes on under the origin of its newest rollback, however many entries follow") {
    Directory dir;
    auto after = GENERATE(0, 3, 600);
    {
        auto ledger = make(dir.file("ledger.db"));
        fill(ledger, 4);
        put(ledger, {rollback("seals.test/cab-1/e2/sim", 5)});
        CHECK(ledger.origin() == "seals.test/cab-1/e2/sim");
        fill(ledger, after);
    }
    auto again = Ledger::open(dir.file("ledger.db"));
    REQUIRE(again);
    CHECK(again->origin() == "seals.test/cab-1/e2/sim");
    CHECK(verifies(dir.file("ledger.db")));
}

TEST_CASE("a rollback to the same origin, an earlier one or another cabinet's is found") {
    Directory dir;
    auto origin =
        GENERATE(as<std::string>{}, "seals.test/cab-1/sim", "seals.test/cab-1/e2", "x/y/e2/sim");
    auto ledger = make(dir.file("ledger.db"));
    put(ledger, {rollback(origin, 1)});
    auto report = verify(dir.file("ledger.db"));
    REQUIRE(report);
    REQUIRE(report->first_bad);
    CHECK(report->first_bad->seq == 2);
}

TEST_CASE("what a key of the origin before signs after a rollback is found") {
    Directory dir;
    auto path = dir.file("ledger.db");
    auto key = leaf::SigningKey::generate();
    REQUIRE(key);
    auto sign = [&](Ledger& ledger, const std::string& origin) {
        leaf::Checkpoint now{origin, ledger.size(), ledger.root()};
        REQUIRE(ledger.keep_checkpoint(
            {now.size, Instant{1}, leaf::signed_checkpoint(now, *key), true}));
    };
    auto name_key = [&](Ledger& ledger, const std::string& origin) {
        auto made = event(EventType::key_made);
        made.data.add("vkey",
                      leaf::PublicKey{origin, leaf::KeyType::signs, key->public_key()}.vkey());
        put(ledger, {made});
    };
    const std::string next = "seals.test/cab-1/e2/sim";
    auto ledger = make(path);
    name_key(ledger, kBirth.origin);
    sign(ledger, kBirth.origin);
    put(ledger, {rollback(next, 2)});
    SECTION("over the rollback itself") {
        sign(ledger, kBirth.origin);
        CHECK_FALSE(verifies(path));
    }
    SECTION("after the next key") {
        name_key(ledger, next);
        sign(ledger, kBirth.origin);
        CHECK_FALSE(verifies(path));
    }
    SECTION("and what is signed under the next origin is right") {
        name_key(ledger, next);
        sign(ledger, next);
        CHECK(verifies(path));
    }
}

TEST_CASE("a dump changes its origin with a rollback, and knows which checkpoint is of which") {
    Directory dir;
    auto ledger = make(dir.file("ledger.db"));
    fill(ledger, 2);
    put(ledger, {rollback("seals.test/cab-1/e2/sim", 3)});
    fill(ledger, 1);
    leaf::DumpCheck check;
    for (const auto& given : leaves_of(dir.file("ledger.db"), 1, 5))
        REQUIRE(check.take(given.leaf));
    CHECK(check.origin_at(3) == "seals.test/cab-1/sim");
    CHECK(check.origin_at(4) == "seals.test/cab-1/e2/sim");
    CHECK(check.origin() == "seals.test/cab-1/e2/sim");
}

TEST_CASE("leaves of another copy continue a ledger byte for byte, texts and keys with them") {
    Directory dir;
    auto copy = dir.file("copy.db");
    {
        auto ledger = make(dir.file("ledger.db"));
        fill(ledger, 3);
        REQUIRE(copy_ledger(dir.file("ledger.db"), copy));
        fill(ledger, 300);
        put(ledger, {person("E1", "赵一")});
        auto keyed = event(EventType::legalhold_set);
        keyed.data.add("idempotency", [] {
            Value key;
            key.add("uid", 7);
            key.add("key", "k");
            key.add("body", "b");
            return key;
        }());
        std::array keys{Idempotency{7, "k", "b", 0}};
        REQUIRE(ledger.append({&keyed, 1}, kStamp, {}, keys));
    }
    auto ledger = Ledger::open(copy);
    REQUIRE(ledger);
    auto rest = leaves_of(dir.file("ledger.db"), 5, 306);
    auto done = ledger->extend(rest);
    INFO((done ? "" : done.error().detail));
    REQUIRE(done);
    CHECK(done->size() == 302);
    auto whole = Reader::open(dir.file("ledger.db"));
    auto ours = Reader::open(copy);
    REQUIRE((whole && ours));
    CHECK(*ours->root() == *whole->root());
    CHECK(ours->personal(305)->at(0).second == "赵一");
    CHECK((*ours->idempotency(7, "k"))->seq == 306);
    CHECK(verifies(copy));
}

TEST_CASE(
    "a leaf that does not continue the ledger is refused with its seq, and nothing is written") {
    Directory dir;
    auto copy = dir.file("copy.db");
    auto ledger = make(dir.file("ledger.db"));
    fill(ledger, 4);
    REQUIRE(copy_ledger(dir.file("ledger.db"), copy));
    fill(ledger, 4);
    auto shorter = Ledger::open(copy);
    REQUIRE(shorter);
    auto rest = leaves_of(dir.file("ledger.db"), 6, 9);
    SECTION("one is left out") {
        rest.erase(rest.begin());
    }
    SECTION("one comes twice") {
        rest.insert(rest.begin(), rest.front());
    }
    SECTION("one is cut") {
        rest[1].leaf.pop_back();
    }
    SECTION("a birth") {
        rest = leaves_of(dir.file("ledger.db"), 1, 1);
    }
    auto done = shorter->extend(rest);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Code::corrupt);
    CHECK(done.error().seq);
    CHECK(shorter->size() == 5);
}

TEST_CASE("a copy is one file of one state, made while the ledger grows") {
    Directory dir;
    auto ledger = make(dir.file("ledger.db"));
    fill(ledger, 50);
    REQUIRE(copy_ledger(dir.file("ledger.db"), dir.file("copy.db")));
    fill(ledger, 50);
    CHECK(std::filesystem::exists(dir.file("copy.db")));
    CHECK_FALSE(std::filesystem::exists(dir.file("copy.db-wal")));
    auto reader = Reader::open(dir.file("copy.db"));
    REQUIRE(reader);
    CHECK(*reader->size() == 51);
    auto mode = std::filesystem::status(dir.file("copy.db")).permissions();
    CHECK((mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
          std::filesystem::perms::none);
}

TEST_CASE("a copy replaces nothing, and one that is cancelled leaves nothing") {
    Directory dir;
    auto ledger = make(dir.file("ledger.db"));
    fill(ledger, 300);
    std::atomic<bool> cancel{true};
    CopyOptions options;
    options.cancel = &cancel;
    CHECK_FALSE(copy_ledger(dir.file("ledger.db"), dir.file("copy.db"), options));
    CHECK_FALSE(std::filesystem::exists(dir.file("copy.db")));
    REQUIRE(copy_ledger(dir.file("ledger.db"), dir.file("copy.db")));
    CHECK_FALSE(copy_ledger(dir.file("ledger.db"), dir.file("copy.db")));
    CHECK(std::filesystem::exists(dir.file("copy.db")));
}
