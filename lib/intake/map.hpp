// ExportMap: what a person says of an OA that spells things in its own way (--map FILE, TOML):
//
//     [columns]
//     external_id = "单号"
//     seal = ["章号", "印章"]
//     [status]
//     approved = ["完成"]
//     [format]
//     timezone = "Asia/Shanghai"
//
// A heading or word given here comes before the built-in ones. Pure, any thread.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace seals::intake {

struct ExportMap {
    std::map<std::string, std::vector<std::string>> columns;  // field → folded headings
    std::map<std::string, std::string> status;                // folded word → status
    std::optional<std::string> timezone;
    std::optional<std::string> source;
    std::optional<char> delimiter;
};

struct MapKeyRow {
    std::string_view section;
    std::string_view key;  // "*": every field name of intake/field.hpp
    std::string_view value;
    std::string_view about;
};
// THE table of a map's keys; the manual is checked against it.
inline constexpr std::array<MapKeyRow, 8> kMapKeys{{
    {"columns", "*", "heading or list of headings", "the column that holds this field"},
    {"status", "approved", "word or list of words", "the request may be used"},
    {"status", "withdrawn", "word or list of words", "the request was taken back"},
    {"status", "pending", "word or list of words", "not decided yet"},
    {"status", "rejected", "word or list of words", "refused by the OA"},
    {"format", "timezone", "IANA name", "zone of times without an offset"},
    {"format", "delimiter", "comma, tab, semicolon or bar", "separator of a CSV file"},
    {"format", "source", "name", "name of the OA, part of a request's key"},
}};

inline constexpr std::size_t kMapBytes = 64 * 1024;

// Code::invalid, with line and key: no TOML, an unknown section or key, a wrong type, a word that
// is given two meanings.
Result<ExportMap> parse_map(std::string_view toml);

}  // namespace seals::intake
