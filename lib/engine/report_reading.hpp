// Report reading: what the makers of all reports share. One state of the ledger for the life of it,
// over a connection of its own; names of persons and seals; what the asker may and wants to see.
// Blocks; one thread. Errors: those of the reader, unavailable when it was called off, timeout when
// it took too long: the state that it holds keeps the write-ahead log from starting over.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/reader.hpp"
#include "rules/reconcile.hpp"
#include "rules/state.hpp"
#include "words/report_kinds.hpp"

namespace seals::engine {

struct ReportQuery {
    ReportKind kind = ReportKind::use_register;
    rules::Period period{};
    SealId seal{};                     // empty: all
    std::string entity{};              // empty: all
    std::set<std::string> entities{};  // that the asker's role covers; empty: everything
    milliseconds offset{0};            // of the forms' time of day, ahead of UTC
};

class ReportReading {
  public:
    using EntryCall = std::function<Status(const ledger::Recorded&)>;
    using RowCall = std::function<Status(const Value& body)>;

    static Result<std::unique_ptr<ReportReading>> open(const std::string& path, ReportQuery query,
                                                       const std::atomic<bool>& cancel);

    const ReportQuery& query() const { return query_; }
    ledger::Reader& reader() { return reader_; }
    std::uint64_t size() const { return size_; }
    const Hash& root() const { return root_; }

    // Every entry of the type, the oldest first.
    Status each_entry(EventType type, const EntryCall& call);
    // Entries of all the types within the period, in order.
    Status each_in_period(const std::vector<EventType>& types, const EntryCall& call);
    Status each_row(std::string_view kind, std::string after, const RowCall& call);
    Result<std::optional<Value>> row(std::string_view kind, std::string_view id);
    Status turn();  // called off? else the next page has its time

    const std::map<SealId, rules::Seal>& seals() const { return seals_; }
    const rules::Seal* seal(const SealId& id) const;
    // Of that seal; an empty id: of the cabinet as a whole.
    bool wants(const SealId& id) const;

    Value person(const PersonId& id);  // {"id", "name"}; null for none
    Value persons(const std::vector<PersonId>& ids);
    // Adds "seal", "seal_name" and "entity" to a row.
    void add_seal(Value& row, const SealId& id) const;

  private:
    ReportReading(ledger::Reader reader, ReportQuery query, const std::atomic<bool>& cancel)
        : reader_(std::move(reader)), query_(std::move(query)), cancel_(&cancel) {}
    Status begin();

    ledger::Reader reader_;
    std::chrono::steady_clock::time_point until_;
    std::unique_ptr<ledger::Snapshot> snapshot_;  // after the reader: ends before it
    ReportQuery query_;
    const std::atomic<bool>* cancel_;
    std::uint64_t size_ = 0;
    Hash root_{};
    std::map<SealId, rules::Seal> seals_;
    std::unordered_map<std::string, std::string> names_;  // of persons, as far as they were asked
};

// Adds what is there: no empty texts, no null, no absent time.
void add_present(Value& row, const char* name, Value value);
void add_time(Value& row, const char* name, const std::optional<Instant>& at);

}  // namespace seals::engine
