// The keepers' books: where each seal is, who handed it to whom, what the counts found.
#include <map>

#include "engine/report_rows.hpp"
#include "engine/use_scan.hpp"
#include "rules/row.hpp"

namespace seals::engine {
namespace {

struct Moves {
    std::int64_t takings = 0, uses = 0, impressions = 0;
};

Result<std::map<SealId, Moves>> moves_of(ReportReading& reading) {
    std::map<SealId, Moves> moves;
    auto status =
        reading.each_entry(EventType::seal_taken, [&](const ledger::Recorded& entry) -> Status {
            if (reading.query().period.has(entry.at)) ++moves[entry.event.seal].takings;
            return {};
        });
    if (!status) return status.error();
    status = UseScan(reading).each([&](const rules::Use& use) -> Status {
        auto& of = moves[use.seal];
        ++of.uses;
        of.impressions += use.impressions.ordinary;
        return {};
    });
    if (!status) return status.error();
    return moves;
}

Value custody_row(ReportReading& reading, const rules::Seal& seal, const Moves& moves) {
    Value row{Value::Object{}};
    reading.add_seal(row, seal.id);
    add_present(row, "type", seal.type);
    add_present(row, "filing_no", seal.filing_no);
    add_present(row, "slot", seal.slot.str());
    row.add("custodians", reading.persons(seal.custodians));
    row.add("state", name_of(seal.state));
    add_time(row, "state_since", seal.state_since);
    row.add("custody", name_of(seal.custody));
    if (seal.loan) {
        row.add("holder", reading.person(seal.loan->person));
        add_time(row, "taken", seal.loan->since);
        add_time(row, "due", seal.loan->due ? seal.loan->due : seal.loan->curfew);
    }
    add_present(row, "replaced_by", seal.replaced_by.str());
    row.add("takings", moves.takings);
    row.add("uses", moves.uses);
    row.add("impressions", moves.impressions);
    return row;
}

Value handover_row(ReportReading& reading, const rules::Handover& handover, const SealId& seal) {
    Value row{Value::Object{}};
    row.add("id", handover.id);
    row.add("handover", name_of(handover.kind));
    row.add("state", name_of(handover.state));
    reading.add_seal(row, seal);
    row.add("from_person", reading.person(handover.from));
    row.add("to_person", reading.person(handover.to));
    if (handover.by != handover.from) add_present(row, "by_person", reading.person(handover.by));
    add_time(row, "offered", handover.offered);
    add_time(row, "accepted", handover.accepted);
    add_time(row, "until", handover.until);
    row.add("open", handover.open() ? 1 : 0);
    return row;
}

// What the ledger says should be there, in the word of a count.
std::string_view book_of(const rules::CountedSlot& item) {
    if (item.verdict == Verdict::out || item.verdict == Verdict::overdue) return "out";
    return item.seal.empty() ? "empty" : "present";
}

Value inventory_row(ReportReading& reading, const rules::Inventory& inventory,
                    const rules::CountedSlot& item) {
    Value row{Value::Object{}};
    row.add("id", inventory.id);
    row.add("at", to_rfc3339(inventory.at));
    add_present(row, "person", reading.person(inventory.person));
    row.add("blind", inventory.blind);
    row.add("since_last", inventory.since_last);
    add_present(row, "recount_of", inventory.recount_of);
    row.add("slot", item.slot.str());
    reading.add_seal(row, item.seal);
    row.add("book", book_of(item));
    row.add("verdict", name_of(item.verdict));
    row.add("busy", item.busy);
    if (item.entered) row.add("entered", item.entered->str());
    if (item.result) row.add("result", name_of(*item.result));
    row.add("discrepancies", is_discrepancy(item.verdict) ? 1 : 0);
    row.add("mismatches", item.result && is_mismatch(*item.result) ? 1 : 0);
    return row;
}

}  // namespace

Status custody_report(ReportReading& reading, const Emit& emit) {
    auto moves = moves_of(reading);
    if (!moves) return moves.error();
    std::int64_t number = 0;
    for (const auto& [id, seal] : reading.seals()) {
        if (!reading.wants(id)) continue;
        auto row = custody_row(reading, seal, (*moves)[id]);
        row.add("number", ++number);
        if (auto status = emit(std::move(row)); !status) return status;
    }
    return {};
}

Status handover_report(ReportReading& reading, const Emit& emit) {
    std::int64_t number = 0;
    return reading.each_in_period(
        {EventType::handover_offered}, [&](const ledger::Recorded& entry) -> Status {
            auto body = reading.row("handover", entry.event.data.text_or("id"));
            if (!body) return body.error();
            if (!*body) return {};
            auto handover = rules::handover_from(**body);
            for (const auto& seal : handover.seals) {
                if (!reading.wants(seal)) continue;
                auto row = handover_row(reading, handover, seal);
                row.add("number", ++number);
                row.add("seq", static_cast<std::int64_t>(entry.seq));
                if (auto status = emit(std::move(row)); !status) return status;
            }
            return {};
        });
}

Status inventory_report(ReportReading& reading, const Emit& emit) {
    std::int64_t number = 0;
    return reading.each_in_period(
        {EventType::inventory_finished}, [&](const ledger::Recorded& entry) -> Status {
            auto body = reading.row("inventory", entry.event.data.text_or("id"));
            if (!body) return body.error();
            if (!*body) return {};
            auto inventory = rules::inventory_from(**body);
            for (const auto& item : inventory.items) {
                if (!reading.wants(item.seal)) continue;
                auto row = inventory_row(reading, inventory, item);
                row.add("number", ++number);
                row.add("seq", static_cast<std::int64_t>(entry.seq));
                if (auto status = emit(std::move(row)); !status) return status;
            }
            return {};
        });
}

}  // namespace seals::engine
