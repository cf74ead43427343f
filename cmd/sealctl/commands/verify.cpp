// sealctl verify: does the whole ledger recompute.
#include "commands/table.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

void print_verdict(Context& context, const Value& body) {
    auto& print = context.print;
    auto size = std::to_string(body.integer_or("size"));
    if (body.boolean_or("ok"))
        return print.line(print.paint(Style::good, context.text("verify.ok", {size})) + "\n" +
                          context.text("verify.root", {body.text_or("root")}));
    const auto* bad = body.find("first_bad");
    print.line(print.paint(Style::bad, context.text("verify.corrupt")));
    if (bad != nullptr && !bad->is_null())
        print.say("verify.first_bad",
                  {std::to_string(bad->integer_or("seq")), bad->text_or("reason")});
    print.say("verify.remedy");
}

int run_verify(Context& context) {
    context.print.progress(context.text("verify.running"));
    auto reply = context.daemon.post("/v1/verify", Value{Value::Object{}}, kLong);
    context.print.progress("");
    return show_reply(context, reply, print_verdict);
}

const Command kCommands[] = {{"verify", {}, false, run_verify}};

}  // namespace

std::span<const Command> verify_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
