// Log lines to standard error: "<4>room: what happened key=value". Under systemd the <n> prefix
// becomes the priority; elsewhere it is left off. One write per line, any thread. Never a secret.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

namespace seals {

enum class Priority { error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

using LogField = std::pair<std::string_view, std::string_view>;

void log(Priority priority, std::string_view room, std::string_view what,
         std::initializer_list<LogField> fields = {});
void set_log_level(Priority least);  // default: info

}  // namespace seals
