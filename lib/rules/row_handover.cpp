// Handovers and overrides as rows.
#include "rules/row_parts.hpp"

namespace seals::rules {

Value to_value(const Handover& handover) {
    Value out{Value::Object{}};
    out.add("id", handover.id);
    out.add("kind", name_of(handover.kind));
    out.add("state", name_of(handover.state));
    out.add("seals", texts_of(handover.seals));
    out.add("from", handover.from.str());
    out.add("to", handover.to.str());
    out.add("by", handover.by.str());
    out.add("offered", handover.offered.ms);
    if (handover.accepted.ms != 0) out.add("accepted", handover.accepted.ms);
    add_time(out, "until", handover.until);
    Value::Array before;
    for (const auto& custodians : handover.before)
        before.emplace_back(texts_of(custodians));
    if (!before.empty()) out.add("before", std::move(before));
    return out;
}

Handover handover_from(const Value& from) {
    Handover handover;
    handover.id = from.text_or("id");
    handover.kind = term_named(from.text_or("kind"), handover_kinds(), HandoverKind::permanent);
    handover.state = term_named(from.text_or("state"), handover_states(), HandoverState::offered);
    handover.seals = ids_of<SealId>(from.texts_or("seals"));
    handover.from = PersonId(from.text_or("from"));
    handover.to = PersonId(from.text_or("to"));
    handover.by = PersonId(from.text_or("by"));
    handover.offered = {from.integer_or("offered")};
    handover.accepted = {from.integer_or("accepted")};
    handover.until = time_or_none(from, "until");
    const auto* before = from.find("before");
    if (before == nullptr || before->array() == nullptr) return handover;
    for (const auto& one : *before->array()) {
        std::vector<PersonId> custodians;
        if (one.array() != nullptr)
            for (const auto& id : *one.array())
                if (id.string() != nullptr) custodians.emplace_back(*id.string());
        handover.before.push_back(std::move(custodians));
    }
    return handover;
}

Value to_value(const Override& override) {
    Value out{Value::Object{}};
    out.add("id", override.id);
    out.add("slot", override.slot.str());
    out.add("cause", override.cause);
    out.add("from", override.from.ms);
    out.add("at", override.at.ms);
    add_flag(out, "counted", override.counted);
    add_flag(out, "explained", override.explained);
    return out;
}

Override override_from(const Value& from) {
    return {from.text_or("id"),          SlotId(from.text_or("slot")), from.text_or("cause"),
            {from.integer_or("from")},   {from.integer_or("at")},      from.boolean_or("counted"),
            from.boolean_or("explained")};
}

}  // namespace seals::rules
