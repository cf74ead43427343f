// sealctl request extend, paper, match, emergency, cure, and seal recall: what is granted,
// completed or called back at the cabinet itself.
#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "sending.hpp"
#include "wire/acts.hpp"
#include "wire/use.hpp"

namespace seals::sealctl {
namespace {

constexpr std::int64_t kMostScan = 64 * 1024 * 1024;

// The number of that option; false: it is none, and that was told.
bool number_of(Context& context, const char* option, std::int64_t& number) {
    auto text = context.arguments.maybe(option);
    if (!text || read_number(*text, number)) return true;
    wrong_usage(context, "usage.number", {option, *text});
    return false;
}

bool until_of(Context& context, std::optional<Instant>& until) {
    auto text = context.arguments.maybe("--until");
    if (!text) return true;
    until = time_from(*text, context.print.language(), Edge::end);
    if (!until) wrong_usage(context, "usage.time", {*text});
    return until.has_value();
}

constexpr int kUsage = 2;

std::string moment_of(Context& context, const Value& body, const char* name) {
    auto at = instant_of(body.find(name));
    return at ? time_with_zone(*at, context.print.language()) : std::string{};
}

std::string entry_of(const Value& body) {
    return std::to_string(body.integer_or("seq"));
}

int run_extend(Context& context) {
    auto id = context.arguments.one("ID");
    wire::ExtendCall call;
    call.seal = context.arguments.one("--seal");
    call.reason = context.arguments.one("--reason");
    call.basis = context.arguments.one("--basis");
    if (!number_of(context, "--count", call.count) ||
        !number_of(context, "--riding", call.cross_page) || !until_of(context, call.until))
        return kUsage;
    std::vector<std::string> persons;
    for (const char* option : {"--person", "--second"})
        if (auto person = context.arguments.maybe(option)) persons.push_back(*person);
    auto acting = acting_of(context, persons);
    if (!acting) return fail(context, acting.error());
    call.persons = std::move(*acting);
    auto body = wire::write(call);
    wipe(call.persons);
    return show_reply(
        context,
        context.daemon.post(client::path_of("/v1/requests/{}/extend", {id}), std::move(body)),
        [&](Context& with, const Value& reply) {
            with.print.say("act.request_extended", {id, entry_of(reply)});
        });
}

void print_paper(Context& context, const Value& body) {
    context.print.say("act.paper_made",
                      {body.text_or("id"), moment_of(context, body, "valid_to"), entry_of(body)});
}

int run_paper(Context& context) {
    const auto& arguments = context.arguments;
    wire::PaperCall call;
    call.id = arguments.one("--id");
    call.seal = arguments.one("--seal");
    call.basis = arguments.one("--basis");
    call.title = arguments.one("--title");
    call.applicant = arguments.maybe("--applicant");
    call.users = arguments.all("--user");
    if (!number_of(context, "--count", call.count) ||
        !number_of(context, "--riding", call.cross_page) ||
        !number_of(context, "--copies", call.copies) || !until_of(context, call.until))
        return kUsage;
    for (const auto& path : arguments.all("--file")) {
        auto sent = send_bounded(context, path, kMostScan);
        if (!sent) return fail(context, sent.error());
        call.files.push_back(sent->sha256);
    }
    auto acting = acting_of(context, {arguments.one("--person"), arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    call.persons = std::move(*acting);
    auto body = wire::write(call);
    wipe(call.persons);
    return show_reply(context, context.daemon.post("/v1/requests/paper", std::move(body)),
                      print_paper);
}

void print_emergency(Context& context, const Value& body) {
    context.print.say("act.emergency_made",
                      {body.text_or("id"), moment_of(context, body, "valid_to"),
                       moment_of(context, body, "cure_by"), entry_of(body)});
}

int run_emergency(Context& context) {
    const auto& arguments = context.arguments;
    wire::EmergencyCall call;
    call.seal = arguments.one("--seal");
    call.reason = arguments.one("--reason");
    call.id = arguments.maybe("--id");
    if (!number_of(context, "--count", call.count) ||
        !number_of(context, "--riding", call.cross_page))
        return kUsage;
    auto acting = acting_of(context, {arguments.one("--person"), arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    call.persons = std::move(*acting);
    auto body = wire::write(call);
    wipe(call.persons);
    return show_reply(context, context.daemon.post("/v1/requests/emergency", std::move(body)),
                      print_emergency);
}

int match(Context& context, const std::string& to, const char* told, const char* again) {
    auto id = context.arguments.one("ID");
    wire::MatchCall call{to, context.arguments.maybe("--source")};
    auto path = client::path_of("/v1/requests/{}/match", {id});
    return show_reply(context, context.daemon.post(path, wire::write(call)),
                      [&](Context& with, const Value& reply) {
                          bool done = reply.integer_or("seq") != 0;
                          with.print.say(done ? told : again, {id, to, entry_of(reply)});
                      });
}

int run_match(Context& context) {
    return match(context, context.arguments.one("--to"), "act.request_matched",
                 "act.matched_already");
}

int run_cure(Context& context) {
    return match(context, context.arguments.one("--by"), "act.request_cured",
                 "act.matched_already");
}

int run_recall(Context& context) {
    auto id = context.arguments.one("ID");
    wire::ReasonCall call{context.arguments.one("--reason")};
    auto path = client::path_of("/v1/seals/{}/recall", {id});
    return show_reply(context, context.daemon.post(path, wire::write(call)),
                      [&](Context& with, const Value& reply) {
                          bool done = reply.integer_or("seq") != 0;
                          with.print.say(done ? "act.seal_recalled" : "act.recalled_already",
                                         {id, entry_of(reply)});
                      });
}

constexpr Option kExtend[] = {
    {"ID", "", "opt.id.request", true},        {"--seal", "ID", "opt.use_seal", true},
    {"--count", "N", "opt.more_count"},        {"--riding", "N", "opt.more_riding"},
    {"--reason", "TEXT", "opt.reason", true},  {"--basis", "TEXT", "opt.approved_basis", true},
    {"--until", "TIME", "opt.granted_until"},  {"--person", "ID", "opt.approver.first"},
    {"--second", "ID", "opt.approver.second"}, {"--pin-file", "FILE", "opt.pins_file"},
    {"--pin-fd", "N", "opt.pins_fd"}};
constexpr Option kPaper[] = {{"--id", "ID", "opt.paper_id", true},
                             {"--seal", "ID", "opt.use_seal", true},
                             {"--count", "N", "opt.use_count", true},
                             {"--riding", "N", "opt.use_riding"},
                             {"--copies", "N", "opt.paper_copies"},
                             {"--basis", "TEXT", "opt.approved_basis", true},
                             {"--title", "TEXT", "opt.paper_title"},
                             {"--applicant", "ID", "opt.paper_applicant"},
                             {"--user", "ID", "opt.paper_user", false, true},
                             {"--until", "TIME", "opt.granted_until"},
                             {"--file", "FILE", "opt.paper_file", false, true},
                             {"--person", "ID", "opt.paper_first", true},
                             {"--second", "ID", "opt.paper_second", true},
                             {"--pin-file", "FILE", "opt.pins_file"},
                             {"--pin-fd", "N", "opt.pins_fd"}};
constexpr Option kEmergency[] = {{"--seal", "ID", "opt.use_seal", true},
                                 {"--person", "ID", "opt.emergency_person", true},
                                 {"--second", "ID", "opt.emergency_second", true},
                                 {"--reason", "TEXT", "opt.emergency_reason", true},
                                 {"--count", "N", "opt.use_count"},
                                 {"--riding", "N", "opt.use_riding"},
                                 {"--id", "ID", "opt.emergency_id"},
                                 {"--pin-file", "FILE", "opt.pins_file"},
                                 {"--pin-fd", "N", "opt.pins_fd"}};
constexpr Option kMatch[] = {{"ID", "", "opt.id.request", true},
                             {"--to", "NO", "opt.match_to", true},
                             {"--source", "NAME", "opt.match_source"}};
constexpr Option kCure[] = {{"ID", "", "opt.id.request", true},
                            {"--by", "ID", "opt.cure_by", true},
                            {"--source", "NAME", "opt.match_source"}};
constexpr Option kRecall[] = {{"ID", "", "opt.use_seal", true},
                              {"--reason", "TEXT", "opt.recall_reason", true}};
const Command kCommands[] = {{"request extend", kExtend, true, run_extend},
                             {"request paper", kPaper, true, run_paper},
                             {"request match", kMatch, true, run_match},
                             {"request emergency", kEmergency, true, run_emergency},
                             {"request cure", kCure, true, run_cure},
                             {"seal recall", kRecall, true, run_recall}};

}  // namespace

std::span<const Command> made_request_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
