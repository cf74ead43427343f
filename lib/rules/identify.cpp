#include "rules/identify.hpp"

#include <algorithm>

#include "rules/making.hpp"

namespace seals::rules {
namespace {

const FactorChecked* factor_named(const std::vector<FactorChecked>& factors,
                                  const std::string& kind) {
    auto found =
        std::find_if(factors.begin(), factors.end(), [&](const auto& f) { return f.kind == kind; });
    return found == factors.end() ? nullptr : &*found;
}

std::string factor_name(const std::string& kind) {
    return kind == "pin" ? "PIN" : kind;
}

// A wrong factor is a failure of that person; enough of them inside the window lock him out.
void add_failure(const Policy& policy, const Context& context, const Person& person,
                 const std::string& kind, Identified& out) {
    auto recent =
        1 + std::count_if(person.failures.begin(), person.failures.end(),
                          [&](Instant at) { return at + policy.failure_window > context.now; });
    auto failed = make_event(EventType::auth_failed, context);
    failed.person = person.id;
    failed.data = make_data({{"factor", kind}, {"failures", static_cast<std::int64_t>(recent)}});
    out.events.push_back(std::move(failed));
    if (recent < std::min(policy.failures, kFailuresKept)) return;
    auto locked = make_event(EventType::auth_locked_out, context);
    locked.person = person.id;
    locked.data = make_data({{"until", (context.now + policy.lockout).ms}});
    out.events.push_back(std::move(locked));
    out.events.push_back(make_alert(context, "auth_bruteforce", "high", {}, {}, {}, person.id));
}

}  // namespace

Identified identify(const State& state, const Policy& policy, const Context& context,
                    const Acting& acting, const std::vector<std::string>& required) {
    const auto& id = acting.person;
    const auto* person = state.person(id);
    if (person == nullptr) return {refusal(Rule::active_person, "person.unknown", {id.str()}), {}};
    if (!person->active) return {refusal(Rule::active_person, "person.left", {id.str()}), {}};
    if (person->locked_until && *person->locked_until > context.now)
        return {refusal(Rule::not_locked_out, "factor.locked",
                        {id.str(), to_rfc3339(*person->locked_until)}),
                {}};
    for (const auto& kind : required) {
        const auto* factor = factor_named(acting.factors, kind);
        if (factor != nullptr && factor->outcome == FactorOutcome::ok) continue;
        Identified out;
        bool wrong = factor != nullptr && factor->outcome == FactorOutcome::wrong;
        bool not_set = factor != nullptr && factor->outcome == FactorOutcome::not_set;
        const char* why = wrong ? "factor.wrong" : not_set ? "factor.not_set" : "factor.missing";
        std::vector<std::string> args{id.str(), factor_name(kind)};
        out.refusal = refusal(Rule::identified, why, std::move(args));
        if (wrong) add_failure(policy, context, *person, kind, out);
        return out;
    }
    return {};
}

Identified identify_all(const State& state, const Policy& policy, const Context& context,
                        const std::vector<Acting>& acting) {
    Identified out;
    for (const auto& one : acting) {
        auto identified = identify(state, policy, context, one);
        for (auto& event : identified.events)
            out.events.push_back(std::move(event));
        if (identified.refusal && !out.refusal) out.refusal = std::move(identified.refusal);
    }
    return out;
}

bool admit(const State& state, const Policy& policy, const Context& context, std::string_view act,
           const SealId& seal, const std::vector<Acting>& acting, const Idempotency& idempotency,
           std::optional<Error> why, Decision& decision) {
    if (!why) {
        auto identified = identify_all(state, policy, context, acting);
        decision.events = std::move(identified.events);
        why = std::move(identified.refusal);
    }
    if (why) refuse_act(context, act, seal, idempotency, std::move(*why), decision);
    return !decision.refusal;
}

std::optional<Error> pair_refusal(std::string_view act, const std::vector<Acting>& acting) {
    if (acting.size() < 2)
        return refusal(Rule::other_persons, "act.witnesses",
                       {std::string(act), "2", std::to_string(acting.size())});
    if (acting[0].person == acting[1].person)
        return refusal(Rule::other_persons, "act.same_person", {acting[0].person.str()});
    return std::nullopt;
}

}  // namespace seals::rules
