// The root of the tree over the first entries of the ledger. Blocks: a question for the questions
// thread. Errors: as the reader's.
#pragma once

#include "ledger/reader.hpp"

namespace seals::engine {

Result<Hash> root_at(ledger::Reader& reader, std::uint64_t size);

}  // namespace seals::engine
