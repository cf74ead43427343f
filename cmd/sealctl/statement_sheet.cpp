#include "statement_sheet.hpp"

#include <algorithm>

#include "sheet_maker.hpp"

namespace seals::sealctl {
namespace {

using evidence::Entry;
using evidence::Statement;
using evidence::UsesStatement;

milliseconds together(const std::vector<evidence::Uncovered>& all) {
    auto sorted = all;
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return a.from < b.from; });
    milliseconds sum{0};
    Instant at{INT64_MIN};
    for (const auto& one : sorted) {
        auto from = std::max(one.from, at);
        if (one.to > from) sum += one.to - from;
        at = std::max(at, one.to);
    }
    return sum;
}

std::string number(std::uint64_t n) {
    return std::to_string(n);
}

void add_why(SheetMaker& make, const Statement& statement) {
    auto& part = make.part("statement.part.why");
    for (const auto& fault : statement.faults)
        part.before.push_back(make.reason(fault));
    if (statement.uncovered.empty()) {
        if (part.before.empty()) part.before.push_back(make.text("statement.none_uncovered"));
        return;
    }
    make.columns({"col.from", "col.to", "col.span", "col.why", "col.entries"});
    for (const auto& one : statement.uncovered) {
        auto around = (one.after > 0 ? number(one.after) : "") + "–" +
                      (one.before > 0 ? number(one.before) : "");
        make.now().table.rows.push_back({make.time(one.from), make.time(one.to),
                                         make.span(one.to - one.from), make.reasons(one.why),
                                         around});
    }
}

void add_states(Context& context, SheetMaker& make, const Statement& statement) {
    make.part("statement.part.states");
    make.fact("statement.states", number(statement.states));
    make.fact("statement.sightings", number(statement.sightings));
    make.fact("statement.longest", make.span(statement.longest_gap));
    if (statement.deviations.empty())
        return make.now().before.push_back(make.text("statement.no_deviations"));
    make.columns({"col.seq", "col.time", "col.custody", "col.door", "col.reading"});
    for (const auto& one : statement.deviations) {
        std::vector<std::string> row{number(one.seq), make.time(one.at)};
        if (one.state) {
            row.push_back(make.custody(one.state->custody));
            row.push_back(context.word("door", one.state->door));
            row.push_back(context.word("reading", one.state->reading));
        } else {
            row.push_back(make.text("statement.not_listed"));
        }
        make.now().table.rows.push_back(std::move(row));
    }
}

std::string baseline_text(const SheetMaker& make, const Entry* baseline) {
    if (baseline == nullptr) return {};
    const auto& leaf = baseline->leaf;
    auto witnesses = make.persons(leaf.data.texts_or("witnesses"));
    if (leaf.type == "baseline.recorded")
        return make.text("statement.baseline.of", {number(leaf.seq), make.time(leaf.t), witnesses});
    return make.text("statement.baseline.act",
                     {number(leaf.seq), make.time(leaf.t), make.event(leaf.type), witnesses});
}

// Loans of the takes that were found, as far as the leaves tell their end.
std::vector<evidence::TakeSeen> loans_of(const Statement& statement, const evidence::Given& given) {
    std::vector<evidence::TakeSeen> out;
    for (const auto* take : statement.takes) {
        evidence::TakeSeen seen{take, nullptr};
        for (const auto* entry : given.chain_of(statement.seal))
            if (entry->leaf.seq > take->leaf.seq && entry->leaf.type == "seal.returned") {
                seen.back = entry;
                break;
            }
        out.push_back(seen);
    }
    return out;
}

std::string remark_of(const SheetMaker& make, const evidence::UseSeen& use) {
    std::vector<std::string> out;
    if (use.voided != nullptr)
        out.push_back(make.text("statement.voided", {number(use.voided->leaf.seq)}));
    if (use.use->leaf.data.boolean_or("late"))
        out.push_back(make.text("statement.late", {make.time(use.use->leaf.t)}));
    return joined(out, "; ");
}

