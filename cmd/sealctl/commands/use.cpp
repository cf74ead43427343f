// sealctl use record, void, list: what was stamped. Photos and document are sent first; nothing is
// recorded when one of them cannot be.
#include "wire/use.hpp"

#include <charconv>

#include "commands/table.hpp"
#include "event_text.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "sending.hpp"

namespace seals::sealctl {
namespace {

constexpr std::int64_t kMostPhoto = 32 * 1024 * 1024;
constexpr std::int64_t kMostDocument = 64 * 1024 * 1024;

// Every file of that option, sent and named by its hash.
Result<std::vector<std::string>> sent(Context& context, const char* option, std::int64_t most) {
    std::vector<std::string> hashes;
    for (const auto& path : context.arguments.all(option)) {
        auto file = send_bounded(context, path, most);
        if (!file) return file.error();
        hashes.push_back(file->sha256);
    }
    return hashes;
}

// Whether PINs are asked for: a use needs them only where the policy says so.
bool gives_pins(const Context& context) {
    const auto& arguments = context.arguments;
    return arguments.has("--pin-file") || arguments.has("--pin-fd") || arguments.has("--ask-pin");
}

Status add_persons(Context& context, wire::UseCall& call) {
    std::vector<std::string> persons{context.arguments.one("--by")};
    auto witness = context.arguments.maybe("--witness");
    if (witness && *witness != persons.front()) persons.push_back(*witness);
    call.by = persons.front();
    if (!gives_pins(context)) {
        if (witness) call.witness = wire::Acting{*witness, {}};
        return {};
    }
    auto acting = acting_of(context, persons);
    if (!acting) return acting.error();
    call.factors = std::move(acting->front().factors);
    if (witness) call.witness = wire::Acting{*witness, {}};
    if (acting->size() > 1) call.witness = std::move(acting->back());
    return {};
}

Status add_files(Context& context, wire::UseCall& call) {
    auto before = sent(context, "--photo-before", kMostPhoto);
    if (!before) return before.error();
    auto after = sent(context, "--photo", kMostPhoto);
    if (!after) return after.error();
    auto document = sent(context, "--document", kMostDocument);
    if (!document) return document.error();
    call.before = std::move(*before);
    call.after = std::move(*after);
    if (!document->empty()) call.document->file = document->front();
    return {};
}

void print_recorded(Context& context, const Value& body) {
    bool cross = body.integer_or("remaining_cross_page") != 0;
    context.print.say(
        cross ? "act.use_recorded_cross" : "act.use_recorded",
        {body.text_or("id"), std::to_string(body.integer_or("seq")),
         std::to_string(body.integer_or("line")), std::to_string(body.integer_or("remaining")),
         std::to_string(body.integer_or("remaining_cross_page"))});
    if (auto excess = body.integer_or("excess"); excess != 0)
        context.print.line(context.print.paint(
            Style::warning, context.text("act.excess_told", {std::to_string(excess)})));
}

int run_record(Context& context) {
    const auto& arguments = context.arguments;
    wire::UseCall call;
    call.request = arguments.one("--request");
    call.seal = arguments.one("--seal");
    call.document = wire::UseDocument{
        arguments.one("--name"), arguments.one("--number"), arguments.one("--counterpart"), 0, {}};
    call.place = arguments.one("--place");
    call.exceptions = arguments.one("--exception");
    call.excess = arguments.one("--excess");
    for (auto [option, number] :
         {std::pair{"--count", &call.count}, std::pair{"--riding", &call.cross_page},
          std::pair{"--pages", &call.document->pages}})
        if (auto text = arguments.maybe(option); text && !read_number(*text, *number))
            return wrong_usage(context, "usage.number", {option, *text});
    if (auto text = arguments.maybe("--line")) {
        std::int64_t line = 0;
        if (!read_number(*text, line))
            return wrong_usage(context, "usage.number", {"--line", *text});
        call.line = line;
    }
    if (auto text = arguments.maybe("--at")) {
        call.at = time_from(*text, context.print.language(), Edge::start);
        if (!call.at) return wrong_usage(context, "usage.time", {*text});
    }
    if (auto status = add_files(context, call); !status) return fail(context, status.error());
    if (auto status = add_persons(context, call); !status) return fail(context, status.error());
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    return show_reply(context, context.daemon.post("/v1/uses", std::move(body)), print_recorded);
}

int run_void(Context& context) {
    auto id = context.arguments.one("ID"), person = context.arguments.one("--person");
    auto factors = factors_of(context, person);
    if (!factors) return fail(context, factors.error());
    wire::VoidCall call{person, context.arguments.one("--reason"), std::move(*factors)};
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    return show_reply(
        context, context.daemon.post(client::path_of("/v1/uses/{}/void", {id}), std::move(body)),
        [&](Context& with, const Value& reply) {
            with.print.say("act.use_voided", {id, std::to_string(reply.integer_or("seq"))});
        });
}

std::string note_of(Context& context, const Value& use) {
    std::vector<std::string> notes;
    if (use.find("voided") != nullptr && !use.find("voided")->is_null())
        notes.push_back(context.text("word.note_voided"));
    if (use.boolean_or("late")) notes.push_back(context.text("word.note_late"));
    auto excess = use.integer_or("excess") + use.integer_or("excess_cross_page");
    if (excess != 0) notes.push_back(context.text("word.note_excess", {std::to_string(excess)}));
    if (auto other = use.text_or("exceptions"); !other.empty()) notes.push_back(other);
    return joined(notes, ", ");
}

int run_list(Context& context) {
    Listing listing{"/v1/uses"};
    if (auto request = context.arguments.maybe("--request"))
        listing.query.push_back({"request", *request});
    if (auto seal = context.arguments.maybe("--seal")) listing.query.push_back({"seal", *seal});
    Table table({{context.text("head.use")},
                 {context.text("head.use_time")},
                 {context.text("head.seal")},
                 {context.text("head.use_request")},
                 {context.text("head.use_document"), Align::left, true},
                 {context.text("head.use_count"), Align::right},
                 {context.text("head.use_by"), Align::left, true},
                 {context.text("head.use_note"), Align::left, true}});
    return show_list(context, listing, table, [&](const Value& use) -> std::vector<Cell> {
        auto count = std::to_string(use.integer_or("count"));
        if (auto cross = use.integer_or("cross_page"); cross != 0)
            count += "(" + std::to_string(cross) + ")";
        const auto* document = use.find("document");
        return {use.text_or("id"),
                time_of(context, use.find("at")),
                use.text_or("seal"),
                use.text_or("request"),
                document != nullptr ? document->text_or("name") : std::string{},
                count,
                context.names.person(use.text_or("by")),
                note_of(context, use)};
    });
}

void print_proof(Context& context, const Value& body) {
    auto number = [&](const char* name) { return std::to_string(body.integer_or(name)); };
    context.print.say("act.proved",
                      {number("lines"), number("requests"), number("granted"), number("used"),
                       number("remaining"), number("cancelled"), number("uses"), number("excess")});
    if (body.boolean_or("ok")) return;
    context.print.line(
        context.print.paint(Style::bad, context.text("act.not_proved", {number("mismatches")})));
    for (const auto& name : body.texts_or("named"))
        context.print.line("  " + name);
}

int run_prove(Context& context) {
    return show_reply(context, context.daemon.post("/v1/uses/prove", {}, kLong), print_proof);
}

constexpr Option kRecord[] = {{"--seal", "ID", "opt.use_seal", true},
                              {"--request", "ID", "opt.use_request", true},
                              {"--by", "ID", "opt.use_by", true},
                              {"--witness", "ID", "opt.use_witness"},
                              {"--count", "N", "opt.use_count"},
                              {"--riding", "N", "opt.use_riding"},
                              {"--line", "N", "opt.use_line"},
                              {"--at", "TIME", "opt.use_at"},
                              {"--name", "TEXT", "opt.use_name"},
                              {"--number", "TEXT", "opt.use_number"},
                              {"--counterpart", "TEXT", "opt.use_counterpart"},
                              {"--pages", "N", "opt.use_pages"},
                              {"--document", "FILE", "opt.use_document"},
                              {"--photo", "FILE", "opt.use_photo", false, true},
                              {"--photo-before", "FILE", "opt.use_photo_before", false, true},
                              {"--place", "TEXT", "opt.use_place"},
                              {"--exception", "TEXT", "opt.use_exception"},
                              {"--excess", "REASON", "opt.use_excess"},
                              {"--ask-pin", "", "opt.ask_pin"},
                              {"--pin-file", "FILE", "opt.pins_file"},
                              {"--pin-fd", "N", "opt.pins_fd"}};
constexpr Option kVoid[] = {{"ID", "", "opt.id.use", true},
                            {"--person", "ID", "opt.void_person", true},
                            {"--reason", "TEXT", "opt.reason", true},
                            {"--pin-file", "FILE", "opt.pin_file"},
                            {"--pin-fd", "N", "opt.pin_fd"}};
constexpr Option kList[] = {{"--request", "ID", "opt.of_request"},
                            {"--seal", "ID", "opt.use_seal"}};
const Command kCommands[] = {{"use record", kRecord, true, run_record},
                             {"use void", kVoid, true, run_void},
                             {"use prove", {}, true, run_prove},
                             {"use list", kList, false, run_list}};

}  // namespace

std::span<const Command> use_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
