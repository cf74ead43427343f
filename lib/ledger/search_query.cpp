#include "ledger/search_query.hpp"

#include <algorithm>
#include <climits>

#include "ledger/cjk2.hpp"
#include "ledger/search_schema.hpp"
#include "ledger/search_text.hpp"

namespace seals::ledger {
namespace {

constexpr std::uint64_t kWindow =
    262'144;  // entries per question to FTS5: it sees no deadline inside
constexpr std::uint64_t kScanFirst =
    20'000;                            // newest entries looked through before a costly question
constexpr std::uint64_t kChunk = 256;  // ledger entries read at once
constexpr std::size_t kTokensPerWord = 4;
constexpr std::size_t kMostTokens = 24;
constexpr int kMostMisses = 400;  // texts looked at in vain before more tokens are asked for

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

}  // namespace

Error too_slow() {
    return Error{Code::timeout, "the search took longer than its deadline",
                 "add a word, or limit it with from, to, seal, person or request"};
}

void Search::offer(SearchHit hit, std::string_view person) {
    if (!query_.seal.empty() && hit.seal != query_.seal) return;
    if (!query_.person.empty() && person != query_.person) return;
    if (!query_.request.empty() && hit.request != query_.request) return;
    if (!in_time(hit.at) || !contains_all(hit.text, words_)) return;
    hit.highlights = highlights(hit.text, words_);
    page_.hits.push_back(std::move(hit));
}

// Columns seq, at, type, seal, request, person, text. Most rows fail on their text, so that is
// looked at before anything is copied. Whether it was a hit.
bool Search::offer_row(const Statement& row) {
    if (!contains_all(row.text(6), words_)) return false;
    auto before = page_.hits.size();
    offer({row.natural(0),
           {row.integer(1)},
           std::string(row.text(2)),
           std::string(row.text(3)),
           std::string(row.text(4)),
           std::string(row.text(6)),
           {}},
          row.text(5));
    return page_.hits.size() > before;
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

// Of each word one after the other, so that what never meets is told apart at once. The ids of the
// filters stand in the text as well.
std::vector<std::string> Search::whole_tokens() const {
    std::vector<std::vector<std::string>> words;
    for (const auto& word : words_)
        words.push_back(spread_tokens(word));
    for (const auto* id : {&query_.request, &query_.seal, &query_.person})
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

// So many tokens tell most texts apart; each one more costs a step through its list per text.
std::size_t Search::few() const {
    auto ids = {&query_.request, &query_.seal, &query_.person};
    auto named = std::count_if(ids.begin(), ids.end(), [](const auto* id) { return !id->empty(); });
    return std::max<std::size_t>(words_.size() + static_cast<std::size_t>(named), 2);
}

// One window, from its end. `seen` is the last entry that was looked at when it stops early: the
// page is full, or too many texts were looked at in vain.
Status Search::ask_window(Statement& docs, Bounds window, const std::string& match, int& misses,
                          std::uint64_t& seen) {
    docs.reset();
    docs.bind(1, std::string_view(match)).bind(2, window.from).bind(3, window.to);
    while (!full() && misses >= 0) {
        auto row = docs.step();
        if (!row) return row.error();
        if (!*row) return {};
        seen = docs.natural(0);
        if (!offer_row(docs)) --misses;
    }
    return {};
}

// Newest first, a window at a time. What is left when it stops because `misses` are used up; else
// nothing is. CROSS JOIN keeps SQLite from asking FTS5 once per document.
Result<Search::Bounds> Search::ask_windows(Database& index, Bounds within, const std::string& match,
                                           int misses) {
    auto docs = index.prepare(
        "SELECT doc.seq, at, type, seal, request, person, doc.text FROM idx CROSS JOIN doc ON "
        "doc.seq=idx.rowid WHERE idx MATCH ? AND idx.rowid BETWEEN ? AND ? ORDER BY idx.rowid "
        "DESC");
    if (!docs) return docs.error();
    while (within.to >= within.from && within.to > 0 && !full()) {
        if (late()) return too_slow();
        auto from =
            within.to > kWindow ? std::max(within.from, within.to - kWindow + 1) : within.from;
        std::uint64_t seen = 0;
        auto status = ask_window(*docs, {from, within.to}, match, misses, seen);
        if (!status) return status.error();
        if (misses < 0) return Bounds{within.from, seen - 1};
        within.to = from - 1;
    }
    return Bounds{1, 0};
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
    if (few() < whole.size()) {
        auto some = std::vector(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(few()));
        auto left = ask_windows(index, *within, match_text(some), kMostMisses);
        if (!left) return left.error();
        *within = *left;
    }
    auto left = ask_windows(index, *within, match_text(whole), INT_MAX);
    return left ? Status{} : Status{left.error()};
}

}  // namespace seals::ledger
