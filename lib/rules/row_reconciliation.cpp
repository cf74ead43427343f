// Rows of reconciliations and of what was explained.
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

void add_actor(Value& to, const Actor& actor) {
    add_text(to, "actor", actor.id);
    add_text(to, "actor_kind", actor.kind);
}

Actor actor_from(const Value& from) {
    return {from.text_or("actor"), from.text_or("actor_kind")};
}

}  // namespace

Value to_value(const Reconciliation& run) {
    Value out{Value::Object{}};
    out.add("id", run.id);
    out.add("source", run.source);
    out.add("from", run.from.ms);
    out.add("to", run.to.ms);
    out.add("at", run.at.ms);
    out.add("sha256", run.sha256);
    out.add("items_sha256", run.items_sha256);
    out.add("totals", run.totals);
    add_actor(out, run.actor);
    return out;
}

Reconciliation reconciliation_from(const Value& from) {
    const auto* totals = from.find("totals");
    return {from.text_or("id"),
            from.text_or("source"),
            {from.integer_or("from")},
            {from.integer_or("to")},
            {from.integer_or("at")},
            from.text_or("sha256"),
            from.text_or("items_sha256"),
            totals != nullptr ? *totals : Value{Value::Object{}},
            actor_from(from)};
}

Value to_value(const Discrepancy& item) {
    Value out{Value::Object{}};
    out.add("id", discrepancy_id(item.source, item.external_id, item.seal.str()));
    out.add("source", item.source);
    out.add("external_id", item.external_id);
    out.add("seal", item.seal.str());
    out.add("class", item.klass);
    out.add("run", item.run);
    add_text(out, "figures", item.figures);
    add_text(out, "reason", item.reason);
    out.add("at", item.at.ms);
    add_actor(out, item.actor);
    return out;
}

Discrepancy discrepancy_from(const Value& from) {
    return {from.text_or("source"), from.text_or("external_id"), SealId(from.text_or("seal")),
            from.text_or("class"),  from.text_or("run"),         from.text_or("figures"),
            from.text_or("reason"), {from.integer_or("at")},     actor_from(from)};
}

}  // namespace seals::rules
