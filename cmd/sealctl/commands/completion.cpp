// sealctl completion: a script that a shell reads, so that it knows verbs and options.
#include "completion.hpp"

#include "commands/table.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

int run_completion(Context& context) {
    auto shell = context.arguments.one("SHELL");
    auto script = completion_for(shell, commands(), context.print.language());
    if (!script) return wrong_usage(context, "usage.shell", {shell});
    context.print.raw(*script);
    return 0;
}

constexpr Option kShell[] = {{"SHELL", "", "opt.shell", true}};
const Command kCommands[] = {{"completion", kShell, false, run_completion}};

}  // namespace

std::span<const Command> completion_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
