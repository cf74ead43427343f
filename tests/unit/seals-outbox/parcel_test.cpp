#include "parcel.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "catch.hpp"
#include "spool.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::outboxd;

namespace {

struct Folder {
    std::string path = "/tmp/seals-parcel-test." + std::to_string(::getpid());
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    void add(const std::string& name, const std::string& text) const {
        std::ofstream(path + "/" + name) << text;
    }
};

Parcel parcel(const char* key = "firm/cab-1:R1:1") {
    Parcel out;
    out.key = key;
    out.request = "R1";
    out.source = "oa";
    out.external_id = "YY-1";
    out.seq = 12;
    out.attempts = 3;
    out.first = {1'000};
    out.due = {2'000};
    out.dropped = true;
    return out;
}

}  // namespace

TEST_CASE("a key's file name holds no separator, never begins with a dot, and is bounded") {
    CHECK(file_name("firm/cab-1:R1:1") == "firm%2Fcab-1%3AR1%3A1");
    CHECK(file_name("../x") == "%2E.%2Fx");
    CHECK(file_name("a%b") == "a%25b");
    CHECK(file_name("公章") == "%E5%85%AC%E7%AB%A0");
    std::string a(300, 'a'), b(300, 'a');
    b.back() = 'b';
    CHECK(file_name(a).size() == 200);
    CHECK(file_name(a) != file_name(b));
    CHECK(file_name("a:b") != file_name("a%3Ab"));
}

TEST_CASE("what waits is there after a restart, its body byte for byte") {
    Folder folder;
    {
        auto shelf = Shelf::open(folder.path);
        REQUIRE(shelf);
        REQUIRE(shelf->add(parcel(), R"({"a":1})"));
        REQUIRE(shelf->add(parcel("firm/cab-1:R2:1"), "{}"));
        auto changed = parcel();
        changed.dead = changed.dead_told = true;
        changed.attempts = 9;
        REQUIRE(shelf->save(changed));
        shelf->remove(parcel("firm/cab-1:R2:1"));
    }
    folder.add("waiting/rubbish.json", "{");  // not ours, or cut short: left, not fatal
    auto shelf = Shelf::open(folder.path);
    REQUIRE(shelf);
    auto loaded = shelf->load();
    REQUIRE(loaded);
    REQUIRE(loaded->size() == 1);
    const auto& one = loaded->front();
    CHECK(one.key == "firm/cab-1:R1:1");
    CHECK(one.attempts == 9);
    CHECK(one.dead_told);
    CHECK(one.first == Instant{1'000});
    CHECK(*shelf->body(one) == R"({"a":1})");
    CHECK(shelf->add(parcel(), std::string(Shelf::kMostBody + 1, 'x')).error().code ==
          Code::invalid);
}

TEST_CASE("a receipt is kept under its hash, the same one once") {
    Folder folder;
    auto shelf = Shelf::open(folder.path);
    REQUIRE(shelf);
    auto hash = shelf->keep_receipt("accepted");
    REQUIRE(hash);
    CHECK(*hash == sha256_hex("accepted"));
    CHECK(*shelf->keep_receipt("accepted") == *hash);
    std::ifstream file(folder.path + "/receipts/" + *hash);
    std::string text;
    std::getline(file, text);
    CHECK(text == "accepted");
}

TEST_CASE("a result is for its own source, or for the OA that has a number for it by now") {
    auto own = *wire::parse_json(
        R"({"idempotency_key":"o:R1:2","request":"R1","source":"oa","external_id":"YY-1",)"
        R"("matched":null,"revision":2})");
    auto parcel = parcel_of(own, 7, {5});
    CHECK(parcel.key == "o:R1:2");
    CHECK(parcel.source == "oa");
    CHECK(parcel.revision == 2);
    CHECK(parcel.due == Instant{5});
    auto paper = *wire::parse_json(
        R"({"idempotency_key":"o:P1:1","request":"P1","source":"paper","external_id":"P1",)"
        R"("matched":{"source":"oa","external_id":"YY-9"},"revision":1})");
    CHECK(parcel_of(paper, 7, {5}).source == "oa");
    CHECK(parcel_of(paper, 7, {5}).external_id == "YY-9");
}

TEST_CASE("a spool gives the body after its headers, and takes answers until they are cleared") {
    Folder folder;
    auto spool = Spool::open(folder.path);
    REQUIRE(spool);
    REQUIRE(spool->drop("a", "webhook-id: a\n", "{}"));
    CHECK(std::filesystem::exists(folder.path + "/new/a.headers"));
    CHECK(std::filesystem::exists(folder.path + "/new/a.json"));
    CHECK(spool->answers()->empty());
    folder.add("done/a.receipt", "ok");
    folder.add("done/b.receipt", "");
    folder.add("done/.c.receipt", "half");
    folder.add("failed/d.json", "{}");
    folder.add("failed/d.reason", "no such number");
    folder.add("failed/notes.txt", "x");
    folder.add("done/large.receipt", std::string(Spool::kMostReceipt + 1, 'x'));
    auto answers = spool->answers();
    REQUIRE(answers);
    REQUIRE(answers->size() == 4);
    for (const auto& one : *answers) {
        CHECK(one.taken == (one.name == "a"));
        if (one.name == "a") CHECK(one.text == "ok");
        if (one.name == "b") CHECK(one.text == "the receipt is empty");
        if (one.name == "d") CHECK(one.text == "no such number");
    }
    for (const auto& one : *answers)
        spool->clear(one.name);
    CHECK(spool->answers()->empty());
    CHECK_FALSE(std::filesystem::exists(folder.path + "/new/a.json"));
    CHECK(std::filesystem::exists(folder.path + "/failed/notes.txt"));
    std::filesystem::remove_all(folder.path + "/done");
    CHECK(spool->answers().error().code == Code::unavailable);
}
