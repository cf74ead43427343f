// Search: search.db, an index over the text of the ledger's entries in a file of its own. It can be
// dropped at any time and is then built again. What it has not taken in yet is looked at in the
// ledger itself, so an answer never lacks an entry that the ledger has. A hit contains every word
// of the query as it is spelled, anywhere, also inside a longer word. SearchWriter writes (the
// index thread); SearchReader asks (any one thread); both block.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "ledger/reader.hpp"
#include "ledger/sqlite.hpp"

namespace seals::ledger {

struct SearchQuery {
    std::string words;                // separated by white space; all must occur
    std::optional<Instant> from, to;  // of the entry's time, both included
    std::string seal, person;         // empty: any
    std::string request{};            // likewise
    std::size_t limit = 50;
    std::uint64_t before = 0;  // only entries with a lower seq; 0: from the newest
};

struct SearchHit {
    std::uint64_t seq = 0;
    Instant at;
    std::string type, seal, request, text;
    std::vector<std::pair<std::size_t, std::size_t>> highlights;  // [start, end) in code points
};

struct SearchPage {
    std::vector<SearchHit> hits;        // newest first
    std::optional<std::uint64_t> next;  // `before` of the next page, when there is more
};

class Names;

class SearchWriter {
  public:
    // Opens or makes the file; one that is damaged or of another version is made anew.
    static Result<SearchWriter> open(const std::string& path);

    // Takes in up to `most` further entries in one transaction; returns how many entries are in.
    // When the ledger no longer is the one that was indexed (restored), starts over. When it comes
    // to an erasure, the file is made anew: fewer entries are in than before. Code::corrupt:
    // the index is damaged, and gone; open it again to have it made anew.
    Result<std::uint64_t> catch_up(Reader& ledger, std::size_t most = 1000);

    // Empties the index; catch_up() makes it anew. Code::corrupt: as in catch_up().
    Status start_over();

  private:
    SearchWriter(std::string path, Database database)
        : path_(std::move(path)), database_(std::move(database)) {}
    static Result<SearchWriter> make(const std::string& path);
    Status prepare();
    Status start_anew();
    Result<std::uint64_t> erased_before(Reader& ledger);
    Status begin_anew();
    Result<std::uint64_t> marked(Reader& ledger);
    Status take(Reader& ledger, const std::vector<Recorded>& entries);
    Status put(const Recorded& recorded, Names& names);

    std::string path_;
    Database database_;
    Statement doc_, index_, span_, mark_;
};

class SearchReader {
  public:
    explicit SearchReader(std::string path) : path_(std::move(path)) {}

    // Code::timeout when it is not done by the deadline. Code::invalid: no words in the query. An
    // index that is missing or damaged makes it slow, not wrong: the ledger is looked through.
    Result<SearchPage> find(const SearchQuery& query, Reader& ledger,
                            std::optional<std::chrono::steady_clock::time_point> deadline = {});

  private:
    void reopen();

    std::string path_;
    std::optional<Database> database_;
    std::uint64_t inode_ = 0;  // of the file that is open: the writer may have made another since
};

}  // namespace seals::ledger
