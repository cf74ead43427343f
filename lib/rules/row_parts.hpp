// Shared by the files that write and read rows: absent members stand for empty ones. Times are
// stored as ms integers: rows are for us, and smaller that way. Not for other rooms.
#pragma once

#include <string>
#include <vector>

#include "rules/row.hpp"

namespace seals::rules {

inline void add_text(Value& to, const char* name, const std::string& text) {
    if (!text.empty()) to.add(name, text);
}

inline void add_texts(Value& to, const char* name, const std::vector<std::string>& texts) {
    if (!texts.empty()) to.add(name, texts);
}

inline void add_flag(Value& to, const char* name, bool flag) {
    if (flag) to.add(name, true);
}

inline void add_time(Value& to, const char* name, std::optional<Instant> at) {
    if (at) to.add(name, at->ms);
}

inline void add_times(Value& to, const char* name, const std::vector<Instant>& times) {
    Value::Array out;
    for (auto at : times)
        out.emplace_back(at.ms);
    if (!out.empty()) to.add(name, std::move(out));
}

inline std::vector<Instant> times_in(const Value& from, const char* name) {
    std::vector<Instant> out;
    const auto* times = from.find(name);
    if (times == nullptr || times->array() == nullptr) return out;
    for (const auto& at : *times->array())
        if (at.integer() != nullptr) out.push_back({*at.integer()});
    return out;
}

inline std::optional<Instant> time_or_none(const Value& from, const char* name) {
    if (from.find(name) == nullptr) return std::nullopt;
    return Instant{from.integer_or(name)};
}

}  // namespace seals::rules
