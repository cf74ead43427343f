// sealctl policy show: the policy in force, as the ledger has it.
#include <algorithm>

#include "commands/table.hpp"
#include "reply.hpp"
#include "width.hpp"

namespace seals::sealctl {
namespace {

int run_show(Context& context) {
    return show_thing(context, context.daemon.get("/v1/policy"),
                      [](Context& with, const Value& policy) {
                          auto text = policy.text_or("text");
                          // Line by line: its line breaks stay, what a terminal would obey does
                          // not.
                          for (std::size_t at = 0; at < text.size();) {
                              auto end = std::min(text.find('\n', at), text.size());
                              with.print.line(cleaned(std::string_view(text).substr(at, end - at)));
                              at = end + 1;
                          }
                          with.print.note(with.text("policy.sha256", {policy.text_or("sha256")}));
                      });
}

const Command kCommands[] = {{"policy show", {}, false, run_show}};

}  // namespace

std::span<const Command> policy_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
