// Applying at the cabinet: for firms without an OA, or where it does not reach. What is applied for
// is a request that grants nothing until its chain has approved it.
#include <algorithm>
#include <charconv>

#include "rules/approval.hpp"
#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

constexpr std::string_view kNumbered = "SQ-";  // what the cabinet numbers itself
constexpr std::size_t kYearDigits = 4, kSerialDigits = 6;

// By the node's own clock on the wall.
std::string fresh_number(const State& state, const Context& context) {
    auto year = to_rfc3339(context.now + context.utc_offset).substr(0, kYearDigits);
    auto last = std::to_string(state.node.application_year);
    bool same = year <= last;  // a clock that was set back numbers nothing twice
    if (same) year = last;
    auto serial = std::to_string(same ? state.node.application_number + 1 : 1);
    if (serial.size() < kSerialDigits) serial.insert(0, kSerialDigits - serial.size(), '0');
    return std::string(kNumbered) + year + "-" + serial;
}

std::optional<Error> seals_refusal(const State& state, const Request& request) {
    for (const auto& line : request.lines) {
        const auto* seal = state.seal(line.seal);
        if (seal->state != SealState::active)
            return refusal(Rule::seal_in_use, "seal.not_active",
                           {seal->id.str(), std::string(name_of(seal->state))});
    }
    return std::nullopt;
}

std::optional<Error> active_refusal(const State& state, const PersonId& id) {
    const auto* person = state.person(id);
    if (person == nullptr) return refusal(Rule::active_person, "person.unknown", {id.str()});
    if (!person->active) return refusal(Rule::active_person, "person.left", {id.str()});
    return std::nullopt;
}

std::optional<Error> persons_refusal(const State& state, const Request& request) {
    for (const auto& line : request.lines)
        for (const auto& user : line.users)
            if (auto why = active_refusal(state, user)) return why;
    return std::nullopt;
}

std::optional<Error> take_out_refusal(const State& state, const Request& request) {
    if (!request.take_out) return std::nullopt;
    const auto& out = *request.take_out;
    if (out.reason.empty() || out.supervisor.empty())
        return refusal(Rule::complete_take_out, "application.take_out");
    if (auto why = active_refusal(state, out.supervisor)) return why;
    bool user = std::any_of(request.lines.begin(), request.lines.end(), [&](const Line& line) {
        return std::find(line.users.begin(), line.users.end(), out.supervisor) != line.users.end();
    });
    if (!user && out.supervisor != request.applicant) return std::nullopt;
    return refusal(Rule::complete_take_out, "application.supervisor", {out.supervisor.str()});
}

std::optional<Error> application_refusal(const State& state, const Policy& policy,
                                         Request& request) {
    if (auto why = seals_refusal(state, request)) return why;
    if (auto why = persons_refusal(state, request)) return why;
    if (auto why = take_out_refusal(state, request)) return why;
    auto steps = chain_for(state, policy, request);
    if (!steps) return steps.error();
    request.application->steps = std::move(*steps);
    if (deciders_of(state, policy, request).empty())
        return refusal(Rule::chain_in_order, "approval.nobody",
                       {request.id.str(), turn_of(request), request.application->due()->post});
    return std::nullopt;
}

Event received(const Context& context, const Request& request, const Idempotency& idempotency) {
    auto event = make_event(EventType::request_received, context);
    event.request = request.id;
    event.person = request.applicant;
    Value::Array lines;
    for (const auto& line : request.lines)
        lines.push_back(to_value(line));
    const auto& out = request.take_out;
    event.data = make_data({{"source", request.source},
                            {"external_id", request.external_id},
                            {"applicant", request.applicant.str()},
                            {"department", request.department},
                            {"applied_at", request.applied_at.ms},
                            {"lines", std::move(lines)},
                            {"chain", steps_value(request.application->steps)},
                            {"due", out ? Value{out->due.ms} : Value{}},
                            {"supervisor", out ? Value{out->supervisor.str()} : Value{}},
                            {"idempotency", idempotency_value(idempotency)}});
    auto keep = [&](const char* name, const std::string& text) {
        if (!text.empty()) event.personal.emplace_back(name, text);
    };
    keep("title", request.title);
    keep("applicant_name", request.applicant_name);
    keep("remark", request.remark);
    keep("number", request.application->number);
    keep("counterpart", request.application->counterpart);
    if (out) keep("place", out->place);
    if (out) keep("purpose", out->reason);
    return event;
}

}  // namespace

std::optional<ApplicationNumber> application_number(std::string_view id) {
    constexpr std::size_t kMostDigits = 15;
    if (!id.starts_with(kNumbered)) return std::nullopt;
    auto rest = id.substr(kNumbered.size());
    if (rest.size() <= kYearDigits + 1 || rest[kYearDigits] != '-') return std::nullopt;
    auto number_in = [](std::string_view text) -> std::optional<std::int64_t> {
        std::int64_t number = 0;
        auto end = text.data() + text.size();
        auto parsed = std::from_chars(text.data(), end, number);
        if (parsed.ec != std::errc{} || parsed.ptr != end || number < 0) return std::nullopt;
        return number;
    };
    auto year = number_in(rest.substr(0, kYearDigits));
    auto serial = rest.substr(kYearDigits + 1);
    auto number = serial.size() > kMostDigits ? std::nullopt : number_in(serial);
    if (!year || !number) return std::nullopt;
    return ApplicationNumber{*year, *number};
}

std::vector<std::string> ids_of_application(const Apply& command) {
    const auto& given = command.request.external_id;
    if (given.empty()) return {};
    return {given, std::string(kSelfSource) + ":" + given};
}

Decision decide_apply(const State& state, const Policy& policy, const Context& context,
                      const Apply& command) {
    Decision decision;
    auto wanted = command.request;
    wanted.source = kSelfSource;
    wanted.applicant = command.applicant.person;
    wanted.applied_at = context.now;
    if (!wanted.application) wanted.application = Application{};
    if (const auto* person = state.person(wanted.applicant)) {
        wanted.applicant_name = person->name;
        wanted.department = person->department;
    }
    if (wanted.external_id.starts_with(kNumbered)) {
        decision.refusal = invalid("id", "numbers that begin with SQ- are given by the cabinet");
        return decision;
    }
    if (wanted.external_id.empty()) wanted.external_id = fresh_number(state, context);
    auto request = completed_request(state, policy, wanted, command.given);
    if (!request) {
        decision.refusal = std::move(request.error());
        return decision;
    }
    decision.id = request->id.str();
    auto why = application_refusal(state, policy, *request);
    if (!admit(state, policy, context, "apply", request->lines.front().seal, {command.applicant},
               command.idempotency, std::move(why), decision))
        return decision;
    decision.events.push_back(received(context, *request, command.idempotency));
    add_due_alert(state, policy, context, *request, decision.events);
    return decision;
}

}  // namespace seals::rules
