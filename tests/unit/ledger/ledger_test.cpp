#include "ledger/ledger.hpp"

#include <sys/stat.h>

#include "catch.hpp"
#include "leaf/leaf.hpp"
#include "ledger/schema.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

Result<Ledger> reopen(const std::string& path) {
    return Ledger::open(path);
}

std::uint64_t first_bad(const std::string& path) {
    auto ledger = Ledger::open(path);
    REQUIRE_FALSE(ledger);
    INFO(ledger.error().detail);
    CHECK(ledger.error().code == Code::corrupt);
    CHECK_FALSE(ledger.error().remedy.empty());
    REQUIRE(ledger.error().seq);
    return static_cast<std::uint64_t>(*ledger.error().seq);
}

}  // namespace

TEST_CASE("a new ledger begins with the leaf that says whose it is, and whether it is simulated") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    CHECK(ledger.size() == 1);
    CHECK(ledger.last_time() == kStart);
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    auto bytes = read(path).leaf(1);
    REQUIRE(bytes);
    CHECK(as_text(*bytes) ==
          R"({"actor":{"id":"sealsd","kind":"device"},"boot":"boot-1","data":{"format":1,)"
          R"("origin":"seals.test/cab-1/sim","simulated":true},"mono":1000,"seq":1,)"
          R"("t":1795651200000,"type":"ledger.created","v":1})");
}

TEST_CASE("origin and kind are kept by the file, not by the caller") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto root = make(path).root();
    auto ledger = reopen(path);
    REQUIRE(ledger);
    CHECK(ledger->origin() == "seals.test/cab-1/sim");
    CHECK(ledger->simulated());
    CHECK(ledger->next_seq() == 2);
    CHECK(ledger->root() == root);
}

TEST_CASE(
    "a simulated ledger is told from a real one by its origin, and no other origin is taken") {
    Directory directory;
    auto refused = [&](const std::string& origin, bool simulated) {
        auto made = Ledger::create(directory.file("x.db"), {origin, simulated}, kStart, kStamp);
        REQUIRE_FALSE(made);
        CHECK(made.error().field == "origin");
    };
    refused("seals.test/cab-1", true);
    refused("seals.test/cab-1/sim", false);
    refused("", false);
    refused("seals test/cab", false);
    refused("seals.test/a+b", false);
    CHECK(Ledger::create(directory.file("x.db"), {"seals.test/cab-1", false}, kStart, kStamp));
}

TEST_CASE("a ledger is never made over another one") {
    Directory directory;
    auto path = directory.file("ledger.db");
    make(path);
    CHECK(Ledger::create(path, kBirth, kStart, kStamp).error().code == Code::conflict);
}

TEST_CASE("no file, an empty file and a birth cut off before its first leaf are no ledger yet") {
    Directory directory;
    CHECK(reopen(directory.file("none.db")).error().code == Code::not_found);
    auto path = directory.file("cut.db");
    by_hand(path, "CREATE TABLE t(x); DROP TABLE t;");
    CHECK(reopen(path).error().code == Code::not_found);
    make(path);
    auto half = directory.file("half.db");
    make(half);
    by_hand(half, "DELETE FROM entry; DELETE FROM head");
    CHECK(reopen(half).error().code == Code::not_found);
    CHECK(make(half).size() == 1);
}

TEST_CASE("a file that is no ledger is left alone") {
    Directory directory;
    auto path = directory.file("other.db");
    by_hand(path, "CREATE TABLE t(x)");
    CHECK(reopen(path).error().code == Code::corrupt);
    CHECK(Ledger::create(path, kBirth, kStart, kStamp).error().code == Code::corrupt);
}

TEST_CASE("the writer numbers entries, and each seal's entries by themselves") {
    Directory directory;
    auto path = directory.file("ledger.db");
    {
        auto ledger = make(path);
        auto batch = put(ledger, {slot_opened("A"), slot_opened("B"), slot_opened("A"),
                                  event(EventType::device_booted)});
        CHECK(batch[0].seq == 2);
        CHECK((batch[0].sn == 1 && batch[0].sp == 0));
        CHECK((batch[1].sn == 1 && batch[1].sp == 0));
        CHECK((batch[2].sn == 2 && batch[2].sp == 2));
        CHECK((batch[3].sn == 0 && batch[3].sp == 0));
    }
    auto ledger = reopen(path);
    REQUIRE(ledger);
    auto later = put(*ledger, {slot_opened("B"), slot_opened("A")});
    CHECK((later[0].seq == 6 && later[0].sn == 2 && later[0].sp == 3));
    CHECK((later[1].seq == 7 && later[1].sn == 3 && later[1].sp == 4));
}

