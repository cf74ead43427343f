#include "evidence/device_key.hpp"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include "catch.hpp"
#include "evidence/whole_file.hpp"

using namespace seals;
using namespace seals::evidence;

namespace {

std::string fresh_folder() {
    std::string name = std::filesystem::temp_directory_path().string() + "/device-key-XXXXXX";
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
}

}  // namespace

TEST_CASE("a device key is made once, for its owner alone, and read back") {
    auto path = fresh_folder() + "/device.key";
    CHECK(load_device_key(path).error().code == Code::not_found);
    auto made = make_device_key(path, "example.com/cab-1");
    REQUIRE(made);
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 07777) == 0600);
    auto read = load_device_key(path);
    REQUIRE(read);
    CHECK(read->half() == made->half());
    CHECK(made->half().verifies(as_bytes("x"), read->key.sign(as_bytes("x"))));
    CHECK(make_device_key(path, "example.com/cab-1").error().code == Code::conflict);
    CHECK(load_device_key(path)->half() == made->half());
}

TEST_CASE("a device key that others may read, or that is damaged, is not used") {
    auto path = fresh_folder() + "/device.key";
    REQUIRE(make_device_key(path, "example.com/cab-1"));
    auto whole = read_file(path, 4096);
    REQUIRE(whole);
    ::chmod(path.c_str(), 0640);
    CHECK(load_device_key(path).error().code == Code::invalid);
    ::chmod(path.c_str(), 0600);
    for (std::size_t at = 0; at + 1 < whole->size(); ++at) {
        auto bent = *whole;
        bent[at] ^= 4;
        REQUIRE(replace_file(path, bent, Durable::no));
        INFO(at);
        CHECK_FALSE(load_device_key(path));
    }
    REQUIRE(replace_file(path, *whole, Durable::yes));
    CHECK(load_device_key(path));
}
