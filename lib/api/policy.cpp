// The policy in force, and the explanation of a decision: of one on record, or of a take that
// might be asked for.
#include "api/handlers.hpp"
#include "rules/take_checks.hpp"
#include "wire/acts.hpp"

namespace seals::api {
namespace {

using Explained = Result<wire::ExplainReply>;

wire::ExplainedRule explained(const rules::Check& check, Language language) {
    const auto& asked = row_of(check.rule);
    bool chinese = language == Language::zh_CN;
    wire::ExplainedRule out{std::string(asked.id),
                            std::string(chinese ? asked.name_zh : asked.name_en),
                            "passed",
                            {},
                            {}};
    if (!check.refusal) return out;
    auto why = localise(*check.refusal, language);
    return {why.rule, out.name, "refused", why.detail, why.remedy};
}

// What stands in the entry, and the policy that was in force when it was made.
Explained explain_entry(ledger::Reader& reader, std::uint64_t seq, Language language) {
    auto entry = reader.entry(seq);
    if (!entry) return entry.error();
    wire::ExplainReply reply;
    reply.decision = row_of(entry->event.type).name;
    reply.seq = static_cast<std::int64_t>(seq);
    reply.time = entry->at;
    reply.code = "ok";
    const auto& data = entry->event.data;
    for (const auto& rule : rule_rows()) {
        if (rule.id != data.text_or("rule")) continue;
        auto why = refusal(rule.rule, data.text_or("text"), data.texts_or("args"));
        reply.rules.push_back(explained({rule.rule, why}, language));
        reply.code = "no";
    }
    for (std::uint64_t after = 0;;) {
        auto policies = reader.entries_of(ledger::By::type, "policy.loaded", after, 100);
        if (!policies) return policies.error();
        for (const auto& policy : *policies) {
            if (policy.seq > seq) return reply;
            reply.policy = policy.event.data.text_or("sha256");
            reply.policy_seq = static_cast<std::int64_t>(policy.seq);
            after = policy.seq;
        }
        if (policies->size() < 100) return reply;
    }
}

void explain_recorded(Services& services, const CallPtr& call, std::int64_t seq) {
    services.engine.store().ask<Explained>(
        [seq, language = call->request.language](ledger::Reader& reader) {
            return explain_entry(reader, static_cast<std::uint64_t>(seq), language);
        },
        [call](const Explained& reply) {
            reply ? call->responder.reply(200, wire::write(*reply)) : call->problem(reply.error());
        });
}

void explain_take(Services& services, const CallPtr& call, const wire::ExplainCall& body) {
    rules::Take take;
    take.seal = SealId(*body.seal);
    take.person = PersonId(*body.person);
    for (const auto& id : body.requests)
        take.requests.emplace_back(id);
    if (body.second) take.second = rules::Acting{PersonId(*body.second), {}};
    auto checks = services.engine.explain(take);
    if (!checks) return call->problem(checks.error());
    wire::ExplainReply reply;
    reply.decision = "take";
    reply.policy = services.engine.state().node.policy_sha256;
    reply.time = services.engine.moment().now;
    reply.code = "ok";
    for (const auto& check : *checks) {
        reply.rules.push_back(explained(check, call->request.language));
        if (check.refusal) reply.code = "no";
    }
    call->responder.reply(200, wire::write(reply));
}

}  // namespace

void get_policy(Services& services, Request, Responder responder) {
    Value out{Value::Object{}};
    out.add("text", services.policy_text);
    out.add("sha256", services.engine.state().node.policy_sha256);
    responder.reply(200, out);
}

void post_policy_explain(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ExplainCall>(call->request, call->responder);
    if (!body) return;
    if (body->seq) {
        if (*body->seq < 1) return call->problem(invalid("seq", "\"seq\" must be at least 1"));
        return explain_recorded(services, call, *body->seq);
    }
    if (!body->seal || !body->person)
        return call->problem(
            invalid("seal", "name a recorded decision by \"seq\", or a take by seal and person"));
    explain_take(services, call, *body);
}

}  // namespace seals::api