TEST_CASE("what an append returns is what a replay reads") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto rich = event(EventType::request_accepted, kStart.ms + 5);
    rich.request = RequestId{"YY-1"};
    rich.doc = std::string(64, 'a');
    rich.img = {std::string(64, 'b')};
    rich.data.add("source", "oa");
    rich.data.add(
        "lines",
        Value{Value::Array{Value{Value::Object{{"seal", Value{"A"}},
                                               {"copies", Value{2}},
                                               {"users", Value{Value::Array{Value{"E1"}}}}}}}});
    rich.data.add("applicant", "E1");
    rich.personal = {{"title", "合同"}, {"place", "上海"}};
    auto plain = event(EventType::device_booted, kStart.ms + 6);
    plain.data = Value{Value::Object{}};
    auto returned = put(ledger, {rich, plain});
    auto replayed = read(path).entries(1, 10);
    REQUIRE(replayed);
    REQUIRE(replayed->size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK((*replayed)[i].event == returned[i].event);
        CHECK((*replayed)[i].seq == returned[i].seq);
        CHECK((*replayed)[i].at == returned[i].at);
        CHECK((*replayed)[i].boot == returned[i].boot);
    }
    CHECK(returned[1].event.data.is_null());
}

TEST_CASE("personal text stands in the vault, and only its commitment in the leaf") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    // é as e + combining accent: the commitment is over the composed form
    auto recorded = put(ledger, {person("E1", "Rene\u0301"), person("E2", "Rene\u0301")});
    CHECK(recorded[0].event.personal[0].second == "Ren\u00e9");
    auto reader = read(path);
    auto first = leaf::decode(*reader.leaf(2));
    auto second = leaf::decode(*reader.leaf(3));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(as_text(*reader.leaf(2)).find("Ren") == std::string_view::npos);
    REQUIRE(first->c.size() == 1);
    CHECK(first->c[0].first == "name");
    CHECK(first->c[0].second != second->c[0].second);
    CHECK(reader.personal(2)->front().second == "Ren\u00e9");
}

TEST_CASE("an entry is readable when the vault no longer has its text") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, {person("E1", "张伟")});
    by_hand(path, "DELETE FROM personal");
    auto entry = read(path).entry(2);
    REQUIRE(entry);
    CHECK(entry->event.person.str() == "E1");
    CHECK(entry->event.personal.empty());
}

TEST_CASE("an event beyond the tables is refused, and nothing of its batch happens") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto refused = [&](rules::Event bad) {
        auto appended = ledger.append(std::vector{slot_opened("A"), std::move(bad)}, kStamp);
        REQUIRE_FALSE(appended);
        CHECK(appended.error().code == Code::internal);
        CHECK_THAT(appended.error().detail, ContainsSubstring("event 1"));
    };
    auto bad = slot_opened("A");
    bad.data.add("colour", "red");
    refused(bad);
    bad = slot_opened("A");
    bad.personal = {{"name", "x"}};
    refused(bad);
    bad = slot_opened("A");
    bad.actor.kind = "ghost";
    refused(bad);
    bad = person("E1", "\xff");
    refused(bad);
    bad = event(EventType::policy_loaded);
    bad.data.add("text", std::string(70'000, 'x'));
    refused(bad);
    CHECK(ledger.size() == 1);
    CHECK(*read(path).size() == 1);
    CHECK(put(ledger, {slot_opened("A")})[0].sn == 1);
}

TEST_CASE("rows are put, changed, retired and dropped together with their events") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    put(ledger, {slot_opened("A")},
        {row("seal", "A", object("state", "active")), row("seal", "B", object("state", "new")),
         row("session", "S1", object("n", 1))});
    auto reader = read(path);
    CHECK(reader.live_rows(kStart)->size() == 3);
    put(ledger, {slot_opened("A")},
        {row("seal", "A", object("state", "lost")),
         row("session", "S1", object("n", 2), false),
         {"seal", "B", true, std::nullopt}});
    auto live = reader.live_rows(kStart);
    REQUIRE(live);
    REQUIRE(live->size() == 1);
    CHECK(live->front() == row("seal", "A", object("state", "lost")));
    CHECK(**reader.row("session", "S1") == row("session", "S1", object("n", 2), false));
    CHECK_FALSE(*reader.row("seal", "B"));
    put(ledger, {slot_opened("A")}, {row("session", "S1", object("n", 3), true)});
    CHECK(reader.live_rows(kStart)->size() == 2);
}

