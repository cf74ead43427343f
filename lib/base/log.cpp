#include "base/log.hpp"

#include <algorithm>
#include <atomic>
#include <string>

#include <unistd.h>

#include "base/journal.hpp"

namespace seals {
namespace {

std::atomic<int> least_priority{static_cast<int>(Priority::info)};

bool journal_reads_us() {
    static const bool yes = journal_reads(STDERR_FILENO);
    return yes;
}

// Values with spaces, quotes or control characters are quoted, so that a hostile text cannot forge
// a second line or field.
void add_quoted(std::string& line, std::string_view value) {
    bool plain = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != '"' && c != '\\' && c != 0x7f;
    });
    if (plain) {
        line += value;
        return;
    }
    line += '"';
    for (char c : value) {
        if (c == '"' || c == '\\') line += '\\';
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    line += '"';
}

std::string line_of(std::string_view room, std::string_view what,
                    std::span<const LogField> fields) {
    auto line = std::string(room) + ": " + std::string(what);
    for (const auto& [name, value] : fields) {
        line.append(" ").append(name).append("=");
        add_quoted(line, value);
    }
    return line;
}

std::string entry_of(std::string_view message_id, Priority priority, std::string_view room,
                     const std::string& line, std::span<const LogField> fields) {
    std::vector<JournalField> entry{{"MESSAGE", line},
                                    {"PRIORITY", std::to_string(static_cast<int>(priority))},
                                    {"SYSLOG_IDENTIFIER", ::program_invocation_short_name},
                                    {"COMPONENT", std::string(room)}};
    if (!message_id.empty()) entry.emplace_back("MESSAGE_ID", message_id);
    for (const auto& [name, value] : fields)
        entry.emplace_back(journal_name(name), value);
    return journal_entry(entry);
}

void say(std::string_view message_id, Priority priority, std::string_view room,
         std::string_view what, std::span<const LogField> fields) {
    if (static_cast<int>(priority) > least_priority) return;
    auto line = line_of(room, what, fields);
    if (journal_reads_us()) {
        if (send_to_journal(entry_of(message_id, priority, room, line, fields))) return;
        line.insert(0, "<" + std::to_string(static_cast<int>(priority)) + ">");
    }
    line += '\n';
    [[maybe_unused]] auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void set_log_level(Priority least) {
    least_priority = static_cast<int>(least);
}

void log(Priority priority, std::string_view room, std::string_view what,
         std::initializer_list<LogField> fields) {
    say({}, priority, room, what, {fields.begin(), fields.size()});
}

void log_known(std::string_view message_id, Priority priority, std::string_view room,
               std::string_view what, std::span<const LogField> fields) {
    std::vector<LogField> told;
    std::copy_if(fields.begin(), fields.end(), std::back_inserter(told),
                 [](const LogField& field) { return !field.second.empty(); });
    say(message_id, priority, room, what, told);
}

}  // namespace seals