void add_uses(SheetMaker& make, const UsesStatement& statement) {
    make.part("statement.part.uses");
    if (statement.uses.empty()) return make.now().before.push_back(make.text("statement.no_uses"));
    make.columns({"col.time", "col.requests", "col.person", "col.witness", "col.counts",
                  "col.remark", "col.seq"});
    for (const auto& use : statement.uses) {
        const auto& leaf = use.use->leaf;
        auto count = number(static_cast<std::uint64_t>(leaf.data.integer_or("count")));
        if (auto cross = leaf.data.integer_or("cross_page"); cross > 0)
            count += "+" + std::to_string(cross);
        auto witness = leaf.data.text_or("witness");
        make.now().table.rows.push_back({make.time(use.at), leaf.request,
                                         make.persons({leaf.person}),
                                         witness.empty() ? "" : make.persons({witness}), count,
                                         remark_of(make, use), number(leaf.seq)});
    }
}

Value reasons_value(const std::vector<evidence::Reason>& all) {
    Value::Array out;
    for (const auto& one : all) {
        Value item{Value::Object{}};
        item.add("code", one.code);
        item.add("seq", one.seq > 0 ? Value{static_cast<std::int64_t>(one.seq)} : Value{});
        item.add("args", one.args);
        out.push_back(std::move(item));
    }
    return out;
}

Value entries_value(const std::vector<const Entry*>& all) {
    Value::Array out;
    for (const auto* entry : all) {
        const auto& leaf = entry->leaf;
        Value item{Value::Object{}};
        item.add("seq", static_cast<std::int64_t>(leaf.seq));
        item.add("time", to_rfc3339(leaf.t));
        item.add("type", leaf.type);
        if (leaf.sn > 0) item.add("sn", static_cast<std::int64_t>(leaf.sn));
        if (!leaf.person.empty()) item.add("person", leaf.person);
        item.add("hash", to_hex(entry->hash));
        out.push_back(std::move(item));
    }
    return out;
}

Value head_value(const std::string& seal, const evidence::Period& period, const LeafSet& set,
                 const StatementHead& head) {
    Value out{Value::Object{}};
    out.add("seal", seal);
    out.add("from", to_rfc3339(period.from));
    out.add("to", to_rfc3339(period.to));
    out.add("made", to_rfc3339(head.made));
    out.add("simulated", head.simulated);
    out.add("checkpoint", set.about);
    return out;
}

}  // namespace

report::Sheet sheet_of(Context& context, const Statement& statement, const evidence::Given& given,
                       const LeafSet& set, const StatementHead& head) {
    SheetMaker make(context, set, head);
    make.what(statement.period);
    make.fact("statement.baseline", baseline_text(make, statement.baseline));
    auto before = std::count_if(given.entries.begin(), given.entries.end(),
                                [&](const auto& one) { return one.first < statement.first; });
    make.fact("statement.range",
              make.text("statement.range.of", {number(statement.first), number(statement.last),
                                               number(static_cast<std::uint64_t>(before))}));
    add_why(make, statement);
    make.takes(loans_of(statement, given));
    make.chain("statement.part.chain", statement.chain);
    add_states(context, make, statement);
    make.device(statement.device);
    make.checkpoint();
    make.limits();
    make.how();
    auto verdict = context.text(
        "statement." + std::string(name_of(statement.verdict)),
        {statement.seal, make.time(statement.period.from), make.time(statement.period.to),
         number(statement.uncovered.size()), make.span(together(statement.uncovered))});
    return make.finish(context.text("statement.left.title", {statement.seal}), verdict,
                       statement.verdict == evidence::LeftVerdict::proven);
}

