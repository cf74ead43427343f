#include "rules/use_checks.hpp"

#include <algorithm>
#include <chrono>

#include "rules/identify.hpp"
#include "rules/making.hpp"

namespace seals::rules {
namespace {

bool lends(const std::optional<Loan>& loan, const RequestId& request) {
    return loan &&
           std::find(loan->requests.begin(), loan->requests.end(), request) != loan->requests.end();
}

bool holds(const std::vector<PersonId>& persons, const PersonId& person) {
    return std::find(persons.begin(), persons.end(), person) != persons.end();
}

// The kinds of factor that must be right: those asked for, and any that was given.
std::vector<std::string> asked_of(const Acting& acting, std::vector<std::string> policy) {
    for (const auto& factor : acting.factors)
        if (std::find(policy.begin(), policy.end(), factor.kind) == policy.end())
            policy.push_back(factor.kind);
    return policy;
}

Refusal count_refusal(const Request& request, const Use& use, const char* kind,
                      std::int64_t granted, std::int64_t used, std::int64_t asked) {
    if (used + asked <= granted) return std::nullopt;
    return refusal(Rule::count_left, kind,
                   {request.id.str(), std::to_string(use.line), std::to_string(granted),
                    std::to_string(used), std::to_string(asked)});
}

// Why the line does not stand, in the order in which it would be looked for.
Refusal standing_refusal(const Request& request, const Line& line, const Use& use) {
    auto id = request.id.str();
    if (!request.superseded_by.empty())
        return refusal(Rule::request_not_withdrawn, "request.superseded",
                       {id, request.superseded_by.str()});
    if (request.withdrawn) return refusal(Rule::request_not_withdrawn, "request.withdrawn", {id});
    if (request.held) return refusal(Rule::request_not_held, "request.held", {id});
    if (line.ended.ms != 0 && use.at >= line.ended)
        return refusal(Rule::request_ends_once, "request.ended", {id, to_rfc3339(line.ended)});
    if (!line.revoked.empty())
        return refusal(Rule::request_not_withdrawn, "request.revoked",
                       {id, line.seal.str(), line.revoked});
    if (use.at > line.valid_to)
        return refusal(Rule::request_window, "request.expired", {id, to_rfc3339(line.valid_to)});
    return std::nullopt;
}

}  // namespace

std::int64_t year_of(Instant at, milliseconds utc_offset) {
    auto local = std::chrono::sys_time<milliseconds>(milliseconds{at.ms} + utc_offset);
    auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(local));
    return static_cast<int>(day.year());
}

Refusal request_refusal(const Request* request, const Use& use) {
    auto id = use.request.str();
    if (request == nullptr) return refusal(Rule::approved_request, "request.unknown", {id});
    if (request->line_for(use.seal) == nullptr)
        return refusal(Rule::approved_request, "request.foreign", {id, use.seal.str()});
    return std::nullopt;
}

Refusal loan_refusal(const Policy& policy, const Context& context, const Seal& seal, Use& use) {
    const Loan* loan = nullptr;
    if (lends(seal.loan, use.request)) loan = &*seal.loan;
    if (loan == nullptr && lends(seal.last_loan, use.request)) {
        use.late = true;
        loan = &*seal.last_loan;
        if (context.now > seal.last_returned + policy.use.late)
            return refusal(Rule::use_under_loan, "use.too_late",
                           {seal.id.str(), to_rfc3339(seal.last_returned)});
    }
    if (loan == nullptr)
        return refusal(Rule::use_under_loan, "use.not_lent", {seal.id.str(), use.request.str()});
    use.session = loan->session;
    // A late one that names no moment was made at the latest when the seal came back.
    if (use.late && use.at > seal.last_returned) use.at = seal.last_returned;
    if (use.at < loan->since)
        return refusal(Rule::use_under_loan, "use.before",
                       {seal.id.str(), to_rfc3339(loan->since)});
    return std::nullopt;
}

Refusal grant_refusal(const Request& request, const Line& line, const RecordUse& command,
                      const Use& use) {
    if (!command.excess.empty()) return std::nullopt;
    if (auto why = standing_refusal(request, line, use)) return why;
    const auto& made = use.impressions;
    if (auto why =
            count_refusal(request, use, "use.too_many", line.count, line.used, made.ordinary))
        return why;
    return count_refusal(request, use, "use.too_many_cross", line.cross_page, line.used_cross_page,
                         made.cross_page);
}

Refusal person_refusal(const State& state, const Policy& policy, const Request& request,
                       const Line& line, const Seal& seal, const Use& use) {
    const auto* person = state.person(use.by);
    if (person == nullptr) return refusal(Rule::active_person, "person.unknown", {use.by.str()});
    bool holder = seal.loan && seal.loan->person == use.by;
    bool user = holds(line.users, use.by) || holder, keeper = seal.kept_by(use.by);
    if (names_type(policy.use.custodian_types, seal.type)) user = false;
    if (names_type(policy.use.applicant_types, seal.type)) keeper = false;
    if (!user && !keeper)
        return refusal(Rule::entitled_person, "use.not_entitled", {use.by.str(), request.id.str()});
    if (policy.separate_approval && holds(request.approvers, use.by))
        return refusal(Rule::separate_approval, "request.approver",
                       {use.by.str(), request.id.str()});
    return std::nullopt;
}

Refusal scene_refusal(const State& state, const Policy& policy, const Seal& seal,
                      const RecordUse& command, const Use& use) {
    if (use.witness == use.by)
        return refusal(Rule::supervised_use, "use.own_witness", {use.by.str()});
    if (!use.witness.empty() && state.person(use.witness) == nullptr)
        return refusal(Rule::active_person, "person.unknown", {use.witness.str()});
    if (!command.excess.empty()) return std::nullopt;  // what happened is recorded as it was
    if (names_type(policy.use.supervisor_types, seal.type) && use.witness.empty())
        return refusal(Rule::supervised_use, "use.no_witness", {seal.type});
    if (names_type(policy.use.photo_types, seal.type) && use.before.empty() && use.after.empty())
        return refusal(Rule::scene_photo, "use.no_photo", {seal.type});
    if (names_type(policy.use.document_types, seal.type) && use.file.empty())
        return refusal(Rule::document_attached, "use.no_document", {seal.type});
    return std::nullopt;
}

bool admit_use(const State& state, const Policy& policy, const Context& context,
               const RecordUse& command, const Seal& seal, Refusal why, Decision& decision) {
    auto check = [&](const Acting& acting, std::vector<std::string> factors) {
        if (why) return;
        auto identified =
            identify(state, policy, context, acting, asked_of(acting, std::move(factors)));
        for (auto& event : identified.events)
            decision.events.push_back(std::move(event));
        why = std::move(identified.refusal);
    };
    check(command.by, policy.use.factors);
    bool watched = names_type(policy.use.supervisor_types, seal.type);
    using Factors = std::vector<std::string>;
    if (command.witness) check(*command.witness, watched ? Factors{"pin"} : Factors{});
    if (why)
        refuse_act(context, "use record", seal.id, command.idempotency, std::move(*why), decision);
    return !decision.refusal;
}

}  // namespace seals::rules
