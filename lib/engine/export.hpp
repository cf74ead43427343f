// Export: what of the ledger belongs to one request, visit or seal, for those who must judge it
// elsewhere. Planned and read on the questions thread; blocks. Errors: not_found (nothing of that
// id), invalid (too much of it), and as the reader's.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/proofs.hpp"
#include "ledger/reader.hpp"

namespace seals::engine {

inline constexpr std::size_t kMostExported = 100'000;  // entries
inline constexpr std::size_t kMostFiles = 10'000;

struct ExportAsk {
    std::string kind, id;             // request, session or seal, and which
    std::optional<Instant> from, to;  // of a seal
    bool names = false;               // of persons, in clear
};

struct ExportPlan {
    std::vector<std::uint64_t> seqs;  // in order
    std::vector<std::string> files;   // sha256 of photos and documents that they name
};

Result<ExportPlan> plan_export(ledger::Reader& reader, const ExportAsk& ask);

// A text that an entry commits to. Masked: the text is not the one that was committed, and nothing
// opens it.
struct Opening {
    std::string field, text, salt;  // hex
    bool masked = false;
};
struct ExportedLeaf {
    LeafItem item;
    std::vector<Opening> openings;
};
Result<ExportedLeaf> exported_leaf(ledger::Reader& reader, std::uint64_t seq, std::uint64_t size,
                                   bool names);

// 欧阳娜娜 becomes 欧***: the first character and three stars, whatever its length.
std::string masked(std::string_view name);

}  // namespace seals::engine
