// What the keeper's worker reads: the files as the entries name them against those of the store,
// which of them may go, and what there is of a person. Blocks; inside this room only.
#pragma once

#include "engine/keeper.hpp"

namespace seals::engine {

Result<FilesReport> check_files(const std::string& ledger, const evidence::FileStore& store,
                                const std::atomic<bool>& cancel);

struct Due {
    std::vector<PurgeReport::Class> classes;
    std::vector<rules::PurgeFiles> commands;  // a leaf each
    std::vector<std::string> unfinished;      // purged on record, and still there
};
Result<Due> find_due(const std::string& ledger, const evidence::FileStore& store,
                     const rules::Policy& policy, Instant now, const std::atomic<bool>& cancel);

// Adds what entries after `found.size` have. `name`: his name as the state has it.
Status find_person(const std::string& ledger, const PersonId& person, const std::string& name,
                   Erasable& found, const std::atomic<bool>& cancel);

}  // namespace seals::engine
