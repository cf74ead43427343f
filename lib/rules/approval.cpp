#include "rules/approval.hpp"

#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/request.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using Persons = std::vector<PersonId>;

bool has(const Persons& persons, const PersonId& person) {
    return std::find(persons.begin(), persons.end(), person) != persons.end();
}

bool uses(const Request& request, const PersonId& person) {
    return std::any_of(request.lines.begin(), request.lines.end(),
                       [&](const Line& line) { return has(line.users, person); });
}

// Two steps are two persons: otherwise a chain of posts would be one man.
bool decided_before(const Request& request, const PersonId& person) {
    const auto& steps = request.application->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const ApprovalStep& step) {
        return step.decided() && step.decided_by == person;
    });
}

bool can_decide(const State& state, const Request& request, const PersonId& id) {
    const auto* person = state.person(id);
    return person != nullptr && person->active && id != request.applicant && !uses(request, id) &&
           !decided_before(request, id);
}

Persons able(const State& state, const Request& request, const Persons& of) {
    Persons out;
    for (const auto& id : of)
        if (can_decide(state, request, id)) out.push_back(id);
    return out;
}

const Post* post_named(const Policy& policy, const std::string& id) {
    auto found = std::find_if(policy.posts.begin(), policy.posts.end(),
                              [&](const Post& post) { return post.id == id; });
    return found == policy.posts.end() ? nullptr : &*found;
}

std::string turn_text(const ApprovalStep& step) {
    return step.title + " (" + step.post + ")";
}

// --- which chain ---

const ApprovalChain* chain_of(const Policy& policy, const std::string& type) {
    const ApprovalChain* others = nullptr;
    for (const auto& chain : policy.approvals) {
        if (std::find(chain.types.begin(), chain.types.end(), type) != chain.types.end())
            return &chain;
        if (chain.types.empty()) others = &chain;
    }
    return others;
}

Error too_many(std::int64_t impressions, std::int64_t most) {
    return refusal(Rule::approved_request, "application.too_many",
                   {std::to_string(impressions), std::to_string(most)});
}

std::int64_t impressions_of(const Request& request) {
    std::int64_t all = 0;
    for (const auto& line : request.lines)
        all += line.count + line.cross_page;
    return all;
}

// A post with a limit ends the chain for what lies within it.
Result<std::vector<ApprovalStep>> steps_of(const Policy& policy, const ApprovalChain& chain,
                                           std::int64_t impressions) {
    std::vector<ApprovalStep> steps;
    for (const auto& id : chain.steps) {
        const auto* post = post_named(policy, id);
        if (post == nullptr) return internal("the chain names post " + id + ", which is not there");
        ApprovalStep step;
        step.post = post->id;
        step.title = post->title;
        step.powers = post->powers;
        step.max_impressions = post->max_impressions;
        step.persons = post->persons;
        step.delegates = post->delegates;
        steps.push_back(std::move(step));
        if (post->max_impressions != 0 && impressions <= post->max_impressions) return steps;
    }
    if (steps.empty()) return internal("the chain has no steps");
    auto last = steps.back().max_impressions;
    if (last != 0) return too_many(impressions, last);
    return steps;
}

// --- who ---

Standing refused(std::string_view key, std::vector<std::string> args) {
    return {refusal(Rule::chain_in_order, key, std::move(args)), {}, false};
}

std::optional<Error> own_refusal(const Request& request, const PersonId& person) {
    bool user = uses(request, person);
    if (person != request.applicant && !user) return std::nullopt;
    const char* key = person == request.applicant ? "approval.own" : "approval.user";
    return refusal(Rule::own_application, key, {person.str(), request.id.str()});
}

