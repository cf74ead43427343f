// Requests and their lines as rows.
#include "rules/row_parts.hpp"

namespace seals::rules {

namespace {

void add_number(Value& out, const char* name, std::int64_t number) {
    if (number != 0) out.add(name, number);
}

}  // namespace

Value to_value(const Line& line) {
    Value out{Value::Object{}};
    out.add("seal", line.seal.str());
    out.add("copies", line.copies);
    out.add("count", line.count);
    if (line.cross_page != 0) out.add("cross_page", line.cross_page);
    if (line.used != 0) out.add("used", line.used);
    out.add("users", texts_of(line.users));
    out.add("valid_from", line.valid_from.ms);
    out.add("valid_to", line.valid_to.ms);
    out.add("mode", name_of(line.mode));
    add_text(out, "revoked", line.revoked);
    add_number(out, "used_cross_page", line.used_cross_page);
    add_number(out, "excess", line.excess.ordinary);
    add_number(out, "excess_cross_page", line.excess.cross_page);
    add_number(out, "parent", line.parent);
    add_text(out, "reason", line.reason);
    add_number(out, "uses", line.uses);
    add_number(out, "ended", line.ended.ms);
    return out;
}

Line line_from(const Value& from) {
    return {SealId(from.text_or("seal")),
            from.integer_or("copies", 1),
            from.integer_or("count", 1),
            from.integer_or("cross_page"),
            from.integer_or("used"),
            ids_of<PersonId>(from.texts_or("users")),
            {from.integer_or("valid_from")},
            {from.integer_or("valid_to")},
            term_named(from.text_or("mode"), line_modes(), LineMode::on_site),
            from.text_or("revoked"),
            from.integer_or("used_cross_page"),
            {from.integer_or("excess"), from.integer_or("excess_cross_page")},
            from.integer_or("parent"),
            from.text_or("reason"),
            from.integer_or("uses"),
            {from.integer_or("ended")}};
}

std::vector<Line> lines_from(const Value* array) {
    std::vector<Line> lines;
    if (array == nullptr || array->array() == nullptr) return lines;
    for (const auto& line : *array->array())
        lines.push_back(line_from(line));
    return lines;
}

namespace {

Value to_value(const Ending& ending) {
    Value out{Value::Object{}};
    out.add("outcome", name_of(ending.outcome));
    out.add("at", ending.at.ms);
    out.add("revision", ending.revision);
    add_flag(out, "early", ending.early);
    add_flag(out, "stale", ending.stale);
    add_flag(out, "reopened", ending.reopened);
    out.add("waits", ending.waits.ms);
    add_number(out, "told", ending.told);
    add_number(out, "attempts", ending.attempts);
    add_flag(out, "dead", ending.dead);
    add_flag(out, "waived", ending.waived);
    add_flag(out, "closed", ending.closed);
    add_text(out, "receipt", ending.receipt);
    add_text(out, "failure", ending.failure);
    return out;
}

std::optional<Ending> ending_from(const Value* from) {
    if (from == nullptr) return std::nullopt;
    return Ending{
        term_named(from->text_or("outcome"), request_outcomes(), RequestOutcome::part_fulfilled),
        {from->integer_or("at")},
        from->integer_or("revision", 1),
        from->boolean_or("early"),
        from->boolean_or("stale"),
        from->boolean_or("reopened"),
        {from->integer_or("waits")},
        from->integer_or("told"),
        from->integer_or("attempts"),
        from->boolean_or("dead"),
        from->boolean_or("waived"),
        from->boolean_or("closed"),
        from->text_or("receipt"),
        from->text_or("failure")};
}

}  // namespace

Value to_value(const Request& request) {
    Value out{Value::Object{}};
    out.add("id", request.id.str());
    out.add("source", request.source);
    out.add("external_id", request.external_id);
    if (request.withdrawn) out.add("withdrawn", true);
    if (request.taken) out.add("taken", true);
    add_flag(out, "held", request.held);
    add_texts(out, "approvers", texts_of(request.approvers));
    add_text(out, "applicant", request.applicant.str());
    add_text(out, "applicant_name", request.applicant_name);
    add_text(out, "department", request.department);
    add_text(out, "title", request.title);
    add_text(out, "chain", request.chain);
    add_text(out, "remark", request.remark);
    out.add("applied_at", request.applied_at.ms);
    if (request.take_out) {
        add_text(out, "place", request.take_out->place);
        out.add("due", request.take_out->due.ms);
        add_text(out, "take_out_reason", request.take_out->reason);
        add_text(out, "supervisor", request.take_out->supervisor.str());
    }
    Value::Array lines;
    for (const auto& line : request.lines)
        lines.push_back(to_value(line));
    out.add("lines", std::move(lines));
    add_texts(out, "uses", request.uses);
    add_text(out, "superseded_by", request.superseded_by.str());
    add_text(out, "basis", request.basis);
    add_texts(out, "put_in_by", texts_of(request.put_in_by));
    add_text(out, "matched_source", request.matched_source);
    add_text(out, "matched_id", request.matched_id);
    if (request.cure_by) out.add("cure_by", request.cure_by->ms);
    add_text(out, "cured_by", request.cured_by.str());
    if (request.application) out.add("application", to_value(*request.application));
    if (request.ending) out.add("ending", to_value(*request.ending));
    add_flag(out, "legal_hold", request.legal_hold);
    add_text(out, "hold_basis", request.hold_basis);
    return out;
}

Request request_from(const Value& from) {
    Request request;
    request.id = RequestId(from.text_or("id"));
    request.source = from.text_or("source");
    request.external_id = from.text_or("external_id");
    request.withdrawn = from.boolean_or("withdrawn");
    request.taken = from.boolean_or("taken");
    request.held = from.boolean_or("held");
    request.approvers = ids_of<PersonId>(from.texts_or("approvers"));
    request.applicant = PersonId(from.text_or("applicant"));
    request.applicant_name = from.text_or("applicant_name");
    request.department = from.text_or("department");
    request.title = from.text_or("title");
    request.chain = from.text_or("chain");
    request.remark = from.text_or("remark");
    request.applied_at = {from.integer_or("applied_at")};
    if (from.find("due") != nullptr)
        request.take_out = TakeOut{from.text_or("place"),
                                   {from.integer_or("due")},
                                   from.text_or("take_out_reason"),
                                   PersonId(from.text_or("supervisor"))};
    request.lines = lines_from(from.find("lines"));
    request.uses = from.texts_or("uses");
    request.superseded_by = RequestId(from.text_or("superseded_by"));
    request.basis = from.text_or("basis");
    request.put_in_by = ids_of<PersonId>(from.texts_or("put_in_by"));
    request.matched_source = from.text_or("matched_source");
    request.matched_id = from.text_or("matched_id");
    request.cure_by = time_or_none(from, "cure_by");
    request.cured_by = RequestId(from.text_or("cured_by"));
    if (const auto* application = from.find("application"))
        request.application = application_from(*application);
    request.ending = ending_from(from.find("ending"));
    request.legal_hold = from.boolean_or("legal_hold");
    request.hold_basis = from.text_or("hold_basis");
    return request;
}

}  // namespace seals::rules
