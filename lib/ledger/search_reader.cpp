#include <algorithm>

#include <sys/stat.h>

#include "ledger/cjk2.hpp"
#include "ledger/search.hpp"
#include "ledger/search_schema.hpp"
#include "ledger/search_text.hpp"

namespace seals::ledger {
namespace {

using std::chrono::steady_clock;
using Deadline = std::optional<steady_clock::time_point>;

constexpr std::uint64_t kWindow =
    262'144;  // entries per question to FTS5: it sees no deadline inside
constexpr std::uint64_t kScanFirst =
    20'000;                            // newest entries looked through before a costly question
constexpr std::uint64_t kChunk = 256;  // ledger entries read at once
constexpr std::size_t kTokensPerWord = 4;
constexpr std::size_t kMostTokens = 24;

Error too_slow() {
    return Error{Code::timeout, "the search took longer than its deadline",
                 "add a word, or limit it with from, to, seal or person"};
}

// A query on its way: hits are added newest first until the page is full.
class Search {
  public:
    Search(const SearchQuery& query, std::vector<std::string> words, Deadline deadline)
        : query_(query),
          words_(std::move(words)),
          deadline_(deadline),
          limit_(std::max<std::size_t>(query.limit, 1)) {}

    bool late() const { return deadline_ && steady_clock::now() > *deadline_; }

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
    void offer_row(const Statement& row);
    Result<Bounds> bounds(Database& index, std::uint64_t upto) const;
    Status scan_docs(Database& index, Bounds within);
    Status ask_windows(Database& index, Bounds within, const std::string& match);
    std::vector<std::string> whole_tokens() const;
    std::string match_text(const std::vector<std::string>& whole) const;

