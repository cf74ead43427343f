#include "api/view_of.hpp"

#include "rules/row.hpp"

namespace seals::api {

using rules::texts_of;

wire::PersonView view_of(const rules::Person& person) {
    return {person.id.str(), person.name,    person.department, person.role,
            person.active,   person.has_pin, person.erased};
}

wire::SealView view_of(const rules::Seal& seal) {
    wire::SealView view{seal.id.str(),
                        seal.name,
                        seal.type,
                        seal.entity,
                        std::string(name_of(seal.state)),
                        std::string(name_of(seal.custody)),
                        seal.slot.str(),
                        texts_of(seal.custodians),
                        seal.filing_no,
                        seal.uid,
                        {},
                        {},
                        {},
                        {}};
    if (!seal.replaced_by.empty()) view.replaced_by = seal.replaced_by.str();
    if (!seal.replaces.empty()) view.replaces = seal.replaces.str();
    if (seal.state_since.ms != 0) view.state_since = seal.state_since;
    if (seal.loan)
        view.loan = wire::LoanView{seal.loan->person.str(),  texts_of(seal.loan->requests),
                                   seal.loan->session.str(), seal.loan->since,
                                   seal.loan->due,           seal.loan->recalled,
                                   seal.loan->curfew};
    return view;
}

namespace {

wire::LineView view_of(const rules::Request& request, const rules::Line& line, Instant now) {
    wire::LineView view{line.seal.str(),
                        line.copies,
                        line.count,
                        line.cross_page,
                        line.used,
                        texts_of(line.users),
                        line.valid_from,
                        line.valid_to,
                        std::string(name_of(line.mode)),
                        {},
                        line.used_cross_page};
    if (!line.revoked.empty()) view.revoked = line.revoked;
    auto remaining = request.remaining(line, now), cancelled = request.cancelled(line, now);
    view.remaining = remaining.ordinary;
    view.remaining_cross_page = remaining.cross_page;
    view.cancelled = cancelled.ordinary;
    view.cancelled_cross_page = cancelled.cross_page;
    view.excess = line.excess.ordinary;
    view.excess_cross_page = line.excess.cross_page;
    view.parent = line.parent;
    view.reason = line.reason;
    return view;
}

wire::ApprovalView view_of(const rules::Application& application, const rules::ApprovalStep& step) {
    wire::ApprovalView view;
    view.step = application.number_of(step);
    view.post = step.post;
    view.title = step.title;
    view.powers = step.powers;
    view.max_impressions = step.max_impressions;
    view.persons = texts_of(step.persons);
    view.delegates = texts_of(step.delegates);
    view.state = step.approved                ? "approved"
                 : step.refused               ? "refused"
                 : &step == application.due() ? "due"
                                              : "later";
    view.appointed = step.appointed;
    if (!step.decided()) return view;
    view.person = step.decided_by.str();
    if (!step.delegate_of.empty()) view.delegate_of = step.delegate_of.str();
    if (!step.opinion.empty()) view.opinion = step.opinion;
    view.at = step.at;
    return view;
}

void add_application(const rules::Application& application, wire::RequestView& view) {
    if (!application.number.empty()) view.number = application.number;
    if (!application.counterpart.empty()) view.counterpart = application.counterpart;
    for (const auto& step : application.steps)
        view.approval.push_back(view_of(application, step));
}

}  // namespace

std::optional<wire::EndingView> ending_of(const rules::Request& request) {
    if (!request.ending) return std::nullopt;
    const auto& ending = *request.ending;
    wire::EndingView view{std::string(name_of(ending.outcome)),
                          ending.at,
                          ending.revision,
                          ending.told,
                          ending.attempts,
                          ending.early,
                          request.waits_to_be_told(),
                          ending.dead,
                          ending.waived,
                          ending.closed,
                          {},
                          ending.receipt,
                          ending.failure};
    if (view.waits) view.since = ending.waits;
    return view;
}

wire::RequestView view_of(const rules::Request& request, Instant now) {
    wire::RequestView view{request.id.str(),
                           request.source,
                           request.external_id,
                           std::string(name_of(request.state(now))),
                           request.applicant.str(),
                           request.applicant_name,
                           request.department,
                           request.title,
                           request.applied_at,
                           {},
                           {},
                           request.chain,
                           request.remark};
    if (request.application) add_application(*request.application, view);
    if (const auto& out = request.take_out)
        view.take_out = wire::TakeOutView{out->place, out->reason, out->supervisor.str(), out->due};
    for (const auto& line : request.lines)
        view.lines.push_back(view_of(request, line, now));
    view.uses = request.uses;
    view.put_in_by = texts_of(request.put_in_by);
    view.approvers = texts_of(request.approvers);
    view.basis = request.basis;
    if (!request.superseded_by.empty()) view.superseded_by = request.superseded_by.str();
    if (!request.matched_id.empty())
        view.matched = request.matched_source + ":" + request.matched_id;
    if (!request.cured_by.empty()) view.cured_by = request.cured_by.str();
    view.cure_by = request.cure_by;
    view.ending = ending_of(request);
    view.legal_hold = request.legal_hold;
    view.hold_basis = request.hold_basis;
    return view;
}

wire::SessionView view_of(const rules::Session& session) {
    bool unknown = session.stage == rules::Stage::unknown;
    return {session.id.str(),
            session.kind,
            session.seal.str(),
            session.slot.str(),
            session.person.str(),
            texts_of(session.requests),
            std::string(rules::name_of(session.stage)),
            session.verdict,
            unknown ? "timeout" : session.code};
}

wire::UseView view_of(const rules::Use& use) {
    wire::UseView view;
    view.id = use.id;
    view.request = use.request.str();
    view.line = use.line;
    view.seal = use.seal.str();
    view.session = use.session.str();
    view.by = use.by.str();
    view.witness = use.witness.str();
    view.count = use.impressions.ordinary;
    view.cross_page = use.impressions.cross_page;
    view.excess = use.excess.ordinary;
    view.excess_cross_page = use.excess.cross_page;
    view.at = use.at;
    view.recorded = use.recorded;
    view.document = {use.document, use.number, use.counterpart, use.pages, use.file};
    view.before = use.before;
    view.after = use.after;
    view.place = use.place;
    view.exceptions = use.exceptions;
    view.excess_reason = use.reason;
    view.late = use.late;
    view.voided = use.voided;
    view.void_reason = use.void_reason;
    view.voided_by = use.voided_by.str();
    return view;
}

wire::AlertView view_of(const rules::Alert& alert) {
    return {alert.id,
            alert.type,
            alert.severity,
            std::string(name_of(alert.state)),
            alert.since,
            alert.last,
            alert.count,
            alert.seal.str(),
            alert.slot.str(),
            alert.person.str(),
            alert.about,
            alert.session.str(),
            alert.assigned.str(),
            alert.reason};
}

}  // namespace seals::api
