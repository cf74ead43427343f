// CutDisk: one folder on a disk in memory that forgets what was not synced. A write or truncation
// is pending until its file is synced; a name that was made or taken away, until the folder is.
// When the power is cut each pending change is kept, dropped, or torn between sectors, at random
// but the same for the same seed. Knows nothing of SQLite. One thread.
// Changes answer false once the power is gone; what was under way then is pending as well.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace seals::test {

class CutDisk {
  public:
    static constexpr std::size_t kSector = 512;

    struct Change {
        std::size_t at = 0;  // of a write; else the size that the file is cut to
        Bytes bytes;         // none: a truncation
    };
    struct File {
        Bytes now;                    // as programs see it
        Bytes durable;                // as of the last sync
        std::vector<Change> pending;  // since then, in order
        bool nameless = false;        // a temporary file: no cut can leave it behind
    };
    using FilePtr = std::shared_ptr<File>;

    explicit CutDisk(std::uint64_t seed) : random_(seed) {}

    FilePtr find(const std::string& name) const;  // null: there is none
    FilePtr make(const std::string& name);
    bool remove(const std::string& name);
    static FilePtr make_nameless();

    bool write(File& file, std::size_t at, ByteView bytes);
    bool truncate(File& file, std::size_t size);
    bool sync(File& file);
    bool sync_folder();

    bool powered() const { return powered_; }
    void cut_power() { powered_ = false; }  // right now, between two changes
    // In the middle of the n-th change or sync from now; 0: not at all. With `only` ("write",
    // "truncate", "sync", "make", "remove") nothing else is counted.
    void cut_power_in(std::uint64_t n, std::string only = {}) {
        left_ = n;
        only_ = std::move(only);
    }
    // After a cut: decides what survived of what was pending, and the power is back. Whoever had
    // files open must have closed them.
    void restore_power();

    bool lies = false;  // syncs answer, and do nothing
    // What the power failed in: "write x.db-wal", "sync folder"; empty: between two changes.
    const std::string& struck() const { return struck_; }

  private:
    struct NameChange {
        std::string name;
        FilePtr file;  // none: the name was taken away
    };
    enum class Fate { kept, dropped, torn };

    bool tick(const char* what, const std::string& name);
    std::string name_of(const File& file) const;
    std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
    void choose_temper();
    Fate fate_of(std::size_t index, std::size_t count);
    void survive(File& file);
    void tear(Bytes& to, const Change& change);

    std::mt19937_64 random_;
    std::map<std::string, FilePtr> names_, durable_names_;
    std::vector<NameChange> pending_names_;
    bool powered_ = true;
    std::uint64_t left_ = 0;
    std::string only_, struck_;
    // Of this cut, in percent: how much is kept and how much of the rest is torn; in order: a
    // beginning of the changes is kept and the rest is not, as a disk without a cache leaves it.
    unsigned keep_ = 0, tear_ = 0;
    bool in_order_ = false;
};

}  // namespace seals::test
