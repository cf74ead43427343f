#include "api/view_of.hpp"

#include "rules/row.hpp"

namespace seals::api {

using rules::texts_of;

wire::PersonView view_of(const rules::Person& person) {
    return {person.id.str(), person.name,   person.department,
            person.role,     person.active, person.has_pin};
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
    if (request.take_out)
        view.take_out = wire::TakeOutView{request.take_out->place, request.take_out->due};
    for (const auto& line : request.lines)
        view.lines.push_back(
            {line.seal.str(), line.copies, line.count, line.cross_page, line.used,
             texts_of(line.users), line.valid_from, line.valid_to, std::string(name_of(line.mode)),
             line.revoked.empty() ? std::nullopt : std::optional<std::string>(line.revoked)});
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