TEST_CASE(
    "a row that is live until a time is loaded until then, whether or not it is touched again") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto request = row("request", "R", object("n", 1));
    request.until = kStart + milliseconds{1000};
    put(ledger, {slot_opened("A")}, {row("seal", "A", object("n", 1)), request});
    auto reader = read(path);
    auto loaded = [&](std::int64_t after) {
        auto rows = reader.live_rows(kStart + milliseconds{after});
        REQUIRE(rows);
        return rows->size();
    };
    CHECK(loaded(0) == 2);
    CHECK(loaded(1000) == 2);
    CHECK(loaded(1001) == 1);
    CHECK(**reader.row("request", "R") == request);
    request.until = kStart + milliseconds{5000};
    put(ledger, {slot_opened("A")}, {request});
    CHECK(loaded(1001) == 2);
    request.until.reset();
    put(ledger, {slot_opened("A")}, {request});
    CHECK(loaded(1'000'000) == 2);
    request.live = false;
    put(ledger, {slot_opened("A")}, {request});
    CHECK(loaded(0) == 1);
}

TEST_CASE("a row that canonical JSON cannot hold fails its batch before anything is written") {
    Directory directory;
    auto ledger = make(directory.file("ledger.db"));
    auto rows = std::vector{row("seal", "A", object("weight", 1.5))};
    CHECK(ledger.append(std::vector{slot_opened("A")}, kStamp, rows).error().code ==
          Code::internal);
    CHECK(ledger.size() == 1);
}

TEST_CASE("an idempotency key stands for its first leaf, and is taken once") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto events = std::vector{slot_opened("A"), slot_opened("B", "", kStart.ms + 9)};
    auto keys = std::vector<Idempotency>{{1000, "k", std::string(64, 'a'), 1}};
    REQUIRE(ledger.append(events, kStamp, {}, keys));
    auto reader = read(path);
    auto outcome = reader.idempotency(1000, "k");
    REQUIRE(outcome);
    REQUIRE(*outcome);
    CHECK((*outcome)->seq == 3);
    CHECK((*outcome)->at.ms == kStart.ms + 9);
    CHECK((*outcome)->body_sha256 == std::string(64, 'a'));
    CHECK_FALSE(*reader.idempotency(1001, "k"));
    CHECK(ledger.append(events, kStamp, {}, keys).error().code == Code::conflict);
    CHECK(*reader.size() == 3);
    CHECK(put(ledger, {slot_opened("A")})[0].seq == 4);
    keys[0].event = 2;
    CHECK(ledger.append(events, kStamp, {}, keys).error().code == Code::internal);
}

TEST_CASE("secrets are kept beside the entries, replaced and dropped") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto put_secret = [&](std::optional<Bytes> blob) {
        auto secrets = std::vector<Secret>{{"pin", "E1", std::move(blob)}};
        REQUIRE(
            ledger.append(std::vector{event(EventType::person_pin_set)}, kStamp, {}, {}, secrets));
    };
    auto reader = read(path);
    put_secret(Bytes{1, 2});
    CHECK(**reader.secret("pin", "E1") == Bytes{1, 2});
    put_secret(Bytes{3});
    CHECK(**reader.secret("pin", "E1") == Bytes{3});
    put_secret(std::nullopt);
    CHECK_FALSE(*reader.secret("pin", "E1"));
}

TEST_CASE("the tree goes on across blocks and reopenings as if it had been grown at once") {
    Directory directory;
    auto path = directory.file("ledger.db");
    make(path);
    std::size_t sizes[] = {1, 253, 1, 1, 1, 300, 255, 700};
    for (auto size : sizes) {
        auto ledger = reopen(path);
        REQUIRE(ledger);
        put(*ledger, std::vector<rules::Event>(size, slot_opened("A", "S")));
    }
    auto ledger = reopen(path);
    REQUIRE(ledger);
    auto reader = read(path);
    leaf::Hasher hasher;
    leaf::Frontier tree;
    for (std::uint64_t seq = 1; seq <= ledger->size(); ++seq)
        tree.append(hasher, hasher.leaf_hash(*reader.leaf(seq)));
    CHECK(ledger->size() == 1513);
    CHECK(tree.root(hasher) == ledger->root());
}

