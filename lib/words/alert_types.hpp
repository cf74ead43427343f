// THE table of alert types: name, severity, what it means and what to do in both languages, and the
// MESSAGE_ID under which the journal has it. Triggers are in rules/alert_*, the manual lists all.
// Shared by all rooms; pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "words/texts.hpp"

namespace seals {

enum class Severity { low, medium, high, critical };

struct AlertTypeRow {
    std::string_view name;  // "slot_forced"
    Severity severity;
    std::string_view en, zh;                // what has happened
    std::string_view remedy_en, remedy_zh;  // what to do
    std::string_view message_id;            // 32 hex digits; never changed, never used again
};

std::span<const AlertTypeRow> alert_type_rows();
const AlertTypeRow* alert_type_named(std::string_view name);  // null: no such type

std::string_view name_of(Severity severity);
int syslog_priority_of(std::string_view severity);  // 2 (critical) to 5 (low)

// In that language; the name itself where the table has no such type.
std::string_view alert_text(Language language, std::string_view type);
std::string_view alert_remedy(Language language, std::string_view type);

}  // namespace seals
