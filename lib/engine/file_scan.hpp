// File scan: which kept files the entries name, and which of them were purged. Blocks: a worker's,
// with a reader of its own; in pages, so that it may run beside the writer. 56 bytes for each
// naming stay in memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "ledger/reader.hpp"
#include "words/retention.hpp"

namespace seals::engine {

struct Naming {
    Hash sha256{};
    std::uint64_t seq = 0;
    std::uint32_t request = 0;  // place in FileScan::requests; 0: none
    RetentionClass klass = RetentionClass::lists;
    bool purged = false;  // this entry says that the file is gone
    Instant at;

    friend bool operator<(const Naming& a, const Naming& b) {
        return a.sha256 != b.sha256 ? a.sha256 < b.sha256 : a.seq < b.seq;
    }
};

struct FileScan {
    std::uint64_t size = 0;       // entries looked through
    std::vector<Naming> namings;  // by hash, then seq
    std::vector<RequestId> requests{RequestId{}};
};

// Code::unavailable: cancelled. Otherwise as a read.
Result<FileScan> scan_files(ledger::Reader& reader, std::uint64_t after,
                            const std::vector<std::string>& finance_types,
                            const std::atomic<bool>& cancel);

// The namings of one file, in order; `gone`: the last word of the ledger is that it was purged.
struct NamedFile {
    std::span<const Naming> namings;
    bool gone = false;

    const Hash& sha256() const { return namings.front().sha256; }
    std::uint64_t seq() const;  // of the newest entry that names it
};
void each_file(const FileScan& scan, const std::function<void(const NamedFile&)>& call);
// Whether the scan has that file, and it is not gone.
bool is_kept(const FileScan& scan, const Hash& sha256);

}  // namespace seals::engine
