// Worker: one thread that owns what it touches, fed by a queue. A job runs on the worker's thread;
// what it returns is a task that the loop runs afterwards. submit() from the loop thread only.
// The destructor finishes the queue and joins; abandon() leaves a stuck thread behind instead.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "loop/loop.hpp"

namespace seals::loop {

using Reply = std::function<void()>;  // runs on the loop
using Job = std::function<Reply()>;   // runs on the worker

// background: gives way to every other thread when the processor is busy (nice 10).
enum class Pace { normal, background };

class Worker {
  public:
    // name: at most 15 bytes, seen in top and gdb
    Worker(Loop& loop, const std::string& name, Pace pace = Pace::normal);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void submit(Job job);
    std::size_t waiting() const;     // jobs queued or running
    milliseconds stuck_for() const;  // how long the running job has run; 0 when idle

    // Gives the thread up: it is detached, its queued jobs are dropped and its running job's reply
    // is never posted. For calls that no one can cancel (PC/SC). The worker cannot be used
    // afterwards.
    void abandon();

  private:
    struct Body;  // shared with the thread, so that an abandoned one never touches freed memory
    std::shared_ptr<Body> body_;
};

}  // namespace seals::loop
