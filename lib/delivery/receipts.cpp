#include "delivery/receipts.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.hpp"
#include "disk/files.hpp"
#include "wire/json.hpp"

namespace seals::delivery {
Result<Receipts> Receipts::open(const std::string& dir, const std::string& program) {
    ::mkdir(dir.c_str(), 0700);
    Receipts receipts;
    receipts.dir_ = dir;
    receipts.program_ = program;
    auto path = dir + "/lock";
    receipts.lock_ = Fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!receipts.lock_)
        return unavailable(path + ": " + std::strerror(errno),
                           "make --state a folder that " + program + " may write");
    if (::flock(receipts.lock_.get(), LOCK_EX | LOCK_NB) != 0)
        return Error{Code::conflict, "another " + program + " has " + dir,
                     "stop it, or give this one a folder of its own"};
    if (auto status = receipts.load(); !status) return status.error();
    return receipts;
}

Status Receipts::load() {
    std::ifstream file(dir_ + "/cursor");
    std::string text;
    if (file && std::getline(file, text)) {
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cursor_);
        fresh_ = error != std::errc();
        if (fresh_)
            log(Priority::warning, program_, "the cursor is damaged: what was told is told again",
                {{"file", dir_ + "/cursor"}});
    }
    read_lines(dir_ + "/receipts.ndjson.1");
    read_lines(dir_ + "/receipts.ndjson");
    return begin_file();
}

// A last line that a crash cut short is no receipt.
void Receipts::read_lines(const std::string& path) {
    std::ifstream file(path);
    for (std::string line; file && std::getline(file, line);) {
        auto receipt = wire::parse_json(line);
        if (!receipt) continue;
        auto seq = static_cast<std::uint64_t>(receipt->integer_or("seq"));
        if (seq > cursor_) known_.emplace(seq, receipt->text_or("hook"));
    }
}

Status Receipts::begin_file() {
    auto path = dir_ + "/receipts.ndjson";
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0 && found.st_size > kMostBytes)
        ::rename(path.c_str(), (path + ".1").c_str());
    file_ = Fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!file_) return disk::disk_error(path);
    return {};
}

// Begins on a line of its own, whatever a crash left of the one before.
Status Receipts::add(std::uint64_t seq, const std::string& hook, const Value& receipt) {
    known_.emplace(seq, hook);
    auto path = dir_ + "/receipts.ndjson";
    struct stat now {};
    if (::fstat(file_.get(), &now) == 0 && now.st_size > kMostBytes)
        if (auto status = begin_file(); !status) return status;
    char last = '\n';
    Fd reader(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (now.st_size > 0 && reader) [[maybe_unused]]
        auto got = ::pread(reader.get(), &last, 1, now.st_size - 1);
    return disk::write_synced(file_.get(),
                              (last == '\n' ? "" : "\n") + wire::dump_json(receipt) + "\n", path);
}

Status Receipts::advance(std::uint64_t to) {
    if (to <= cursor_ && !fresh_) return {};
    auto path = dir_ + "/cursor";
    if (auto status = disk::write_file(path, std::to_string(to) + "\n"); !status) return status;
    cursor_ = to;
    fresh_ = false;
    known_.erase(known_.begin(), known_.lower_bound({to + 1, ""}));
    return {};
}

}  // namespace seals::delivery
