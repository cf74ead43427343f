#include "engine/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compact_time.hpp"
#include "base/fd.hpp"
#include "base/log.hpp"
#include "engine/tree_root.hpp"
#include "engine/verifier.hpp"
#include "evidence/whole_file.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/hash.hpp"
#include "ledger/copy.hpp"

namespace seals::engine {
namespace {

constexpr const char* kFolder = "/backups";
constexpr const char* kMaking = "/making.part";
constexpr std::uint64_t kSpare = 64U << 20;  // of the disk, left for custody
constexpr std::size_t kPiece = 1U << 20;
constexpr std::size_t kSizeDigits = 12;  // so that names sort as sizes do

Error disk(const std::string& path) {
    return unavailable(path + ": " + std::strerror(errno), "look at the disk of that folder");
}

struct Job {
    std::string ledger, folder;
    std::optional<leaf::Checkpoint> signed_before;
    Instant now;
    std::size_t keep = 0;
    const std::atomic<bool>* cancel = nullptr;
};

std::string mib(std::uint64_t bytes) {
    return std::to_string((bytes >> 20) + 1) + " MiB";
}

// A backup that fills the disk would stop custody.
Status check_room(const Job& job) {
    std::error_code error;
    auto size = std::filesystem::file_size(job.ledger, error);
    if (error) return unavailable(job.ledger + ": " + error.message());
    auto room = std::filesystem::space(job.folder, error).available;
    if (error) return unavailable(job.folder + ": " + error.message());
    if (room >= size + kSpare) return {};
    return unavailable(
        "a backup needs " + mib(size + kSpare) + " of room, there are " + mib(room),
        "free space on the disk of " + job.folder + ", or keep fewer: [backup] keep");
}

Status make_folder(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return disk(folder);
    return evidence::sync_folder_of(folder);
}

void drop_part(const std::string& folder) {
    for (const auto* end : {"", "-wal", "-shm", "-journal"})
        ::unlink((folder + kMaking + end).c_str());
}

// The copy, by itself and against what was signed before it was made.
Status check_copy(const std::string& path, const Job& job, BackupMade& made) {
    ledger::VerifyOptions options;
    options.cancel = job.cancel;
    auto report = verify_views(path, options);
    if (!report) return report.error();
    if (!report->ok)
        return Error{Code::corrupt,
                     "the copy does not verify: entry " + std::to_string(report->first_bad->seq) +
                         ": " + report->first_bad->reason,
                     "run `sealctl verify`; keep the backups there are"};
    made.size = report->size;
    made.root = report->root;
    if (!job.signed_before) return {};
    auto reader = ledger::Reader::open(path);
    if (!reader) return reader.error();
    auto root = made.size < job.signed_before->size ? Result<Hash>(Hash{})
                                                    : root_at(*reader, job.signed_before->size);
    if (!root) return root.error();
    if (*root == job.signed_before->root) return {};
    return Error{Code::corrupt, "the copy is not what was signed when it was begun",
                 "run `sealctl verify`; keep the backups there are"};
}

Status weigh(const std::string& path, BackupMade& made) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return disk(path);
    leaf::Sha256 sha256;
    Bytes piece(kPiece);
    for (;;) {
        auto got = ::read(file.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return disk(path);
        if (got == 0) break;
        sha256.add(ByteView(piece).first(static_cast<std::size_t>(got)));
        made.bytes += static_cast<std::uint64_t>(got);
    }
    made.sha256 = to_hex(sha256.finish());
    return {};
}

std::string name_of(std::uint64_t size, Instant at) {
    auto digits = std::to_string(size);
    digits.insert(0, digits.size() < kSizeDigits ? kSizeDigits - digits.size() : 0, '0');
    return "ledger-" + digits + "-" + to_compact_utc(at) + ".db";
}

// Only what has such a name is ours to take away.
std::uint64_t drop_older(const std::string& folder, std::size_t keep) {
    std::vector<std::string> all;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        auto name = entry.path().filename().string();
        bool ours = name.starts_with("ledger-") && name.ends_with("Z.db") &&
                    name.size() == name_of(0, {}).size();
        if (ours) all.push_back(entry.path().string());
    }
    std::sort(all.begin(), all.end());
    std::uint64_t dropped = 0;
    for (std::size_t i = 0; i + keep < all.size(); ++i)
        if (::unlink(all[i].c_str()) == 0) ++dropped;
    return dropped;
}

Result<BackupMade> make(const Job& job) {
    if (auto status = make_folder(job.folder); !status) return status.error();
    drop_part(job.folder);  // of one that was killed
    if (auto status = check_room(job); !status) return status.error();
    BackupMade made;
    auto part = job.folder + kMaking;
    ledger::CopyOptions options;
    options.cancel = job.cancel;
    auto status = ledger::copy_ledger(job.ledger, part, options);
    if (status) status = check_copy(part, job, made);
    if (status) status = weigh(part, made);
    made.path = job.folder + "/" + name_of(made.size, job.now);
    if (status && std::rename(part.c_str(), made.path.c_str()) != 0) status = disk(made.path);
    if (status) status = evidence::sync_folder_of(made.path);
    drop_part(job.folder);
    if (!status) return status.error();
    made.dropped = drop_older(job.folder, job.keep);
    return made;
}

}  // namespace

Backup::Backup(loop::Loop& loop, Engine& engine, Signer& signer, std::size_t keep)
    : engine_(engine),
      signer_(signer),
      keep_(keep),
      worker_(loop, "backup", loop::Pace::background) {
    worker_.submit([folder = engine.store().folder() + kFolder]() -> loop::Reply {
        drop_part(folder);
        return {};
    });
}

void Backup::run(const Actor& actor, std::function<void(Result<BackupMade>)> done) {
    if (running_) return done(Error{Code::conflict, "a backup is being made", "wait for its end"});
    running_ = true;
    signer_.sign([this, actor, done = std::move(done)](const Signer::Signed& checkpoint) {
        copy(actor, checkpoint, done);
    });
}

// Where nothing can be signed the copy is verified by itself.
void Backup::copy(const Actor& actor, const Signer::Signed& checkpoint,
                  std::function<void(Result<BackupMade>)> done) {
    auto& store = engine_.store();
    Job job{store.path(), store.folder() + kFolder, {}, engine_.moment().now, keep_, &cancel_};
    if (checkpoint)
        if (auto opened = leaf::read_checkpoint(checkpoint->note))
            job.signed_before = opened->checkpoint;
    worker_.submit([this, job, actor, done = std::move(done)]() -> loop::Reply {
        auto made = std::make_shared<Result<BackupMade>>(make(job));
        return [this, made, actor, done] {
            running_ = false;
            if (*made) return record(actor, **made, done);
            log(Priority::error, "backup", "no backup was made: " + made->error().detail,
                {{"remedy", made->error().remedy}});
            done(made->error());
        };
    });
}

void Backup::record(const Actor& actor, const BackupMade& made,
                    const std::function<void(Result<BackupMade>)>& done) {
    rules::BackupDone fact{made.sha256, to_base64(made.root), static_cast<std::int64_t>(made.bytes),
                           static_cast<std::int64_t>(made.size)};
    engine_.submit({fact, actor, [made, done](const Outcome& outcome) {
                        if (outcome.error) return done(*outcome.error);
                        auto out = made;
                        if (!outcome.events.empty()) out.seq = outcome.events.front().seq;
                        done(out);
                    }});
}

}  // namespace seals::engine