    const SearchQuery& query_;
    std::vector<std::string> words_;
    Deadline deadline_;
    std::size_t limit_;
    SearchPage page_;
};

void Search::offer(SearchHit hit, std::string_view person) {
    if (!query_.seal.empty() && hit.seal != query_.seal) return;
    if (!query_.person.empty() && person != query_.person) return;
    if (!in_time(hit.at) || !contains_all(hit.text, words_)) return;
    hit.highlights = highlights(hit.text, words_);
    page_.hits.push_back(std::move(hit));
}

// Columns seq, at, type, seal, request, person, text. Most rows fail on their text, so that is
// looked at before anything is copied.
void Search::offer_row(const Statement& row) {
    if (!contains_all(row.text(6), words_)) return;
    offer({row.natural(0),
           {row.integer(1)},
           std::string(row.text(2)),
           std::string(row.text(3)),
           std::string(row.text(4)),
           std::string(row.text(6)),
           {}},
          row.text(5));
}

// The ledger's own entries in (above, upto], newest first.
Status Search::scan_ledger(Reader& ledger, std::uint64_t above, std::uint64_t upto) {
    Names names(ledger);
    while (upto > above && !full()) {
        if (late()) return too_slow();
        auto after = upto - above > kChunk ? upto - kChunk : above;
        auto entries = ledger.entries(after, upto - after);
        if (!entries) return entries.error();
        for (auto entry = entries->rbegin(); entry != entries->rend() && !full(); ++entry) {
            auto text = search_text(*entry, names);
            if (!text) return text.error();
            const auto& event = entry->event;
            offer({entry->seq,
                   entry->at,
                   std::string(row_of(event.type).name),
                   event.seal.str(),
                   event.request.str(),
                   std::move(*text),
                   {}},
                  event.person.str());
        }
        upto = after;
    }
    return {};
}

// A few tokens that stand in every text with the word, spread over it, its end first: ids and types
// differ there. FTS5 takes a step in each list at each place, so that more lists cost more than the
// texts they would spare us.
std::vector<std::string> spread_tokens(const std::string& word) {
    auto all = tokens_of(word).whole;
    auto count = std::min(all.size(), kTokensPerWord);
    if (count < 2) return all;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(all[(all.size() - 1) * (count - 1 - i) / (count - 1)]);
    return out;
}

// Of each word one after the other, so that what never meets is told apart at once. The ids of the
// filters stand in the text as well.
std::vector<std::string> Search::whole_tokens() const {
    std::vector<std::vector<std::string>> words;
    for (const auto& word : words_)
        words.push_back(spread_tokens(word));
    for (const auto* id : {&query_.seal, &query_.person})
        words.push_back(spread_tokens(*id));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < kTokensPerWord; ++i)
        for (const auto& tokens : words)
            if (i < tokens.size() && out.size() < kMostTokens &&
                std::find(out.begin(), out.end(), tokens[i]) == out.end())
                out.push_back(tokens[i]);
    return out;
}

std::string Search::match_text(const std::vector<std::string>& whole) const {
    std::string out;
    auto add = [&](const std::string& token, const char* after) {
        out += '"';
        for (char c : token)
            out += c == '"' ? "\"\"" : std::string(1, c);
        out += '"';
        out += after;
    };
    for (const auto& token : whole)
        add(token, " ");
    if (!whole.empty()) return out;
    for (const auto& word : words_)
        for (const auto& token : tokens_of(word).beginning)
            add(token, " * ");
    return out;
}

Result<Search::Bounds> Search::bounds(Database& index, std::uint64_t upto) const {
    Bounds out{1, upto};
    if (!query_.from && !query_.to) return out;
    auto spans = index.prepare("SELECT min(n), max(n) FROM span WHERE greatest>=? AND least<=?");
    if (!spans) return spans.error();
    spans->bind(1, query_.from ? query_.from->ms : INT64_MIN);
    auto row = spans->bind(2, query_.to ? query_.to->ms : INT64_MAX).step();
    if (!row) return row.error();
    if (spans->is_null(0)) return Bounds{1, 0};
    out.from = std::max<std::uint64_t>(spans->natural(0) * kSpan, 1);
    out.to = std::min(out.to, (spans->natural(1) + 1) * kSpan - 1);
    return out;
}

Status Search::scan_docs(Database& index, Bounds within) {
    auto docs = index.prepare(
        "SELECT seq, at, type, seal, request, person, text FROM doc WHERE seq BETWEEN ? AND ? "
        "ORDER BY seq DESC");
    if (!docs) return docs.error();
    docs->bind(1, within.from).bind(2, within.to);
    while (!full()) {
        auto row = docs->step();
        if (!row) return row.error();
        if (!*row) break;
        offer_row(*docs);
    }
    return {};
}

// CROSS JOIN keeps SQLite from asking FTS5 once per document.
Status Search::ask_windows(Database& index, Bounds within, const std::string& match) {
    auto docs = index.prepare(
        "SELECT doc.seq, at, type, seal, request, person, doc.text FROM idx CROSS JOIN doc ON "
        "doc.seq=idx.rowid WHERE idx MATCH ? AND idx.rowid BETWEEN ? AND ? ORDER BY idx.rowid "
        "DESC");
    if (!docs) return docs.error();
    while (within.to >= within.from && within.to > 0 && !full()) {
        if (late()) return too_slow();
        auto from =
            within.to > kWindow ? std::max(within.from, within.to - kWindow + 1) : within.from;
        docs->reset();
        docs->bind(1, std::string_view(match)).bind(2, from).bind(3, within.to);
        while (!full()) {
            auto row = docs->step();
            if (!row) return row.error();
            if (!*row) break;
            offer_row(*docs);
        }
        within.to = from - 1;
    }
    return {};
}

// One or two characters of ASCII, or one beyond, have no token of their own: FTS5 would gather all
// that begin with them. If they are common the newest entries have enough of them; if they are rare
// there is little to gather.
Status Search::ask_index(Database& index, std::uint64_t upto) {
    auto within = bounds(index, upto);
    if (!within) return within.error();
    auto whole = whole_tokens();
    if (whole.empty()) {
        Bounds newest = *within;
        if (newest.to > kScanFirst) newest.from = std::max(newest.from, newest.to - kScanFirst + 1);
        if (auto status = scan_docs(index, newest); !status || full()) return status;
        if (newest.from <= within->from) return {};
        within->to = newest.from - 1;
    }
    return ask_windows(index, *within, match_text(whole));
}

struct Mark {
    std::uint64_t seq = 0;
    Bytes hash;
};

Result<Mark> read_mark(Database& index) {
    auto mark = index.prepare("SELECT seq, hash FROM mark");
    if (!mark) return mark.error();
    auto row = mark->step();
    if (!row) return row.error();
    if (!*row) return Error{Code::corrupt, "the search index has no mark"};
    return Mark{mark->natural(0), to_bytes(mark->blob(1))};
}

// How far the index can be believed: as far as it goes, if it is this ledger's.
Result<std::uint64_t> usable_to(Database& index, Reader& ledger) {
    auto mark = read_mark(index);
    if (!mark) return mark.error();
    if (mark->seq == 0) return std::uint64_t{0};
    auto hash = ledger.subtree(0, mark->seq - 1);
    if (!hash && hash.error().code != Code::not_found) return hash.error();
    if (!hash || to_bytes(*hash) != mark->hash) return std::uint64_t{0};
    return mark->seq;
}

Status find_with_index(Search& search, Database& index, Reader& ledger, std::uint64_t upto) {
    Snapshot snapshot(index);
    if (!snapshot.status()) return snapshot.status();
    auto indexed = usable_to(index, ledger);
    if (!indexed) return indexed.error();
    if (auto status = search.scan_ledger(ledger, *indexed, upto); !status) return status;
    if (search.full() || *indexed == 0) return {};
    return search.ask_index(index, std::min(upto, *indexed));
}

}  // namespace

void SearchReader::reopen() {
    struct stat info {};
    bool there = ::stat(path_.c_str(), &info) == 0;
    if (database_ && there && info.st_ino == inode_) return;
    database_.reset();
    if (!there) return;
    auto database = Database::open(path_, Access::read, {});
    if (!database || !register_cjk2(database->handle())) return;
    database_.emplace(std::move(*database));
    inode_ = info.st_ino;
}

Result<SearchPage> SearchReader::find(const SearchQuery& query, Reader& ledger,
                                      std::optional<steady_clock::time_point> deadline) {
    auto words = words_of(query.words);
    if (!words) return words.error();
    auto upto = ledger.size();
    if (!upto) return upto.error();
    if (query.before > 0) *upto = std::min(*upto, query.before - 1);
    reopen();
    Search search(query, std::move(*words), deadline);
    ledger.set_deadline(deadline);
    Status status = Error{Code::corrupt, "there is no index"};
    if (database_) {
        database_->set_deadline(deadline);
        status = find_with_index(search, *database_, ledger, *upto);
    }
    if (!status && !search.late()) {
        search.clear();
        status = search.scan_ledger(ledger, 0, *upto);
    }
    ledger.set_deadline(std::nullopt);
    if (!status) return search.late() ? too_slow() : status.error();
    return search.take();
}

}  // namespace seals::ledger
