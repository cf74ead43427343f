// Readers: one worker per tag reader, each reading one slot at a time. A read has a deadline; a
// reader whose worker is stuck in a call that nothing can cancel is given up with its thread and
// replaced, and only its own slots are answered "unreadable". Loop thread only.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hardware/tag_reader.hpp"
#include "loop/worker.hpp"
#include "rules/command.hpp"
#include "tag/reading.hpp"

namespace seals::sealsd {

using MakeReader = std::function<std::shared_ptr<hardware::TagReader>()>;

class Reader {
  public:
    Reader(loop::Loop& loop, std::string name, MakeReader make);

    void set_keyring(std::shared_ptr<const tag::Keyring> keyring) { keyring_ = std::move(keyring); }
    void read(SlotNo slot, std::function<void(rules::TagReading)> done);
    bool faulty() const { return failures_ > 2; }  // the last reads found no reader
    const std::string& name() const { return name_; }

    static constexpr milliseconds kDeadline{2000};  // of one read, all its APDUs
    static constexpr milliseconds kStuck{5000};     // then the worker is given up

  private:
    struct Question {
        SlotNo slot;
        std::function<void(rules::TagReading)> done;
    };
    void next();
    void answer(std::uint64_t turn, const tag::Reading& reading, std::chrono::microseconds took);
    void give_up(std::uint64_t turn);
    void start();

    loop::Loop& loop_;
    std::string name_;
    MakeReader make_;
    std::shared_ptr<const tag::Keyring> keyring_ = std::make_shared<tag::Keyring>();
    std::shared_ptr<hardware::TagReader> reader_;  // shared with the worker's job
    std::unique_ptr<loop::Worker> worker_;
    std::deque<Question> questions_;  // front: being read
    std::uint64_t turn_ = 0;          // an answer to an older turn comes too late
    loop::Timer watchdog_;
    int failures_ = 0;
};

}  // namespace seals::sealsd
