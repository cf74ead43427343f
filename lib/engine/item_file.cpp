#include "engine/item_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/random.hpp"
#include "evidence/whole_file.hpp"
#include "leaf/canonical.hpp"

namespace seals::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWrite = 64 * 1024;
constexpr std::size_t kRead = 64 * 1024;
constexpr const char* kEnding = ".ndjson";
constexpr const char* kTemporary = ".writing-";

Error cannot(const std::string& what, const std::string& path) {
    return unavailable(path + ": " + what + ": " + std::strerror(errno),
                       "free space on the disk of [paths] state, then run it again");
}

std::string path_of(const std::string& folder, const std::string& sha256) {
    return folder + "/" + sha256 + kEnding;
}

Status write_all(int fd, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        auto done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return cannot("write", path);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

// Bytes of a file from a place on, line by line.
class Lines {
  public:
    Lines(int fd, std::uint64_t place) : fd_(fd), place_(place) {}

    std::uint64_t place() const { return place_; }  // of the line that comes next
    Result<std::optional<std::string>> next() {
        auto end = text_.find('\n');
        while (end == std::string::npos) {
            auto before = text_.size();
            if (auto status = read_more(); !status) return status.error();
            if (text_.size() == before) return std::optional<std::string>{};
            end = text_.find('\n', before);
        }
        auto line = text_.substr(0, end);
        text_.erase(0, end + 1);
        place_ += end + 1;
        return std::optional{std::move(line)};
    }

  private:
    Status read_more() {
        auto have = text_.size();
        text_.resize(have + kRead);
        ssize_t got = 0;
        do
            got = ::pread(fd_, text_.data() + have, kRead, static_cast<off_t>(place_ + have));
        while (got < 0 && errno == EINTR);
        text_.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        return got < 0 ? Status(cannot("read", "an item file")) : Status();
    }

    int fd_;
    std::uint64_t place_;
    std::string text_;
};

bool begins_a_line(int fd, std::uint64_t place) {
    char before = 0;
    return place == 0 ||
           (::pread(fd, &before, 1, static_cast<off_t>(place - 1)) == 1 && before == '\n');
}

}  // namespace

Result<ItemWriter> ItemWriter::create(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    auto temporary = folder + "/" + kTemporary + random_hex(8);
    Fd file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!file) return cannot("create", temporary);
    return ItemWriter(folder, std::move(temporary), std::move(file));
}

ItemWriter::~ItemWriter() {
    if (file_) ::unlink(temporary_.c_str());
}

Status ItemWriter::add(const Value& item) {
    auto bytes = leaf::encode_value(item);
    if (!bytes) return bytes.error();
    waiting_.append(as_text(*bytes));
    waiting_ += '\n';
    return waiting_.size() < kWrite ? Status() : flush();
}

Status ItemWriter::flush() {
    sum_.add(as_bytes(waiting_));
    auto status = write_all(file_.get(), waiting_, temporary_);
    waiting_.clear();
    return status;
}

Result<std::string> ItemWriter::publish() {
    if (auto status = flush(); !status) return status.error();
    if (::fsync(file_.get()) != 0) return cannot("fsync", temporary_);
    auto sha256 = to_hex(sum_.finish());
    if (::rename(temporary_.c_str(), path_of(folder_, sha256).c_str()) != 0)
        return cannot("rename", temporary_);
    file_.reset();
    if (auto status = evidence::sync_folder_of(temporary_); !status) return status.error();
    return sha256;
}

Result<ItemPage> read_items(const std::string& folder, const std::string& sha256,
                            std::uint64_t place, std::size_t limit) {
    Fd file(::open(path_of(folder, sha256).c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return Error{Code::not_found, "the items of that run are no longer kept",
                     "run it again; its totals and the hash of its items are in the ledger"};
    if (!begins_a_line(file.get(), place)) return invalid("cursor", "no item begins there");
    Lines lines(file.get(), place);
    ItemPage page;
    for (;;) {
        auto at = lines.place();
        auto line = lines.next();
        if (!line) return line.error();
        if (!*line) return page;
        if (page.items.size() == limit) {
            page.next = at;
            return page;
        }
        auto item = leaf::decode_value(as_bytes(**line));
        if (!item) return Error{Code::corrupt, "item file " + sha256 + ": " + item.error().detail};
        page.items.push_back(std::move(*item));
    }
}

void prune_items(const std::string& folder, std::size_t most_files, std::uint64_t most_bytes) {
    struct File {
        fs::file_time_type at;
        fs::path path;
        std::uint64_t size;
    };
    std::vector<File> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        bool left_over = entry.path().filename().string().starts_with(kTemporary);
        if (left_over)
            fs::remove(entry.path(), error);
        else if (entry.path().extension() == kEnding)
            files.push_back({entry.last_write_time(error), entry.path(), entry.file_size(error)});
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.at > b.at; });
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
        bytes += files[i].size;
        if (i >= most_files || (i > 0 && bytes > most_bytes)) fs::remove(files[i].path, error);
    }
}

}  // namespace seals::engine
