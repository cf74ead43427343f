// Database and Statement: SQLite's connection and prepared statement with an owner, and its result
// codes as ours. Inside this room only; one thread at a time.
//   unavailable  disk full, locked by another process, cannot be opened, out of memory
//   timeout      interrupted by the deadline, or an I/O error (what was written is unknown)
//   corrupt      damaged, or no SQLite file
//   conflict     a constraint said no
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace seals::ledger {

class Statement {
  public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    // Parameters count from 1, columns from 0. A bound text or blob must live until the next
    // reset().
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::uint64_t value);
    Statement& bind(int index, std::string_view value);
    Statement& bind(int index, ByteView value);

    Result<bool> step();  // true: there is a row
    Status run();         // step to the end, then reset
    void reset();
    explicit operator bool() const { return statement_ != nullptr; }

    std::int64_t integer(int column) const;
    std::uint64_t natural(int column) const;  // negative numbers become 0, which no seq is
    std::string_view text(int column) const;  // valid until the next step
    ByteView blob(int column) const;
    bool is_null(int column) const;

  private:
    struct Free {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Free> statement_;
    int bind_code_ = 0;
};

enum class Access { read, write, create };

class Database {
  public:
    static Result<Database> open(const std::string& path, Access access, const std::string& vfs);

    Status run(const std::string& sql);  // any number of statements, without rows
    Result<Statement> prepare(std::string_view sql);
    Result<std::int64_t> number(std::string_view sql);  // first column of the first row; 0 without
    bool in_transaction() const;
    Status begin_read();  // "BEGIN" and "ROLLBACK", prepared once: many reads are short
    void end_read();
    std::int64_t changes() const;
    sqlite3* handle() const { return handle_.get(); }

    // Calls that run past the moment are interrupted (Code::timeout); nullopt: no limit.
    void set_deadline(std::optional<std::chrono::steady_clock::time_point> deadline);

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Deadline {
        std::optional<std::chrono::steady_clock::time_point> at;
    };
    static int past_deadline(void* deadline);

    std::unique_ptr<Deadline> deadline_ = std::make_unique<Deadline>();  // outlives the handle
    std::unique_ptr<sqlite3, Close> handle_;
    Statement begin_, rollback_;  // after the handle: they go first
};

Error error_of(sqlite3* handle, int code);

// A read transaction for the life of the object: all reads see one state. Inside of another one it
// is that one.
class Snapshot {
  public:
    explicit Snapshot(Database& database) : database_(database), inner_(database.in_transaction()) {
        if (!inner_) status_ = database.begin_read();
    }
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    const Status& status() const { return status_; }

  private:
    Database& database_;
    bool inner_;
    Status status_;
};

}  // namespace seals::ledger
