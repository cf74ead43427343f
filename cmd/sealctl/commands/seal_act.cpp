// sealctl seal register, enrol, activate … destroy, replace, release-quarantine: a seal's life.
#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "sending.hpp"
#include "wire/acts.hpp"
#include "words/seal_acts.hpp"

namespace seals::sealctl {
namespace {

// Every --file, sent and named by its hash.
Result<std::vector<std::string>> sent_files(Context& context) {
    std::vector<std::string> hashes;
    for (const auto& path : context.arguments.all("--file")) {
        auto sent = send_file(context, path);
        if (!sent) return sent.error();
        hashes.push_back(sent->sha256);
    }
    return hashes;
}

std::string named(Context& context, const std::string& seal) {
    auto name = context.names.seal_name(seal);
    return name.empty() ? seal : name + " (" + seal + ")";
}

int done(Context& context, const Result<Reply>& reply, const std::string& seal, SealState state) {
    return show_reply(context, reply, [&](Context& with, const Value& body) {
        with.print.say("act.done", {named(with, seal),
                                    term_text(seal_states(), std::string(name_of(state)),
                                              with.print.language()),
                                    std::to_string(body.integer_or("seq"))});
    });
}

// The verb is the command's second word: what it needs stands in words/seal_acts.
int run_act(Context& context, SealAct act) {
    const auto& row = row_of(act);
    auto seal = context.arguments.one("ID");
    wire::ActCall call;
    call.basis = context.arguments.one("--basis");
    auto persons = context.arguments.all("--witness");
    auto approver = context.arguments.maybe("--approver");
    if (approver) persons.push_back(*approver);
    auto files = sent_files(context);
    if (!files) return fail(context, files.error());
    call.files = std::move(*files);
    auto acting = acting_of(context, persons);
    if (!acting) return fail(context, acting.error());
    call.witnesses = std::move(*acting);
    if (approver) {
        call.approver = std::move(call.witnesses.back());
        call.witnesses.pop_back();
    }
    auto body = wire::write(call);
    wipe(call.witnesses);
    if (call.approver)
        for (auto& factor : call.approver->factors)
            wipe(factor.value);
    auto path = client::path_of("/v1/seals/{}/" + std::string(row.verb), {seal});
    return done(context, context.daemon.post(path, std::move(body)), seal, row.to);
}

template <SealAct act>
int run(Context& context) {
    return run_act(context, act);
}

int run_register(Context& context) {
    auto seal = context.arguments.one("ID");
    auto files = sent_files(context);
    if (!files) return fail(context, files.error());
    wire::RegisterCall call{context.arguments.one("--name"),      context.arguments.one("--type"),
                            context.arguments.one("--entity"),    context.arguments.one("--filing"),
                            context.arguments.one("--basis"),     context.arguments.maybe("--slot"),
                            context.arguments.all("--custodian"), std::move(*files)};
    auto path = client::path_of("/v1/seals/{}/register", {seal});
    return done(context, context.daemon.post(path, wire::write(call)), seal, SealState::registered);
}

void print_replaced(Context& context, const Value& body) {
    context.print.say("act.replaced", {body.text_or("seal"), body.text_or("by"),
                                       std::to_string(body.integer_or("seq"))});
    auto requests = body.texts_or("requests");
    if (requests.empty()) return;
    context.print.say(body.boolean_or("held") ? "act.replaced_held" : "act.replaced_revoked",
                      {std::to_string(requests.size())});
    for (const auto& request : requests)
        context.print.line("  " + request);
}

int run_replace(Context& context) {
    auto files = sent_files(context);
    if (!files) return fail(context, files.error());
    wire::ReplaceCall call{context.arguments.one("--by"),
                           context.arguments.one("--filing"),
                           context.arguments.one("--basis"),
                           context.arguments.maybe("--slot"),
                           std::move(*files),
                           context.arguments.has("--hold")};
    auto path = client::path_of("/v1/seals/{}/replace", {context.arguments.one("OLD")});
    return show_reply(context, context.daemon.post(path, wire::write(call)), print_replaced);
}

int run_release(Context& context) {
    auto seal = context.arguments.one("ID");
    auto acting =
        acting_of(context, {context.arguments.one("--person"), context.arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    wire::ReleaseCall call{context.arguments.one("--basis"), std::move(*acting)};
    auto body = wire::write(call);
    wipe(call.persons);
    auto path = client::path_of("/v1/seals/{}/release-quarantine", {seal});
    return show_reply(context, context.daemon.post(path, std::move(body)),
                      [&](Context& with, const Value& reply) {
                          with.print.say("act.released", {named(with, seal),
                                                          std::to_string(reply.integer_or("seq"))});
                      });
}

constexpr Option kAct[] = {{"ID", "", "opt.id.seal", true},
                           {"--basis", "TEXT", "opt.basis", true},
                           {"--witness", "ID", "opt.witness", false, true},
                           {"--approver", "ID", "opt.approver"},
                           {"--file", "FILE", "opt.act_file", false, true},
                           {"--pin-file", "FILE", "opt.pins_file"},
                           {"--pin-fd", "N", "opt.pins_fd"}};
constexpr Option kRegister[] = {{"ID", "", "opt.id.new_seal", true},
                                {"--name", "TEXT", "opt.seal_name", true},
                                {"--type", "TYPE", "opt.seal_type", true},
                                {"--entity", "TEXT", "opt.entity", true},
                                {"--filing", "NO", "opt.filing", true},
                                {"--slot", "N", "opt.home_slot"},
                                {"--custodian", "ID", "opt.keeper", false, true},
                                {"--basis", "TEXT", "opt.basis", true},
                                {"--file", "FILE", "opt.act_file", false, true}};
constexpr Option kReplace[] = {{"OLD", "", "opt.old_seal", true},
                               {"--by", "ID", "opt.id.new_seal", true},
                               {"--filing", "NO", "opt.filing", true},
                               {"--slot", "N", "opt.home_slot"},
                               {"--hold", "", "opt.hold"},
                               {"--basis", "TEXT", "opt.basis", true},
                               {"--file", "FILE", "opt.act_file", false, true}};
constexpr Option kRelease[] = {{"ID", "", "opt.id.seal", true},
                               {"--person", "ID", "opt.person.first", true},
                               {"--second", "ID", "opt.person.second", true},
                               {"--basis", "TEXT", "opt.basis", true},
                               {"--pin-file", "FILE", "opt.pins_file"},
                               {"--pin-fd", "N", "opt.pins_fd"}};
const Command kCommands[] = {
    {"seal register", kRegister, true, run_register},
    {"seal enrol", kAct, true, run<SealAct::enrol>},
    {"seal activate", kAct, true, run<SealAct::activate>},
    {"seal suspend", kAct, true, run<SealAct::suspend>},
    {"seal resume", kAct, true, run<SealAct::resume>},
    {"seal lost", kAct, true, run<SealAct::lose>},
    {"seal notice", kAct, true, run<SealAct::publish>},
    {"seal recover", kAct, true, run<SealAct::recover>},
    {"seal retire", kAct, true, run<SealAct::retire>},
    {"seal replace", kReplace, true, run_replace},
    {"seal seal-away", kAct, true, run<SealAct::seal_away>},
    {"seal surrender", kAct, true, run<SealAct::surrender>},
    {"seal destroy", kAct, true, run<SealAct::destroy>},
    {"seal release-quarantine", kRelease, true, run_release},
};

}  // namespace

std::span<const Command> seal_act_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
