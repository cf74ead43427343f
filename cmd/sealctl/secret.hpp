// PINs: from a file, from a descriptor that is open already, or from the person at the terminal,
// unseen. Never from the command line, which other users of the machine can read. Blocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::sealctl {

void wipe(std::string& text);
void wipe(Value& value);  // every string in it

// Wiped when it goes.
class Secret {
  public:
    explicit Secret(std::string text) : text_(std::move(text)) {}
    Secret(Secret&& other) noexcept {
        text_.swap(other.text_);
        wipe(other.text_);  // a short text stands in the object itself
    }
    Secret& operator=(Secret&&) = delete;
    ~Secret() { wipe(text_); }
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

// The first line of the file, or the next of the descriptor. Code::invalid: it cannot be read, is
// empty or longer than a PIN may be.
Result<Secret> secret_in_file(const std::string& path);
Result<Secret> secret_from_fd(const std::string& number);

// Every line of the file that is not empty, 64 at most.
Result<std::vector<Secret>> secret_lines_in_file(const std::string& path);

// Asks on /dev/tty. nullopt when nobody sits there (no terminal, or neither input nor errors go to
// one) or nothing was typed.
std::optional<Secret> ask_secret(std::string_view prompt);

}  // namespace seals::sealctl
