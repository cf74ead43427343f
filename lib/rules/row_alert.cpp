// Alerts, devices and jobs as rows.
#include "rules/row_parts.hpp"

namespace seals::rules {

Value to_value(const Alert& alert) {
    Value out{Value::Object{}};
    out.add("id", alert.id);
    out.add("type", alert.type);
    out.add("severity", alert.severity);
    out.add("state", name_of(alert.state));
    out.add("since", alert.since.ms);
    out.add("last", alert.last.ms);
    out.add("count", alert.count);
    add_text(out, "seal", alert.seal.str());
    add_text(out, "slot", alert.slot.str());
    add_text(out, "person", alert.person.str());
    add_text(out, "about", alert.about);
    add_text(out, "session", alert.session.str());
    add_text(out, "assigned", alert.assigned.str());
    add_text(out, "reason", alert.reason);
    return out;
}

Alert alert_from(const Value& from) {
    Alert alert;
    alert.id = from.text_or("id");
    alert.type = from.text_or("type");
    alert.severity = from.text_or("severity");
    alert.state = term_named(from.text_or("state"), alert_states(), AlertState::open);
    alert.since = {from.integer_or("since")};
    alert.last = {from.integer_or("last")};
    alert.count = from.integer_or("count", 1);
    alert.seal = SealId(from.text_or("seal"));
    alert.slot = SlotId(from.text_or("slot"));
    alert.person = PersonId(from.text_or("person"));
    alert.about = from.text_or("about");
    alert.session = SessionId(from.text_or("session"));
    alert.assigned = PersonId(from.text_or("assigned"));
    alert.reason = from.text_or("reason");
    return alert;
}

Value to_value(const Device& device) {
    Value out{Value::Object{}};
    out.add("id", device.id);
    out.add("since", device.since.ms);
    add_flag(out, "told", device.told);
    return out;
}

Device device_from(const Value& from) {
    return {from.text_or("id"), {from.integer_or("since")}, from.boolean_or("told")};
}

Value to_value(const Job& job) {
    Value out{Value::Object{}};
    out.add("id", job.id);
    out.add("every", job.every.count());
    out.add("last", job.last.ms);
    add_flag(out, "told", job.told);
    return out;
}

Job job_from(const Value& from) {
    return {from.text_or("id"),
            milliseconds{from.integer_or("every")},
            {from.integer_or("last")},
            from.boolean_or("told")};
}

}  // namespace seals::rules
