// Bodies and views of acts on the register: a seal's life, requests held back, handovers, openings
// that need an explanation, and the explanation of a decision.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct ActCall {
    std::string basis;
    std::vector<Acting> witnesses;
    std::optional<Acting> approver;
    std::vector<std::string> files;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("basis", &ActCall::basis, kRequired, "on what grounds: decision, order"),
            wire::field("witnesses", &ActCall::witnesses, kOptional, "who sees it done"),
            wire::field("approver", &ActCall::approver, kOptional, "who approved it"),
            wire::field("files", &ActCall::files, kOptional, "sha256 of files sent to files.sock")};
    }
};

struct RegisterCall {
    std::string name, type, entity, filing_no, basis;
    std::optional<std::string> slot;
    std::vector<std::string> custodians, files;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("name", &RegisterCall::name, kRequired, "seal name"),
            wire::field("type", &RegisterCall::type, kRequired, "official, contract, ..."),
            wire::field("entity", &RegisterCall::entity, kRequired, "the company that owns it"),
            wire::field("filing_no", &RegisterCall::filing_no, kRequired, "13-digit filing number"),
            wire::field("basis", &RegisterCall::basis, kRequired, "on what grounds"),
            wire::field("slot", &RegisterCall::slot, kOptional, "its home slot"),
            wire::field("custodians", &RegisterCall::custodians, kOptional, "A, then B"),
            wire::field("files", &RegisterCall::files, kOptional, "sha256 of files")};
    }
};

struct ReplaceCall {
    std::string by, filing_no, basis;
    std::optional<std::string> slot;
    std::vector<std::string> files;
    bool hold = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("by", &ReplaceCall::by, kRequired, "number of the new seal"),
            wire::field("filing_no", &ReplaceCall::filing_no, kRequired, "its filing number"),
            wire::field("basis", &ReplaceCall::basis, kRequired, "on what grounds"),
            wire::field("slot", &ReplaceCall::slot, kOptional, "its home slot, a free one"),
            wire::field("files", &ReplaceCall::files, kOptional, "sha256 of files"),
            wire::field("hold", &ReplaceCall::hold, kOptional,
                        "hold the open requests instead of revoking their grants")};
    }
};

struct ReplaceReply {
    std::string seal, by;
    std::vector<std::string> requests;
    bool held = false;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seal", &ReplaceReply::seal, kRequired, "the old seal"),
            wire::field("by", &ReplaceReply::by, kRequired, "the new one"),
            wire::field("requests", &ReplaceReply::requests, kRequired, "that were open on it"),
            wire::field("held", &ReplaceReply::held, kRequired, "they are held; else revoked"),
            wire::field("seq", &ReplaceReply::seq, kRequired, "ledger entry")};
    }
};

struct ReleaseCall {
    std::string basis;
    std::vector<Acting> persons;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("basis", &ReleaseCall::basis, kRequired, "what was found"),
            wire::field("persons", &ReleaseCall::persons, kRequired, "two who release it")};
    }
};

struct ReasonCall {
    std::string reason;
    static constexpr auto fields() {
        return std::tuple{wire::field("reason", &ReasonCall::reason, kRequired, "why")};
    }
};

struct OfferCall {
    std::vector<std::string> seals;
    std::string from, to;
    std::optional<Instant> until;
    std::optional<std::string> by;
    std::vector<Factor> factors;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seals", &OfferCall::seals, kOptional, "which; none: all that he keeps"),
            wire::field("from", &OfferCall::from, kRequired, "who keeps them now"),
            wire::field("to", &OfferCall::to, kRequired, "who will"),
            wire::field("until", &OfferCall::until, kOptional, "its end; none: for good"),
            wire::field("by", &OfferCall::by, kOptional,
                        "in an absence: the third custodian who starts it"),
            wire::field("factors", &OfferCall::factors, kRequired, "of who starts it")};
    }
};

struct AnswerCall {
    std::string person;
    std::vector<Factor> factors;
    std::optional<std::string> reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &AnswerCall::person, kRequired, "who answers"),
            wire::field("factors", &AnswerCall::factors, kRequired, "what shows who that is"),
            wire::field("reason", &AnswerCall::reason, kOptional, "of a refusal")};
    }
};