Standing delegate_standing(const State& state, const Request& request, const ApprovalStep& step,
                           const PersonId& person, const PersonId& delegate_of) {
    if (!delegate_of.empty()) {
        if (!has(step.persons, delegate_of))
            return refused("approval.not_holder",
                           {delegate_of.str(), turn_text(step), request.id.str()});
        return {std::nullopt, delegate_of, false};
    }
    auto there = able(state, request, step.persons);
    if (!there.empty())
        return refused("approval.holder_there",
                       {person.str(), turn_text(step), there.front().str()});
    auto other = std::find_if(step.persons.begin(), step.persons.end(),
                              [&](const PersonId& id) { return !own_refusal(request, id); });
    return {std::nullopt, other != step.persons.end() ? *other : step.persons.front(), false};
}

// --- deciding ---

std::optional<Error> open_refusal(const Request& request, const Context& context) {
    auto state = request.state(context.now);
    if (state == RequestState::received) return std::nullopt;
    if (state == RequestState::held)
        return refusal(Rule::request_not_held, "request.held", {request.id.str()});
    return refusal(Rule::request_ends_once, "request.over",
                   {request.id.str(), std::string(name_of(state))});
}

Event decided(const Context& context, const Request& request, const DecideApplication& command,
              const Standing& standing) {
    const auto& application = *request.application;
    const auto& step = *application.due();
    auto event = make_event(
        command.approve ? EventType::approval_given : EventType::approval_refused, context);
    event.request = request.id;
    event.person = command.person.person;
    event.data =
        make_data({{"step", application.number_of(step)},
                   {"post", step.post},
                   {"post_title", step.title},
                   {"powers", step.powers.empty() ? Value{} : Value{step.powers}},
                   {"delegate_of",
                    standing.delegate_of.empty() ? Value{} : Value{standing.delegate_of.str()}},
                   {"appointed", standing.appointed ? Value{true} : Value{}},
                   {"idempotency", idempotency_value(command.idempotency)}});
    if (!command.opinion.empty()) event.personal = {{"opinion", command.opinion}};
    return event;
}

// "部门负责人 赵一(E1) → 总经理 钱二(E2)": as an OA's export has it.
std::string chain_text(const State& state, const Application& application) {
    std::string text;
    for (const auto& step : application.steps) {
        const auto* person = state.person(step.decided_by);
        auto name = person != nullptr ? person->name : std::string{};
        auto id = step.decided_by.str();
        text += (text.empty() ? "" : " → ") + step.title + " " +
                (name.empty() ? id : name + "(" + id + ")");
    }
    return text;
}

void go_on(const State& state, const Policy& policy, const Context& context, Request request,
           const PersonId& person, Decision& decision) {
    auto& steps = request.application->steps;
    auto number = request.application->number_of(*request.application->due());
    auto& step = steps[static_cast<std::size_t>(number - 1)];
    step.approved = true;
    step.decided_by = person;
    if (request.application->due() == nullptr) {
        for (const auto& one : steps)
            request.approvers.push_back(one.decided_by);
        request.chain = chain_text(state, *request.application);
        decision.events.push_back(acceptance(context, request, {}));
    }
    close_due_alerts(state, context, request.id, "decided", decision.events);
    if (request.application->due() != nullptr)
        add_due_alert(state, policy, context, request, decision.events);
}

void reject(const State& state, const Context& context, const Request& request,
            const DecideApplication& command, Decision& decision) {
    const auto& application = *request.application;
    auto event = make_event(EventType::request_rejected, context);
    event.request = request.id;
    event.data = make_data(
        {{"step", application.number_of(*application.due())}, {"post", application.due()->post}});
    event.personal = {{"reason", command.opinion}};
    decision.events.push_back(std::move(event));
    close_due_alerts(state, context, request.id, "decided", decision.events);
}

}  // namespace

Result<std::vector<ApprovalStep>> chain_for(const State& state, const Policy& policy,
                                            const Request& request) {
    const ApprovalChain* chain = nullptr;
    const Seal* first = nullptr;
    for (const auto& line : request.lines) {
        const auto* seal = state.seal(line.seal);
        const auto* own = chain_of(policy, seal->type);
        if (own == nullptr)
            return refusal(Rule::approved_request, "application.no_chain",
                           {seal->id.str(), seal->type});
        if (chain != nullptr && own != chain)
            return refusal(Rule::chain_in_order, "application.two_chains",
                           {first->id.str(), seal->id.str()});
        chain = own;
        if (first == nullptr) first = seal;
    }
    auto impressions = impressions_of(request);
    if (chain->max_impressions != 0 && impressions > chain->max_impressions)
        return too_many(impressions, chain->max_impressions);
    return steps_of(policy, *chain, impressions);
}

