#include <cstdio>

#include "ledger/cjk2.hpp"
#include "ledger/search.hpp"
#include "ledger/search_schema.hpp"
#include "ledger/search_text.hpp"

namespace seals::ledger {
namespace {

// Synced at checkpoints only: a power cut takes the index back to an older, whole state.
Status set_pragmas(Database& database) {
    return database.run(
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA wal_autocheckpoint=4000;"
        "PRAGMA journal_size_limit=33554432;");
}

Result<bool> is_current(Database& database) {
    auto application = database.number("PRAGMA application_id");
    if (!application) return application.error();
    auto version = database.number("PRAGMA user_version");
    if (!version) return version.error();
    return *application == kSearchApplicationId && *version == kSearchVersion;
}

Status lay_search_tables(Database& database) {
    auto status =
        database.run(std::string("BEGIN IMMEDIATE;") + kSearchTables +
                     "PRAGMA application_id=" + std::to_string(kSearchApplicationId) +
                     ";PRAGMA user_version=" + std::to_string(kSearchVersion) + ";COMMIT;");
    if (!status && database.in_transaction()) (void)database.run("ROLLBACK");
    return status;
}

void remove_files(const std::string& path) {
    for (const char* suffix : {"", "-wal", "-shm"})
        std::remove((path + suffix).c_str());
}

}  // namespace

Result<SearchWriter> SearchWriter::make(const std::string& path) {
    auto database = Database::open(path, Access::create, {});
    if (!database) return database.error();
    if (auto status = register_cjk2(database->handle()); !status) return status.error();
    if (auto status = set_pragmas(*database); !status) return status.error();
    auto tables = database->number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    if (*tables == 0)
        if (auto status = lay_search_tables(*database); !status) return status.error();
    auto current = is_current(*database);
    if (!current) return current.error();
    if (!*current) return Error{Code::corrupt, path + " is no search index of this version"};
    SearchWriter writer(path, std::move(*database));
    if (auto status = writer.prepare(); !status) return status.error();
    return writer;
}

Result<SearchWriter> SearchWriter::open(const std::string& path) {
    auto writer = make(path);
    if (writer || writer.error().code != Code::corrupt) return writer;
    remove_files(path);
    return make(path);
}

Status SearchWriter::prepare() {
    const std::pair<Statement*, const char*> kStatements[] = {
        {&doc_,
         "INSERT INTO doc(seq, at, type, seal, request, person, text) VALUES(?,?,?,?,?,?,?)"},
        {&index_, "INSERT INTO idx(rowid, text) VALUES(?,?)"},
        {&span_,
         "INSERT INTO span(n, least, greatest) VALUES(?1,?2,?2) ON CONFLICT(n) DO UPDATE SET "
         "least=min(least, ?2), greatest=max(greatest, ?2)"},
        {&mark_, "UPDATE mark SET seq=?, hash=?"}};
    for (auto [statement, sql] : kStatements) {
        auto prepared = database_.prepare(sql);
        if (!prepared) return prepared.error();
        *statement = std::move(*prepared);
    }
    return {};
}

Status SearchWriter::begin_anew() {
    auto status = database_.run(
        "BEGIN IMMEDIATE;DELETE FROM doc;DELETE FROM span;INSERT INTO idx(idx) "
        "VALUES('delete-all');"
        "UPDATE mark SET seq=0, hash=x'', erased=0;COMMIT;");
    if (!status && database_.in_transaction()) (void)database_.run("ROLLBACK");
    return status;
}

// Not only emptied: what was erased must not stay in the pages of the file.
Status SearchWriter::start_anew() {
    auto path = path_;
    doc_ = {};
    index_ = {};
    span_ = {};
    mark_ = {};
    database_ = Database();
    remove_files(path);
    auto anew = make(path);
    if (!anew) return anew.error();
    *this = std::move(*anew);
    return {};
}

// The newest erasure that the index knows of; looked up once, when it is begun.
Result<std::uint64_t> SearchWriter::erased_before(Reader& ledger) {
    auto known = database_.number("SELECT CASE WHEN seq=0 THEN 0 ELSE erased END FROM mark");
    if (!known) return known.error();
    auto newest = static_cast<std::uint64_t>(*known);
    auto begun = database_.number("SELECT seq FROM mark");
    if (!begun) return begun.error();
    if (*begun != 0) return newest;
    for (;;) {
        auto page = ledger.entries_of(By::type, row_of(EventType::erased).name, newest, 100);
        if (!page) return page.error();
        if (page->empty()) break;
        newest = page->back().seq;
    }
    auto put = database_.run("UPDATE mark SET erased=" + std::to_string(newest));
    if (!put) return put.error();
    return newest;
}

// How far the index goes, provided that the ledger still has that entry.
Result<std::uint64_t> SearchWriter::marked(Reader& ledger) {
    auto mark = database_.prepare("SELECT seq, hash FROM mark");
    if (!mark) return mark.error();
    auto row = mark->step();
    if (!row) return row.error();
    auto seq = mark->natural(0);
    if (seq == 0) return seq;
    auto hash = ledger.subtree(0, seq - 1);
    if (!hash && hash.error().code != Code::not_found) return hash.error();
    if (hash && to_bytes(*hash) == to_bytes(mark->blob(1))) return seq;
    mark->reset();
    if (auto status = begin_anew(); !status) return status.error();
    return std::uint64_t{0};
}

Status SearchWriter::put(const Recorded& recorded, Names& names) {
    auto text = search_text(recorded, names);
    if (!text) return text.error();
    const auto& event = recorded.event;
    doc_.bind(1, recorded.seq).bind(2, recorded.at.ms).bind(3, row_of(event.type).name);
    doc_.bind(4, std::string_view(event.seal.str())).bind(5, std::string_view(event.request.str()));
    doc_.bind(6, std::string_view(event.person.str())).bind(7, std::string_view(*text));
    if (auto status = doc_.run(); !status) return status;
    if (auto s = index_.bind(1, recorded.seq).bind(2, std::string_view(*text)).run(); !s) return s;
    return span_.bind(1, recorded.seq / kSpan).bind(2, recorded.at.ms).run();
}

Status SearchWriter::take(Reader& ledger, const std::vector<Recorded>& entries) {
    if (auto status = database_.run("BEGIN IMMEDIATE"); !status) return status;
    Names names(ledger);
    for (const auto& entry : entries)
        if (auto status = put(entry, names); !status) return status;
    auto hash = ledger.subtree(0, entries.back().seq - 1);
    if (!hash) return hash.error();
    if (auto s = mark_.bind(1, entries.back().seq).bind(2, ByteView(*hash)).run(); !s) return s;
    return database_.run("COMMIT");
}

Result<std::uint64_t> SearchWriter::catch_up(Reader& ledger, std::size_t most) {
    auto seq = marked(ledger);
    if (!seq) return seq;
    auto entries = ledger.entries(*seq, most);
    if (!entries) return entries.error();
    if (entries->empty()) return seq;
    auto known = erased_before(ledger);
    if (!known) return known.error();
    for (const auto& entry : *entries) {
        if (entry.event.type != EventType::erased || entry.seq <= *known) continue;
        if (auto status = start_anew(); !status) return status.error();
        return catch_up(ledger, most);
    }
    auto status = take(ledger, *entries);
    if (status) return entries->back().seq;
    if (database_.in_transaction()) (void)database_.run("ROLLBACK");
    if (status.error().code == Code::corrupt) remove_files(path_);
    return status.error();
}

Status SearchWriter::start_over() {
    auto status = begin_anew();
    if (!status && status.error().code == Code::corrupt) remove_files(path_);
    return status;
}

}  // namespace seals::ledger
