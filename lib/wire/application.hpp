// Applications at the cabinet: what is asked for, and what the posts of the chain say.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct ApplyLine {
    std::string seal;
    std::int64_t copies = 1;
    std::optional<std::int64_t> count;
    std::int64_t cross_page = 0;
    std::vector<std::string> users;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("seal", &ApplyLine::seal, kRequired, "seal number"),
            wire::field("copies", &ApplyLine::copies, kRequired, "number of copies, at least 1"),
            wire::field("count", &ApplyLine::count, kOptional, "impressions; default from copies"),
            wire::field("cross_page", &ApplyLine::cross_page, kOptional, "cross-page impressions"),
            wire::field("users", &ApplyLine::users, kOptional,
                        "who may use; default: the applicant")};
    }
};

struct ApplyTakeOut {
    std::string place, reason, supervisor;
    Instant due;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("place", &ApplyTakeOut::place, kRequired, "where the seal goes"),
            wire::field("due", &ApplyTakeOut::due, kRequired, "when it must be back"),
            wire::field("reason", &ApplyTakeOut::reason, kRequired, "why it leaves the house"),
            wire::field("supervisor", &ApplyTakeOut::supervisor, kRequired, "who goes with it")};
    }
};

struct ApplyCall {
    std::string applicant, title;
    std::vector<Factor> factors;
    std::optional<std::string> id, number, counterpart, remark;
    std::vector<ApplyLine> lines;
    std::optional<ApplyTakeOut> take_out;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("applicant", &ApplyCall::applicant, kRequired, "who applies"),
            wire::field("factors", &ApplyCall::factors, kOptional, "what shows who that is"),
            wire::field("id", &ApplyCall::id, kOptional, "its number; default: the cabinet's next"),
            wire::field("title", &ApplyCall::title, kRequired, "document or subject"),
            wire::field("number", &ApplyCall::number, kOptional, "number of the document"),
            wire::field("counterpart", &ApplyCall::counterpart, kOptional,
                        "the other party of the document"),
            wire::field("remark", &ApplyCall::remark, kOptional, "what it is for"),
            wire::field("lines", &ApplyCall::lines, kRequired, "one per seal, at most 20"),
            wire::field("take_out", &ApplyCall::take_out, kOptional, "when taken out")};
    }
};

struct DecideCall {
    std::string person;
    std::vector<Factor> factors;
    std::optional<std::string> opinion, delegate_of;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &DecideCall::person, kRequired, "who decides"),
            wire::field("factors", &DecideCall::factors, kOptional, "what shows who that is"),
            wire::field("opinion", &DecideCall::opinion, kOptional,
                        "what he says to it; of a refusal: why, and then it must be given"),
            wire::field("delegate_of", &DecideCall::delegate_of, kOptional,
                        "the holder of the post for whom a delegate decides")};
    }
};

struct WithdrawOwnCall {
    std::string person;
    std::vector<Factor> factors;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("person", &WithdrawOwnCall::person, kRequired, "who applied"),
            wire::field("factors", &WithdrawOwnCall::factors, kOptional, "what shows who that is")};
    }
};

// `post` and `title`: whose turn it is now; empty once it is decided.
struct ApplicationReply {
    std::string id, state, post, title;
    std::int64_t seq = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("id", &ApplicationReply::id, kRequired, "request id"),
            wire::field("state", &ApplicationReply::state, kRequired,
                        "received, accepted or rejected; as it is by now"),
            wire::field("post", &ApplicationReply::post, kRequired,
                        "whose turn it is; empty: nobody's"),
            wire::field("title", &ApplicationReply::title, kRequired, "title of that post"),
            wire::field("seq", &ApplicationReply::seq, kRequired, "ledger entry")};
    }
};

struct ApprovalView {
    std::int64_t step = 1;
    std::string post, title, powers, state;
    std::int64_t max_impressions = 0;
    std::vector<std::string> persons, delegates;
    std::optional<std::string> person, delegate_of, opinion;
    bool appointed = false;
    std::optional<Instant> at;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("step", &ApprovalView::step, kRequired, "from 1, in their order"),
            wire::field("post", &ApprovalView::post, kRequired, "post, as the chain named it"),
            wire::field("title", &ApprovalView::title, kRequired, "its title then"),
            wire::field("powers", &ApprovalView::powers, kRequired, "what it might approve then"),
            wire::field("max_impressions", &ApprovalView::max_impressions, kRequired,
                        "what it approved without later steps; 0: they were asked"),
            wire::field("persons", &ApprovalView::persons, kRequired, "who held it then"),
            wire::field("delegates", &ApprovalView::delegates, kRequired, "who stood in for them"),
            wire::field("state", &ApprovalView::state, kRequired, "of the step",
                        "approved|refused|due|later"),
            wire::field("person", &ApprovalView::person, kOptional, "who decided"),
            wire::field("delegate_of", &ApprovalView::delegate_of, kOptional, "for which holder"),
            wire::field("appointed", &ApprovalView::appointed, kRequired,
                        "named for the post later, when nobody of the chain was left"),
            wire::field("at", &ApprovalView::at, kOptional, "when"),
            wire::field("opinion", &ApprovalView::opinion, kOptional, "what he said to it")};
    }
};

}  // namespace seals::wire
