// Reconciliation: the lines of an OA export against what the ledger says of the same lines, their
// loans and their uses. Every line, loan and use that goes in is in exactly one item that comes
// out, whatever the order; the totals are counted on the way in and again over the items. Pure: it
// knows no file and no ledger. One thread; memory grows with what goes in.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "rules/state.hpp"
#include "words/terms.hpp"

namespace seals::rules {

struct LineKey {
    std::string external_id, seal, source;
    friend auto operator<=>(const LineKey&, const LineKey&) = default;
};

// What the OA decided. Where an export names a line twice the later one of this order stands.
enum class LineStatus { pending, rejected, approved, withdrawn };
std::string_view name_of(LineStatus);

// What both sides say of a line. Texts only as digests: it is enough to tell whether they differ,
// and nothing of them stays in memory.
struct LineContent {
    std::string applicant;
    Instant applied_at;
    std::int64_t copies = 1;
    std::optional<std::int64_t> count;  // absent: the OA does not say
    std::int64_t cross_page = 0;
    std::optional<Instant> due, valid_from, valid_to;
    std::uint64_t title = 0, place = 0, users = 0;  // digest_of; 0: not known
    friend auto operator<=>(const LineContent&, const LineContent&) = default;
};
std::uint64_t digest_of(std::string_view text);  // 0 only for the empty text
LineContent content_of(const Request& request, const Line& line);

struct ExportLine {
    LineKey key;
    LineStatus status = LineStatus::approved;
    LineContent content;
    friend auto operator<=>(const ExportLine&, const ExportLine&) = default;
};

struct LedgerLine {
    LineKey key;
    std::string request;  // its id in the ledger
    bool withdrawn = false;
    LineContent content;
    friend auto operator<=>(const LedgerLine&, const LedgerLine&) = default;
};

// One taking of the line's seal under that request. A loan under two requests goes in twice.
struct LineLoan {
    LineKey key;
    Instant taken;
    std::optional<Instant> due;
    bool returned = false;
    friend auto operator<=>(const LineLoan&, const LineLoan&) = default;
};

// Impressions under a line.
struct LineUse {
    LineKey key;
    Instant at;
    std::int64_t count = 0;
    friend auto operator<=>(const LineUse&, const LineUse&) = default;
};

struct Period {
    Instant from, to;  // both within
    bool has(Instant at) const { return from <= at && at <= to; }
};

struct LineTally {
    std::int64_t items = 0, export_lines = 0, ledger_lines = 0, loans = 0, uses = 0;
    LineTally& operator+=(const LineTally& other);
    friend bool operator==(const LineTally&, const LineTally&) = default;
};

// One line with all that belongs to it. Valid only while it is handed over.
struct LineItem {
    const LineKey* key = nullptr;
    const ExportLine* oa = nullptr;      // null: not in the export
    const LedgerLine* ledger = nullptr;  // null: the ledger knows no such line
    LineClass klass = LineClass::matched;
    LineDetail detail = LineDetail::none;
    std::vector<std::string_view> differs;  // fields
    LineTally tally;                        // what of it lies in the period; items: 1
    std::int64_t total_loans = 0, total_used = 0;
    std::optional<Instant> out_since;  // a loan that is not returned
    Instant since;                     // from when on it is late
};

// Class and figures as one short text: while it is the same, an explanation holds.
std::string figures_of(const LineItem& item);

struct LineTotals {
    LineTally all;  // counted on the way in; `items`: how many came out
    std::array<LineTally, kLineClasses> classes;
    std::array<std::int64_t, kLineStates> states{};
    std::int64_t repeated = 0;  // export lines that name a line again
    std::int64_t outside = 0;   // export lines applied for outside the period
    std::optional<Instant> oldest_open;
};

class Comparison {
  public:
    // `now`: for what is overdue.
    Comparison(Period period, Instant now) : period_(period), now_(now) {}

    void add(ExportLine line);
    void add(LedgerLine line);
    void add(LineLoan loan);
    void add(LineUse use);
    // A withdrawal that the cabinet got before any approval: it knows none of the request's lines.
    void add_withdrawal(std::string external_id, std::string source);
    std::size_t size() const;  // of all that went in
    // Whether a line of that request is in the export so far.
    bool exports(const std::string& external_id, const std::string& source);

    // Items in the order of their keys, each with its state: `explained` is asked of every one
    // that does not match. Code::internal: the totals do not agree. The sink's errors are handed
    // on.
    using Explained = std::function<Result<bool>(const LineItem&)>;
    using Sink = std::function<Status(const LineItem&, LineState)>;
    Result<LineTotals> finish(const Explained& explained, const Sink& sink);

  private:
    struct Group;
    void sort();
    std::optional<LineKey> least_key() const;
    Group next_group(const LineKey& key);
    bool concerns(const Group& group) const;
    LineTally tally_of(const Group& group) const;

    Period period_;
    Instant now_;
    std::vector<ExportLine> exported_;
    std::vector<LedgerLine> known_;
    std::vector<LineLoan> loans_;
    std::vector<LineUse> uses_;
    std::set<std::pair<std::string, std::string>> withdrawals_;
    bool in_order_ = true;  // the export's lines
    std::size_t at_export_ = 0, at_known_ = 0, at_loan_ = 0, at_use_ = 0;
    LineTally counted_;
    std::int64_t outside_ = 0;
};

}  // namespace seals::rules
