// Help, made from the table of commands. Pure.
#pragma once

#include <span>
#include <string>

#include "command.hpp"
#include "words/texts.hpp"

namespace seals::sealctl {

// What it does, in a line.
std::string about(const Command& command, Language language);

// `width`: of the terminal; 0: lines may be as long as they need.
std::string help_of(const Command& command, Language language, std::size_t width = 0);
// Of all verbs, or of one noun's.
std::string help_of(std::span<const Command> commands, const std::string& noun, Language language,
                    std::size_t width = 0);

}  // namespace seals::sealctl
