// sealctl verify: does the whole ledger recompute; with --files: is every photo and document that
// it names there and whole; with files of evidence: do they prove what they should.
#include "commands/table.hpp"
#include "offline.hpp"
#include "reply.hpp"
#include "wire/calls.hpp"

namespace seals::sealctl {
namespace {

void print_ledger(Context& context, const Value& body) {
    auto& print = context.print;
    auto size = std::to_string(body.integer_or("size"));
    const auto* bad = body.find("first_bad");
    if (bad == nullptr || bad->is_null())
        return print.line(print.paint(Style::good, context.text("verify.ok", {size})) + "\n" +
                          context.text("verify.root", {body.text_or("root")}));
    print.line(print.paint(Style::bad, context.text("verify.corrupt")));
    print.say("verify.first_bad", {std::to_string(bad->integer_or("seq")), bad->text_or("reason")});
    print.say("verify.remedy");
}

void print_bad_files(Context& context, const char* text, const Value* files) {
    if (files == nullptr || files->array() == nullptr) return;
    for (const auto& file : *files->array())
        context.print.say(text, {file.text_or("sha256"), std::to_string(file.integer_or("seq"))});
}

void print_files(Context& context, const Value& files) {
    auto& print = context.print;
    auto count = [&](const char* name) { return std::to_string(files.integer_or(name)); };
    if (files.integer_or("missing") == 0 && files.integer_or("altered") == 0)
        print.line(print.paint(Style::good,
                               context.text("verify.files.ok", {count("named"), count("purged")})));
    else
        print.line(print.paint(Style::bad,
                               context.text("verify.files.bad",
                                            {count("named"), count("missing"), count("altered")})));
    print_bad_files(context, "verify.files.missing", files.find("missing_files"));
    print_bad_files(context, "verify.files.altered", files.find("altered_files"));
    if (files.integer_or("strangers") > 0)
        print.say("verify.files.strangers",
                  {count("strangers"), joined(files.texts_or("stranger_files"))});
    if (files.integer_or("missing") != 0 || files.integer_or("altered") != 0)
        print.say("verify.files.remedy");
}

void print_verdict(Context& context, const Value& body) {
    print_ledger(context, body);
    const auto* files = body.find("files");
    if (files != nullptr && !files->is_null()) print_files(context, *files);
}

int run_verify(Context& context) {
    if (wants_files(context.arguments)) return verify_files(context);
    wire::VerifyCall call{context.arguments.has("--files")};
    context.print.progress(context.text(call.files ? "verify.files.running" : "verify.running"));
    auto reply = context.daemon.post("/v1/verify", wire::write(call), kLong);
    context.print.progress("");
    return show_reply(context, reply, print_verdict);
}

constexpr Option kVerify[] = {{"--files", "", "opt.files"},
                              {"--checkpoint", "FILE", "opt.checkpoint"},
                              {"--key", "FILE", "opt.key.device"},
                              {"--witness-key", "FILE", "opt.witness_key", false, true},
                              {"--proof", "FILE", "opt.proof"},
                              {"--leaf", "FILE", "opt.leaf"},
                              {"--consistency", "FILE", "opt.consistency"},
                              {"--dump", "FILE", "opt.dump"},
                              {"--bundle", "FILE", "opt.bundle"},
                              {"--timestamp", "FILE", "opt.timestamp"},
                              {"--tsa-ca", "PATH", "opt.tsa_ca.verify"},
                              {"--offline", "", "opt.offline"}};
const Command kCommands[] = {{"verify", kVerify, false, run_verify}};

}  // namespace

std::span<const Command> verify_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
