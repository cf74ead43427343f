// sealctl person: import, list, show, set-pin.
#include "commands/import.hpp"
#include "commands/table.hpp"
#include "factors.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

std::string yes_no(Context& context, bool yes) {
    return context.text(yes ? "word.yes" : "word.no");
}

int run_list(Context& context) {
    Listing listing{"/v1/persons"};
    if (!context.arguments.has("--all"))
        listing.keep = [](const Value& person) { return person.boolean_or("active", true); };
    Table table({{context.text("head.id")},
                 {context.text("head.name")},
                 {context.text("head.department"), Align::left, true},
                 {context.text("head.role")},
                 {context.text("head.active")},
                 {"PIN"}});
    return show_list(context, listing, table, [&](const Value& person) -> std::vector<Cell> {
        return {person.text_or("id"),
                person.text_or("name"),
                person.text_or("department"),
                context.word("role", person.text_or("role")),
                yes_no(context, person.boolean_or("active")),
                yes_no(context, person.boolean_or("has_pin"))};
    });
}

int run_show(Context& context) {
    auto path = client::path_of("/v1/persons/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path), [](Context& with, const Value& person) {
        Facts(with)
            .add("head.id", person.text_or("id"))
            .add("head.name", person.text_or("name"))
            .add("head.department", person.text_or("department"))
            .add("head.role", with.word("role", person.text_or("role")))
            .add("head.active", yes_no(with, person.boolean_or("active")))
            .add("head.has_pin", yes_no(with, person.boolean_or("has_pin")))
            .add("fact.erased", person.boolean_or("erased") ? with.text("word.erased") : "")
            .print();
    });
}

// Whoever types it does so twice; a file or descriptor says it once.
Result<Secret> new_pin(Context& context, const std::string& person) {
    auto pin = secret_option(context, "pin", context.text("ask.new_pin", {person}));
    if (!pin) return pin.error();
    if (!*pin) return invalid("pin", context.text("pin.none"));
    bool typed = !context.arguments.has("--pin-file") && !context.arguments.has("--pin-fd");
    if (typed) {
        auto again = ask_secret(context.text("ask.again"));
        if (!again || again->text() != (*pin)->text())
            return invalid("pin", context.text("pin.differs"));
    }
    return std::move(**pin);
}

// The secret of those options only; the terminal is not asked.
Result<std::optional<std::string>> given(Context& context, const std::string& name) {
    if (!context.arguments.has("--" + name + "-file") &&
        !context.arguments.has("--" + name + "-fd"))
        return std::optional<std::string>{};
    auto secret = secret_option(context, name, {});
    if (!secret) return secret.error();
    return std::optional<std::string>((*secret)->text());
}

Result<wire::PinCall> pin_call(Context& context, const std::string& person) {
    wire::PinCall call;
    auto old_pin = given(context, "old-pin");
    if (!old_pin) return old_pin.error();
    call.old_pin = *old_pin;
    call.custodian = context.arguments.maybe("--custodian");
    if (call.custodian) {
        auto pin =
            secret_option(context, "custodian-pin", context.text("ask.pin", {*call.custodian}));
        if (!pin) return pin.error();
        if (*pin) call.custodian_pin = (*pin)->text();
    } else if (!call.old_pin && !context.arguments.has("--pin-file") &&
               !context.arguments.has("--pin-fd")) {
        if (auto typed = ask_secret(context.text("ask.old_pin", {person})))
            call.old_pin = typed->text();
    }
    auto pin = new_pin(context, person);
    if (!pin) return pin.error();
    call.pin = pin->text();
    return call;
}

int run_set_pin(Context& context) {
    auto person = context.arguments.one("ID");
    auto call = pin_call(context, person);
    if (!call) return fail(context, call.error());
    auto body = wire::write(*call);
    wipe(call->pin);
    for (auto* secret : {&call->old_pin, &call->custodian_pin})
        if (*secret) wipe(**secret);
    auto reply =
        context.daemon.post(client::path_of("/v1/persons/{}/pin", {person}), std::move(body));
    return show_reply(context, reply, [&](Context& with, const Value& done) {
        with.print.say("pin.set",
                       {with.names.person(person), std::to_string(done.integer_or("seq"))});
    });
}

int run_import_persons(Context& context) {
    return run_import(context, "persons");
}

constexpr Option kList[] = {{"--all", "", "opt.all.person"}};
constexpr Option kId[] = {{"ID", "", "opt.id.person", true}};
constexpr Option kSetPin[] = {{"ID", "", "opt.id.person", true},
                              {"--pin-file", "FILE", "opt.new_pin_file"},
                              {"--pin-fd", "N", "opt.new_pin_fd"},
                              {"--old-pin-file", "FILE", "opt.old_pin_file"},
                              {"--old-pin-fd", "N", "opt.old_pin_fd"},
                              {"--custodian", "ID", "opt.custodian"},
                              {"--custodian-pin-file", "FILE", "opt.custodian_pin_file"},
                              {"--custodian-pin-fd", "N", "opt.custodian_pin_fd"}};
const Command kCommands[] = {{"person import", kImportOptions, true, run_import_persons},
                             {"person list", kList, false, run_list},
                             {"person show", kId, false, run_show},
                             {"person set-pin", kSetPin, true, run_set_pin}};

}  // namespace

std::span<const Command> person_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
