#include "ledger/sqlite.hpp"

#include <cerrno>
#include <cstring>

#include <sqlite3.h>

namespace seals::ledger {
namespace {

constexpr int kBusyMs = 1000;        // a second process (sqlite3 by hand) may hold the lock so long
constexpr int kDeadlineSteps = 500;  // virtual machine steps between two looks at the clock

int flags_of(Access access) {
    constexpr int kAlways = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (access == Access::read) return kAlways | SQLITE_OPEN_READONLY;
    if (access == Access::write) return kAlways | SQLITE_OPEN_READWRITE;
    return kAlways | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

Code code_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
            return Code::unavailable;
        case SQLITE_INTERRUPT:
        case SQLITE_IOERR:
            return Code::timeout;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Code::corrupt;
        case SQLITE_CONSTRAINT:
            return Code::conflict;
        default:
            return Code::internal;
    }
}

}  // namespace

Error error_of(sqlite3* handle, int code) {
    if ((code & 0xff) == SQLITE_INTERRUPT)
        return Error{Code::timeout, "the question took longer than its deadline",
                     "narrow it, or ask for fewer results"};
    std::string text = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    // "disk I/O error" alone tells nobody that the file system has become read-only. SQLite does
    // not pass on what its commit met with; errno is still that.
    bool refused = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
    if (refused && errno == EROFS) text += std::string(": ") + std::strerror(EROFS);
    return Error{code_of(code), "SQLite: " + text + " (" + std::to_string(code) + ")"};
}

void Statement::Free::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int index, std::int64_t value) {
    bind_code_ |= sqlite3_bind_int64(statement_.get(), index, value);
    return *this;
}

Statement& Statement::bind(int index, std::uint64_t value) {
    return bind(index, static_cast<std::int64_t>(value));
}

Statement& Statement::bind(int index, std::string_view value) {
    // An empty view may have no data pointer, which SQLite would take for NULL.
    const char* data = value.empty() ? "" : value.data();
    bind_code_ |= sqlite3_bind_text64(statement_.get(), index, data, value.size(), SQLITE_STATIC,
                                      SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int index, ByteView value) {
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    bind_code_ |= sqlite3_bind_blob64(statement_.get(), index, data, value.size(), SQLITE_STATIC);
    return *this;
}

Result<bool> Statement::step() {
    if (bind_code_ != SQLITE_OK) return internal("a parameter could not be bound");
    int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return error_of(sqlite3_db_handle(statement_.get()), code);
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    bind_code_ = SQLITE_OK;
}

Status Statement::run() {
    for (;;) {
        auto row = step();
        if (row && *row) continue;
        reset();
        return row ? Status{} : Status{row.error()};
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::uint64_t Statement::natural(int column) const {
    auto number = integer(column);
    return number > 0 ? static_cast<std::uint64_t>(number) : 0;
}

std::string_view Statement::text(int column) const {
    const auto* text = sqlite3_column_text(statement_.get(), column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

ByteView Statement::blob(int column) const {
    const auto* bytes =
        static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

Result<Database> Database::open(const std::string& path, Access access, const std::string& vfs) {
    sqlite3* handle = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &handle, flags_of(access),
                               vfs.empty() ? nullptr : vfs.c_str());
    Database out;
    out.handle_.reset(handle);
    if (code != SQLITE_OK) {
        auto error = error_of(handle, code);
        error.detail = path + ": " + error.detail;
        return error;
    }
    // SQLite falls back to reading, and would refuse each write without a reason.
    if (access != Access::read && sqlite3_db_readonly(handle, "main") == 1)
        return unavailable(path + ": it can be read, but not written",
                           "make its file system and the file writable, then start again; a file "
                           "system that turned read-only by itself has a fault: see dmesg first");
    sqlite3_busy_timeout(handle, kBusyMs);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return out;
}

Status Database::run(const std::string& sql) {
    int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(handle_.get(), code);
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                  SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return error_of(handle_.get(), code);
    return Statement{statement};
}

Result<std::int64_t> Database::number(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement) return statement.error();
    auto row = statement->step();
    if (!row) return row.error();
    return *row ? statement->integer(0) : 0;
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}
std::int64_t Database::changes() const {
    return sqlite3_changes64(handle_.get());
}

int Database::past_deadline(void* deadline) {
    const auto& at = static_cast<Deadline*>(deadline)->at;
    return at && std::chrono::steady_clock::now() > *at ? 1 : 0;
}

void Database::set_deadline(std::optional<std::chrono::steady_clock::time_point> deadline) {
    deadline_->at = deadline;
    sqlite3_progress_handler(handle_.get(), deadline ? kDeadlineSteps : 0, &past_deadline,
                             deadline_.get());
}

Status Database::begin_read() {
    if (!begin_ || !rollback_) {
        auto begin = prepare("BEGIN");
        if (!begin) return begin.error();
        auto rollback = prepare("ROLLBACK");
        if (!rollback) return rollback.error();
        begin_ = std::move(*begin);
        rollback_ = std::move(*rollback);
    }
    return begin_.run();
}

void Database::end_read() {
    if (in_transaction()) (void)rollback_.run();
}

Snapshot::~Snapshot() {
    if (!inner_ && status_) database_.end_read();
}

}  // namespace seals::ledger
