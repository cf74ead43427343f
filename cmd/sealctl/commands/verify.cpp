// sealctl verify: does the whole ledger recompute, and do files of evidence prove what they should.
#include "commands/table.hpp"
#include "offline.hpp"
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
    if (wants_files(context.arguments)) return verify_files(context);
    context.print.progress(context.text("verify.running"));
    auto reply = context.daemon.post("/v1/verify", Value{Value::Object{}}, kLong);
    context.print.progress("");
    return show_reply(context, reply, print_verdict);
}

constexpr Option kVerify[] = {{"--checkpoint", "FILE", "opt.checkpoint"},
                              {"--key", "FILE", "opt.key.device"},
                              {"--witness-key", "FILE", "opt.witness_key", false, true},
                              {"--proof", "FILE", "opt.proof"},
                              {"--leaf", "FILE", "opt.leaf"},
                              {"--consistency", "FILE", "opt.consistency"},
                              {"--dump", "FILE", "opt.dump"},
                              {"--bundle", "FILE", "opt.bundle"},
                              {"--offline", "", "opt.offline"}};
const Command kCommands[] = {{"verify", kVerify, false, run_verify}};

}  // namespace

std::span<const Command> verify_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
