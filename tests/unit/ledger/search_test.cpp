#include "ledger/search.hpp"

#include <random>

#include "searched.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

TEST_CASE("an entry is found by its ids, its type, its personal text and its names") {
    Searched it;
    auto taken = event(EventType::seal_taken);
    taken.seal = SealId{"YZ-0032"};
    taken.person = PersonId{"E1038"};
    taken.request = RequestId{"YY-202611-00001"};
    taken.data.add("slot", "A07");
    put(it.ledger, {person("E1038", "张伟"), request("YY-202611-00001", "与上海甲公司的采购合同")},
        {row("person", "E1038", object("name", "张伟")),
         row("seal", "YZ-0032", object("name", "公章")),
         row("request", "YY-202611-00001", object("title", "与上海甲公司的采购合同"))});
    put(it.ledger, {taken});
    for (int indexed = 0; indexed < 2; ++indexed) {
        CHECK(it.find("张伟") == Seqs{4, 2});
        CHECK(it.find("采购 合同") == Seqs{4, 3});
        CHECK(it.find("公章") == Seqs{4});
        CHECK(it.find("YZ-0032") == Seqs{4});
        CHECK(it.find("0032") == Seqs{4});
        CHECK(it.find("seal.taken") == Seqs{4});
        CHECK(it.find("A07") == Seqs{4});
        CHECK(it.find("采购　张") == Seqs{4});
        CHECK(it.find("yz-0032").empty());
        CHECK(it.find("李娜").empty());
        CHECK(it.find("甲公司 李娜").empty());
        it.index_all();
    }
}

TEST_CASE("a hit tells what it is and where the words stand, in code points") {
    Searched it;
    put(it.ledger, {request("YY-1", "采购合同、合同附件", kStart.ms + 7)});
    it.index_all();
    SearchQuery query;
    query.words = "合同 同附 YY";
    auto found = it.page(query);
    REQUIRE(found.hits.size() == 1);
    const auto& hit = found.hits[0];
    CHECK(hit.seq == 2);
    CHECK(hit.at.ms == kStart.ms + 7);
    CHECK(hit.type == "request.accepted");
    CHECK(hit.request == "YY-1");
    CHECK(hit.seal.empty());
    CHECK_FALSE(found.next);
    // request.accepted\nYY-1\nsealsd\n采购合同、合同附件\n...
    CHECK(hit.text.starts_with("request.accepted\nYY-1\nsealsd\n采购合同、合同附件\n"));
    using Places = std::vector<std::pair<std::size_t, std::size_t>>;
    CHECK(hit.highlights == Places{{17, 19}, {31, 33}, {34, 37}});
}

TEST_CASE("pages follow one another from the newest, without a gap or a repeat") {
    Searched it;
    std::vector<rules::Event> events;
    for (int i = 0; i < 57; ++i)
        events.push_back(request("YY-" + std::to_string(i), "合同"));
    put(it.ledger, events);
    it.index_some(40);
    SearchQuery query;
    query.words = "合同";
    query.limit = 10;
    Seqs all;
    for (int pages = 0; pages < 7; ++pages) {
        auto page = it.page(query);
        auto seqs = Searched::seqs(page);
        all.insert(all.end(), seqs.begin(), seqs.end());
        CHECK(page.next.has_value() == (all.size() < 57));
        if (!page.next) break;
        query.before = *page.next;
    }
    CHECK(all == it.oracle({"合同"}));
}

TEST_CASE("times, seal and person narrow the answer, also when the clock went back") {
    Searched it;
    std::vector<rules::Event> events;
    std::int64_t at = kStart.ms;
    for (int i = 0; i < 30; ++i) {
        auto next = slot_opened(i % 2 != 0 ? "YZ-1" : "YZ-11", "S", i == 15 ? at - 1000 : at + i);
        if (i % 3 == 0) next.person = PersonId{"E7"};
        events.push_back(next);
    }
    put(it.ledger, events);
    for (int indexed = 0; indexed < 2; ++indexed) {
        auto count = [&](auto change) {
            SearchQuery query;
            query.words = "slot.opened";
            change(query);
            return it.page(query).hits.size();
        };
        CHECK(count([](SearchQuery&) {}) == 30);
        CHECK(count([](SearchQuery& q) { q.seal = "YZ-1"; }) == 15);
        CHECK(count([](SearchQuery& q) { q.person = "E7"; }) == 10);
        CHECK(count([](SearchQuery& q) { q.person = "E"; }) == 0);
        CHECK(count([&](SearchQuery& q) { q.to = Instant{at - 1}; }) == 1);
        CHECK(count([&](SearchQuery& q) { q.from = Instant{at + 10}, q.to = Instant{at + 19}; }) ==
              9);
        CHECK(count([&](SearchQuery& q) { q.from = Instant{at + 100}; }) == 0);
        it.index_all();
    }
}

