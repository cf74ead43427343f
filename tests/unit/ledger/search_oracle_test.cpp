// What the index answers against what a look at every entry gives, at random.
#include <random>

#include <sqlite3.h>

#include "searched.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

// Entries and questions drawn from few pieces, so that they often meet.
struct Draw {
    std::mt19937 random{17};

    std::string pick(std::initializer_list<const char*> of) {
        return *(of.begin() + static_cast<std::ptrdiff_t>(random() % of.size()));
    }
    bool one_in(unsigned n) { return random() % n == 0; }
    Instant some_time() {
        return kStart + milliseconds{1000 * static_cast<std::int64_t>(random() % 700)};
    }
    std::vector<rules::Event> events(int count) {
        std::vector<rules::Event> out;
        std::int64_t at = kStart.ms;
        for (; count > 0; --count) {
            at += one_in(20) ? -5000 : static_cast<std::int64_t>(random() % 2000);
            auto title = pick({"采购合同", "Purchase 合同", "purchase合", "用印HT/2026/1", "章"}) +
                         pick({"甲", "乙", "2024-0173", "24-01", ""});
            auto next = request("HT/2026/" + std::to_string(random() % 12), title, at);
            next.seal = SealId{pick({"", "YZ-1", "YZ-11", "YZ-2"})};
            next.person = PersonId{pick({"", "E1", "E10", "E2"})};
            out.push_back(std::move(next));
        }
        return out;
    }
    std::vector<std::string> words() {
        std::vector<std::string> out{
            pick({"合同", "采购", "request.accepted", "HT/2026/", "HT/2026/1", "4-01", "24-01",
                  "2024-0173", "purchase", "Purchase", "se合", "章", "a", "不存在", "E1", "oa"})};
        if (one_in(3)) out.push_back(pick({"甲", "合同甲", "Pur", "01", "采购乙"}));
        return out;
    }
    SearchQuery query(const std::vector<std::string>& words) {
        SearchQuery out;
        for (const auto& word : words)
            out.words += word + " ";
        if (one_in(2)) out.seal = pick({"YZ-1", "YZ-11", "YZ", "YZ-9"});
        if (one_in(2)) out.person = pick({"E1", "E10", "E", "E9"});
        if (one_in(2)) out.request = pick({"HT/2026/1", "HT/2026/11", "HT"});
        if (one_in(3)) out.from = some_time();
        if (one_in(3)) out.to = some_time();
        out.limit = 1 + random() % 60;
        return out;
    }
};

bool fits(const Recorded& entry, const SearchQuery& query) {
    const auto& event = entry.event;
    return (query.seal.empty() || event.seal.str() == query.seal) &&
           (query.person.empty() || event.person.str() == query.person) &&
           (query.request.empty() || event.request.str() == query.request) &&
           (!query.from || entry.at >= *query.from) && (!query.to || entry.at <= *query.to);
}

Seqs in_pages(Searched& it, SearchQuery query) {
    Seqs out;
    for (;;) {
        auto page = it.page(query);
        auto seqs = Searched::seqs(page);
        CHECK(seqs.size() <= query.limit);
        out.insert(out.end(), seqs.begin(), seqs.end());
        if (!page.next) return out;
        query.before = *page.next;
    }
}

}  // namespace

TEST_CASE("filters, words and pages together give what looking at every entry gives") {
    Searched it;
    Draw draw;
    put(it.ledger, draw.events(700));
    auto all = it.reader.entries(0, SIZE_MAX);
    REQUIRE(all);
    std::size_t with_hits = 0, narrowed = 0;
    for (std::size_t indexed : {0U, 1U, 350U, 5000U}) {
        if (indexed > 0) it.index_some(indexed);
        for (int i = 0; i < 120; ++i) {
            auto words = draw.words();
            auto query = draw.query(words);
            INFO(query.words << "seal " << query.seal << " person " << query.person << " request "
                             << query.request << " indexed " << indexed);
            auto expected = it.oracle(words);
            auto of_all_words = expected.size();
            std::erase_if(expected, [&](auto seq) { return !fits((*all)[seq - 1], query); });
            REQUIRE(in_pages(it, query) == expected);
            if (!expected.empty()) ++with_hits;
            if (expected.size() < of_all_words) ++narrowed;
        }
    }
    CHECK(with_hits > 60);
    CHECK(narrowed > 100);
}

