// Spool: a folder that two programs share. What is to be told lies in new/NAME.json, the headers of
// it in new/NAME.headers, which is there first. Who takes it answers with done/NAME.receipt, or
// puts NAME.json or NAME.reason into failed/. Blocks for a sync; one thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace seals::outboxd {

class Spool {
  public:
    struct Answer {
        std::string name;
        bool taken = false;
        std::string text;  // the receipt, or why not
    };

    static Result<Spool> open(const std::string& dir);  // makes its three folders

    Status drop(const std::string& name, const std::string& headers, const std::string& body);
    // What lies there for us; it stays until clear(). At most kMostAnswers at a time.
    Result<std::vector<Answer>> answers() const;
    void clear(const std::string& name);  // all of that name

    static constexpr std::size_t kMostAnswers = 1000;
    static constexpr std::size_t kMostReceipt = 65'536;

  private:
    explicit Spool(std::string dir) : dir_(std::move(dir)) {}
    std::string dir_;
};

}  // namespace seals::outboxd
