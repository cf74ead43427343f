#include "disk/files.hpp"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"

using namespace seals;
using namespace seals::disk;

namespace {

struct Folder {
    std::string path = "/tmp/seals-files-test." + std::to_string(::getpid());
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("a file is written whole, takes the place of the one before, and leaves nothing beside") {
    Folder folder;
    auto path = folder.path + "/x.json";
    REQUIRE(write_file(path, std::string(300'000, 'a')));
    REQUIRE(write_file(path, "second", 0640));
    CHECK(**read_file(path, 100) == "second");
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0640);
    auto files = std::distance(std::filesystem::directory_iterator(folder.path), {});
    CHECK(files == 1);
    CHECK(write_file(folder.path + "/none/x", "x").error().code == Code::unavailable);
}

TEST_CASE("what is read is bounded, and no link or folder is taken for a file") {
    Folder folder;
    auto path = folder.path + "/x";
    CHECK_FALSE(*read_file(path, 10));
    std::ofstream(path) << "0123456789";
    CHECK(**read_file(path, 10) == "0123456789");
    CHECK(read_file(path, 9).error().code == Code::invalid);
    std::filesystem::create_symlink(path, folder.path + "/link");
    CHECK_FALSE(read_file(folder.path + "/link", 10));
    CHECK_FALSE(read_file(folder.path, 10));
}
