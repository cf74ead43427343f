// Factors of a person as the options give them: --pin-file, --pin-fd, or the terminal. Blocks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context.hpp"
#include "secret.hpp"
#include "wire/calls.hpp"

namespace seals::sealctl {

// The secret that the options `--<name>-file` and `--<name>-fd` name; asks with that text when
// neither is given; nullopt when nobody is there to be asked.
Result<std::optional<Secret>> secret_option(Context& context, const std::string& name,
                                            const std::string& prompt);

// The PIN of `person` (of the file: the line "PERSON PIN", else the first with a PIN alone) as
// factors of a call; none when there is none: the daemon then refuses by name.
Result<std::vector<wire::Factor>> factors_of(Context& context, const std::string& person,
                                             const std::string& option = "pin");

// Several persons who act, each with a PIN: the line "PERSON PIN" of --pin-file, else its next line
// that holds a PIN alone; the next line of --pin-fd; or the terminal.
Result<std::vector<wire::Acting>> acting_of(Context& context,
                                            const std::vector<std::string>& persons);
void wipe(std::vector<wire::Acting>& acting);

}  // namespace seals::sealctl
