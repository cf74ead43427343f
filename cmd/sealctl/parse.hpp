// Words of a command line → a command and its arguments. The only file that knows CLI11. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "command.hpp"
#include "words/texts.hpp"

namespace seals::sealctl {

struct Parsed {
    const Command* command = nullptr;  // null: no verb was named, or only the noun
    std::string noun;                  // as far as it was named
    Arguments arguments;
};

// A wrong command line is an Error whose detail is in that language; its exit status is kExitUsage,
// whatever the code. With --help or --version nothing is missing.
Result<Parsed> parse(std::span<const Command> commands, std::vector<std::string> words,
                     Language language);

}  // namespace seals::sealctl
