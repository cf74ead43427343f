#include <algorithm>
#include <array>
#include <string>

#include <fcntl.h>

#include "base/fd.hpp"
#include "base/log.hpp"
#include "catch.hpp"

using namespace seals;

namespace {

bool is_open(int fd) {
    return ::fcntl(fd, F_GETFD) >= 0;
}

// What `write` puts on standard error.
template <class F>
std::string stderr_of(F write) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    Fd reader(ends[0]), writer(ends[1]);
    Fd saved(::dup(STDERR_FILENO));
    ::dup2(writer.get(), STDERR_FILENO);
    write();
    ::dup2(saved.get(), STDERR_FILENO);
    writer.reset();
    std::string out(4096, '\0');
    auto got = ::read(reader.get(), out.data(), out.size());
    out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return out;
}

}  // namespace

TEST_CASE("a descriptor is closed once, by its last owner") {
    int raw = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    REQUIRE(raw >= 0);
    {
        Fd first(raw);
        Fd second(std::move(first));
        CHECK(second.get() == raw);
        Fd third;
        third = std::move(second);
        CHECK(third.get() == raw);
        CHECK(is_open(raw));
    }
    CHECK_FALSE(is_open(raw));
}

TEST_CASE("a released descriptor stays open") {
    Fd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    int raw = fd.release();
    CHECK_FALSE(fd);
    CHECK(is_open(raw));
    ::close(raw);
}

TEST_CASE("a hostile text cannot forge a second line or field of the log") {
    auto out = stderr_of([] {
        log(Priority::info, "test", "seen", {{"who", "x\nroom: y=\"1\""}});
    });
    CHECK(std::count(out.begin(), out.end(), '\n') == 1);
    CHECK(out.find("who=\"x room: y=\\\"1\\\"\"\n") != std::string::npos);
}

TEST_CASE("lines below the level are not written") {
    auto out = stderr_of([] { log(Priority::debug, "test", "quiet"); });
    CHECK(out.empty());
    set_log_level(Priority::debug);
    out = stderr_of([] { log(Priority::debug, "test", "heard", {{"n", "1"}}); });
    set_log_level(Priority::info);
    CHECK(out.find("test: heard n=1\n") != std::string::npos);
}