report::Sheet sheet_of(Context& context, const UsesStatement& statement,
                       const evidence::Given& given, const LeafSet& set,
                       const StatementHead& head) {
    SheetMaker make(context, set, head);
    make.what(statement.period);
    make.fact("statement.counter", make.text("statement.counter.of", {number(statement.first_sn),
                                                                      number(statement.last_sn)}));
    if (const auto* closed = statement.closed_by)
        make.fact(
            "statement.closed",
            make.text("statement.closed.of", {number(closed->leaf.seq), make.time(closed->leaf.t),
                                              number(statement.last_sn)}));
    auto& why = make.part("statement.part.why");
    for (const auto& fault : statement.faults)
        why.before.push_back(make.reason(fault));
    if (why.before.empty()) why.before.push_back(make.text("statement.none_missing"));
    make.takes(statement.takes);
    add_uses(make, statement);
    make.chain("statement.part.all_chain", statement.chain);
    std::vector<const Entry*> device;
    for (const auto& [seq, entry] : given.entries)
        if (entry.leaf.type == "device.booted") device.push_back(&entry);
    make.device(device);
    make.checkpoint();
    make.limits();
    make.how();
    auto verdict = context.text(
        statement.complete ? "statement.complete" : "statement.incomplete",
        {statement.seal, make.time(statement.period.from), make.time(statement.period.to),
         number(statement.takes.size()), number(statement.uses.size())});
    return make.finish(context.text("statement.uses.title", {statement.seal}), verdict,
                       statement.complete);
}

Value value_of(const Statement& statement, const LeafSet& set, const StatementHead& head) {
    auto out = head_value(statement.seal, statement.period, set, head);
    out.add("verdict", name_of(statement.verdict));
    out.add("faults", reasons_value(statement.faults));
    Value::Array uncovered;
    for (const auto& one : statement.uncovered) {
        Value item{Value::Object{}};
        item.add("from", to_rfc3339(one.from));
        item.add("to", to_rfc3339(one.to));
        item.add("after", static_cast<std::int64_t>(one.after));
        item.add("before", static_cast<std::int64_t>(one.before));
        item.add("why", reasons_value(one.why));
        uncovered.push_back(std::move(item));
    }
    out.add("uncovered", std::move(uncovered));
    out.add("takes", entries_value(statement.takes));
    out.add("chain", entries_value(statement.chain));
    out.add("device", entries_value(statement.device));
    out.add("states", static_cast<std::int64_t>(statement.states));
    out.add("sightings", static_cast<std::int64_t>(statement.sightings));
    out.add("longest_gap_ms", statement.longest_gap.count());
    out.add("first", static_cast<std::int64_t>(statement.first));
    out.add("last", static_cast<std::int64_t>(statement.last));
    out.add("code", statement.verdict == evidence::LeftVerdict::proven ? "ok" : "no");
    return out;
}

Value value_of(const UsesStatement& statement, const LeafSet& set, const StatementHead& head) {
    auto out = head_value(statement.seal, statement.period, set, head);
    out.add("complete", statement.complete);
    out.add("faults", reasons_value(statement.faults));
    Value::Array takes, uses;
    for (const auto& take : statement.takes) {
        std::vector<const Entry*> both{take.taken};
        if (take.back != nullptr) both.push_back(take.back);
        takes.push_back(entries_value(both));
    }
    for (const auto& use : statement.uses) {
        Value item{Value::Object{}};
        item.add("seq", static_cast<std::int64_t>(use.use->leaf.seq));
        item.add("at", to_rfc3339(use.at));
        item.add("request", use.use->leaf.request);
        item.add("person", use.use->leaf.person);
        item.add("count", use.use->leaf.data.integer_or("count"));
        item.add("cross_page", use.use->leaf.data.integer_or("cross_page"));
        item.add("voided", use.voided != nullptr);
        uses.push_back(std::move(item));
    }
    out.add("takes", std::move(takes));
    out.add("uses", std::move(uses));
    out.add("chain", entries_value(statement.chain));
    out.add("code", statement.complete ? "ok" : "no");
    return out;
}

}  // namespace seals::sealctl
