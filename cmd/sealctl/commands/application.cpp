// sealctl request new, approve, reject: applying at the cabinet, and the chain that decides.
#include "commands/application.hpp"

#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "moment.hpp"
#include "reply.hpp"
#include "sending.hpp"
#include "wire/application.hpp"

namespace seals::sealctl {
namespace {

// What all lines of the application have in common; false: wrong usage, told.
bool read_line(Context& context, wire::ApplyLine& line) {
    bool fine = true;
    auto read = [&](const char* option, auto& to) {
        auto text = context.arguments.maybe(option);
        std::int64_t number = 0;
        if (!text || !fine) return;
        fine = read_number(*text, number);
        if (fine)
            to = number;
        else
            wrong_usage(context, "usage.number", {option, *text});
    };
    read("--copies", line.copies);
    read("--count", line.count);
    read("--riding", line.cross_page);
    line.users = context.arguments.all("--user");
    return fine;
}

bool wants_take_out(const Context& context) {
    for (const char* option : {"--take-out", "--due", "--reason", "--supervisor"})
        if (context.arguments.has(option)) return true;
    return false;
}

std::string turn_of(const Value& reply) {
    auto title = reply.text_or("title");
    return title.empty() ? title : title + " (" + reply.text_or("post") + ")";
}

void tell(Context& context, const char* key, const Value& reply) {
    context.print.say(
        key, {reply.text_or("id"), turn_of(reply), std::to_string(reply.integer_or("seq"))});
}

int send_application(Context& context, wire::ApplyCall& call) {
    auto factors = factors_of(context, call.applicant);
    if (!factors) return fail(context, factors.error());
    call.factors = std::move(*factors);
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    return show_reply(
        context, context.daemon.post("/v1/requests/new", std::move(body)),
        [](Context& with, const Value& reply) { tell(with, "application.received", reply); });
}

int run_new(Context& context) {
    const auto& arguments = context.arguments;
    wire::ApplyCall call;
    call.applicant = arguments.one("--person");
    call.title = arguments.one("--title");
    call.id = arguments.maybe("--id");
    call.number = arguments.maybe("--number");
    call.counterpart = arguments.maybe("--counterpart");
    call.remark = arguments.maybe("--remark");
    wire::ApplyLine line;
    if (!read_line(context, line)) return kExitUsage;
    for (const auto& seal : arguments.all("--seal")) {
        line.seal = seal;
        call.lines.push_back(line);
    }
    if (wants_take_out(context)) {
        for (const char* option : {"--take-out", "--due", "--reason", "--supervisor"})
            if (!arguments.has(option)) return wrong_usage(context, "usage.take_out", {option});
        auto due = time_from(arguments.one("--due"), context.print.language(), Edge::end);
        if (!due) return wrong_usage(context, "usage.time", {arguments.one("--due")});
        call.take_out = wire::ApplyTakeOut{arguments.one("--take-out"), arguments.one("--reason"),
                                           arguments.one("--supervisor"), *due};
    }
    return send_application(context, call);
}

int decide(Context& context, const char* verb, const char* opinion,
           const std::function<const char*(const Value&)>& told) {
    auto person = context.arguments.one("--person");
    auto factors = factors_of(context, person);
    if (!factors) return fail(context, factors.error());
    wire::DecideCall call{person, std::move(*factors), context.arguments.maybe(opinion),
                          context.arguments.maybe("--for")};
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    auto path =
        client::path_of(std::string("/v1/requests/{}/") + verb, {context.arguments.one("ID")});
    return show_reply(
        context, context.daemon.post(path, std::move(body)),
        [told](Context& with, const Value& reply) { tell(with, told(reply), reply); });
}

int run_approve(Context& context) {
    return decide(context, "approve", "--opinion", [](const Value& reply) {
        return reply.text_or("post").empty() ? "application.accepted" : "application.approved";
    });
}

int run_reject(Context& context) {
    return decide(context, "reject", "--reason",
                  [](const Value&) { return "application.refused"; });
}

Style style_of_step(const std::string& state) {
    if (state == "approved") return Style::good;
    if (state == "refused") return Style::bad;
    return state == "due" ? Style::warning : Style::dim;
}

// Who decided; of a step that is still open who may.
std::string persons_of(Context& context, const Value& step) {
    auto person = step.text_or("person");
    if (person.empty()) {
        std::vector<std::string> names;
        for (const auto& id : step.texts_or("persons"))
            names.push_back(context.names.person(id));
        return joined(names, ", ");
    }
    auto name = context.names.person(person);
    if (auto holder = step.text_or("delegate_of"); !holder.empty())
        return context.text("application.for", {name, context.names.person(holder)});
    return step.boolean_or("appointed") ? context.text("application.appointed", {name}) : name;
}

constexpr Option kNew[] = {{"--person", "ID", "opt.person.apply", true},
                           {"--seal", "ID", "opt.seal.apply", true, true},
                           {"--title", "TEXT", "opt.title", true},
                           {"--copies", "N", "opt.copies"},
                           {"--count", "N", "opt.count"},
                           {"--riding", "N", "opt.riding"},
                           {"--user", "ID", "opt.user", false, true},
                           {"--number", "TEXT", "opt.document_number"},
                           {"--counterpart", "TEXT", "opt.counterpart"},
                           {"--remark", "TEXT", "opt.remark"},
                           {"--take-out", "PLACE", "opt.take_out"},
                           {"--due", "TIME", "opt.due"},
                           {"--reason", "TEXT", "opt.reason.take_out"},
                           {"--supervisor", "ID", "opt.supervisor"},
                           {"--id", "ID", "opt.id.apply"},
                           {"--pin-file", "FILE", "opt.pin_file"},
                           {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kApprove[] = {{"ID", "", "opt.id.request", true},
                               {"--person", "ID", "opt.person.approve", true},
                               {"--for", "ID", "opt.for"},
                               {"--opinion", "TEXT", "opt.opinion"},
                               {"--pin-file", "FILE", "opt.pin_file"},
                               {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kReject[] = {{"ID", "", "opt.id.request", true},
                              {"--person", "ID", "opt.person.approve", true},
                              {"--for", "ID", "opt.for"},
                              {"--reason", "TEXT", "opt.reason", true},
                              {"--pin-file", "FILE", "opt.pin_file"},
                              {"--pin-fd", "N", "opt.pin_fd"}};
const Command kCommands[] = {{"request new", kNew, true, run_new},
                             {"request approve", kApprove, true, run_approve},
                             {"request reject", kReject, true, run_reject}};

}  // namespace

void print_approval(Context& context, const Value& request) {
    const auto* steps = request.find("approval");
    if (steps == nullptr || steps->array() == nullptr || steps->array()->empty()) return;
    Table table({{context.text("head.step"), Align::right},
                 {context.text("head.post"), Align::left, true},
                 {context.text("head.powers"), Align::left, true},
                 {context.text("head.state")},
                 {context.text("head.person"), Align::left, true},
                 {context.text("head.decided_at"), Align::left, true},
                 {context.text("head.opinion"), Align::left, true}});
    for (const auto& step : *steps->array()) {
        auto state = step.text_or("state");
        table.row(
            {std::to_string(step.integer_or("step")),
             step.text_or("title") + " (" + step.text_or("post") + ")", step.text_or("powers"),
             Cell(context.word("approval", state), style_of_step(state)), persons_of(context, step),
             time_of(context, step.find("at")), step.text_or("opinion")});
    }
    context.print.line("");
    context.print.table(table);
}

int run_withdraw_own(Context& context) {
    auto person = context.arguments.one("--person");
    auto factors = factors_of(context, person);
    if (!factors) return fail(context, factors.error());
    wire::WithdrawOwnCall call{person, std::move(*factors)};
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    auto id = context.arguments.one("ID");
    auto path = client::path_of("/v1/requests/{}/withdraw-own", {id});
    return show_reply(
        context, context.daemon.post(path, std::move(body)),
        [id](Context& with, const Value& reply) {
            with.print.say("act.request_withdrawn", {id, std::to_string(reply.integer_or("seq"))});
        });
}

std::span<const Command> application_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
