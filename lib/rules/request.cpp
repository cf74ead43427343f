// Requests: upsert from an OA. Validation comes before status; same content is a no-op, other
// content under one key is a conflict and the old stays in force; a withdrawal is for good.
#include "rules/request.hpp"

#include <algorithm>

#include "rules/approval.hpp"
#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using LineGiven = RequestUpsert::LineGiven;

constexpr std::int64_t kMostOfALine = 1'000'000;  // impressions: more is a slip of the pen

// What policy and the OA made of a line together.
std::optional<Error> completed_fault(const Request& request) {
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto& line = request.lines[i];
        auto at = "lines[" + std::to_string(i) + "].";
        if (line.count < 1 || line.count > kMostOfALine)
            return invalid(at + "count", "count must be from 1 to 1000000");
        if (line.valid_to < line.valid_from)
            return invalid(at + "valid_to", "the line's window ends before it begins");
    }
    return std::nullopt;
}

// Fills what the OA did not give. The window then stands in the event: policy may change later.
Request completed(Request request, const std::vector<LineGiven>& given, const Policy& policy) {
    auto window =
        std::chrono::duration_cast<milliseconds>(std::chrono::hours{24 * policy.window_days});
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        auto& line = request.lines[i];
        auto has = i < given.size() ? given[i] : LineGiven{};
        if (!has.count) line.count = line.copies * policy.impressions_per_copy;
        if (!has.users) line.users = {request.applicant};
        if (!has.valid_from) line.valid_from = request.applied_at;
        if (!has.valid_to)
            line.valid_to = request.take_out ? request.take_out->due : request.applied_at + window;
        line.mode = request.take_out ? LineMode::take_out : LineMode::on_site;
    }
    return request;
}

bool same_line(const Line& known, const Line& wanted, const LineGiven& given) {
    return known.seal == wanted.seal && known.copies == wanted.copies &&
           known.cross_page == wanted.cross_page && (!given.count || known.count == wanted.count) &&
           (!given.users || known.users == wanted.users) &&
           (!given.valid_from || known.valid_from == wanted.valid_from) &&
           (!given.valid_to || known.valid_to == wanted.valid_to);
}

bool same_lines(const Request& known, const Request& wanted, const std::vector<LineGiven>& given) {
    if (known.lines.size() != wanted.lines.size()) return false;
    for (std::size_t i = 0; i < known.lines.size(); ++i)
        if (!same_line(known.lines[i], wanted.lines[i], i < given.size() ? given[i] : LineGiven{}))
            return false;
    return true;
}

// `erased`: the vault no longer has the applicant's name, so it differs from nothing.
std::string difference(const Request& known, const RequestUpsert& command, bool erased) {
    const auto& wanted = command.request;
    if (known.applicant != wanted.applicant) return "applicant";
    if (known.applicant_name != wanted.applicant_name && !erased) return "applicant_name";
    if (known.department != wanted.department) return "department";
    if (known.applied_at != wanted.applied_at) return "applied_at";
    if (known.title != wanted.title) return "title";
    if (known.take_out != wanted.take_out) return "take_out";
    if (!same_lines(known, wanted, command.given)) return "lines";
    if (known.chain != wanted.chain) return "chain";
    if (known.remark != wanted.remark) return "remark";
    return {};
}

// A loan whose last request is gone is called back.
void recall_loans(const State& state, const Context& context, const RequestId& gone,
                  Decision& decision) {
    for (const auto& [id, seal] : state.seals) {
        if (!seal.loan || seal.loan->recalled) continue;
        const auto& requests = seal.loan->requests;
        if (std::find(requests.begin(), requests.end(), gone) == requests.end()) continue;
        bool any_left = std::any_of(requests.begin(), requests.end(), [&](const RequestId& other) {
            const auto* request = state.request(other);
            return other != gone && request != nullptr && !request->withdrawn;
        });
        if (any_left) continue;
        add_recall(context, seal, seal.loan->person, gone, decision.events);
    }
}

Decision refused(Error why) {
    Decision decision;
    decision.refusal = std::move(why);
    decision.upserted = Upserted::refused;
    return decision;
}

