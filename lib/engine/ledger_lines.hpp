// Ledger lines: what the ledger says for a reconciliation, read page by page over a connection of
// its own, so that neither the loop nor the log of the ledger waits. Blocks; one thread. Entries
// after the size at the beginning do not count.
#pragma once

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/reader.hpp"
#include "rules/reconcile.hpp"
#include "rules/state.hpp"

namespace seals::engine {

// Too many for one run: it is done in parts.
inline constexpr std::size_t kMostCompared = 1'000'000;

class LedgerLines {
  public:
    // `cancel` ends the reading with Code::unavailable.
    static Result<LedgerLines> open(const std::string& path, const std::atomic<bool>& cancel);

    // Adds the lines of those sources, and of paper, that the period or the export concerns, with
    // their loans and uses since the period began.
    Status add_to(rules::Comparison& comparison, const std::set<std::string>& sources,
                  const rules::Period& period);

    // Figures of what was explained, by discrepancy_id.
    Result<std::map<std::string, std::string>> explained(const std::set<std::string>& sources);

  private:
    struct Taking {
        std::uint64_t seq = 0;
        SealId seal;
        std::vector<RequestId> requests;
        Instant at;
        std::optional<Instant> due;
        bool returned = false;
    };

    // Under which number of the OA a request's loans and uses stand, and whether the OA's own
    // request with its lines is in the ledger beside it.
    struct OaNumber {
        std::string external_id, source;
        bool other_has_lines = false;
    };

    LedgerLines(ledger::Reader reader, const std::atomic<bool>& cancel)
        : reader_(std::move(reader)), cancel_(&cancel) {}
    Status each_entry(EventType type, const std::function<void(const ledger::Recorded&)>& call);
    Status read_takings(const rules::Period& period);
    Status read_returns();
    Status add_requests(rules::Comparison& comparison, const std::set<std::string>& sources,
                        const rules::Period& period);
    Status add_request(rules::Comparison& comparison, const rules::Request& request, bool in_scope,
                       const rules::Period& period);
    void add_loans(rules::Comparison& comparison, const rules::Request& request,
                   const OaNumber& number, bool in_scope);
    Status add_uses(rules::Comparison& comparison, const rules::Request& request,
                    const OaNumber& number);
    Result<bool> used_in(const rules::Request& request, const rules::Period& period);
    Result<OaNumber> number_of(const rules::Request& request);
    Result<std::optional<rules::Request>> known(const std::string& id);
    void add_unasked(rules::Comparison& comparison);
    Status turn();

    ledger::Reader reader_;
    const std::atomic<bool>* cancel_;
    std::uint64_t size_ = 0;
    std::vector<Taking> takings_;
    std::map<SealId, std::vector<std::size_t>> by_seal_;  // in order of seq
    std::unordered_map<std::string, std::vector<std::size_t>> by_request_;
};

}  // namespace seals::engine
