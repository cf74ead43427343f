// Reports that are entries of some types: what was not as it should be, and the lives of seals.
#include <algorithm>
#include <array>

#include "engine/report_rows.hpp"
#include "rules/state.hpp"

namespace seals::engine {
namespace {

using enum EventType;

// The uses, requests and openings that an auditor asks about; use.recorded and request.accepted
// only as far as is_exception() says.
constexpr auto kExceptions = std::to_array<EventType>({use_recorded,      use_voided,
                                                       grant_child_added, breakglass_opened,
                                                       request_accepted,  take_refused,
                                                       return_refused,    act_refused,
                                                       auth_locked_out,   seal_returned_unverified,
                                                       seal_missing,      seal_unknown,
                                                       seal_quarantined,  seal_recalled,
                                                       seal_lost,         verify_tag_failed,
                                                       slot_forced,       override_mechanical,
                                                       session_null,      session_unknown,
                                                       request_withdrawn, inventory_missed,
                                                       clock_stepped,     alert_raised});

constexpr auto kLives = std::to_array<EventType>(
    {seal_registered, seal_enrolled, seal_activated, seal_suspended, seal_resumed, seal_lost,
     seal_notice_published, seal_recovered, seal_retired, seal_replaced, seal_sealed_away,
     seal_surrendered, seal_destroyed, seal_quarantined, seal_unquarantined});

bool has_personal(const rules::Event& event, std::string_view name) {
    return std::any_of(event.personal.begin(), event.personal.end(),
                       [&](const auto& one) { return one.first == name; });
}

bool is_exception(const rules::Event& event) {
    const auto& data = event.data;
    switch (event.type) {
        case use_recorded:
            return data.integer_or("excess") + data.integer_or("excess_cross_page") > 0 ||
                   data.boolean_or("late") || has_personal(event, "exceptions");
        case request_accepted:
            return data.text_or("source") == rules::kPaperSource;
        default:
            return true;
    }
}

// An entry as it stands, its personal text under "texts".
Value entry_row(ReportReading& reading, const ledger::Recorded& entry) {
    const auto& event = entry.event;
    Value row{Value::Object{}};
    row.add("at", to_rfc3339(entry.at));
    row.add("event", seals::row_of(event.type).name);
    reading.add_seal(row, event.seal);
    add_present(row, "person", reading.person(event.person));
    add_present(row, "request", event.request.str());
    add_present(row, "session", event.session.str());
    row.add("data", event.data.is_null() ? Value{Value::Object{}} : event.data);
    Value texts{Value::Object{}};
    for (const auto& [name, text] : event.personal)
        texts.add(name, text);
    row.add("texts", std::move(texts));
    row.add("seq", static_cast<std::int64_t>(entry.seq));
    return row;
}

void add_act(ReportReading& reading, Value& row, const rules::Event& event) {
    const auto* seal = reading.seal(event.seal);
    if (seal != nullptr) {
        add_present(row, "type", seal->type);
        add_present(row, "filing_no", seal->filing_no);
    }
    auto named = [&](const char* name) {
        std::vector<PersonId> ids;
        for (const auto& id : event.data.texts_or(name))
            ids.emplace_back(id);
        return reading.persons(ids);
    };
    row.add("witnesses", named("witnesses"));
    row.add("persons", named("persons"));
    add_present(row, "approver", reading.person(PersonId(event.data.text_or("approver"))));
    row.add("actor", event.actor.id);
    add_present(row, "file", event.doc);
}

}  // namespace

Status exceptions_report(ReportReading& reading, const Emit& emit) {
    std::int64_t number = 0;
    return reading.each_in_period(
        {kExceptions.begin(), kExceptions.end()}, [&](const ledger::Recorded& entry) -> Status {
            if (!reading.wants(entry.event.seal) || !is_exception(entry.event)) return {};
            auto row = entry_row(reading, entry);
            row.add("number", ++number);
            return emit(std::move(row));
        });
}

Status destruction_report(ReportReading& reading, const Emit& emit) {
    std::int64_t number = 0;
    return reading.each_in_period({kLives.begin(), kLives.end()},
                                  [&](const ledger::Recorded& entry) -> Status {
                                      if (!reading.wants(entry.event.seal)) return {};
                                      auto row = entry_row(reading, entry);
                                      add_act(reading, row, entry.event);
                                      row.add("number", ++number);
                                      return emit(std::move(row));
                                  });
}

}  // namespace seals::engine