TEST_CASE(
    "an answer equals looking at every text, whatever the words and however far the index is") {
    Searched it;
    std::mt19937 random(5);
    std::vector<std::string> characters;
    for (int i = 0; i < 40; ++i) {
        std::string character = "\xe5\x90\x80";  // 吀 and on
        character[2] = static_cast<char>(0x80 + i);
        characters.push_back(character);
    }
    auto chinese = [&](std::size_t most) {
        std::string out;
        for (auto n = random() % most + 1; n > 0; --n)
            out += characters[std::min(random() % 40, random() % 40)];
        return out;
    };
    std::vector<rules::Event> events;
    for (int i = 0; i < 300; ++i) {
        auto number = std::to_string(2023 + random() % 4) + "-" + std::to_string(random() % 2000);
        auto next = request("HT-" + number, chinese(12) + (i % 4 == 0 ? "Ab\"x" : "") + chinese(5));
        if (i % 5 == 0) next.data.add("department", chinese(4) + number + chinese(2));
        events.push_back(next);
    }
    put(it.ledger, events);
    auto fragment = [&]() -> std::string {
        switch (random() % 8) {
            case 0:
                return std::to_string(20 + random() % 10) + "-" + std::to_string(random() % 30);
            case 1:
                return std::to_string(random() % 300);
            case 2:
                return "-1";
            case 3:
                return "b\"x" + chinese(1);
            case 4:
                return "aB";
            case 5:
                return "HT-2024";
            default:
                return chinese(4);
        }
    };
    int with_hits = 0;
    for (std::size_t indexed : {0U, 1U, 120U, 5000U}) {
        if (indexed > 0) it.index_some(indexed);
        for (int i = 0; i < 80; ++i) {
            std::vector<std::string> words{fragment()};
            if (random() % 3 == 0) words.push_back(fragment());
            std::string query;
            for (const auto& word : words)
                query += word + " ";
            INFO(query);
            auto expected = it.oracle(words);
            REQUIRE(it.find(query) == expected);
            with_hits += expected.empty() ? 0 : 1;
        }
    }
    CHECK(with_hits > 100);
}

TEST_CASE("a query without words, of rubbish or too long is refused") {
    Searched it;
    for (const std::string& words :
         {std::string(), std::string(" \t　"), std::string("\xff"), std::string(2000, 'a'),
          std::string("a b c d e f g h i j k l m n o p q")}) {
        SearchQuery query;
        query.words = words;
        CHECK(it.search.find(query, it.reader).error().code == Code::invalid);
    }
}

TEST_CASE(
    "an index that is dropped, damaged or another ledger's is made anew, and no answer lacks") {
    Searched it;
    put(it.ledger, {request("YY-1", "合同")});
    it.index_all();
    CHECK(it.find("合同") == Seqs{2});
    SECTION("dropped") {
        std::filesystem::remove(it.index);
        CHECK(it.find("合同") == Seqs{2});
        put(it.ledger, {request("YY-2", "合同")});
        it.index_all();
        CHECK(it.find("合同") == Seqs{3, 2});
    }
    SECTION("scribbled over") {
        std::filesystem::resize_file(it.index, 0);
        FILE* file = std::fopen(it.index.c_str(), "w");
        std::fputs(std::string(9000, 'x').c_str(), file);
        std::fclose(file);
        CHECK(it.find("合同") == Seqs{2});
        it.index_all();
        CHECK(it.find("合同") == Seqs{2});
    }
    SECTION("damaged behind its first pages") {
        it.search = SearchReader(it.index);
        auto size = std::filesystem::file_size(it.index);
        REQUIRE(size > 8192);
        FILE* file = std::fopen(it.index.c_str(), "r+");
        std::fseek(file, 4096, SEEK_SET);
        std::fputs(std::string(size - 4096, 'x').c_str(), file);
        std::fclose(file);
        CHECK(it.find("合同") == Seqs{2});
        put(it.ledger, {request("YY-2", "合同")});
        auto writer = SearchWriter::open(it.index);
        REQUIRE(writer);
        if (auto to = writer->catch_up(it.reader); !to) CHECK(to.error().code == Code::corrupt);
        it.index_all();
        CHECK(it.find("合同") == Seqs{3, 2});
    }
    SECTION("of a program with other tables") {
        by_hand(it.index, "PRAGMA user_version=99");
        it.index_all();
        CHECK(it.find("合同") == Seqs{2});
    }
}

TEST_CASE("an index of a ledger that was restored, and went on otherwise, starts over") {
    Searched it;
    put(it.ledger, {request("YY-1", "合同")});
    it.index_all();
    put(it.ledger, {request("YY-2", "合同甲")});
    it.index_all();
    Searched other;
    put(other.ledger, {request("YY-1", "合同"), request("YY-3", "合同乙"), request("YY-4", "丙")});
    auto found = it.search.find({"合同"}, other.reader);
    REQUIRE(found);
    CHECK(Searched::seqs(*found) == Seqs{3, 2});
    auto writer = SearchWriter::open(it.index);
    REQUIRE(writer);
    CHECK(*writer->catch_up(other.reader) == 4);
    found = it.search.find({"合同乙"}, other.reader);
    REQUIRE(found);
    CHECK(Searched::seqs(*found) == Seqs{3});
    CHECK(Searched::seqs(*it.search.find({"合同甲"}, other.reader)).empty());
}

TEST_CASE("the index takes in as much as it is told to, and then the rest") {
    Searched it;
    put(it.ledger, std::vector<rules::Event>(100, slot_opened("A")));
    auto writer = SearchWriter::open(it.index);
    REQUIRE(writer);
    CHECK(*writer->catch_up(it.reader, 30) == 30);
    CHECK(*writer->catch_up(it.reader, 30) == 60);
    CHECK(*writer->catch_up(it.reader, 300) == 101);
    CHECK(*writer->catch_up(it.reader, 300) == 101);
}

TEST_CASE("a search past its deadline says so instead of saying that there is nothing") {
    Searched it;
    put(it.ledger, std::vector<rules::Event>(3000, slot_opened("A")));
    SearchQuery query;
    query.words = "不存在";
    auto past = std::chrono::steady_clock::now() - std::chrono::seconds{1};
    for (int indexed = 0; indexed < 2; ++indexed) {
        auto found = it.search.find(query, it.reader, past);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == Code::timeout);
        CHECK_FALSE(found.error().remedy.empty());
        CHECK(it.page(query).hits.empty());
        it.index_all();
    }
}
