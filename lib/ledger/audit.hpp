// Audit: what each entry must satisfy, given those before it; fed in order of seq. Keeps what the
// end of the verification compares with the tables. Inside this room only. Findings are
// Code::corrupt with the seq; other codes mean that a table could not be read.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "base/origin.hpp"
#include "base/result.hpp"
#include "leaf/hash.hpp"
#include "leaf/leaf.hpp"
#include "ledger/entry.hpp"
#include "ledger/link_sums.hpp"
#include "ledger/sqlite.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {

class Audit {
  public:
    Audit(Database& database, leaf::Hasher& hasher) : database_(database), hasher_(hasher) {}

    // `texts`: what the vault has of this entry. Returns the entry as a replay sees it.
    Result<Recorded> take(leaf::Leaf leaf, std::span<const Personal> texts);

    const std::map<std::string, Head>& heads() const { return heads_; }
    LinkSums& links() { return links_; }
    std::uint64_t keys() const { return keys_; }  // idempotency keys seen

  private:
    Status check_birth(const Recorded& recorded);
    Status check_rollback(const Recorded& recorded);
    Status check_chain(const Recorded& recorded);
    Status check_key(const Recorded& recorded);

    Database& database_;
    leaf::Hasher& hasher_;
    std::map<std::string, Head> heads_;
    LinkSums links_;
    Origin origin_;
    std::uint64_t keys_ = 0;
    std::optional<Statement> key_;
};

}  // namespace seals::ledger
