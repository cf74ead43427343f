#include "ledger/recent.hpp"

#include <map>
#include <random>

#include "catch.hpp"
#include "ledger/verify.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

Recent some_changes() {
    Recent out;
    out.heads["YZ-1"] = {3, 17};
    out.rows[{"seal", "YZ-1"}] = {INT64_MAX, Bytes{'{', '}'}};
    out.rows[{"session", "印"}] = {0, Bytes{}};
    out.rows[{"slot", "A01"}] = {5, std::nullopt};
    return out;
}

// The views as they must be, kept beside the ledger.
class Model {
  public:
    // Up to four rows put, retired or dropped at random.
    std::vector<Row> change(std::mt19937& random) {
        std::map<std::string, Row> changed;
        for (auto n = random() % 4; n > 0; --n) {
            auto id = "R" + std::to_string(random() % 30);
            auto next = row("request", id, object("n", static_cast<std::int64_t>(random() % 1000)),
                            random() % 3 != 0);
            if (random() % 3 == 0) next.until = kStart + milliseconds{random() % 3 * 1000};
            if (!next.live) next.until.reset();
            if (random() % 5 == 0) next.body.reset();
            changed[id] = next;
        }
        std::vector<Row> out;
        for (auto& [id, next] : changed) {
            rows_.erase(id);
            if (next.body) rows_[id] = next;
            out.push_back(std::move(next));
        }
        return out;
    }
    std::vector<Row> all() const {
        std::vector<Row> out;
        for (const auto& [id, kept] : rows_)
            out.push_back(kept);
        return out;
    }
    std::vector<Row> live(Instant now) const {
        auto out = all();
        std::erase_if(out, [&](const Row& kept) {
            return !kept.live || (kept.until && kept.until->ms < now.ms);
        });
        return out;
    }

  private:
    std::map<std::string, Row> rows_;
};

void check_views(Reader& reader, const Model& model, std::mt19937& random) {
    auto now = kStart + milliseconds{random() % 3000};
    REQUIRE(*reader.live_rows(now) == model.live(now));
    REQUIRE(*reader.rows("request", "", 1000) == model.all());
    std::vector<Row> paged;
    std::string after;
    for (;;) {
        auto page = reader.rows("request", after, 1 + random() % 7);
        REQUIRE(page);
        if (page->empty()) break;
        paged.insert(paged.end(), page->begin(), page->end());
        after = page->back().id;
    }
    REQUIRE(paged == model.all());
    for (const auto& kept : model.all())
        REQUIRE(**reader.row("request", kept.id) == kept);
    REQUIRE_FALSE(*reader.row("request", "R30"));
}

Report verified(const std::string& path, const std::vector<Row>& rows) {
    VerifyOptions options;
    options.replay = [](const Recorded&) { return Status{}; };
    options.rows = [&] { return rows; };
    auto report = verify(path, options);
    REQUIRE(report);
    if (report->first_bad) UNSCOPED_INFO(report->first_bad->reason);
    return *report;
}

// What a power cut leaves: the files as they are while the ledger is open.
std::string copy_of(const Directory& directory, const std::string& path) {
    auto copy = directory.file("copy.db");
    for (const char* suffix : {"", "-wal"})
        std::filesystem::copy_file(path + suffix, copy + suffix,
                                   std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove(copy + "-shm");
    return copy;
}

std::uint64_t tree_size(const std::string& path) {
    auto database = Database::open(path, Access::read, {});
    REQUIRE(database);
    auto tree = read_tree(*database);
    REQUIRE(tree);
    REQUIRE(*tree);
    return (*tree)->size;
}

}  // namespace

TEST_CASE("what a commit changes is read back as it was packed, and cut bytes are refused") {
    auto changes = some_changes();
    auto bytes = changes.pack();
    auto back = Recent::unpack(bytes);
    REQUIRE(back);
    CHECK(*back == changes);
    auto end = bytes.size();
    while (bytes[end - 1] == 0)
        --end;
    for (std::size_t size = 0; size < end; ++size)
        CHECK(Recent::unpack(ByteView(bytes).first(size)).error().code == Code::corrupt);
    auto longer = bytes;
    longer.back() = 1;
    CHECK_FALSE(Recent::unpack(longer));
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
        auto bent = changes.pack();
        bent[random() % bent.size()] = static_cast<std::uint8_t>(random());
        (void)Recent::unpack(bent);
    }
}

TEST_CASE("the later change of a row or chain wins") {
    auto sum = some_changes();
    Recent later;
    later.heads["YZ-1"] = {4, 20};
    later.rows[{"seal", "YZ-1"}] = {0, std::nullopt};
    sum.merge(later);
    CHECK(sum.heads["YZ-1"] == Head{4, 20});
    CHECK_FALSE(sum.rows.at({"seal", "YZ-1"}).body);
    CHECK(sum.rows.size() == 3);
}

TEST_CASE("readers see every commit's rows at once, wherever they stand") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto reader = read(path);
    std::mt19937 random(17);
    Model model;
    for (int commit = 0; commit < 600; ++commit) {
        put(ledger, {slot_opened("A")}, model.change(random));
        if (commit % 3 == 0) check_views(reader, model, random);
        REQUIRE(reader.heads()->front().seq == ledger.size());
        REQUIRE(tree_size(path) == ledger.size());
    }
}

