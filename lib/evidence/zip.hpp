// Zip archives through libzip: written from the files of a folder, read as what a stranger made.
// What is read is bounded before a byte of it is unpacked: how many, how long, how much together,
// and only names of plain files. Blocks; one thread. Code::invalid: no archive that we take, and
// why; Code::unavailable: the disk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

struct zip;

namespace seals::evidence {

// The files of `folder` by these names, in this order, whole or not at all.
Status write_zip(const std::string& path, const std::string& folder,
                 const std::vector<std::string>& names);

struct ZipEntry {
    std::string name;
    std::uint64_t size = 0;
};

struct ZipLimits {
    std::size_t entries = 250'000;
    std::uint64_t entry_bytes = std::uint64_t{256} << 20;
    std::uint64_t all_bytes = std::uint64_t{16} << 30;
    std::uint64_t ratio = 1100;  // unpacked to packed; what deflate can do at most is 1032
};

// Letters, digits, and ._- between single slashes; no part is "." or "..".
bool is_plain_name(std::string_view name);

class ZipReader {
  public:
    static Result<ZipReader> open(const std::string& path, const ZipLimits& limits = {});

    const std::vector<ZipEntry>& entries() const { return entries_; }
    bool has(const std::string& name) const;
    // Code::not_found; Code::invalid: longer than `most`, or damaged.
    Result<Bytes> read(const std::string& name, std::uint64_t most);
    // SHA-256 (hex) of an entry of any length.
    Result<std::string> sha256(const std::string& name);

  private:
    struct Close {
        void operator()(zip* archive) const;
    };
    explicit ZipReader(zip* archive) : archive_(archive) {}
    Status list(const ZipLimits& limits);
    Status each_piece(const std::string& name, const std::function<void(ByteView)>& take);

    std::unique_ptr<zip, Close> archive_;
    std::vector<ZipEntry> entries_;  // in order of name
};

}  // namespace seals::evidence
