// sealctl evidence hold, unhold, holds, purge; sealctl person erase: what is kept, and for how
// long.
#include "wire/keeping.hpp"

#include "commands/table.hpp"
#include "factors.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

int hold(Context& context, const char* path, const char* said) {
    auto request = context.arguments.one("--request");
    wire::LegalHoldCall call{context.arguments.one("--basis")};
    auto reply = context.daemon.post(client::path_of(path, {request}), wire::write(call));
    return show_reply(context, reply, [&](Context& with, const Value& done) {
        with.print.say(said, {request, std::to_string(done.integer_or("seq"))});
    });
}

int run_hold(Context& context) {
    return hold(context, "/v1/requests/{}/legal-hold", "hold.set");
}

int run_unhold(Context& context) {
    return hold(context, "/v1/requests/{}/legal-unhold", "hold.ended");
}

int run_holds(Context& context) {
    Table table({{context.text("head.request")},
                 {context.text("head.since")},
                 {context.text("head.hold_by")},
                 {context.text("head.hold_basis"), Align::left, true}});
    return show_list(context, {"/v1/holds"}, table, [&](const Value& one) -> std::vector<Cell> {
        return {one.text_or("request"), time_of(context, one.find("since")), one.text_or("by"),
                one.text_or("basis")};
    });
}

std::string numbers(const Value* array) {
    std::string out;
    if (array == nullptr || array->array() == nullptr) return out;
    for (const auto& one : *array->array())
        if (const auto* number = one.integer())
            out += (out.empty() ? "" : " ") + std::to_string(*number);
    return out;
}

// What was past its term and is still there was sent again within the hour.
std::int64_t still_wanted(const Value& reply) {
    auto waiting = -reply.integer_or("purged");
    const auto* classes = reply.find("classes");
    if (classes != nullptr && classes->array() != nullptr)
        for (const auto& one : *classes->array())
            waiting += one.integer_or("due");
    return waiting;
}

void print_purge(Context& context, const Value& reply) {
    Table table({{context.text("head.retention_class")},
                 {context.text("head.term")},
                 {context.text("head.kept"), Align::right},
                 {context.text("head.due_files"), Align::right},
                 {context.text("head.held_files"), Align::right}});
    const auto* classes = reply.find("classes");
    if (classes != nullptr && classes->array() != nullptr)
        for (const auto& one : *classes->array()) {
            auto term = one.text_or("term");
            table.row({context.text("retention." + one.text_or("name")),
                       term == "permanent" ? context.text("word.permanent") : term,
                       std::to_string(one.integer_or("kept")),
                       std::to_string(one.integer_or("due")),
                       std::to_string(one.integer_or("held"))});
        }
    context.print.table(table);
    if (reply.boolean_or("dry_run")) return context.print.say("purge.would");
    auto purged = reply.integer_or("purged");
    auto waiting = still_wanted(reply);
    if (purged == 0 && waiting == 0) context.print.say("purge.none");
    if (purged > 0)
        context.print.say("purge.done", {std::to_string(purged), numbers(reply.find("entries"))});
    if (waiting > 0) context.print.say("purge.wanted", {std::to_string(waiting)});
    if (auto left = reply.integer_or("left"))
        context.print.say("purge.left", {std::to_string(left)});
}

int run_purge(Context& context) {
    wire::PurgeCall call{context.arguments.has("--dry-run")};
    context.print.progress(context.text("purge.running"));
    auto reply = context.daemon.post("/v1/purges", wire::write(call), kLong);
    context.print.progress("");
    return show_reply(context, reply, print_purge);
}

int run_erase(Context& context) {
    auto acting =
        acting_of(context, {context.arguments.one("--person"), context.arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    wire::EraseCall call{context.arguments.one("--basis"), std::move(*acting)};
    auto body = wire::write(call);
    wipe(call.persons);
    auto id = context.arguments.one("ID");
    auto reply =
        context.daemon.post(client::path_of("/v1/persons/{}/erase", {id}), std::move(body), kLong);
    return show_reply(context, reply, [&](Context& with, const Value& done) {
        with.print.say("erase.done", {id, std::to_string(done.integer_or("texts")),
                                      std::to_string(done.integer_or("seq"))});
        if (auto mentioned = done.integer_or("mentioned"))
            with.print.say("erase.mentioned",
                           {std::to_string(mentioned), numbers(done.find("mentions"))});
        if (!done.boolean_or("scrubbed")) with.print.say("erase.later");
        with.print.say("erase.backups");
    });
}

constexpr Option kHold[] = {{"--request", "ID", "opt.request.hold", true},
                            {"--basis", "TEXT", "opt.basis", true}};
constexpr Option kPurge[] = {{"--dry-run", "", "opt.dry_run.purge"}};
constexpr Option kErase[] = {{"ID", "", "opt.id.person", true},
                             {"--basis", "TEXT", "opt.basis", true},
                             {"--person", "ID", "opt.person.first", true},
                             {"--second", "ID", "opt.person.second", true},
                             {"--pin-file", "FILE", "opt.pins_file"},
                             {"--pin-fd", "N", "opt.pins_fd"}};
const Command kCommands[] = {{"evidence hold", kHold, true, run_hold},
                             {"evidence unhold", kHold, true, run_unhold},
                             {"evidence holds", {}, false, run_holds},
                             {"evidence purge", kPurge, true, run_purge}};
const Command kErasing[] = {{"person erase", kErase, true, run_erase}};

}  // namespace

std::span<const Command> keeping_commands() {
    return kCommands;
}

std::span<const Command> erase_commands() {
    return kErasing;
}

}  // namespace seals::sealctl
