// Hook: one run of a program that is handed something. It gets a text on standard input, and
// perhaps names in its environment; what it prints is read and thrown away but for its first words
// on standard error and, where its answer is asked for, a bounded standard output. It runs in a
// process group of its own, which is killed when its time is up, and whatever it leaves behind with
// it. Loop thread; never blocks.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "loop/loop.hpp"

namespace seals::delivery {

// Names of the executable files of the folder, sorted; hidden ones, backups and what a package
// manager left are none. Code::unavailable: it cannot be read.
Result<std::vector<std::string>> hooks_in(const std::string& dir);

struct Errand {
    std::string path;   // of the program
    std::string input;  // what it reads
    milliseconds limit{30'000};
    std::vector<std::string> environment{};  // "NAME=value", beside our own
    bool answers = false;                    // its standard output is kept
};

class Hook {
  public:
    struct End {
        bool ok = false;
        std::string outcome;  // "ok", "exit 3", "signal 11", "time-out"
        std::string said;     // the first 4 KiB of its standard error
        milliseconds took{0};
        std::string answer{};       // its standard output, up to kMostAnswer
        bool too_long = false;      // there was more of it
        std::optional<int> exit{};  // absent: it did not exit by itself
    };

    // Code::not_found when the program is gone.
    static Result<std::unique_ptr<Hook>> start(loop::Loop& loop, const Errand& errand);
    ~Hook();  // kills what still runs
    Hook(const Hook&) = delete;
    Hook& operator=(const Hook&) = delete;

    std::optional<End> end();  // when it is over; asked after each SIGCHLD

    static constexpr std::size_t kKept = 4096;
    static constexpr std::size_t kMostAnswer = 65536;

  private:
    struct Stream {
        Fd fd{};
        std::size_t most = 0;
        std::string text{};
        bool more = false;
        loop::Watch watch{};
    };
    Hook(loop::Loop& loop, pid_t pid, Fd errors, Fd output, milliseconds limit);
    static bool read_some(Stream& stream);  // false: nothing is there just now
    static void drain(Stream& stream);
    void kill_group() const;

    pid_t pid_;
    Stream errors_, output_;
    bool timed_out_ = false;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    loop::Timer limit_;
};

}  // namespace seals::delivery
