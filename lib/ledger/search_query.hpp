// Search: one query on its way through the ledger's newest entries and the index behind them.
// Inside this room only. Failures as SearchReader::find().
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/search.hpp"

namespace seals::ledger {

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

// A query on its way: hits are added newest first until the page is full.
class Search {
  public:
    Search(const SearchQuery& query, std::vector<std::string> words, Deadline deadline)
        : query_(query),
          words_(std::move(words)),
          deadline_(deadline),
          limit_(std::max<std::size_t>(query.limit, 1)) {}

    bool late() const { return deadline_ && std::chrono::steady_clock::now() > *deadline_; }

    bool full() const { return page_.hits.size() > limit_; }
    // One more than the limit is looked for, to know whether there is a next page.
    SearchPage take() {
        if (full()) {
            page_.hits.pop_back();
            page_.next = page_.hits.back().seq;
        }
        return std::move(page_);
    }
    void clear() { page_ = {}; }

    Status scan_ledger(Reader& ledger, std::uint64_t above, std::uint64_t upto);
    Status ask_index(Database& index, std::uint64_t upto);

  private:
    struct Bounds {
        std::uint64_t from;
        std::uint64_t to;
    };
    bool in_time(Instant at) const {
        return (!query_.from || at >= *query_.from) && (!query_.to || at <= *query_.to);
    }
    void offer(SearchHit hit, std::string_view person);
    bool offer_row(const Statement& row);
    Result<Bounds> bounds(Database& index, std::uint64_t upto) const;
    Status scan_docs(Database& index, Bounds within);
    Result<Bounds> ask_windows(Database& index, Bounds within, const std::string& match,
                               int misses);
    Status ask_window(Statement& docs, Bounds window, const std::string& match, int& misses,
                      std::uint64_t& seen);
    std::vector<std::string> whole_tokens() const;
    std::size_t few() const;
    std::string match_text(const std::vector<std::string>& whole) const;

    const SearchQuery& query_;
    std::vector<std::string> words_;
    Deadline deadline_;
    std::size_t limit_;
    SearchPage page_;
};

Error too_slow();  // past the deadline

}  // namespace seals::ledger
