#include <algorithm>

#include <sys/stat.h>

#include "ledger/cjk2.hpp"
#include "ledger/search.hpp"
#include "ledger/search_query.hpp"
#include "ledger/search_text.hpp"

namespace seals::ledger {
namespace {

using std::chrono::steady_clock;

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
