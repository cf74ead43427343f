#include "engine/newer.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "engine/tree_root.hpp"
#include "leaf/dump.hpp"
#include "ledger/reader.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kAtOnce = 256;
constexpr std::size_t kPiece = 1U << 20;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

Error another_tree(const std::string& path, std::uint64_t size) {
    return {Code::corrupt,
            path + ": its first " + std::to_string(size) + " entries are not those of the backup",
            "it is a copy of another ledger, or altered: give another copy"};
}

Error unreadable(const std::string& path) {
    return {errno == ENOENT ? Code::not_found : Code::unavailable,
            path + ": " + std::strerror(errno),
            "name a file that the owner of the state folder can read"};
}

// Collects leaves and appends them by the page.
class Appending {
  public:
    explicit Appending(ledger::Ledger& ledger) : ledger_(ledger) {}

    Status add(ledger::GivenLeaf leaf) {
        waiting_.push_back(std::move(leaf));
        return waiting_.size() < kAtOnce ? Status{} : flush();
    }
    Status flush() {
        if (waiting_.empty()) return {};
        auto done = ledger_.extend(waiting_);
        if (!done) return done.error();
        appended_ += waiting_.size();
        waiting_.clear();
        return {};
    }
    std::uint64_t appended() const { return appended_; }

  private:
    ledger::Ledger& ledger_;
    std::vector<ledger::GivenLeaf> waiting_;
    std::uint64_t appended_ = 0;
};

// What lies before ours is the same: then what comes after continues it.
class DumpSource {
  public:
    DumpSource(ledger::Ledger& ledger, const std::string& path)
        : ledger_(ledger), path_(path), size_(ledger.size()), appending_(ledger) {
        check_.watch(size_);
    }

    Status take(ByteView bytes) {
        if (auto status = check_.take(bytes); !status) return status;
        auto seq = check_.tree().size();
        if (seq == size_ && *check_.root_at(size_) != ledger_.root())
            return another_tree(path_, size_);
        return seq <= size_ ? Status{} : appending_.add({to_bytes(bytes), {}});
    }
    Result<Fetched> finish() {
        if (auto status = appending_.flush(); !status) return status.error();
        return Fetched{appending_.appended(), appending_.appended()};
    }

  private:
    ledger::Ledger& ledger_;
    const std::string& path_;
    std::uint64_t size_;
    leaf::DumpCheck check_;
    Appending appending_;
};

}  // namespace

bool is_database(const std::string& path) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, kMagic.size()> start{};
    if (!file || ::read(file.get(), start.data(), start.size()) < 0) return false;
    return std::string_view(start.data(), start.size()) == kMagic;
}

// Nobody has a connection to it in this process: opening the file takes no lock of SQLite's away.
Status copy_plain(const std::string& from, const std::string& to) {
    if (::access(from.c_str(), R_OK) != 0) return unreadable(from);
    for (const auto* end : {"", "-wal"}) {
        std::error_code error;
        auto source = from + end;
        if (!std::filesystem::exists(source, error)) continue;
        std::filesystem::copy_file(source, to + end, error);
        if (error)
            return unavailable(source + ": " + error.message(), "make room on the state's disk");
        ::chmod((to + end).c_str(), S_IRUSR | S_IWUSR);
    }
    return {};
}

Result<Fetched> fetch_from_copy(ledger::Ledger& ledger, const std::string& path) {
    auto reader = ledger::Reader::open(path);
    if (!reader) return reader.error();
    auto size = reader->size();
    if (!size) return size.error();
    auto ours = ledger.size();
    if (*size <= ours) return Fetched{};
    auto root = root_at(*reader, ours);
    if (!root) return root.error();
    if (*root != ledger.root()) return another_tree(path, ours);
    Appending appending(ledger);
    for (auto seq = ours + 1; seq <= *size; ++seq) {
        auto leaf = reader->leaf(seq);
        auto texts = reader->openings(seq);
        if (!leaf || !texts) return !leaf ? leaf.error() : texts.error();
        if (auto s = appending.add({std::move(*leaf), std::move(*texts)}); !s) return s.error();
    }
    if (auto status = appending.flush(); !status) return status.error();
    return Fetched{appending.appended(), 0};
}

Result<Fetched> fetch_from_dump(ledger::Ledger& ledger, const std::string& path) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return unreadable(path);
    DumpSource source(ledger, path);
    leaf::DumpReader reader([&](ByteView leaf) { return source.take(leaf); });
    Bytes piece(kPiece);
    for (;;) {
        auto got = ::read(file.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(path);
        if (got == 0) break;
        auto status = reader.add(ByteView(piece).first(static_cast<std::size_t>(got)));
        if (!status) return status.error();
    }
    if (auto status = reader.finish(); !status) return status.error();
    return source.finish();
}

}  // namespace seals::engine
