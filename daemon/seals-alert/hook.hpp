// Hook: one run of a program of the hooks' folder. It gets the alert on standard input; what it
// prints is read and thrown away but for its first words on standard error. It runs in a process
// group of its own, which is killed when its time is up, and whatever it leaves behind with it.
// Loop thread; never blocks.
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

namespace seals::alertd {

// Names of the executable files of the folder, sorted; hidden ones, backups and what a package
// manager left are none. Code::unavailable: it cannot be read.
Result<std::vector<std::string>> hooks_in(const std::string& dir);

class Hook {
  public:
    struct End {
        bool ok = false;
        std::string outcome;  // "ok", "exit 3", "signal 11", "time-out"
        std::string said;     // the first 4 KiB of its standard error
        milliseconds took{0};
    };

    // Code::not_found when the program is gone.
    static Result<std::unique_ptr<Hook>> start(loop::Loop& loop, const std::string& path,
                                               const std::string& input, milliseconds limit);
    ~Hook();  // kills what still runs
    Hook(const Hook&) = delete;
    Hook& operator=(const Hook&) = delete;

    std::optional<End> end();  // when it is over; asked after each SIGCHLD

    static constexpr std::size_t kKept = 4096;

  private:
    Hook(loop::Loop& loop, pid_t pid, Fd output, milliseconds limit);
    void read_output();
    void kill_group() const;

    pid_t pid_;
    Fd output_;
    std::string said_;
    bool timed_out_ = false;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    loop::Watch watch_;
    loop::Timer limit_;
};

}  // namespace seals::alertd
