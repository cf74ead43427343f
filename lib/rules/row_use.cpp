// Uses and the loans they were made under as rows.
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

void add_number(Value& to, const char* name, std::int64_t number) {
    if (number != 0) to.add(name, number);
}

}  // namespace

Value to_value(const Use& use) {
    Value out{Value::Object{}};
    out.add("id", use.id);
    out.add("request", use.request.str());
    out.add("line", use.line);
    out.add("seal", use.seal.str());
    add_text(out, "session", use.session.str());
    out.add("by", use.by.str());
    add_text(out, "witness", use.witness.str());
    out.add("at", use.at.ms);
    out.add("recorded", use.recorded.ms);
    add_number(out, "count", use.impressions.ordinary);
    add_number(out, "cross_page", use.impressions.cross_page);
    add_number(out, "excess", use.excess.ordinary);
    add_number(out, "excess_cross_page", use.excess.cross_page);
    add_text(out, "document", use.document);
    add_text(out, "number", use.number);
    add_text(out, "counterpart", use.counterpart);
    add_text(out, "place", use.place);
    add_text(out, "exceptions", use.exceptions);
    add_text(out, "reason", use.reason);
    add_number(out, "pages", use.pages);
    add_text(out, "file", use.file);
    add_texts(out, "before", use.before);
    add_texts(out, "after", use.after);
    add_flag(out, "late", use.late);
    add_time(out, "voided", use.voided);
    add_text(out, "void_reason", use.void_reason);
    add_text(out, "voided_by", use.voided_by.str());
    return out;
}

Use use_from(const Value& from) {
    Use use;
    use.id = from.text_or("id");
    use.request = RequestId(from.text_or("request"));
    use.line = from.integer_or("line", 1);
    use.seal = SealId(from.text_or("seal"));
    use.session = SessionId(from.text_or("session"));
    use.by = PersonId(from.text_or("by"));
    use.witness = PersonId(from.text_or("witness"));
    use.at = {from.integer_or("at")};
    use.recorded = {from.integer_or("recorded")};
    use.impressions = {from.integer_or("count"), from.integer_or("cross_page")};
    use.excess = {from.integer_or("excess"), from.integer_or("excess_cross_page")};
    use.document = from.text_or("document");
    use.number = from.text_or("number");
    use.counterpart = from.text_or("counterpart");
    use.place = from.text_or("place");
    use.exceptions = from.text_or("exceptions");
    use.reason = from.text_or("reason");
    use.pages = from.integer_or("pages");
    use.file = from.text_or("file");
    use.before = from.texts_or("before");
    use.after = from.texts_or("after");
    use.late = from.boolean_or("late");
    use.voided = time_or_none(from, "voided");
    use.void_reason = from.text_or("void_reason");
    use.voided_by = PersonId(from.text_or("voided_by"));
    return use;
}

Value to_value(const LoanRecord& loan) {
    Value out{Value::Object{}};
    out.add("id", loan.id.str());
    out.add("seal", loan.seal.str());
    out.add("person", loan.person.str());
    add_texts(out, "requests", texts_of(loan.requests));
    out.add("taken", loan.taken.ms);
    add_time(out, "due", loan.due);
    add_time(out, "returned", loan.returned);
    add_text(out, "return_session", loan.return_session.str());
    add_text(out, "returned_by", loan.returned_by.str());
    add_text(out, "verdict", loan.verdict);
    return out;
}

LoanRecord loan_record_from(const Value& from) {
    return {SessionId(from.text_or("id")),
            SealId(from.text_or("seal")),
            PersonId(from.text_or("person")),
            ids_of<RequestId>(from.texts_or("requests")),
            {from.integer_or("taken")},
            time_or_none(from, "due"),
            time_or_none(from, "returned"),
            SessionId(from.text_or("return_session")),
            PersonId(from.text_or("returned_by")),
            from.text_or("verdict")};
}

}  // namespace seals::rules