std::vector<PersonId> deciders_of(const State& state, const Policy& policy,
                                  const Request& request) {
    const auto* step = request.application ? request.application->due() : nullptr;
    if (step == nullptr) return {};
    for (const auto* persons : {&step->persons, &step->delegates}) {
        auto there = able(state, request, *persons);
        if (!there.empty()) return there;
    }
    const auto* post = post_named(policy, step->post);
    return post != nullptr ? able(state, request, post->persons) : Persons{};
}

std::optional<Error> unapproved_refusal(const Request& request) {
    if (request.is_rejected())
        return refusal(Rule::approved_request, "application.rejected", {request.id.str()});
    if (!request.is_pending()) return std::nullopt;
    return refusal(Rule::approved_request, "application.pending",
                   {request.id.str(), turn_of(request)});
}

std::string turn_of(const Request& request) {
    const auto* step = request.application ? request.application->due() : nullptr;
    return step != nullptr ? turn_text(*step) : std::string{};
}

Standing standing_of(const State& state, const Policy& policy, const Request& request,
                     const PersonId& person, const PersonId& delegate_of) {
    const auto& step = *request.application->due();
    if (auto own = own_refusal(request, person)) return {std::move(own), {}, false};
    auto deciders = deciders_of(state, policy, request);
    if (deciders.empty())
        return refused("approval.nobody", {request.id.str(), turn_text(step), step.post});
    if (decided_before(request, person))
        return refused("approval.twice", {person.str(), request.id.str()});
    if (has(step.persons, person)) return {};
    if (has(step.delegates, person))
        return delegate_standing(state, request, step, person, delegate_of);
    if (has(deciders, person)) return {std::nullopt, {}, true};
    const auto& steps = request.application->steps;
    bool later = std::any_of(steps.begin(), steps.end(), [&](const ApprovalStep& other) {
        return !other.decided() && (has(other.persons, person) || has(other.delegates, person));
    });
    if (later) return refused("approval.turn", {request.id.str(), turn_text(step), person.str()});
    return refused("approval.not_holder", {person.str(), turn_text(step), request.id.str()});
}

std::optional<Error> withdrawal_refusal(const Request& request, const Context& context,
                                        const PersonId& by) {
    if (!request.application || request.applicant != by)
        return refusal(Rule::chain_in_order, "application.not_applicant",
                       {by.str(), request.id.str()});
    if (request.is_pending() && !request.over()) return std::nullopt;
    return refusal(Rule::request_ends_once, "request.over",
                   {request.id.str(), std::string(name_of(request.state(context.now)))});
}

Decision decide_approval(const State& state, const Policy& policy, const Context& context,
                         const DecideApplication& command) {
    Decision decision;
    decision.id = command.request.str();
    const auto* request = state.request(command.request);
    if (request == nullptr) {
        decision.refusal = unknown_thing("request", command.request.str());
        return decision;
    }
    const auto& person = command.person.person;
    Standing standing;
    auto why = open_refusal(*request, context);
    if (!why) {
        standing = standing_of(state, policy, *request, person, command.delegate_of);
        why = standing.refusal;
    }
    if (!admit(state, policy, context, command.approve ? "approve" : "reject",
               request->lines.empty() ? SealId{} : request->lines.front().seal, {command.person},
               command.idempotency, std::move(why), decision))
        return decision;
    decision.events.push_back(decided(context, *request, command, standing));
    if (command.approve)
        go_on(state, policy, context, *request, person, decision);
    else
        reject(state, context, *request, command, decision);
    return decision;
}

}  // namespace seals::rules
