#include "http/listen.hpp"

#include <filesystem>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "catch.hpp"

using namespace seals;
using namespace seals::http;

namespace {

int family_of(const Fd& fd) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    return address.ss_family;
}

}  // namespace

TEST_CASE("an address to listen on is a path, a host with a port, or systemd's") {
    auto tcp = listen_on("127.0.0.1:0");
    REQUIRE(tcp);
    CHECK(family_of(*tcp) == AF_INET);
    CHECK(listen_on(":0"));
    std::string path = "/tmp/listen-test-" + std::to_string(::getpid()) + ".sock";
    auto local = listen_on("unix:" + path);
    REQUIRE(local);
    CHECK(family_of(*local) == AF_UNIX);
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0660);
    std::filesystem::remove(path);
    CHECK(listen_on("systemd").error().code == Code::unavailable);
}

TEST_CASE("what is no address, or is taken, is told") {
    for (const auto* wrong : {"", "8420", "localhost", "host:", "host:http", "host:123456",
                              "::1:80", "unix", "/run/x.sock"}) {
        auto made = listen_on(wrong);
        REQUIRE_FALSE(made);
        CHECK(made.error().code == Code::invalid);
    }
    auto first = listen_on("127.0.0.1:0");
    REQUIRE(first);
    sockaddr_in at{};
    socklen_t size = sizeof at;
    REQUIRE(::getsockname(first->get(), reinterpret_cast<sockaddr*>(&at), &size) == 0);
    auto taken = listen_on("127.0.0.1:" + std::to_string(ntohs(at.sin_port)));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == Code::unavailable);
    CHECK_FALSE(listen_on("unix:" + std::string(200, 'x')));
}
