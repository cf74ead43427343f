// Members of a report's row as the Chinese forms show them: persons as 姓名(工号), Beijing time on
// a 24 h clock, never without its date. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/value.hpp"
#include "words/terms.hpp"

namespace seals::report {

std::string date_text(Instant at);          // "2026-11-25"
std::string clock_text(Instant at);         // "09:30:05"
std::string moment_text(Instant at);        // "2026-11-25 09:30"
std::string exact_moment_text(Instant at);  // "2026-11-25 09:30:05"
std::optional<Instant> instant_in(const Value& row, std::string_view name);
std::string moment_in(const Value& row, std::string_view name);  // empty: there is none
// "2026-11-25 09:30–10:12"; the second date only where it is another day.
std::string span_text(std::optional<Instant> from, std::optional<Instant> to);

std::string person_text(
    const Value* person);  // of {"id", "name"}; the id alone when it has no name
std::string person_in(const Value& row, std::string_view name);
std::string persons_in(const Value& row, std::string_view name);  // "甲(E1)、乙(E2)"
// Of the chain of names that the OA gave; a name that nobody here bears is told as such.
std::string approvers_in(const Value& row, std::string_view unknown = "(工号不详)");

std::string joined(const std::vector<std::string>& parts, std::string_view with = "、");
std::string texts_in(const Value& row, std::string_view name);                 // joined
std::string term_in(std::span<const TermRow> terms, const std::string& name);  // in Chinese
std::string seal_type_text(const std::string& type);

const Value::Array& array_in(const Value& row, std::string_view name);
bool has_text(const Value& row, std::string_view list, std::string_view text);

}  // namespace seals::report
