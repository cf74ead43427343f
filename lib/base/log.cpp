#include "base/log.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace seals {
namespace {

std::atomic<int> least_priority{static_cast<int>(Priority::info)};

bool journal_reads_us() {
    static const bool yes = std::getenv("JOURNAL_STREAM") != nullptr;
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

}  // namespace

void set_log_level(Priority least) {
    least_priority = static_cast<int>(least);
}

void log(Priority priority, std::string_view room, std::string_view what,
         std::initializer_list<LogField> fields) {
    if (static_cast<int>(priority) > least_priority) return;
    std::string line;
    if (journal_reads_us()) line = "<" + std::to_string(static_cast<int>(priority)) + ">";
    line.append(room).append(": ").append(what);
    for (const auto& [name, value] : fields) {
        line.append(" ").append(name).append("=");
        add_quoted(line, value);
    }
    line += '\n';
    [[maybe_unused]] auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace seals
