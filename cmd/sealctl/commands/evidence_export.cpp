// sealctl evidence export: one archive of what belongs to a request, visit or seal, checked before
// it is handed over.
#include <cstdio>

#include <unistd.h>

#include "bundle_maker.hpp"
#include "commands/table.hpp"
#include "evidence/bundle.hpp"
#include "files.hpp"
#include "moment.hpp"
#include "reply.hpp"
#include "wire/evidence.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

// What is exported: exactly one of the three.
Result<wire::ExportCall> call_of(Context& context) {
    const auto& given = context.arguments;
    wire::ExportCall call;
    int kinds = 0;
    for (const auto* kind : {"request", "session", "seal"})
        if (given.has(std::string("--") + kind)) {
            call.kind = kind;
            call.id = given.one(std::string("--") + kind);
            ++kinds;
        }
    if (kinds != 1)
        return invalid("--request", "one of --request ID, --session ID and --seal ID says of what");
    for (auto [name, end] : {std::pair{"--from", false}, std::pair{"--to", true}}) {
        if (!given.has(name)) continue;
        auto at =
            time_from(given.one(name), context.print.language(), end ? Edge::end : Edge::start);
        if (!at) return invalid(name, given.one(name) + " is no time");
        (end ? call.to : call.from) = *at;
    }
    call.names = given.has("--names");
    call.basis = given.maybe("--basis");
    return call;
}

Value about_of(const wire::ExportCall& call) {
    Value about{Value::Object{}};
    about.add("kind", call.kind);
    about.add("id", call.id);
    if (call.from) about.add("from", to_rfc3339(*call.from));
    if (call.to) about.add("to", to_rfc3339(*call.to));
    about.add("names", call.names);
    return about;
}

int told(Context& context, const BundleMaker& made, const std::string& path) {
    if (context.print.json()) {
        Value body{Value::Object{}};
        body.add("file", path);
        body.add("seq", made.head().integer_or("seq"));
        body.add("size", made.head().integer_or("size"));
        body.add("leaves", static_cast<std::int64_t>(made.leaves()));
        body.add("files", static_cast<std::int64_t>(made.files()));
        body.add("code", "ok");
        context.print.line(wire::dump_json(body));
        return 0;
    }
    context.print.say("act.exported",
                      {path, std::to_string(made.leaves()), std::to_string(made.files()),
                       std::to_string(made.head().integer_or("seq"))});
    context.print.say("note.check_bundle", {path});
    return 0;
}

int run_export(Context& context) {
    auto call = call_of(context);
    if (!call) return fail(context, call.error());
    auto maker = BundleMaker::create();
    if (!maker) return fail(context, maker.error());
    Status status;
    std::size_t done = 0;
    auto reply = context.daemon.post_follow(
        "/v1/evidence/exports", wire::write(*call), [&](const Value& line, std::string_view) {
            if (line.find("code") != nullptr) return true;
            status = maker->take(line);
            if (++done % 50 == 0)
                context.print.progress(context.text("progress.export", {std::to_string(done)}));
            return bool(status);
        });
    context.print.progress("");
    if (!status) return fail(context, status.error());
    if (!reply || reply->problem) return show_thing(context, reply, [](Context&, const Value&) {});
    auto path = context.arguments.one("--out");
    auto beside = path + ".new";
    if (auto s = maker->finish(about_of(*call), beside); !s) return fail(context, s.error());
    auto checked = evidence::check_bundle(beside, {}, {});
    if (!checked || std::rename(beside.c_str(), path.c_str()) != 0) {
        ::unlink(beside.c_str());
        return fail(context, checked ? unavailable(path + " cannot be written") : checked.error());
    }
    return told(context, *maker, path);
}

constexpr Option kExport[] = {
    {"--request", "ID", "opt.request.export"}, {"--session", "ID", "opt.session.export"},
    {"--seal", "ID", "opt.seal.export"},       {"--from", "TIME", "opt.from.export"},
    {"--to", "TIME", "opt.to.export"},         {"--names", "", "opt.names"},
    {"--basis", "TEXT", "opt.basis.export"},   {"--out", "FILE", "opt.out.bundle", true}};
const Command kCommands[] = {{"evidence export", kExport, false, run_export}};

}  // namespace

std::span<const Command> evidence_export_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