struct HandoverView {
    std::string id, kind, state, from, to, by;
    std::vector<std::string> seals;
    Instant offered;
    std::optional<Instant> accepted, until;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &HandoverView::id, kRequired, "handover id"),
            wire::field("kind", &HandoverView::kind, kRequired, "permanent, temporary or absence"),
            wire::field("state", &HandoverView::state, kRequired,
                        "offered, in_force, done or refused"),
            wire::field("from", &HandoverView::from, kRequired, "who kept them"),
            wire::field("to", &HandoverView::to, kRequired, "who will, or does"),
            wire::field("by", &HandoverView::by, kRequired, "who started it"),
            wire::field("seals", &HandoverView::seals, kRequired, "which seals"),
            wire::field("offered", &HandoverView::offered, kRequired, "when"),
            wire::field("accepted", &HandoverView::accepted, kOptional, "when"),
            wire::field("until", &HandoverView::until, kOptional, "its end")};
    }
};

struct HandoverReply {
    std::string id;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{wire::field("id", &HandoverReply::id, kRequired, "handover id"),
                          wire::field("seq", &HandoverReply::seq, kRequired, "ledger entry")};
    }
};

struct OverrideView {
    std::string id, slot, cause;
    Instant from, at;
    bool counted = false, explained = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &OverrideView::id, kRequired, "override id"),
            wire::field("slot", &OverrideView::slot, kRequired, "slot"),
            wire::field("cause", &OverrideView::cause, kRequired, "how it was noticed",
                        "forced|down|unseen"),
            wire::field("from", &OverrideView::from, kRequired, "nobody watched from then"),
            wire::field("at", &OverrideView::at, kRequired, "until it was noticed"),
            wire::field("counted", &OverrideView::counted, kRequired,
                        "a full inventory came after it"),
            wire::field("explained", &OverrideView::explained, kRequired, "two persons did")};
    }
};

struct ExplainOverrideCall {
    std::string reason;
    std::optional<std::string> old_bag, new_bag;
    std::vector<Acting> persons;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("reason", &ExplainOverrideCall::reason, kRequired, "what happened"),
            wire::field("old_bag", &ExplainOverrideCall::old_bag, kOptional,
                        "number of the key bag that was opened"),
            wire::field("new_bag", &ExplainOverrideCall::new_bag, kOptional,
                        "number of the bag that the key is in now"),
            wire::field("persons", &ExplainOverrideCall::persons, kRequired, "two who explain")};
    }
};

// Either a decision on record, or one that might be asked for.
struct ExplainCall {
    std::optional<std::int64_t> seq;
    std::optional<std::string> seal, person, second;
    std::vector<std::string> requests;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seq", &ExplainCall::seq, kOptional, "a recorded decision"),
            wire::field("seal", &ExplainCall::seal, kOptional, "or: a take of this seal"),
            wire::field("person", &ExplainCall::person, kOptional, "by this person"),
            wire::field("second", &ExplainCall::second, kOptional, "with this second one"),
            wire::field("requests", &ExplainCall::requests, kOptional, "under these requests")};
    }
};

struct ExplainedRule {
    std::string rule, name, verdict, detail, remedy;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("rule", &ExplainedRule::rule, kRequired, "rule id"),
            wire::field("name", &ExplainedRule::name, kRequired, "what it says"),
            wire::field("verdict", &ExplainedRule::verdict, kRequired, "its answer",
                        "passed|refused"),
            wire::field("detail", &ExplainedRule::detail, kRequired, "why not; empty: passed"),
            wire::field("remedy", &ExplainedRule::remedy, kRequired, "what would satisfy it")};
    }
};

struct ExplainReply {
    std::string decision, policy;
    std::optional<std::int64_t> seq, policy_seq;
    std::optional<Instant> time;
    std::vector<ExplainedRule> rules;
    std::string code;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("decision", &ExplainReply::decision, kRequired, "what was decided"),
            wire::field("policy", &ExplainReply::policy, kRequired,
                        "sha256 of the policy it was decided by"),
            wire::field("seq", &ExplainReply::seq, kOptional, "its entry"),
            wire::field("policy_seq", &ExplainReply::policy_seq, kOptional,
                        "entry that holds the policy's text"),
            wire::field("time", &ExplainReply::time, kOptional, "when"),
            wire::field("rules", &ExplainReply::rules, kRequired, "each rule's answer"),
            wire::field("code", &ExplainReply::code, kRequired, "ok: granted; no: refused")};
    }
};

}  // namespace seals::wire
