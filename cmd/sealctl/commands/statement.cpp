// sealctl evidence never-left, evidence uses: statements for a court, made of raw leaves with their
// proofs; and the same leaves as files, so that others can judge them.
#include "commands/table.hpp"
#include "files.hpp"
#include "leaf/proof_text.hpp"
#include "leaf_source.hpp"
#include "reply.hpp"
#include "statement_sheet.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

struct Made {
    report::Sheet sheet;
    Value value;
    bool good = false;
    std::uint64_t leaves = 0;
};

std::string rendered(Context& context, const Made& made, const std::string& format,
                     std::size_t width) {
    if (format == "html") return report::sheet_html(made.sheet, context.print.language());
    if (format == "json") return wire::dump_json_pretty(made.value) + "\n";
    return report::sheet_text(made.sheet, width);
}

// Each leaf beside its proof, the checkpoint with all its signatures, the key, the time stamps.
Status write_leaves(Context& context, const std::string& folder, const LeafSet& set) {
    auto leaves = folder + "/leaves";
    for (const auto& path : {folder, leaves})
        if (auto s = make_folder(path); !s) return s;
    auto note = set.about.text_or("note");
    for (const auto& [seq, given] : set.leaves) {
        auto name = leaves + "/" + std::to_string(seq);
        if (auto s = write_out(context, name + ".leaf", as_text(given.bytes)); !s) return s;
        auto proof = leaf::write_proof(leaf::InclusionProof{seq - 1, given.proof, note});
        if (auto s = write_out(context, name + ".tlog-proof", proof); !s) return s;
    }
    if (auto s = write_out(context, folder + "/checkpoint", note); !s) return s;
    auto key = set.about.text_or("key") + "\n";
    if (auto s = write_out(context, folder + "/device.vkey", key); !s) return s;
    const auto* stamps = set.about.find("timestamps");
    if (stamps == nullptr || stamps->array() == nullptr) return {};
    int number = 0;
    for (const auto& stamp : *stamps->array()) {
        auto token = from_base64(stamp.text_or("token"));
        auto name = folder + "/timestamp-" + std::to_string(++number) + ".tsr";
        if (!token) continue;
        if (auto s = write_out(context, name, as_text(*token)); !s) return s;
    }
    return {};
}

Status write_all(Context& context, const std::string& folder, const LeafSet& set,
                 const Made& made) {
    if (auto s = write_leaves(context, folder, set); !s) return s;
    for (const auto* format : {"txt", "html", "json"}) {
        auto text = rendered(context, made, format, 132);
        if (auto s = write_out(context, folder + "/statement." + format, text); !s) return s;
    }
    return {};
}

// Of a page or a folder it is told where; else the statement itself.
int show(Context& context, const Made& made, const LeafSet& set) {
    auto out = context.arguments.one("--out");
    if (!out.empty())
        if (auto s = write_all(context, out, set, made); !s) return fail(context, s.error());
    auto format =
        context.print.json() ? "json" : context.arguments.maybe("--format").value_or("txt");
    context.print.raw(rendered(context, made, format, context.print.width()));
    if (!out.empty())
        context.print.note(context.text("statement.written", {out, std::to_string(made.leaves)}));
    return made.good ? 0 : 1;
}

std::string command_line(const std::string& verb, const std::string& seal,
                         const evidence::Period& period) {
    return "evidence " + verb + " " + seal + " --from " + to_rfc3339(period.from) + " --to " +
           to_rfc3339(period.to);
}

Made judge_left(Context& context, const LeafSet& set, const StatementHead& head,
                const evidence::Period& period) {
    auto given = evidence::check_leaves(set.checkpoint, set.all());
    auto statement = evidence::never_left(head.seal.text_or("id"), period, given);
    return {sheet_of(context, statement, given, set, head), value_of(statement, set, head),
            statement.verdict == evidence::LeftVerdict::proven, set.leaves.size()};
}

Made judge_uses(Context& context, const LeafSet& set, const StatementHead& head,
                const evidence::Period& period) {
    auto given = evidence::check_leaves(set.checkpoint, set.all());
    auto statement = evidence::uses_of(head.seal.text_or("id"), period, given);
    return {sheet_of(context, statement, given, set, head), value_of(statement, set, head),
            statement.complete, set.leaves.size()};
}

int run(Context& context, const std::string& verb) {
    auto format = context.arguments.maybe("--format").value_or("txt");
    if (format != "txt" && format != "html" && format != "json")
        return wrong_usage(context, "usage.statement", {format});
    auto language = context.print.language();
    auto from_text = context.arguments.one("--from"), to_text = context.arguments.one("--to");
    auto from = time_from(from_text, language, Edge::start);
    auto to = time_from(to_text, language, Edge::end);
    if (!from || !to) return wrong_usage(context, "usage.time", {!from ? from_text : to_text});
    if (*to <= *from) return wrong_usage(context, "usage.statement_period");
    evidence::Period period{*from, *to};
    auto id = context.arguments.one("SEAL");
    auto seal = context.daemon.get(client::path_of("/v1/seals/{}", {id}));
    if (!seal || seal->problem) return show_thing(context, seal, [](Context&, const Value&) {});
    auto status = context.daemon.get("/v1/status");
    if (!status || status->problem)
        return show_thing(context, status, [](Context&, const Value&) {});
    LeafSource source(context);
    auto set = verb == "uses" ? source.chain(id, period) : source.around(id, period);
    context.print.progress("");
    if (!set) return fail(context, set.error());
    StatementHead head{seal->body, set->checkpoint.origin.ends_with("/sim"),
                       instant_of(status->body.find("now")).value_or(Instant{}),
                       command_line(verb, id, period)};
    auto made = verb == "uses" ? judge_uses(context, *set, head, period)
                               : judge_left(context, *set, head, period);
    return show(context, made, *set);
}

int run_left(Context& context) {
    return run(context, "never-left");
}

int run_uses(Context& context) {
    return run(context, "uses");
}

constexpr Option kStatement[] = {{"SEAL", "", "opt.id.seal", true},
                                 {"--from", "TIME", "opt.from.statement", true},
                                 {"--to", "TIME", "opt.to.statement", true},
                                 {"--out", "DIR", "opt.out.statement"},
                                 {"--format", "FORMAT", "opt.format.statement"}};
const Command kCommands[] = {{"evidence never-left", kStatement, false, run_left},
                             {"evidence uses", kStatement, false, run_uses}};

}  // namespace

std::span<const Command> statement_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
