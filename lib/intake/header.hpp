// Which column, or JSON member, holds which field; and where in a CSV the headings stand, for
// titles and notes often come first. Pure, any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "intake/csv.hpp"
#include "intake/map.hpp"
#include "intake/row.hpp"

namespace seals::intake {

struct Columns {
    static constexpr std::size_t kAbsent = SIZE_MAX;
    std::vector<std::size_t> at;     // per field, the column that holds it
    std::vector<std::size_t> twice;  // fields whose heading stands more than once
    std::size_t found = 0;           // how many fields have a column
    std::shared_ptr<const Row::Names> names;
    std::size_t width = 0;  // columns with a heading, up to the last one

    bool has(std::size_t field) const { return at[field] != kAbsent; }
};
Columns match_columns(Kind kind, const std::vector<std::string>& headings, const ExportMap& map);

// Code::invalid naming the required headings that are missing or stand twice, and the ones found.
Status check_columns(Kind kind, const Columns& columns, const std::vector<std::string>& headings);

struct Header {
    char delimiter = ',';
    std::int64_t index = 0;  // how many non-empty records stand before it
    std::vector<std::string> headings;
    Columns columns;
};
inline constexpr std::size_t kHeaderBytes = 256 * 1024;  // where it must stand
inline constexpr std::int64_t kHeaderRecords = 50;

// The separator and the record with which most headings are known. `whole`: nothing follows `head`.
Result<Header> find_header(std::string_view head, bool whole, Kind kind, const ExportMap& map);

}  // namespace seals::intake
