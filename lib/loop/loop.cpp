#include "loop/loop.hpp"

#include <csignal>
#include <mutex>
#include <vector>

#include <event2/event.h>
#include <event2/thread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/fd.hpp"

namespace seals::loop {
namespace {

timeval to_timeval(milliseconds delay) {
    auto ms = delay.count() < 0 ? 0 : delay.count();
    return {static_cast<time_t>(ms / 1000), static_cast<suseconds_t>(ms % 1000 * 1000)};
}

}  // namespace

// A callback may destroy its own Timer or Watch, so the task is copied to the stack before the
// call.
struct Timer::Body {
    std::function<void()> task;
    event* ev = nullptr;
    ~Body() { event_free(ev); }
    static void fire(evutil_socket_t, short, void* self) {
        auto task = static_cast<Body*>(self)->task;
        task();
    }
};

struct Watch::Body {
    std::function<void()> task;
    event* ev = nullptr;
    ~Body() { event_free(ev); }
    static void fire(evutil_socket_t, short, void* self) {
        auto task = static_cast<Body*>(self)->task;
        task();
    }
};

Timer::Timer() = default;
Timer::Timer(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Timer::Timer(Timer&&) noexcept = default;
Timer& Timer::operator=(Timer&&) noexcept = default;
Timer::~Timer() = default;

Watch::Watch() = default;
Watch::Watch(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Watch::Watch(Watch&&) noexcept = default;
Watch& Watch::operator=(Watch&&) noexcept = default;
Watch::~Watch() = default;

// Tasks wait under a lock held for a push or a swap only; an eventfd wakes the loop.
struct Loop::Mailbox {
    std::mutex mutex;
    std::vector<std::function<void()>> tasks;  // guarded by mutex
    Fd wake{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    Watch watch;

    void push(std::function<void()> task) {
        {
            std::lock_guard lock(mutex);
            tasks.push_back(std::move(task));
        }
        std::uint64_t one = 1;
        [[maybe_unused]] auto written = ::write(wake.get(), &one, sizeof one);
    }
    void drain() {
        std::uint64_t count = 0;
        [[maybe_unused]] auto got = ::read(wake.get(), &count, sizeof count);
        std::vector<std::function<void()>> now;
        {
            std::lock_guard lock(mutex);
            now.swap(tasks);
        }
        for (auto& task : now)
            task();
    }
};

Loop::Loop() : mailbox_(std::make_unique<Mailbox>()) {
    std::signal(SIGPIPE, SIG_IGN);
    evthread_use_pthreads();
    base_ = event_base_new();
    mailbox_->watch = readable(mailbox_->wake.get(), [this] { mailbox_->drain(); });
}

Loop::~Loop() {
    mailbox_->watch = {};
    event_base_free(base_);
}

void Loop::run() {
    event_base_loop(base_, EVLOOP_NO_EXIT_ON_EMPTY);
}

void Loop::stop() {
    event_base_loopbreak(base_);
}

void Loop::run_once(milliseconds at_most) {
    auto limit = after(at_most, [] {});
    event_base_loop(base_, EVLOOP_ONCE);
}

void Loop::post(std::function<void()> task) {
    mailbox_->push(std::move(task));
}

Timer Loop::after(milliseconds delay, std::function<void()> task) {
    auto body = std::make_unique<Timer::Body>();
    body->task = std::move(task);
    body->ev = event_new(base_, -1, 0, &Timer::Body::fire, body.get());
    auto when = to_timeval(delay);
    event_add(body->ev, &when);
    return Timer(std::move(body));
}

Timer Loop::every(milliseconds period, std::function<void()> task) {
    auto body = std::make_unique<Timer::Body>();
    body->task = std::move(task);
    body->ev = event_new(base_, -1, EV_PERSIST, &Timer::Body::fire, body.get());
    auto when = to_timeval(period);
    event_add(body->ev, &when);
    return Timer(std::move(body));
}

Watch Loop::watch(int fd, short what, std::function<void()> task) {
    auto body = std::make_unique<Watch::Body>();
    body->task = std::move(task);
    body->ev =
        event_new(base_, fd, static_cast<short>(what | EV_PERSIST), &Watch::Body::fire, body.get());
    event_add(body->ev, nullptr);
    return Watch(std::move(body));
}

Watch Loop::readable(int fd, std::function<void()> task) {
    return watch(fd, EV_READ, std::move(task));
}
Watch Loop::writable(int fd, std::function<void()> task) {
    return watch(fd, EV_WRITE, std::move(task));
}
Watch Loop::on_signal(int signal, std::function<void()> task) {
    return watch(signal, EV_SIGNAL, std::move(task));
}

}  // namespace seals::loop
