// Erasure: what the vault had is in no byte of the file, its log and the index; leaves and proofs
// stay.
#include <fstream>
#include <sstream>

#include "ledger/search.hpp"
#include "ledger/verify.hpp"
#include "sample.hpp"

using namespace seals;
using namespace seals::ledger;
using namespace seals::ledger::sample;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

bool has(const std::string& path, const std::string& text) {
    for (const char* suffix : {"", "-wal"})
        if (bytes_of(path + suffix).find(text) != std::string::npos) return true;
    return false;
}

Value named(const std::string& name) {
    return object("name", Value{name});
}

// Registered, changed often enough that its rows moved about in the file.
std::vector<ErasedText> fill(Ledger& ledger, int persons, const std::string& last) {
    std::vector<ErasedText> texts;
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < persons; ++i) {
            auto id = "P" + std::to_string(i);
            auto name = i == persons - 1 ? last : "somebody " + std::to_string(i * 7 + round);
            name += std::string(static_cast<std::size_t>((i * 37 + round * 91) % 300), 'x');
            auto entries = put(ledger, {person(id, name)}, {row("person", id, named(name))});
            if (i == persons - 1) texts.push_back({entries.front().seq, "name"});
        }
    return texts;
}

rules::Event erasure(const std::string& id) {
    auto out = event(EventType::erased);
    out.person = PersonId(id);
    out.data.add("texts", std::int64_t{3});
    return out;
}

}  // namespace

TEST_CASE("what was erased is in no byte of the file and its log, and the ledger verifies") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto texts = fill(ledger, 200, "Unmistakable");
    auto reader = read(path);
    auto leaf = reader.leaf(texts.front().seq);
    REQUIRE(leaf);
    REQUIRE(has(path, "Unmistakable"));
    auto gone = std::vector<rules::Event>{erasure("P199")};
    auto rows = std::vector<Row>{row("person", "P199", object("erased", Value{true}))};
    REQUIRE(ledger.append(gone, kStamp, rows, {}, {}, texts));
    auto due = ledger.scrub_due();
    REQUIRE(due);
    CHECK(*due);
    REQUIRE(ledger.scrub());
    CHECK_FALSE(*ledger.scrub_due());
    CHECK_FALSE(has(path, "Unmistakable"));
    CHECK(has(path, "somebody 7"));
    CHECK(*reader.leaf(texts.front().seq) == *leaf);
    CHECK(reader.personal(texts.front().seq)->empty());
    put(ledger, {person("Q1", "later")});
    auto report = verify(path, {});
    REQUIRE(report);
    INFO((report->first_bad ? report->first_bad->reason : ""));
    CHECK(report->ok);
}

TEST_CASE("an erasure whose file was not written anew is known when the ledger is opened again") {
    Directory directory;
    auto path = directory.file("ledger.db");
    {
        auto ledger = make(path);
        auto texts = fill(ledger, 20, "Unmistakable");
        auto gone = std::vector<rules::Event>{erasure("P19")};
        REQUIRE(ledger.append(gone, kStamp, {}, {}, {}, texts));
    }
    auto ledger = Ledger::open(path);
    REQUIRE(ledger);
    CHECK(*ledger->scrub_due());
    REQUIRE(ledger->scrub());
    CHECK_FALSE(*ledger->scrub_due());
}

TEST_CASE("a reader of an older state puts off the rewriting, and nothing else") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto ledger = make(path);
    auto texts = fill(ledger, 20, "Unmistakable");
    auto reader = read(path);
    {
        auto held = reader.hold();
        REQUIRE(reader.size());
        auto gone = std::vector<rules::Event>{erasure("P19")};
        REQUIRE(ledger.append(gone, kStamp, {}, {}, {}, texts));
        CHECK(ledger.scrub().error().code == Code::unavailable);
        CHECK_FALSE(ledger.stopped());
        put(ledger, {person("Q1", "meanwhile")});
    }
    REQUIRE(ledger.scrub());
    // The row of the view still has it here, for this test did not rewrite it.
    CHECK(reader.personal(texts.front().seq)->empty());
}

TEST_CASE("the index is made anew when it comes to an erasure, once") {
    Directory directory;
    auto path = directory.file("ledger.db");
    auto index = directory.file("search.db");
    auto ledger = make(path);
    auto texts = fill(ledger, 20, "Unmistakable");
    auto reader = read(path);
    auto writer = SearchWriter::open(index);
    REQUIRE(writer);
    REQUIRE(*writer->catch_up(reader) == ledger.size());
    REQUIRE(has(index, "Unmistakable"));
    auto gone = std::vector<rules::Event>{erasure("P19")};
    auto rows = std::vector<Row>{row("person", "P19", object("erased", Value{true}))};
    REQUIRE(ledger.append(gone, kStamp, rows, {}, {}, texts));
    REQUIRE(*writer->catch_up(reader) == ledger.size());
    CHECK_FALSE(has(index, "Unmistakable"));
    put(ledger, {person("Q1", "later")});
    REQUIRE(*writer->catch_up(reader) == ledger.size());
    auto found = SearchReader(index).find({"later"}, reader);
    REQUIRE(found);
    CHECK(found->hits.size() == 1);
}
