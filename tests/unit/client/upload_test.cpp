#include "client/upload.hpp"

#include <cstdlib>

#include "scripted.hpp"

using namespace seals;
using namespace seals::client;
using namespace std::chrono_literals;

namespace {

const std::string kHash(64, 'a');

Fd file_of(const std::string& content) {
    std::string name = "/tmp/seals-upload-XXXXXX";
    Fd fd{::mkstemp(name.data())};
    ::unlink(name.c_str());
    REQUIRE(::write(fd.get(), content.data(), content.size()) ==
            static_cast<ssize_t>(content.size()));
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

std::string read_all(int fd) {
    std::string got;
    char room[65536];
    for (ssize_t size = 0; (size = ::recv(fd, room, sizeof room, 0)) > 0;)
        got.append(room, static_cast<std::size_t>(size));
    return got;
}

}  // namespace

TEST_CASE("a file arrives byte for byte and its hash comes back") {
    std::string content(1'000'000, 'x');
    content += '\0';
    std::string got;
    Scripted server([&](int fd) {
        got = read_all(fd);
        say(fd, "{\"sha256\":\"" + kHash + "\",\"size\":" + std::to_string(got.size()) + "}\n");
    });
    auto fd = file_of(content);
    std::int64_t heard = 0;
    auto uploaded = upload(server.path(), fd.get(), [&](std::int64_t sent) { heard = sent; });
    REQUIRE(uploaded);
    CHECK(uploaded->sha256 == kHash);
    CHECK(uploaded->size == 1'000'001);
    CHECK(heard == 1'000'001);
    CHECK(got == content);
}

TEST_CASE("a server that refuses in the middle is heard") {
    Scripted server([](int fd) {
        read_until(fd, "xx");
        say(fd, "{\"code\":\"unavailable\",\"detail\":\"no room\"}\n");
    });
    auto fd = file_of(std::string(3'000'000, 'x'));
    auto uploaded = upload(server.path(), fd.get());
    REQUIRE_FALSE(uploaded);
    CHECK(uploaded.error().code == Code::unavailable);
    CHECK(uploaded.error().detail == "no room");
}

TEST_CASE("no answer, nonsense and silence are errors") {
    auto fd = file_of("x");
    for (const auto* answer : {"", "nonsense\n", "{}\n", "{\"sha256\":\"abc\",\"size\":1}\n"}) {
        Scripted server([&](int peer) {
            read_all(peer);
            say(peer, answer);
        });
        auto uploaded = upload(server.path(), fd.get());
        REQUIRE_FALSE(uploaded);
        CHECK(uploaded.error().code == Code::unavailable);
    }
    Scripted silent([](int peer) {
        read_all(peer);
        std::this_thread::sleep_for(500ms);
    });
    auto late = upload(silent.path(), fd.get(), {}, 100ms);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Code::timeout);
    CHECK_FALSE(upload("/nonexistent/files.sock", fd.get()));
    CHECK(files_socket_beside("/run/sealsd/api.sock") == "/run/sealsd/files.sock");
}