TEST_CASE("a ledger that was cut off goes on where it was, views and chains included") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    std::mt19937 random(23);
    Model model;
    for (int commit = 0; commit < 400; ++commit) {
        put(ledger, {slot_opened(commit % 2 != 0 ? "A" : "B")}, model.change(random));
        if (commit % 17 != 0) continue;
        auto copy = copy_of(directory, path);
        REQUIRE(verified(copy, model.all()).ok);
        auto again = Ledger::open(copy);
        REQUIRE(again);
        CHECK(again->size() == ledger.size());
        CHECK(again->root() == ledger.root());
        auto next = put(*again, {slot_opened("A"), slot_opened("B")});
        CHECK(next[0].sn + next[1].sn == ledger.size() + 1);
        auto reader = read(copy);
        check_views(reader, model, random);
        REQUIRE(verified(copy, model.all()).ok);
    }
}

TEST_CASE("after an orderly end the views stand in their tables") {
    Directory directory;
    auto path = directory.file("ledger.db");
    {
        auto ledger = make(path);
        put(ledger, {slot_opened("A")}, {row("seal", "A", object("n", 1))});
    }
    auto database = Database::open(path, Access::read, {});
    REQUIRE(database);
    CHECK(*database->number("SELECT count(*) FROM recent") == 0);
    CHECK(*database->number("SELECT count(*) FROM ring") == 0);
    CHECK(*database->number("SELECT count(*) FROM view") == 1);
    CHECK(*database->number("SELECT sn FROM head WHERE seal=''") == 2);
}

TEST_CASE("views made anew take the place of all rows, the recent ones as well") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    std::vector<rules::Event> many(300, slot_opened("A"));
    put(ledger, many, {row("seal", "A", object("n", 1)), row("seal", "B", object("n", 1))});
    put(ledger, {slot_opened("B")}, {row("seal", "C", object("n", 1))});
    auto rows = std::vector{row("seal", "B", object("n", 2)), row("seal", "D", object("n", 2))};
    REQUIRE(ledger.replace_views(rows));
    auto reader = read(path);
    CHECK(*reader.rows("seal", "", 10) == rows);
    CHECK(verified(path, rows).ok);
    put(ledger, {slot_opened("B")}, {row("seal", "D", object("n", 3))});
    rows[1] = row("seal", "D", object("n", 3));
    CHECK(*reader.rows("seal", "", 10) == rows);
    CHECK(verified(path, rows).ok);
}

TEST_CASE("hand-made changes to what the latest commits left are found") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto rows = std::vector{row("seal", "A", object("seen", 1))};
    put(ledger, {slot_opened("A")}, rows);
    REQUIRE(verified(path, rows).ok);
    auto found = [&](const std::string& sql) {
        auto copy = copy_of(directory, path);
        by_hand(copy, sql);
        CHECK_FALSE(verified(copy, rows).ok);
    };
    found("UPDATE ring SET body=CAST(replace(body,'seen','been') AS BLOB)");
    found("UPDATE ring SET body=x'00'");
    found("UPDATE ring SET size=1");
    found("UPDATE ring SET root=zeroblob(32)");
    found("DELETE FROM ring");
    auto copy = copy_of(directory, path);
    by_hand(copy, "UPDATE ring SET body=x'00'");
    CHECK(Ledger::open(copy).error().code == Code::corrupt);
}

TEST_CASE("a reader that is told of its own ledger's commits sees what one that reads them sees") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto told = read(path);
    auto reads = read(path);
    std::mt19937 random(31);
    Model model;
    for (int commit = 0; commit < 900; ++commit) {
        put(ledger, {slot_opened("A")}, model.change(random));
        auto change = ledger.take_change();
        CHECK_FALSE(ledger.take_change());
        // Now and then one is not passed on: it is read then.
        if (change && random() % 8 != 0) told.adopt(std::move(*change));
        if (random() % 200 == 0 || ledger.settle_due()) REQUIRE(ledger.settle());
        if (commit % 5 != 0) continue;
        check_views(told, model, random);
        check_views(reads, model, random);
    }
}

TEST_CASE("settling between two commits keeps the ring for a power cut, and frees its places") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto rows = std::vector{row("seal", "A", object("n", 1))};
    put(ledger, {slot_opened("A")}, rows);
    auto before = copy_of(directory, path);
    CHECK(verified(before, rows).ok);
    REQUIRE(ledger.settle());
    CHECK_FALSE(ledger.settle_due());
    {
        auto database = Database::open(path, Access::read, {});
        REQUIRE(database);
        CHECK(*database->number("SELECT count(*) FROM recent") == 0);
        CHECK(*database->number("SELECT count(*) FROM ring") > 0);
        CHECK(*database->number("SELECT count(*) FROM view") == 1);
    }
    CHECK(verified(copy_of(directory, path), rows).ok);
    for (int n = 0; n < 600; ++n)
        put(ledger, {slot_opened("A")}, rows);
    CHECK(verified(copy_of(directory, path), rows).ok);
}
