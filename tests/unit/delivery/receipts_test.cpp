#include "delivery/receipts.hpp"

#include <filesystem>
#include <fstream>

#include "catch.hpp"

using namespace seals;
using namespace seals::delivery;

namespace {

struct Folder {
    std::string path = "/tmp/seals-receipts-test." + std::to_string(::getpid());
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    Receipts open() const {
        auto receipts = Receipts::open(path, "program");
        REQUIRE(receipts);
        return std::move(*receipts);
    }
};

Value receipt(std::int64_t seq, const char* hook) {
    Value out{Value::Object{}};
    out.add("seq", seq);
    out.add("hook", hook);
    return out;
}

}  // namespace

TEST_CASE("what has a receipt is remembered, up to the cursor nothing need be") {
    Folder folder;
    {
        auto receipts = folder.open();
        CHECK(receipts.fresh());
        REQUIRE(receipts.add(7, "mail", receipt(7, "mail")));
        REQUIRE(receipts.add(9, "mail", receipt(9, "mail")));
        REQUIRE(receipts.advance(7));
    }
    auto again = folder.open();
    CHECK_FALSE(again.fresh());
    CHECK(again.cursor() == 7);
    CHECK(again.has(9, "mail"));
    CHECK_FALSE(again.has(9, "robot"));
    CHECK_FALSE(again.has(7, "mail"));
    REQUIRE(again.advance(9));
    REQUIRE(again.advance(8));  // never back
    CHECK(again.cursor() == 9);
}

TEST_CASE("a receipt that a crash cut short is none, and spoils no other") {
    Folder folder;
    {
        auto receipts = folder.open();
        REQUIRE(receipts.add(1, "mail", receipt(1, "mail")));
    }
    std::ofstream(folder.path + "/receipts.ndjson", std::ios::app) << R"({"seq":2,"hook":"ma)";
    {
        auto receipts = folder.open();
        CHECK(receipts.has(1, "mail"));
        CHECK_FALSE(receipts.has(2, "mail"));
        REQUIRE(receipts.add(2, "mail", receipt(2, "mail")));
    }
    CHECK(folder.open().has(2, "mail"));
}

TEST_CASE("a damaged cursor means telling again, not missing any") {
    Folder folder;
    {
        auto receipts = folder.open();
        REQUIRE(receipts.add(5, "mail", receipt(5, "mail")));
        REQUIRE(receipts.advance(5));
    }
    std::ofstream(folder.path + "/cursor") << "rubbish";
    auto receipts = folder.open();
    CHECK(receipts.cursor() == 0);
    CHECK(receipts.has(5, "mail"));
}

TEST_CASE("receipts never outgrow two files, and the older one still counts") {
    Folder folder;
    auto receipts = folder.open();
    auto large = receipt(1, "mail");
    large.add("pad", std::string(200'000, 'x'));
    for (int i = 0; i < 60; ++i)
        REQUIRE(receipts.add(1, "mail", large));
    REQUIRE(receipts.add(2, "mail", receipt(2, "mail")));
    auto most = static_cast<std::uintmax_t>(Receipts::kMostBytes) + 300'000;
    CHECK(std::filesystem::file_size(folder.path + "/receipts.ndjson") < most);
    CHECK(std::filesystem::file_size(folder.path + "/receipts.ndjson.1") < most);
    auto files = std::distance(std::filesystem::directory_iterator(folder.path), {});
    CHECK(files == 3);  // and the lock
}

TEST_CASE("two at once on one folder are refused") {
    Folder folder;
    auto receipts = folder.open();
    auto second = Receipts::open(folder.path, "program");
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Code::conflict);
}
