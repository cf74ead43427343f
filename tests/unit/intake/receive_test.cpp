#include "receive.hpp"

#include <fstream>
#include <sstream>
#include <thread>

#include <dirent.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "base/fd.hpp"
#include "base/value.hpp"
#include "catch.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace std::chrono_literals;

namespace {

struct Spool {
    std::string path;
    Spool() {
        char name[] = "/tmp/seals-spool-test-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    std::vector<std::string> files() const {
        std::vector<std::string> found;
        auto* dir = ::opendir(path.c_str());
        while (auto* entry = ::readdir(dir))
            if (std::string name = entry->d_name; name != "." && name != "..")
                found.push_back(name);
        ::closedir(dir);
        return found;
    }
    std::string text(const std::string& name) const {
        std::stringstream out;
        out << std::ifstream(path + "/" + name, std::ios::binary).rdbuf();
        return out.str();
    }
    ~Spool() {
        for (const auto& name : files())
            ::unlink((path + "/" + name).c_str());
        ::rmdir(path.c_str());
    }
};

struct Answer {
    Status status;
    Value line;
};

// Sends `bytes`, and shuts down or keeps silent; gives what came back.
Answer upload(const Spool& spool, const std::string& bytes, bool shut = true,
              std::int64_t most = 1 << 20) {
    int fds[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
    Fd ours(fds[0]), theirs(fds[1]);
    std::string back;
    std::thread client([&] {
        (void)::send(ours.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (shut) ::shutdown(ours.get(), SHUT_WR);
        char piece[256];
        for (ssize_t got = 0; (got = ::recv(ours.get(), piece, sizeof piece, 0)) > 0;)
            back.append(piece, static_cast<std::size_t>(got));
        ours.reset();
    });
    Answer answer;
    answer.status = receive_upload(theirs.get(), {spool.path, most, 2000ms, 200ms});
    theirs.reset();
    client.join();
    REQUIRE(back.ends_with('\n'));
    auto value = wire::parse_json(back);
    REQUIRE(value);
    answer.line = *value;
    return answer;
}

const std::string kAbcHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace

TEST_CASE("an upload is stored under its hash and its sender") {
    Spool spool;
    auto answer = upload(spool, "abc");
    CHECK(answer.status);
    CHECK(answer.line.text_or("sha256") == kAbcHash);
    CHECK(answer.line.integer_or("size") == 3);
    auto name = kAbcHash + "." + std::to_string(::getuid());
    CHECK(spool.files() == std::vector<std::string>{name});
    CHECK(spool.text(name) == "abc");
    struct stat about {};
    REQUIRE(::stat((spool.path + "/" + name).c_str(), &about) == 0);
    CHECK((about.st_mode & 07) == 0);
    CHECK(upload(spool, "abc").status);  // again is as good as once
    CHECK(spool.files().size() == 1);
}

TEST_CASE("too large, empty and stalled uploads are told so and leave nothing") {
    Spool spool;
    auto large = upload(spool, std::string(500'000, 'x'), true, 1000);
    CHECK_FALSE(large.status);
    CHECK(large.line.text_or("code") == "invalid");
    CHECK_FALSE(large.line.text_or("detail").empty());
    CHECK(upload(spool, std::string(1000, 'x'), true, 1000).status);
    CHECK(upload(spool, "").line.text_or("code") == "invalid");
    CHECK(upload(spool, "half", false).line.text_or("code") == "timeout");
    CHECK(spool.files().size() == 1);
    Spool nowhere;
    nowhere.path += "/nowhere";
    int fds[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
    Fd ours(fds[0]), theirs(fds[1]);
    ::shutdown(ours.get(), SHUT_WR);
    auto status = receive_upload(theirs.get(), {nowhere.path, 1000, 1000ms, 100ms});
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Code::unavailable);
    nowhere.path.resize(nowhere.path.size() - 8);
}

TEST_CASE("uploads that nobody may use any more are taken away, other files are not") {
    Spool spool;
    auto old_name = std::string(64, 'a') + ".1000";
    for (const auto& name : {old_name, std::string(".incoming-1"), std::string("README"),
                             std::string(64, 'b') + ".1000"})
        std::ofstream(spool.path + "/" + name) << "x";
    utimbuf past{1'000'000, 1'000'000};
    for (const auto& name : {old_name, std::string(".incoming-1"), std::string("README")})
        ::utime((spool.path + "/" + name).c_str(), &past);
    CHECK(upload(spool, "abc").status);
    auto left = spool.files();
    CHECK(left.size() == 3);  // README, the young one, the new one
    CHECK(std::find(left.begin(), left.end(), old_name) == left.end());
}