TEST_CASE("the start finds damage at the tail and names the first bad entry") {
    Directory directory;
    auto path = directory.file("ledger.db");
    {
        auto ledger = make(path);
        std::vector<rules::Event> events;
        for (int i = 0; i < 299; ++i)
            events.push_back(slot_opened(i % 2 != 0 ? "A" : "B"));
        put(ledger, events);
        put(ledger, {person("E1", "张伟")});
    }
    auto damaged = [&](const std::string& sql) {
        auto copy = directory.file("copy.db");
        std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
        by_hand(copy, sql);
        auto seq = first_bad(copy);
        std::filesystem::remove(copy);
        return seq;
    };
    CHECK(damaged("UPDATE entry SET leaf=replace(leaf,'A01','A02') WHERE seq=280") == 280);
    CHECK(damaged("UPDATE entry SET hash=zeroblob(32) WHERE seq=281") == 281);
    CHECK(damaged("DELETE FROM entry WHERE seq=282") == 282);
    CHECK(damaged("DELETE FROM entry WHERE seq>290") == 291);
    CHECK(damaged("INSERT INTO entry SELECT 302, leaf, hash FROM entry WHERE seq=301") == 302);
    CHECK(damaged("UPDATE entry SET leaf=(SELECT leaf FROM entry WHERE seq=284), hash=(SELECT "
                  "hash FROM entry WHERE seq=284) WHERE seq=283") == 283);
    CHECK(damaged("UPDATE head SET sn=299 WHERE seal=''") == 300);
    CHECK(damaged("UPDATE head SET root=zeroblob(32) WHERE seal=''") == 257);
    CHECK(damaged("UPDATE block SET root=zeroblob(32)") == 257);
    CHECK(damaged("DELETE FROM block") == 1);
    CHECK(damaged("UPDATE head SET sn=148 WHERE seal='A'") == 299);
    CHECK(damaged("DELETE FROM head WHERE seal='B'") == 300);
    CHECK(damaged("UPDATE entry SET leaf=x'00' WHERE seq=1") == 1);
}

TEST_CASE("a truncated or scribbled file is corrupt, not a crash") {
    Directory directory;
    auto path = directory.file("ledger.db");
    {
        auto ledger = make(path);
        put(ledger, std::vector<rules::Event>(300, slot_opened("A")));
    }
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    CHECK(reopen(path).error().code == Code::corrupt);
    std::filesystem::resize_file(path, 0);
    CHECK(reopen(path).error().code == Code::not_found);
    auto rubbish = directory.file("rubbish.db");
    FILE* file = std::fopen(rubbish.c_str(), "w");
    std::fputs(std::string(9000, 'x').c_str(), file);
    std::fclose(file);
    CHECK(reopen(rubbish).error().code == Code::corrupt);
}

TEST_CASE("a schema step brings an older file forward, once, and a failed step changes nothing") {
    Directory directory;
    auto path = directory.file("ledger.db");
    make(path);
    const int now = current_schema().version;
    const Migration kSteps[] = {
        {now, "ALTER TABLE view ADD COLUMN colour TEXT;"},
        {now + 1, "CREATE TABLE extra(x);"},
    };
    const Migration kBroken[] = {{now, "CREATE TABLE half(x); CREATE TABLE half(x);"}};
    CHECK_FALSE(Ledger::open(path, {{}, {now + 1, kBroken}}));
    CHECK(Ledger::open(path));
    {
        auto ledger = Ledger::open(path, {{}, {now + 2, kSteps}});
        REQUIRE(ledger);
        CHECK(put(*ledger, {slot_opened("A")})[0].seq == 2);
    }
    by_hand(path, "SELECT colour FROM view; SELECT x FROM extra;");
    CHECK(Ledger::open(path, {{}, {now + 2, kSteps}}));
    SECTION("and an older program leaves the newer file alone") {
        CHECK(Ledger::open(path).error().code == Code::unavailable);
        CHECK(Reader::open(path).error().code == Code::unavailable);
    }
    SECTION("and a version that no step leads away from is refused") {
        CHECK(Ledger::open(path, {{}, {now + 4, kSteps}}).error().code == Code::unavailable);
    }
}

TEST_CASE(
    "a batch that meets another process's lock fails without a trace and may be tried again") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(ledger.append(std::vector{slot_opened("A")}, kStamp).error().code == Code::unavailable);
    CHECK_FALSE(ledger.stopped());
    sqlite3_close(other);
    CHECK(put(ledger, {slot_opened("A")})[0].seq == 2);
}
