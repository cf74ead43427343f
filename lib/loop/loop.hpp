// Loop: the one event loop of a process, and its mailbox. Everything runs on the thread that calls
// run(), except post(), which any thread may call: it is the only door between threads. A callback
// must not block. Loop owns nothing that it calls; Timer and Watch stop calling when destroyed.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/instant.hpp"

struct event_base;

namespace seals::loop {

class Loop;

// A one-shot or repeating timer; destroyed = cancelled. Loop thread only.
class Timer {
  public:
    Timer();
    Timer(Timer&&) noexcept;
    Timer& operator=(Timer&&) noexcept;
    ~Timer();
    explicit operator bool() const { return body_ != nullptr; }

  private:
    friend class Loop;
    struct Body;
    explicit Timer(std::unique_ptr<Body> body);
    std::unique_ptr<Body> body_;
};

// Calls back when a descriptor is readable or writable; destroyed = stopped. The descriptor stays
// the caller's. Loop thread only.
class Watch {
  public:
    Watch();
    Watch(Watch&&) noexcept;
    Watch& operator=(Watch&&) noexcept;
    ~Watch();
    explicit operator bool() const { return body_ != nullptr; }

  private:
    friend class Loop;
    struct Body;
    explicit Watch(std::unique_ptr<Body> body);
    std::unique_ptr<Body> body_;
};

class Loop {
  public:
    Loop();  // ignores SIGPIPE for the process
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void run();   // until stop(); the calling thread becomes the loop thread
    void stop();  // loop thread or a signal callback; from others use post()
    void run_once(milliseconds at_most);  // for tests: waits for events, dispatches them, returns

    void post(std::function<void()> task);  // any thread; runs in order of posting
    Timer after(milliseconds delay, std::function<void()> task);
    Timer every(milliseconds period, std::function<void()> task);
    Watch readable(int fd, std::function<void()> task);
    Watch writable(int fd, std::function<void()> task);
    Watch on_signal(int signal, std::function<void()> task);

    event_base* base() { return base_; }  // for evhttp in api

  private:
    struct Mailbox;
    Watch watch(int fd, short what, std::function<void()> task);

    event_base* base_;
    std::unique_ptr<Mailbox> mailbox_;
};

}  // namespace seals::loop
