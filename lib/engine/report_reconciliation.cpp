// The lines that were open or explained in the period's last reconciliation.
#include "engine/reconciliation.hpp"
#include "engine/report_rows.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 500;

Value side_of(const Value* side) {
    Value out{Value::Object{}};
    if (side == nullptr) return {};
    out.add("state", side->text_or("state"));
    out.add("copies", side->integer_or("copies"));
    if (side->find("count") != nullptr) out.add("count", side->integer_or("count"));
    out.add("cross_page", side->integer_or("cross_page"));
    return out;
}

Value row_of(ReportReading& reading, const std::string& run, const Value& item) {
    Value row{Value::Object{}};
    row.add("run", run);
    row.add("external_id", item.text_or("external_id"));
    reading.add_seal(row, SealId(item.text_or("seal")));
    add_present(row, "source", item.text_or("source"));
    row.add("class", item.text_or("class"));
    row.add("state", item.text_or("state"));
    row.add("detail", item.text_or("detail"));
    row.add("differs", item.texts_or("differs"));
    row.add("loans", item.integer_or("loans"));
    row.add("uses", item.integer_or("uses"));
    row.add("open", item.text_or("state") == name_of(LineState::open) ? 1 : 0);
    add_time(row, "since", Instant{item.integer_or("since")});
    add_present(row, "oa", side_of(item.find("oa")));
    add_present(row, "ledger", side_of(item.find("ledger")));
    if (const auto* told = item.find("explanation")) {
        add_present(row, "reason", told->text_or("reason"));
        add_present(row, "explained_by", told->text_or("by"));
    }
    return row;
}

}  // namespace

Status reconciliation_report(ReportReading& reading, const std::string& items, const Emit& emit) {
    std::optional<ledger::Recorded> last;
    auto status =
        reading.each_entry(EventType::reconcile_run, [&](const ledger::Recorded& entry) -> Status {
            if (reading.query().period.has(entry.at)) last = entry;
            return {};
        });
    if (!status || !last) return status;
    auto id = last->event.data.text_or("id");
    std::int64_t number = 0;
    for (std::optional<std::uint64_t> place = 0; place;) {
        if (status = reading.turn(); !status) return status;
        auto page = Reconciler::read_page(reading.reader(), items,
                                          last->event.data.text_or("items_sha256"), *place, kPage);
        if (!page) return page.error();
        for (const auto& item : page->items.items) {
            if (item.text_or("class") == name_of(LineClass::matched)) continue;
            if (!reading.wants(SealId(item.text_or("seal")))) continue;
            auto row = row_of(reading, id, item);
            row.add("number", ++number);
            row.add("seq", static_cast<std::int64_t>(last->seq));
            if (status = emit(std::move(row)); !status) return status;
        }
        place = page->items.next;
    }
    return {};
}

}  // namespace seals::engine
