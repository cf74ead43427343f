// Survey: what a ledger must be after a power cut, and a look at whether it is. It reads the file
// itself with SQL, not through the ledger's reader, and works the tree out again; then it has the
// ledger verify itself, views included. One thread; blocks.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "leaf/hash.hpp"
#include "ledger/record.hpp"
#include "rules/state.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace seals::test {

// The state and its rows, as replayed.
class Mirror {
  public:
    void take(const rules::Event& event);
    std::vector<ledger::Row> changed();  // since the last call
    std::vector<ledger::Row> rows() const;

  private:
    std::vector<ledger::Row> rows_of(const std::map<rules::Key, Instant>& keys) const;

    rules::State state_;
    std::map<rules::Key, Instant> touched_, changed_;
};

struct Signed {
    std::uint64_t size = 0;
    Hash root{};
};

// What was acknowledged, as seen right after it was, and the batch that was not (yet). `answered`:
// it was, but the power was gone before its bytes could be looked at.
struct Truth {
    std::vector<Hash> leaves;  // of their stored bytes
    std::vector<Signed> checkpoints;
    std::uint64_t texts = 0;   // personal, in the vault
    std::int64_t secret = -1;  // the last one written; -1: none
    std::int64_t cosignatures = 0;
    bool cosignature_under_way = false;
    bool birth_under_way = false;
    std::vector<rules::Event> under_way;
    std::int64_t secret_under_way = -1;
    std::vector<std::int64_t> secrets_tried{};  // of attempts since the last acknowledged batch
    bool answered = false;

    std::size_t leaves_under_way() const { return birth_under_way ? 1 : under_way.size(); }
};

struct Finding {
    std::uint64_t lost = 0;    // acknowledged leaves or cosignatures that are gone, or other bytes
    bool corrupt = false;      // a page, a hash, a view or a chain that does not fit
    bool forked = false;       // a checkpoint that the surviving tree contradicts
    std::string what;          // the first of them; empty: all is well
    bool adopted = false;      // what was under way is there, whole
    std::int64_t secret = -1;  // it came with: that of an attempt before; -1: the last one's

    bool ok() const { return what.empty(); }
};

// The stored leaves, read past the ledger's own code, over a connection that stays open.
class Witness {
  public:
    Witness(const std::string& path, const std::string& vfs);
    ~Witness();
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    // Appends the hashes of the stored bytes of entries after that one; false: cannot be read, or
    // they are not numbered without a gap.
    bool hashes_after(std::uint64_t seq, leaf::Hasher& hasher, std::vector<Hash>& out);
    std::string integrity();  // "ok", or what is wrong
    std::int64_t number(const char* sql);

  private:
    sqlite3* handle_ = nullptr;
    sqlite3_stmt* leaves_ = nullptr;
};

// `mirror` becomes the state of the ledger that survived.
Finding survey(const std::string& path, const std::string& vfs, Witness& witness,
               const Truth& truth, Mirror& mirror);

ledger::Secret secret_of(std::int64_t number);

}  // namespace seals::test
