// A datagram socket stands in for the journal's.
#include "base/journal.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/fd.hpp"
#include "catch.hpp"

using namespace seals;

namespace {

struct Journal {
    std::string path = "/tmp/seals-journal-test." + std::to_string(::getpid());
    Fd fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};

    Journal() {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        std::strcpy(at.sun_path, path.c_str());
        REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
    }
    ~Journal() { std::filesystem::remove(path); }
    std::string received() {
        std::array<char, 4096> buffer{};
        auto got = ::recv(fd.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
    }
};

}  // namespace

TEST_CASE("an entry reaches the journal as one datagram") {
    Journal journal;
    auto entry = journal_entry({{"MESSAGE", "a door"}, {"PRIORITY", "2"}});
    CHECK(send_to_journal(entry, journal.path.c_str()));
    CHECK(journal.received() == "MESSAGE=a door\nPRIORITY=2\n");
}

TEST_CASE("a value with a new line is sent with its length and forges no field") {
    auto entry = journal_entry({{"SEALS_REASON", "x\nPRIORITY=0"}});
    CHECK(entry == std::string("SEALS_REASON\n\x0c\0\0\0\0\0\0\0x\nPRIORITY=0\n", 34));
}

TEST_CASE("a journal that is gone is told, and hurts nobody") {
    CHECK_FALSE(send_to_journal("MESSAGE=x\n", "/nonexistent/journal"));
    std::string path;
    {
        Journal journal;
        path = journal.path;
        std::filesystem::rename(path, path + ".kept");
        path += ".kept";
    }
    CHECK_FALSE(send_to_journal("MESSAGE=x\n", path.c_str()));  // nobody reads any more
    std::filesystem::remove(path);
}

TEST_CASE("only the stream that systemd gave counts as the journal's") {
    struct stat seen {};
    REQUIRE(::fstat(STDERR_FILENO, &seen) == 0);
    auto stream = std::to_string(seen.st_dev) + ":" + std::to_string(seen.st_ino);
    ::setenv("JOURNAL_STREAM", stream.c_str(), 1);
    CHECK(journal_reads(STDERR_FILENO));
    ::setenv("JOURNAL_STREAM", "1:2", 1);
    CHECK_FALSE(journal_reads(STDERR_FILENO));
    ::unsetenv("JOURNAL_STREAM");
    CHECK_FALSE(journal_reads(STDERR_FILENO));
}

TEST_CASE("names of fields are such as the journal takes") {
    CHECK(journal_name("seal") == "SEALS_SEAL");
    CHECK(journal_name("by_ms") == "SEALS_BY_MS");
    CHECK(journal_name("löck.1") == "SEALS_L__CK_1");
}
