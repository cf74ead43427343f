#include "api/acting.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace seals::api {
namespace {

// One person after the other, in the order of their ids: two calls that name the same persons in
// another order would otherwise wait for each other for ever.
struct Checking {
    std::vector<wire::Acting> acting;
    std::vector<std::size_t> order;
    std::vector<rules::Acting> checked;
    std::vector<std::function<void()>> finish;
    Checked then;
};

void check_next(Services& services, const std::shared_ptr<Checking>& checking, std::size_t n) {
    if (n == checking->order.size())
        return checking->then(std::move(checking->checked), [checking] {
            for (auto& finish : checking->finish)
                finish();
        });
    auto at = checking->order[n];
    auto& one = checking->acting[at];
    services.factors.check(PersonId(one.person), given_factors(one.factors),
                           [&services, checking, n, at](std::vector<rules::FactorChecked> factors,
                                                        std::function<void()> finish) {
                               checking->checked[at].factors = std::move(factors);
                               checking->finish.push_back(std::move(finish));
                               check_next(services, checking, n + 1);
                           });
}

const ledger::Recorded& own_entry(const engine::Outcome& outcome) {
    for (const auto& entry : outcome.events)
        if (entry.event.data.find("idempotency") != nullptr) return entry;
    return outcome.events.front();
}

bool records_refusal(EventType type) {
    return type == EventType::act_refused || type == EventType::take_refused ||
           type == EventType::return_refused;
}

void decide(Services& services, const CallPtr& call, const std::shared_ptr<Act>& act,
            const rules::Idempotency& once, std::vector<rules::Acting> checked,
            const std::function<void()>& finish) {
    auto done = [&services, call, act, once, finish](const engine::Outcome& outcome) {
        finish();
        services.once.finished(once);
        if (outcome.error) return call->problem(*outcome.error);
        if (outcome.events.empty()) return call->problem(internal("the act left no entry"));
        act->reply(own_entry(outcome));
    };
    services.engine.submit(
        {act->command(std::move(checked), once), call->request.caller.actor(), std::move(done)});
}

}  // namespace

std::vector<engine::GivenFactor> given_factors(const std::vector<wire::Factor>& factors) {
    std::vector<engine::GivenFactor> out;
    for (const auto& factor : factors)
        out.push_back({factor.kind, factor.value});
    return out;
}

Error recorded_refusal(const ledger::Recorded& entry) {
    const auto& data = entry.event.data;
    for (const auto& row : rule_rows()) {
        if (row.id != data.text_or("rule")) continue;
        auto error = refusal(row.rule, data.text_or("text"), data.texts_or("args"));
        error.seq = static_cast<long>(entry.seq);
        return error;
    }
    return internal("a recorded refusal names no rule that we know");
}

void check_acting(Services& services, std::vector<wire::Acting> acting, Checked then) {
    auto checking = std::make_shared<Checking>();
    checking->acting = std::move(acting);
    checking->then = std::move(then);
    for (const auto& one : checking->acting)
        checking->checked.push_back({PersonId(one.person), {}});
    checking->order.resize(checking->acting.size());
    std::iota(checking->order.begin(), checking->order.end(), std::size_t{0});
    std::sort(checking->order.begin(), checking->order.end(), [&](std::size_t a, std::size_t b) {
        return checking->acting[a].person < checking->acting[b].person;
    });
    check_next(services, checking, 0);
}

void perform(Services& services, const CallPtr& call, Act given) {
    auto act = std::make_shared<Act>(std::move(given));
    auto once = idempotency_of(call->request);
    auto fresh = [&services, call, act, once] {
        check_acting(services, act->acting,
                     [&services, call, act, once](std::vector<rules::Acting> checked,
                                                  const std::function<void()>& finish) {
                         decide(services, call, act, once, std::move(checked), finish);
                     });
    };
    auto recorded = [call, act](const ledger::Recorded& entry) {
        if (records_refusal(entry.event.type)) return call->problem(recorded_refusal(entry));
        act->reply(entry);
    };
    services.once.enter(once,
                        {fresh, recorded, [call](const Error& error) { call->problem(error); }});
}

void reply_done(const CallPtr& call, const ledger::Recorded& entry) {
    wire::DoneReply reply{static_cast<std::int64_t>(entry.seq)};
    call->responder.reply(200, wire::write(reply));
}

Status check_acting_ids(const std::vector<wire::Acting>& acting, const std::string& field) {
    std::set<std::string> seen;
    for (const auto& one : acting) {
        if (!valid_id(one.person)) return invalid(field, "\"" + field + "\" names no valid id");
        if (!seen.insert(one.person).second)
            return invalid(field, one.person + " cannot act twice in one act");
    }
    return {};
}

}  // namespace seals::api
