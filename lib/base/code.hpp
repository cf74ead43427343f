// The closed list of outcomes. Each maps to one HTTP status and one exit status, here and nowhere
// else; the manual's tables are checked against this one.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace seals {

enum class Code {
    ok,
    no,
    invalid,
    denied,
    refused,
    not_found,
    conflict,
    unavailable,
    timeout,
    corrupt,
    internal
};

struct CodeRow {
    Code code;
    std::string_view name;   // as in the API's "code"
    int http;                // status of a reply that carries it
    int exit;                // exit status of sealctl
    std::string_view title;  // RFC 9457 title
};

inline constexpr std::array<CodeRow, 11> kCodes{{
    {Code::ok, "ok", 200, 0, "Done"},
    {Code::no, "no", 200, 1, "Done; the answer is no"},
    {Code::invalid, "invalid", 400, 3, "A field or file is wrong"},
    {Code::denied, "denied", 403, 4, "This peer's role may not"},
    {Code::refused, "refused", 409, 5, "A rule said no"},
    {Code::not_found, "not_found", 404, 6, "No such thing"},
    {Code::conflict, "conflict", 409, 7, "It exists already with other content"},
    {Code::unavailable, "unavailable", 503, 8, "Not available; nothing happened"},
    {Code::timeout, "timeout", 504, 9, "A deadline passed or the outcome is unknown"},
    {Code::corrupt, "corrupt", 500, 10, "The ledger or file does not verify"},
    {Code::internal, "internal", 500, 70, "A fault of ours"},
}};

inline constexpr int kExitUsage = 2;  // the command line is wrong; no code of the API

const CodeRow& row_of(Code code);
std::optional<Code> code_named(std::string_view name);

}  // namespace seals
