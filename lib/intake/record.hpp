// From a row to the typed record that sealsd takes, or to the one fault that names the field. Only
// what the line itself shows is judged here; what needs the ledger (unknown seals and persons,
// conflicts, repeats) is sealsd's. Pure, any thread.
#pragma once

#include "intake/row.hpp"
#include "intake/vocabulary.hpp"
#include "intake/when.hpp"
#include "wire/import.hpp"

namespace seals::intake {

inline constexpr std::int64_t kMostCopies = 9999;
inline constexpr std::int64_t kMostImpressions = 99'999;
inline constexpr std::size_t kMostSeals = 64;    // per request
inline constexpr std::size_t kMostPersons = 16;  // users of a line, custodians of a seal

struct Reading {
    Zone zone;
    StatusWords status;
    std::string source;
};

Result<wire::PersonRecord> read_person(const Row& row);
Result<wire::SealRecord> read_seal(const Row& row);
Result<wire::RequestRecord> read_request(const Row& row, const Reading& reading);

wire::ImportItem read_item(Kind kind, const Row& row, const Reading& reading);

}  // namespace seals::intake
