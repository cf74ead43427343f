// Answer: what a worker waits for and the loop gives, once. For a worker that must not go on before
// the loop is done with what it handed over. The waiting side polls, so that it can be called off.
#pragma once

#include <future>
#include <utility>

#include "base/instant.hpp"

namespace seals::loop {

template <class T>
class Answer {
  public:
    void give(T value) { promise_.set_value(std::move(value)); }  // loop thread, once
    // Worker thread: false when nothing came in time.
    bool wait(milliseconds at_most) {
        return future_.wait_for(at_most) == std::future_status::ready;
    }
    T take() { return future_.get(); }  // after wait() said true

  private:
    std::promise<T> promise_;
    std::future<T> future_ = promise_.get_future();
};

}  // namespace seals::loop