TEST_CASE("no word crosses from one piece of an entry's text into the next") {
    Searched it;
    auto one = request("HT-2024", "0173合同");
    one.data.add("department", "甲部");
    put(it.ledger, {one, request("HT", "2024-0173")});
    for (int indexed = 0; indexed < 2; ++indexed) {
        CHECK(it.find("2024-0173") == Seqs{3});
        CHECK(it.find("2024 0173") == Seqs{3, 2});
        CHECK(it.find("合同甲部").empty());
        CHECK(it.find("合同 甲部") == Seqs{2});
        it.index_all();
    }
}

TEST_CASE("an index that starts over answers as before, all the way") {
    Searched it;
    std::vector<rules::Event> events;
    for (int i = 0; i < 300; ++i)
        events.push_back(request("YY-" + std::to_string(i), i % 3 == 0 ? "采购合同" : "请示"));
    put(it.ledger, events);
    it.index_all();
    auto before = it.find("购合 YY-1");
    CHECK(before == it.oracle({"购合", "YY-1"}));
    by_hand(it.index, "UPDATE doc SET text='x' WHERE seq=20");  // what no check of ours would see
    auto writer = SearchWriter::open(it.index);
    REQUIRE(writer);
    REQUIRE(writer->start_over());
    for (std::uint64_t in = 0; in < it.ledger.size();) {
        CHECK(it.find("购合 YY-1") == before);
        auto more = writer->catch_up(it.reader, 97);
        REQUIRE(more);
        REQUIRE(*more > in);
        in = *more;
    }
    CHECK(it.find("购合 YY-1") == before);
}

TEST_CASE("a search whose deadline is past lets go of the ledger: the log can be emptied") {
    Searched it;
    put(it.ledger, std::vector<rules::Event>(2000, slot_opened("A")));
    it.index_some(1000);
    auto found = it.search.find({"不存在"}, it.reader,
                                std::chrono::steady_clock::now() - std::chrono::seconds{1});
    REQUIRE_FALSE(found);
    auto checkpoint = [&](const std::string& path) {
        sqlite3* handle = nullptr;
        REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
        sqlite3_exec(handle, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
        int frames = -1, moved = -1;
        int code =
            sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, &frames, &moved);
        sqlite3_close(handle);
        return code == SQLITE_OK && frames == 0;
    };
    CHECK(checkpoint(it.path));
    CHECK(checkpoint(it.index));
    auto held = it.reader.hold();  // what it would be otherwise
    REQUIRE(held->status());
    REQUIRE(it.reader.size());
    put(it.ledger, {slot_opened("A")});
    CHECK_FALSE(checkpoint(it.path));
    held.reset();
    CHECK(checkpoint(it.path));
}

TEST_CASE("a word whose parts stand in every text is found where it stands, page by page") {
    Searched it;
    std::vector<rules::Event> events;
    for (int i = 0; i < 1500; ++i)
        events.push_back(
            request("YY-" + std::to_string(i), i % 50 == 7 ? "甲乙丙丁" : "甲乙,乙丙,丙丁"));
    put(it.ledger, events);
    it.index_some(1450);
    auto expected = it.oracle({"甲乙丙丁"});
    CHECK(expected.size() == 30);
    CHECK(it.find("甲乙丙丁") == expected);
    SearchQuery query{"甲乙丙丁"};
    query.limit = 7;
    CHECK(in_pages(it, query) == expected);
    query.request = "YY-7";
    CHECK(Searched::seqs(it.page(query)) == Seqs{9});
    CHECK(it.find("甲乙丁丙").empty());
}
