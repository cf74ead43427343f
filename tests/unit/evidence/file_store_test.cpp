// Files by their hash: looked at, taken away, listed.
#include "evidence/file_store.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"
#include "leaf/hash.hpp"

using namespace seals;
using namespace seals::evidence;
using Found = FileStore::Found;

namespace {

const std::atomic<bool> kGoOn{false};

struct Folder {
    Folder() {
        path = std::filesystem::temp_directory_path().string() + "/file-store-XXXXXX";
        REQUIRE(::mkdtemp(path.data()) != nullptr);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string path;
};

std::string put(const FileStore& store, const std::string& folder, const std::string& text) {
    auto from = folder + "/sent";
    std::ofstream(from) << text;
    Fd fd(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    leaf::Sha256 hash;
    hash.add(as_bytes(text));
    auto sha256 = to_hex(hash.finish());
    REQUIRE(store.put(fd, sha256));
    return sha256;
}

Found look(const FileStore& store, const std::string& sha256) {
    auto found = store.check(sha256, kGoOn);
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("a kept file is whole, altered or missing") {
    Folder folder;
    FileStore store(folder.path + "/files");
    auto sha256 = put(store, folder.path, "a contract");
    CHECK(look(store, sha256) == Found::whole);
    std::ofstream(store.path_of(sha256), std::ios::app) << "x";
    CHECK(look(store, sha256) == Found::altered);
    std::filesystem::remove(store.path_of(sha256));
    CHECK(look(store, sha256) == Found::missing);
}

TEST_CASE("what stands in a file's place and is none is altered, and nobody waits for it") {
    Folder folder;
    FileStore store(folder.path + "/files");
    auto sha256 = put(store, folder.path, "a contract");
    auto path = store.path_of(sha256);
    std::filesystem::remove(path);
    std::filesystem::create_symlink("/etc/passwd", path);
    CHECK(look(store, sha256) == Found::altered);
    std::filesystem::remove(path);
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    CHECK(look(store, sha256) == Found::altered);
    std::filesystem::remove(path);
    std::filesystem::create_directory(path);
    CHECK(look(store, sha256) == Found::altered);
}

TEST_CASE("a file is taken away once, and again is no fault") {
    Folder folder;
    FileStore store(folder.path + "/files");
    auto sha256 = put(store, folder.path, "a contract");
    CHECK(store.has(sha256));
    CHECK(store.remove(sha256));
    CHECK_FALSE(store.has(sha256));
    CHECK(store.remove(sha256));
    CHECK(store.remove(std::string(64, 'f')));
}

TEST_CASE("every file of the store is told by its hash, what is half written is not") {
    Folder folder;
    FileStore store(folder.path + "/files");
    std::vector<std::string> seen;
    auto tell = [&](const std::string& sha256) { seen.push_back(sha256); };
    REQUIRE(store.each(tell));  // no folder yet
    std::vector<std::string> all{put(store, folder.path, "one"), put(store, folder.path, "two")};
    std::ofstream(store.path_of(all[0]) + ".partial") << "half";
    REQUIRE(store.each(tell));
    std::sort(all.begin(), all.end());
    std::sort(seen.begin(), seen.end());
    CHECK(seen == all);
}

TEST_CASE("a look that is called off says so") {
    Folder folder;
    FileStore store(folder.path + "/files");
    auto sha256 = put(store, folder.path, "a contract");
    const std::atomic<bool> stop{true};
    CHECK(store.check(sha256, stop).error().code == Code::unavailable);
}
