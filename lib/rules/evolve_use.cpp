// What events change of uses, of the counts of the lines they were made under, and of the record of
// loans.
#include <algorithm>

#include "rules/evolving.hpp"
#include "rules/row_parts.hpp"
#include "rules/use.hpp"

namespace seals::rules {
namespace {

Use use_of(const Event& event) {
    Use use;
    const auto& data = event.data;
    use.id = data.text_or("id");
    use.request = event.request;
    use.line = data.integer_or("line", 1);
    use.seal = event.seal;
    use.session = event.session;
    use.by = event.person;
    use.witness = PersonId(data.text_or("witness"));
    use.at = {data.integer_or("at", event.at.ms)};
    use.recorded = event.at;
    use.impressions = {data.integer_or("count"), data.integer_or("cross_page")};
    use.excess = {data.integer_or("excess"), data.integer_or("excess_cross_page")};
    use.document = personal_of(event, "document");
    use.number = personal_of(event, "number");
    use.counterpart = personal_of(event, "counterpart");
    use.place = personal_of(event, "place");
    use.exceptions = personal_of(event, "exceptions");
    use.reason = personal_of(event, "reason");
    use.pages = data.integer_or("pages");
    use.file = event.doc;
    auto before = static_cast<std::size_t>(data.integer_or("before"));
    auto middle =
        event.img.begin() + static_cast<std::ptrdiff_t>(std::min(before, event.img.size()));
    use.before.assign(event.img.begin(), middle);
    use.after.assign(middle, event.img.end());
    use.late = data.boolean_or("late");
    return use;
}

void record_use(State& state, const Event& event) {
    auto use = use_of(event);
    if (auto number = register_number(use.id)) {
        state.node.register_year = number->year;
        state.node.register_number = number->number;
        state.touched.emplace("node", "node");
    }
    if (auto* request = touch_request(state, use.request)) {
        request->uses.push_back(use.id);
        auto at = static_cast<std::size_t>(use.line - 1);
        if (at < request->lines.size()) {
            auto& line = request->lines[at];
            auto within = use.impressions;
            within -= use.excess;
            line.used += within.ordinary;
            line.used_cross_page += within.cross_page;
            line.excess += use.excess;
            ++line.uses;
        }
    }
    state.touched.emplace("use", use.id);
    state.uses[use.id] = std::move(use);
}

void void_use(State& state, const Event& event) {
    auto found = state.uses.find(event.data.text_or("id"));
    if (found == state.uses.end()) return;
    found->second.voided = event.at;
    found->second.void_reason = personal_of(event, "reason");
    found->second.voided_by = event.person;
    state.touched.emplace("use", found->first);
}

}  // namespace

void begin_loan_record(State& state, const Event& event) {
    LoanRecord loan;
    loan.id = event.session;
    loan.seal = event.seal;
    loan.person = event.person;
    loan.requests = ids_of<RequestId>(event.data.texts_or("requests"));
    loan.taken = event.at;
    loan.due = time_or_none(event.data, "due");
    state.touched.emplace("loan", loan.id.str());
    state.loans[loan.id] = std::move(loan);
}

void end_loan_record(State& state, const Event& event, const SessionId& id) {
    auto found = state.loans.find(id);
    if (found == state.loans.end()) return;
    auto& loan = found->second;
    loan.returned = event.at;
    loan.return_session = event.session;
    loan.returned_by = event.person;
    loan.verdict = event.data.text_or("verdict");
    state.touched.emplace("loan", id.str());
}

void evolve_use(State& state, const Event& event) {
    if (event.type == EventType::use_recorded) return record_use(state, event);
    if (event.type == EventType::use_voided) return void_use(state, event);
    if (event.type == EventType::counts_proved) {
        state.node.counts_proved = event.at;
        state.touched.emplace("node", "node");
    }
}

}  // namespace seals::rules
