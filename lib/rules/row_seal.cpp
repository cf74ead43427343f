// Seals as rows, their loan inside.
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

Value to_value(const Loan& loan) {
    Value out{Value::Object{}};
    out.add("person", loan.person.str());
    add_texts(out, "requests", texts_of(loan.requests));
    add_text(out, "session", loan.session.str());
    out.add("since", loan.since.ms);
    add_time(out, "due", loan.due);
    add_time(out, "curfew", loan.curfew);
    add_flag(out, "recalled", loan.recalled);
    if (loan.recalled_at.ms != 0) out.add("recalled_at", loan.recalled_at.ms);
    if (loan.told != 0) out.add("told", loan.told);
    add_flag(out, "told_recall", loan.told_recall);
    add_flag(out, "told_lost", loan.told_lost);
    if (loan.told_due.ms != 0) out.add("told_due", loan.told_due.ms);
    return out;
}

Loan loan_from(const Value& from) {
    Loan loan{PersonId(from.text_or("person")),
              ids_of<RequestId>(from.texts_or("requests")),
              SessionId(from.text_or("session")),
              {from.integer_or("since")},
              time_or_none(from, "due"),
              from.boolean_or("recalled"),
              time_or_none(from, "curfew"),
              {from.integer_or("recalled_at")},
              static_cast<int>(from.integer_or("told")),
              from.boolean_or("told_recall"),
              from.boolean_or("told_lost"),
              {from.integer_or("told_due")}};
    return loan;
}

}  // namespace

Value to_value(const Seal& seal) {
    Value out{Value::Object{}};
    out.add("id", seal.id.str());
    add_text(out, "name", seal.name);
    add_text(out, "type", seal.type);
    add_text(out, "entity", seal.entity);
    add_text(out, "filing_no", seal.filing_no);
    add_text(out, "slot", seal.slot.str());
    add_texts(out, "custodians", texts_of(seal.custodians));
    out.add("state", name_of(seal.state));
    if (seal.state_since.ms != 0) out.add("state_since", seal.state_since.ms);
    if (seal.before != SealState::registered) out.add("before", name_of(seal.before));
    add_text(out, "replaces", seal.replaces.str());
    add_text(out, "replaced_by", seal.replaced_by.str());
    out.add("custody", name_of(seal.custody));
    add_text(out, "uid", seal.uid);
    if (seal.loan) out.add("loan", to_value(*seal.loan));
    add_text(out, "session", seal.session.str());
    if (seal.last_loan) {
        out.add("last_loan", to_value(*seal.last_loan));
        out.add("last_returned", seal.last_returned.ms);
    }
    out.add("changed", seal.since.ms);
    return out;
}

Seal seal_from(const Value& from) {
    Seal seal;
    seal.id = SealId(from.text_or("id"));
    seal.name = from.text_or("name");
    seal.type = from.text_or("type");
    seal.entity = from.text_or("entity");
    seal.filing_no = from.text_or("filing_no");
    seal.slot = SlotId(from.text_or("slot"));
    seal.custodians = ids_of<PersonId>(from.texts_or("custodians"));
    seal.state = term_named(from.text_or("state"), seal_states(), SealState::registered);
    seal.state_since = {from.integer_or("state_since")};
    seal.before = term_named(from.text_or("before"), seal_states(), SealState::registered);
    seal.replaces = SealId(from.text_or("replaces"));
    seal.replaced_by = SealId(from.text_or("replaced_by"));
    seal.custody = term_named(from.text_or("custody"), custodies(), Custody::unknown);
    seal.uid = from.text_or("uid");
    if (const auto* loan = from.find("loan")) seal.loan = loan_from(*loan);
    seal.session = SessionId(from.text_or("session"));
    if (const auto* loan = from.find("last_loan")) seal.last_loan = loan_from(*loan);
    seal.last_returned = {from.integer_or("last_returned")};
    seal.since = {from.integer_or("changed")};
    return seal;
}

}  // namespace seals::rules