Decision withdrawn(const State& state, const Context& context, const RequestUpsert& command,
                   const Request* known, const RequestId& id) {
    Decision decision;
    decision.id = id.str();
    if (known != nullptr && (known->withdrawn || known->is_rejected())) return decision;
    auto event = make_event(EventType::request_withdrawn, context);
    event.request = id;
    event.data = make_data({{"source", command.request.source},
                            {"external_id", command.request.external_id},
                            {"known", known != nullptr},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    recall_loans(state, context, id, decision);
    close_due_alerts(state, context, id, "withdrawn", decision.events);
    decision.upserted = Upserted::withdrawn;
    return decision;
}

}  // namespace

namespace {

// What is made at the cabinet needs its two persons or its chain: no bridge brings it in.
std::optional<Error> source_fault(const std::string& source) {
    for (auto own : {kPaperSource, kEmergencySource, kSelfSource})
        if (source == own)
            return invalid("source", "the source \"" + source +
                                         "\" is of requests that are made at the cabinet");
    return std::nullopt;
}

}  // namespace

Decision decide_request(const State& state, const Policy& policy, const Context& context,
                        const RequestUpsert& command) {
    if (auto fault = source_fault(command.request.source)) return refused(std::move(*fault));
    if (auto fault = request_fault(state, command.request)) return refused(std::move(*fault));
    RequestId id;
    const auto* known = known_request(state, command.request, id);
    if (!valid_id(id.str()))
        return refused(invalid("external_id",
                               "every id it could get belongs to another request or is too long"));
    Decision decision;
    decision.id = id.str();
    if (command.status == "withdrawn") return withdrawn(state, context, command, known, id);
    if (command.status != "approved") {
        decision.upserted = Upserted::left_out;
        return decision;
    }
    if (known != nullptr && known->withdrawn) return decision;  // sticky
    // Its number was told before it came: what was put in on paper is its grant.
    auto taken_by = known != nullptr && known->lines.empty() ? known->superseded_by : RequestId{};
    bool promised_away = !taken_by.empty();
    if (known != nullptr && !promised_away) {
        const auto* applicant = state.person(known->applicant);
        auto field = difference(*known, command, applicant != nullptr && applicant->erased);
        if (field.empty()) return decision;
        decision.refusal = Error{Code::conflict,
                                 "request " + id.str() + " exists with another " + field +
                                     "; the old one stays in force",
                                 "withdraw it in the OA and apply anew", field};
        decision.upserted = Upserted::conflict;
        return decision;
    }
    auto request = completed(command.request, command.given, policy);
    request.id = id;
    if (auto fault = completed_fault(request)) return refused(std::move(*fault));
    request.approvers = approvers_in(state, request.chain);
    decision.events.push_back(acceptance(context, request, command.idempotency));
    if (promised_away)
        end_second_grant(context, request, *state.request(taken_by), decision.events);
    decision.upserted = Upserted::accepted;
    return decision;
}

Result<Request> completed_request(const State& state, const Policy& policy, const Request& wanted,
                                  const std::vector<LineGiven>& given) {
    if (auto fault = request_fault(state, wanted)) return std::move(*fault);
    auto request = completed(wanted, given, policy);
    if (auto fault = completed_fault(request)) return std::move(*fault);
    RequestId id;
    if (known_request(state, request, id) != nullptr || !valid_id(id.str()))
        return Error{Code::conflict, "there is a request " + request.external_id + " already",
                     "give it another number, or let the cabinet give one", "id"};
    request.id = id;
    return request;
}

Decision decide_withdraw(const State& state, const Policy& policy, const Context& context,
                         const WithdrawRequest& command) {
    Decision decision;
    const auto* known = state.request(command.request);
    if (known == nullptr) {
        decision.refusal = unknown_thing("request", command.request.str());
        return decision;
    }
    if (command.by &&
        !admit(state, policy, context, "withdraw", {}, {*command.by}, command.idempotency,
               withdrawal_refusal(*known, context, command.by->person), decision))
        return decision;
    RequestUpsert upsert;
    upsert.request.source = known->source;
    upsert.request.external_id = known->external_id;
    upsert.idempotency = command.idempotency;
    auto out = withdrawn(state, context, upsert, known, known->id);
    if (command.by && !out.events.empty()) out.events.front().person = command.by->person;
    return out;
}

}  // namespace seals::rules
