// What a shell completes for sealctl, as a script for it: verbs, options, files. Made from the
// table of commands. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "command.hpp"
#include "words/texts.hpp"

namespace seals::sealctl {

// nullopt: a shell that we do not know.
std::optional<std::string> completion_for(std::string_view shell, std::span<const Command> commands,
                                          Language language);

}  // namespace seals::sealctl
