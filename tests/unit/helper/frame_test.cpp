#include "helper/frame.hpp"

#include <random>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

#include "catch.hpp"

using namespace seals;
using namespace seals::helper;
using namespace std::chrono_literals;

namespace {

struct Pair {
    Fd a, b;
    Pair() {
        int fds[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
        a.reset(fds[0]);
        b.reset(fds[1]);
    }
};

}  // namespace

TEST_CASE("frames come out as they went in, in any cut of the stream") {
    std::mt19937 dice(7);
    Bytes stream;
    std::vector<Frame> sent;
    for (int i = 0; i < 200; ++i) {
        Frame frame{static_cast<std::uint8_t>(dice() % 256), Bytes(dice() % 700, 0)};
        for (auto& byte : frame.payload)
            byte = static_cast<std::uint8_t>(dice());
        auto bytes = encode_frame(frame.kind, frame.payload);
        stream.insert(stream.end(), bytes.begin(), bytes.end());
        sent.push_back(std::move(frame));
    }
    FrameDecoder decoder(4096);
    std::vector<Frame> got;
    for (std::size_t at = 0; at < stream.size();) {
        auto size = std::min<std::size_t>(dice() % 900, stream.size() - at);
        REQUIRE(decoder.feed(ByteView(stream).subspan(at, size)));
        while (auto frame = decoder.next())
            got.push_back(*frame);
        at += size;
    }
    CHECK(got == sent);
    CHECK(decoder.idle());
}

TEST_CASE("a frame of no length or above the ceiling is refused by its head") {
    FrameDecoder zero;
    CHECK_FALSE(zero.feed(Bytes{0, 0, 0, 0}));
    FrameDecoder large(100);
    CHECK(large.feed(encode_frame(1, std::string(99, 'x'))));
    CHECK_FALSE(large.feed(Bytes{0, 0, 0, 101}));
    CHECK_FALSE(large.feed(encode_frame(1, "x")));  // broken for good
    CHECK(large.next());                            // what was whole before stays readable
    CHECK_FALSE(large.next());
}

TEST_CASE("a frame and the descriptor on it cross a socket") {
    Pair pair;
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    Fd read_end(ends[0]), write_end(ends[1]);
    std::string big(300'000, 'q');
    bool sent = false;  // Catch's checks are for one thread at a time
    std::thread writer([&] {
        sent = static_cast<bool>(
                   write_frame(pair.a.get(), 9, big, deadline_in(5s), write_end.get())) &&
               static_cast<bool>(write_frame(pair.a.get(), 10, "", deadline_in(5s)));
        pair.a.reset();
    });
    auto first = read_frame(pair.b.get(), deadline_in(5s));
    REQUIRE(first);
    REQUIRE(*first);
    CHECK((*first)->frame.kind == 9);
    CHECK((*first)->frame.text() == big);
    REQUIRE((*first)->fd);
    CHECK(::write((*first)->fd.get(), "!", 1) == 1);
    char c = 0;
    CHECK(::read(read_end.get(), &c, 1) == 1);
    auto second = read_frame(pair.b.get(), deadline_in(5s));
    REQUIRE(second);
    CHECK((*second)->frame.kind == 10);
    CHECK_FALSE((*second)->fd);
    auto end = read_frame(pair.b.get(), deadline_in(5s));
    REQUIRE(end);
    CHECK_FALSE(*end);
    writer.join();
    CHECK(sent);
}

TEST_CASE("frames cross a pipe too") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    Fd read_end(ends[0]), write_end(ends[1]);
    std::string big(200'000, 'p');
    bool sent = false;
    std::thread writer(
        [&] { sent = static_cast<bool>(write_frame(write_end.get(), 1, big, deadline_in(5s))); });
    auto got = read_frame(read_end.get(), deadline_in(5s));
    writer.join();
    CHECK(sent);
    REQUIRE(got);
    CHECK((*got)->frame.text() == big);
    CHECK(write_frame(write_end.get(), 1, "x", deadline_in(1s), 0).error().code ==
          Code::unavailable);  // a pipe carries no descriptor
}

TEST_CASE("a silent peer times out, a torn frame and an oversized one are errors") {
    Pair pair;
    auto silent = read_frame(pair.b.get(), deadline_in(30ms));
    REQUIRE_FALSE(silent);
    CHECK(silent.error().code == Code::timeout);
    REQUIRE(::write(pair.a.get(), "\0\0\0\x09\x01xy", 7) == 7);
    pair.a.reset();
    auto torn = read_frame(pair.b.get(), deadline_in(1s));
    REQUIRE_FALSE(torn);
    CHECK(torn.error().code == Code::unavailable);

    Pair other;
    REQUIRE(::write(other.a.get(), "\x7f\0\0\0\x01", 5) == 5);
    auto huge = read_frame(other.b.get(), deadline_in(1s));
    REQUIRE_FALSE(huge);
    CHECK(huge.error().code == Code::invalid);
}

TEST_CASE("a writer whose peer hung up learns of it and is not killed") {
    Pair pair;
    pair.b.reset();
    auto status = write_frame(pair.a.get(), 1, "x", deadline_in(1s));
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Code::unavailable);
}
