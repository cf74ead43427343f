// Log: "room: what happened key=value" on standard error, or, where systemd's journal reads that,
// an entry of it with the same as MESSAGE, COMPONENT=room and each key as SEALS_KEY. When the
// journal takes no entry the line is written all the same, with the <n> prefix for its priority.
// One write per line, any thread. Never a secret.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

namespace seals {

enum class Priority { critical = 2, error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

using LogField = std::pair<std::string_view, std::string_view>;

void log(Priority priority, std::string_view room, std::string_view what,
         std::initializer_list<LogField> fields = {});
// With a MESSAGE_ID (32 hex digits), under which the journal's catalogue explains it. Fields
// without a value are left out.
void log_known(std::string_view message_id, Priority priority, std::string_view room,
               std::string_view what, std::span<const LogField> fields);
void set_log_level(Priority least);  // default: info

}  // namespace seals
