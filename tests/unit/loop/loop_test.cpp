#include "loop/loop.hpp"

#include <thread>

#include <sys/socket.h>
#include <unistd.h>

#include "catch.hpp"
#include "loop/worker.hpp"

using namespace seals;
using namespace seals::loop;
using namespace std::chrono_literals;

namespace {
void run_until(Loop& loop, const bool& done) {
    for (int i = 0; i < 200 && !done; ++i)
        loop.run_once(50ms);
}
}  // namespace

TEST_CASE("tasks posted from other threads run on the loop in order") {
    Loop loop;
    std::vector<int> seen;
    bool done = false;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i)
            loop.post([&seen, i] { seen.push_back(i); });
        loop.post([&] { done = true; });
    });
    run_until(loop, done);
    other.join();
    REQUIRE(seen.size() == 100);
    for (int i = 0; i < 100; ++i)
        CHECK(seen[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("a destroyed timer never fires") {
    Loop loop;
    bool fired = false;
    bool done = false;
    {
        auto timer = loop.after(5ms, [&] { fired = true; });
    }
    auto end = loop.after(30ms, [&] { done = true; });
    run_until(loop, done);
    CHECK(done);
    CHECK_FALSE(fired);
}

TEST_CASE("a timer may destroy itself in its own callback") {
    Loop loop;
    int count = 0;
    bool done = false;
    Timer timer = loop.every(1ms, [&] {
        if (++count == 3) {
            timer = {};
            done = true;
        }
    });
    run_until(loop, done);
    loop.run_once(10ms);
    CHECK(count == 3);
}

TEST_CASE("a readable descriptor calls back") {
    Loop loop;
    int pair[2];
    REQUIRE(::pipe(pair) == 0);
    bool done = false;
    auto watch = loop.readable(pair[0], [&] {
        char c = 0;
        done = ::read(pair[0], &c, 1) == 1 && c == 'x';
    });
    REQUIRE(::write(pair[1], "x", 1) == 1);
    run_until(loop, done);
    CHECK(done);
    watch = {};
    ::close(pair[0]);
    ::close(pair[1]);
}

TEST_CASE("a worker runs jobs in order off the loop and replies on it") {
    Loop loop;
    auto loop_thread = std::this_thread::get_id();
    std::vector<int> order;
    bool done = false;
    bool elsewhere = false;
    {
        Worker worker(loop, "test");
        for (int i = 0; i < 10; ++i)
            worker.submit([&, i]() -> Reply {
                elsewhere = std::this_thread::get_id() != loop_thread;
                return [&, i] {
                    CHECK(std::this_thread::get_id() == loop_thread);
                    order.push_back(i);
                    done = i == 9;
                };
            });
        run_until(loop, done);
    }
    CHECK(elsewhere);
    CHECK(order == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("an abandoned worker's reply never arrives and its thread blocks nobody") {
    Loop loop;
    int pair[2];
    REQUIRE(::pipe(pair) == 0);
    bool replied = false;
    Worker worker(loop, "stuck");
    worker.submit([&replied, fd = pair[0]]() -> Reply {
        char c = 0;
        [[maybe_unused]] auto got = ::read(fd, &c, 1);
        return [&replied] { replied = true; };
    });
    std::this_thread::sleep_for(20ms);
    CHECK(worker.stuck_for() >= 10ms);
    worker.abandon();
    REQUIRE(::write(pair[1], "x", 1) == 1);
    std::this_thread::sleep_for(20ms);
    loop.run_once(20ms);
    CHECK_FALSE(replied);
}
