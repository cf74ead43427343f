// Item files: what was written is what is read, page by page, under the hash of its bytes.
#include "engine/item_file.hpp"

#include <filesystem>
#include <fstream>

#include <stdlib.h>

#include "catch.hpp"

using namespace seals;
using namespace seals::engine;
namespace fs = std::filesystem;

namespace {

struct Folder {
    std::string path;
    Folder() {
        auto pattern = (fs::temp_directory_path() / "seals-items-XXXXXX").string();
        path = std::string(::mkdtemp(pattern.data())) + "/items";
    }
    ~Folder() { fs::remove_all(fs::path(path).parent_path()); }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(path), fs::directory_iterator{}));
    }
};

Value item(int n) {
    return Value::Object{{"n", n}, {"text", "合同" + std::string(300, 'x')}};
}

std::string written(const Folder& folder, int from, int to) {
    auto writer = ItemWriter::create(folder.path);
    REQUIRE(writer);
    for (int n = from; n < to; ++n)
        REQUIRE(writer->add(item(n)));
    auto sha256 = writer->publish();
    REQUIRE(sha256);
    return *sha256;
}

}  // namespace

TEST_CASE("items are read page by page in the order written") {
    Folder folder;
    auto sha256 = written(folder, 0, 1000);  // longer than the buffers
    std::uint64_t place = 0;
    for (int n = 0; n < 1000;) {
        auto page = read_items(folder.path, sha256, place, 70);
        REQUIRE(page);
        REQUIRE_FALSE(page->items.empty());
        for (const auto& one : page->items)
            REQUIRE(one == item(n++));
        REQUIRE(page->next.has_value() == (n < 1000));
        place = page->next.value_or(0);
    }
}

TEST_CASE("the name of an item file is the hash of its bytes") {
    Folder folder;
    auto sha256 = written(folder, 0, 500);
    std::ifstream file(folder.path + "/" + sha256 + ".ndjson", std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    leaf::Hasher hasher;
    CHECK(to_hex(hasher.sha256(as_bytes(bytes))) == sha256);
    CHECK(written(folder, 0, 500) == sha256);
    CHECK(folder.files() == 1);
}

TEST_CASE("what was not published leaves nothing") {
    Folder folder;
    {
        auto writer = ItemWriter::create(folder.path);
        REQUIRE(writer);
        REQUIRE(writer->add(item(1)));
    }
    CHECK(folder.files() == 0);
}

TEST_CASE("a place inside an item, and a file that is gone, are told apart") {
    Folder folder;
    auto sha256 = written(folder, 0, 3);
    auto wrong = read_items(folder.path, sha256, 5, 10);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == Code::invalid);
    CHECK(wrong.error().field == "cursor");
    auto gone = read_items(folder.path, std::string(64, '0'), 0, 10);
    REQUIRE_FALSE(gone);
    CHECK(gone.error().code == Code::not_found);
}

TEST_CASE("a damaged item file is corrupt") {
    Folder folder;
    auto sha256 = written(folder, 0, 3);
    std::fstream(folder.path + "/" + sha256 + ".ndjson", std::ios::in | std::ios::out) << "?";
    auto page = read_items(folder.path, sha256, 0, 10);
    REQUIRE_FALSE(page);
    CHECK(page.error().code == Code::corrupt);
}

TEST_CASE("the oldest files go when there are too many or they are too large") {
    Folder folder;
    std::vector<std::string> names;
    for (int n = 0; n < 5; ++n) {
        names.push_back(written(folder, n, n + 1));
        fs::last_write_time(folder.path + "/" + names.back() + ".ndjson",
                            fs::file_time_type::clock::now() - std::chrono::hours(10 - n));
    }
    std::ofstream(folder.path + "/.writing-left-over") << "x";
    prune_items(folder.path, 3, 1 << 20);
    CHECK(folder.files() == 3);
    CHECK_FALSE(read_items(folder.path, names[1], 0, 1));
    CHECK(read_items(folder.path, names[2], 0, 1));
    prune_items(folder.path, 3, 10);  // one alone is too large: the newest stays
    CHECK(folder.files() == 1);
    CHECK(read_items(folder.path, names[4], 0, 1));
}
