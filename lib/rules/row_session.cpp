// Visits, slots and the device as rows.
#include "rules/row_parts.hpp"

namespace seals::rules {

Value to_value(const Session& session) {
    Value out{Value::Object{}};
    out.add("id", session.id.str());
    out.add("kind", session.kind);
    out.add("seal", session.seal.str());
    out.add("slot", session.slot.str());
    out.add("person", session.person.str());
    add_texts(out, "requests", texts_of(session.requests));
    out.add("stage", name_of(session.stage));
    if (session.answered) out.add("answered", true);
    if (session.moved) out.add("moved", true);
    add_text(out, "verdict", session.verdict);
    add_text(out, "code", session.code);
    add_text(out, "reason", session.reason);
    out.add("opened", session.opened.ms);
    add_time(out, "curfew", session.curfew);
    return out;
}

Session session_from(const Value& from) {
    Session session;
    session.id = SessionId(from.text_or("id"));
    session.kind = from.text_or("kind");
    session.seal = SealId(from.text_or("seal"));
    session.slot = SlotId(from.text_or("slot"));
    session.person = PersonId(from.text_or("person"));
    session.requests = ids_of<RequestId>(from.texts_or("requests"));
    auto stage = from.text_or("stage");
    for (int i = 0; i <= static_cast<int>(Stage::closed); ++i)
        if (name_of(static_cast<Stage>(i)) == stage) session.stage = static_cast<Stage>(i);
    session.answered = from.boolean_or("answered");
    session.moved = from.boolean_or("moved");
    session.verdict = from.text_or("verdict");
    session.code = from.text_or("code");
    session.reason = from.text_or("reason");
    session.opened = {from.integer_or("opened")};
    session.curfew = time_or_none(from, "curfew");
    return session;
}

Value to_value(const Slot& slot) {
    Value out{Value::Object{}};
    out.add("id", slot.id.str());
    if (slot.open) out.add("open", true);
    if (slot.frozen) out.add("frozen", true);
    if (slot.left_open) out.add("left_open", true);
    add_text(out, "session", slot.session.str());
    if (slot.moved.ms != 0) out.add("moved", slot.moved.ms);
    add_flag(out, "counted", slot.counted);
    if (slot.unopened != 0) out.add("unopened", slot.unopened);
    if (slot.unreadable != 0) out.add("unreadable", slot.unreadable);
    return out;
}

Slot slot_from(const Value& from) {
    return {SlotId(from.text_or("id")),
            from.boolean_or("open"),
            from.boolean_or("frozen"),
            from.boolean_or("left_open"),
            SessionId(from.text_or("session")),
            {from.integer_or("moved")},
            from.boolean_or("counted"),
            static_cast<int>(from.integer_or("unopened")),
            static_cast<int>(from.integer_or("unreadable"))};
}

Value to_value(const Node& node) {
    Value out{Value::Object{}};
    out.add("rows", kRowVersion);
    out.add("running", node.running);
    add_text(out, "config_sha256", node.config_sha256);
    add_text(out, "policy_sha256", node.policy_sha256);
    if (node.down_from.ms != 0) out.add("down_from", node.down_from.ms);
    if (node.booted.ms != 0) out.add("booted", node.booted.ms);
    Value::Array removals;
    for (const auto& one : node.removals) {
        Value removal{Value::Object{}};
        removal.add("seal", one.seal.str());
        removal.add("at", one.at.ms);
        removals.push_back(std::move(removal));
    }
    if (!removals.empty()) out.add("removals", std::move(removals));
    add_time(out, "frozen", node.frozen);
    add_flag(out, "disk_low", node.disk_low);
    if (node.register_year != 0) {
        out.add("register_year", node.register_year);
        out.add("register_number", node.register_number);
    }
    if (node.counts_proved.ms != 0) out.add("counts_proved", node.counts_proved.ms);
    if (node.application_year != 0) {
        out.add("application_year", node.application_year);
        out.add("application_number", node.application_number);
    }
    add_text(out, "key", node.key);
    add_text(out, "files_fault", node.files_fault);
    return out;
}

Node node_from(const Value& from) {
    Node node{from.boolean_or("running"),        from.text_or("config_sha256"),
              from.text_or("policy_sha256"),     {from.integer_or("down_from")},
              {from.integer_or("booted")},       {},
              time_or_none(from, "frozen"),      from.boolean_or("disk_low"),
              from.integer_or("register_year"),  from.integer_or("register_number"),
              {from.integer_or("counts_proved")}};
    const auto* removals = from.find("removals");
    if (removals != nullptr && removals->array() != nullptr)
        for (const auto& one : *removals->array())
            node.removals.push_back({{one.integer_or("at")}, SealId(one.text_or("seal"))});
    node.application_year = from.integer_or("application_year");
    node.application_number = from.integer_or("application_number");
    node.key = from.text_or("key");
    node.files_fault = from.text_or("files_fault");
    return node;
}

}  // namespace seals::rules
