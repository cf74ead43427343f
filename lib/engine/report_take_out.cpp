// Seals that were taken out of the office, a row per taking and request.
#include "engine/report_rows.hpp"
#include "engine/use_scan.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

using rules::LoanRecord;
using rules::Request;

bool takes_out(const Request& request, const SealId& seal) {
    for (const auto& [number, line] : request.lines_of(seal))
        if (line->mode == LineMode::take_out) return true;
    return false;
}

rules::Impressions made_on(const UseScan::Group& group, const LoanRecord& loan) {
    rules::Impressions made;
    for (const auto& use : group.uses)
        if (use.session == loan.id && use.seal == loan.seal) made += use.impressions;
    return made;
}

Value row_of(ReportReading& reading, const UseScan::Group& group, const LoanRecord& loan,
             Instant now) {
    const auto& request = group.request;
    Value row{Value::Object{}};
    reading.add_seal(row, loan.seal);
    row.add("request", request.id.str());
    add_present(row, "external_id", request.external_id);
    add_present(row, "title", request.title);
    add_present(row, "department", request.department);
    add_present(row, "applicant", reading.person(request.applicant));
    if (request.take_out) {
        add_present(row, "place", request.take_out->place);
        add_present(row, "reason", request.take_out->reason);
        add_present(row, "supervisor", reading.person(request.take_out->supervisor));
    }
    row.add("person", reading.person(loan.person));
    add_time(row, "taken", loan.taken);
    auto due = loan.due;
    if (!due && request.take_out) due = request.take_out->due;
    add_time(row, "due", due);
    add_time(row, "returned", loan.returned);
    add_present(row, "returned_by", reading.person(loan.returned_by));
    add_present(row, "verdict", loan.verdict);
    auto made = made_on(group, loan);
    row.add("impressions", made.ordinary);
    row.add("cross_page", made.cross_page);
    row.add("overdue", due && loan.returned.value_or(now) > *due ? 1 : 0);
    return row;
}

}  // namespace

// Whether a seal is overdue that is still out is told by the ledger's last time, not by the clock:
// the same ledger makes the same report.
Status take_out_report(ReportReading& reading, const Emit& emit) {
    UseScan scan(reading);
    auto last = reading.reader().entry(reading.size());
    if (!last) return last.error();
    std::int64_t number = 0;
    return reading.each_in_period({EventType::seal_taken},
                                  [&](const ledger::Recorded& entry) -> Status {
                                      if (!reading.wants(entry.event.seal)) return {};
                                      auto body = reading.row("loan", entry.event.session.str());
                                      if (!body) return body.error();
                                      if (!*body) return {};
                                      auto loan = rules::loan_record_from(**body);
                                      for (const auto& id : loan.requests) {
                                          auto group = scan.group_of(id);
                                          if (!group) return group.error();
                                          if (!takes_out((*group)->request, loan.seal)) continue;
                                          auto row = row_of(reading, **group, loan, last->at);
                                          row.add("number", ++number);
                                          row.add("seq", static_cast<std::int64_t>(entry.seq));
                                          if (auto status = emit(std::move(row)); !status)
                                              return status;
                                      }
                                      return {};
                                  });
}

}  // namespace seals::engine
