// The register of use: a row per line of a request, in the order of the first uses.
#include <algorithm>

#include "engine/report_rows.hpp"
#include "engine/use_scan.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

using rules::RegisterRow;
using rules::Use;

template <class T>
void add_once(std::vector<T>& to, const T& one) {
    if (!one.empty() && std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

class Register {
  public:
    Register(ReportReading& reading, const Emit& emit)
        : reading_(reading), emit_(emit), scan_(reading) {}

    Status run() {
        if (auto status = scan_.number(); !status) return status;
        return scan_.each([this](const Use& use) { return take(use); });
    }

  private:
    // The row is told at its first use; the later ones stand in it.
    Status take(const Use& use) {
        auto group = scan_.group_of(use.request);
        if (!group) return group.error();
        const auto& rows = (*group)->rows;
        auto row = std::lower_bound(
            rows.begin(), rows.end(), use.id,
            [](const RegisterRow& one, const std::string& id) { return one.id() < id; });
        if (row == rows.end() || row->id() != use.id) return {};
        Value out{Value::Object{}};
        out.add("number", ++number_);
        add_use(out, *row);
        add_request(out, (*group)->request, *row);
        add_counts(out, *row);
        add_people(out, *row);
        if (auto status = add_loans(out, *row); !status) return status;
        add_marks(out, (*group)->request, *row);
        return emit_(std::move(out));
    }

    void add_use(Value& out, const RegisterRow& row) {
        const auto& first = *row.uses.front();
        out.add("id", first.id);
        out.add("at", to_rfc3339(first.at));
        reading_.add_seal(out, first.seal);
        std::vector<std::string> documents, numbers, counterparts, places;
        std::int64_t pages = 0;
        for (const auto* use : row.uses) {
            add_once(documents, use->document);
            add_once(numbers, use->number);
            add_once(counterparts, use->counterpart);
            add_once(places, use->place);
            pages += use->pages;
        }
        out.add("documents", documents);
        out.add("document_numbers", numbers);
        out.add("counterparts", counterparts);
        out.add("places", places);
        if (pages > 0) out.add("pages", pages);
    }

    void add_request(Value& out, const rules::Request& request, const RegisterRow& row) {
        out.add("request", request.id.str());
        add_present(out, "source", request.source);
        add_present(out, "external_id", request.external_id);
        add_present(out, "matched_id", request.matched_id);
        add_present(out, "title", request.title);
        add_present(out, "purpose", request.take_out ? request.take_out->reason : std::string{});
        add_present(out, "remark", request.remark);
        add_present(out, "department", request.department);
        add_present(out, "applicant", reading_.person(request.applicant));
        if (request.applicant.empty()) add_present(out, "applicant_name", request.applicant_name);
        add_present(out, "chain", request.chain);
        out.add("approvers", reading_.persons(request.approvers));
        if (row.line != nullptr && row.line->parent != 0) {
            out.add("parent_line", row.line->parent);
            add_present(out, "reason", row.line->reason);
        }
        if (request.is_paper() || request.is_emergency()) {
            add_present(out, "basis", request.basis);
            out.add("put_in_by", reading_.persons(request.put_in_by));
        }
    }

    // What was granted stands once: in no row of a voided use.
    void add_counts(Value& out, const RegisterRow& row) {
        bool granted = !row.voided && row.line != nullptr;
        out.add("copies", granted ? row.line->copies : 0);
        out.add("granted", granted ? row.line->count : 0);
        out.add("granted_cross_page", granted ? row.line->cross_page : 0);
        out.add("impressions", row.made.ordinary);
        out.add("cross_page", row.made.cross_page);
        out.add("excess", row.excess.ordinary);
        out.add("excess_cross_page", row.excess.cross_page);
    }

    void add_people(Value& out, const RegisterRow& row) {
        std::vector<PersonId> by, witnesses;
        std::vector<std::string> photos, files, others, exceptions;
        Value::Array seqs;
        for (const auto* use : row.uses) {
            add_once(by, use->by);
            add_once(witnesses, use->witness);
            for (const auto* some : {&use->before, &use->after})
                for (const auto& photo : *some)
                    add_once(photos, photo);
            add_once(files, use->file);
            add_once(exceptions, use->exceptions);
            if (use != row.uses.front()) others.push_back(use->id);
            if (auto seq = scan_.seq_of(use->id); seq != 0)
                seqs.emplace_back(static_cast<std::int64_t>(seq));
        }
        out.add("stamped_by", reading_.persons(by));
        out.add("witnesses", reading_.persons(witnesses));
        out.add("photos", photos);
        out.add("files", files);
        out.add("exceptions", exceptions);
        out.add("others", others);
        out.add("seqs", std::move(seqs));
    }

    Status add_loans(Value& out, const RegisterRow& row) {
        std::vector<SessionId> sessions;
        for (const auto* use : row.uses)
            add_once(sessions, use->session);
        Value::Array loans;
        for (const auto& session : sessions) {
            auto body = reading_.row("loan", session.str());
            if (!body) return body.error();
            if (*body) loans.push_back(loan_of(rules::loan_record_from(**body)));
        }
        out.add("loans", std::move(loans));
        return {};
    }

    Value loan_of(const rules::LoanRecord& loan) {
        Value out{Value::Object{}};
        out.add("session", loan.id.str());
        out.add("person", reading_.person(loan.person));
        add_time(out, "taken", loan.taken);
        add_time(out, "returned", loan.returned);
        auto verdict = loan.verdict;
        const auto* seal = reading_.seal(loan.seal);
        bool doubtful = seal != nullptr && seal->loan && seal->loan->session == loan.id &&
                        seal->custody == Custody::returned_unverified;
        if (doubtful) verdict = name_of(Verdict::returned_unverified);
        add_present(out, "verdict", verdict);
        return out;
    }

    void add_marks(Value& out, const rules::Request& request, const RegisterRow& row) {
        std::vector<std::string> marks;
        auto mark = [&](bool holds, const char* name) {
            if (holds) marks.emplace_back(name);
        };
        mark(row.voided, "voided");
        mark(row.line != nullptr && row.line->parent != 0, "child");
        mark(request.is_paper(), "paper");
        mark(request.is_paper() && request.matched_id.empty(), "unmatched");
        mark(request.is_emergency(), "emergency");
        mark(request.is_emergency() && request.cured_by.empty(), "uncured");
        mark(!row.excess.none(), "excess");
        mark(
            std::any_of(row.uses.begin(), row.uses.end(), [](const Use* use) { return use->late; }),
            "late");
        out.add("marks", marks);
        if (!row.voided) return;
        const auto& use = *row.uses.front();
        add_present(out, "void_reason", use.void_reason);
        add_present(out, "voided_by", reading_.person(use.voided_by));
        add_time(out, "voided_at", use.voided);
    }

    ReportReading& reading_;
    const Emit& emit_;
    UseScan scan_;
    std::int64_t number_ = 0;
};

}  // namespace

Status register_report(ReportReading& reading, const Emit& emit) {
    return Register(reading, emit).run();
}

}  // namespace seals::engine
