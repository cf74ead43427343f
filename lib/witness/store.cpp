#include "witness/store.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.hpp"
#include "disk/files.hpp"
#include "leaf/hash.hpp"

namespace seals::witness {
namespace {

constexpr std::size_t kMostKeys = 8192;
constexpr std::string_view kNever = "none\n";
constexpr const char* kStateLost =
    "put the file back if it was moved; never an older one: with it a smaller tree could be "
    "cosigned. A witness that has lost it starts anew, with a new name and key";

Error corrupt(const std::string& what) {
    return Error{Code::corrupt, what, kStateLost};
}

std::string last_line(std::string_view lines) {
    if (lines.ends_with('\n')) lines.remove_suffix(1);
    auto before = lines.rfind('\n');
    return std::string(before == std::string_view::npos ? lines : lines.substr(before + 1));
}

std::string hash_of(std::string_view text) {
    leaf::Hasher hasher;
    return to_hex(hasher.sha256(as_bytes(text)));
}

// A folder that is new is itself an entry of its parent, which is to outlive a power cut, too.
Status make_folder(const std::string& path) {
    if (::access(path.c_str(), F_OK) == 0) return {};
    if (auto status = disk::make_folder(path); !status) return status;
    auto parent = std::filesystem::path(path).parent_path();
    Fd folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) return disk::disk_error(path);
    return {};
}

Result<Fd> open_lock(const std::string& path) {
    Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd) return disk::disk_error(path);
    return fd;
}

// What was cosigned last may be of a key that was in force then.
Result<leaf::OpenedCheckpoint> open_kept(std::string_view note, std::string_view keys) {
    auto out = Result<leaf::OpenedCheckpoint>(corrupt("no key is there"));
    for (auto line : split(keys, '\n')) {
        auto key = leaf::parse_vkey(line);
        if (!key) continue;
        out = leaf::open_checkpoint(note, *key);
        if (out) break;
    }
    return out;
}

}  // namespace

Result<Store> Store::open(const std::string& dir) {
    for (const auto* part : {"", "/logs", "/forks"})
        if (auto status = make_folder(dir + part); !status) return status.error();
    return Store(dir);
}

std::string Store::path(const std::string& origin, const char* what) const {
    return dir_ + "/logs/" + hash_of(origin) + what;
}

// flock(2) has no deadline of its own.
Result<Fd> Store::lock(milliseconds at_most) const {
    auto fd = open_lock(dir_ + "/lock");
    for (milliseconds waited{0}; fd && ::flock(fd->get(), LOCK_EX | LOCK_NB) != 0;) {
        if (errno != EWOULDBLOCK && errno != EINTR) return disk::disk_error(dir_ + "/lock");
        if (waited >= at_most)
            return Error{Code::timeout,
                         dir_ + " was in use for " + std::to_string(at_most.count()) +
                             " ms; nothing was "
                             "cosigned",
                         "try again; fuser " + dir_ + "/lock tells who holds it"};
        constexpr milliseconds kStep{10};
        ::poll(nullptr, 0, static_cast<int>(kStep.count()));
        waited += kStep;
    }
    return fd;
}

Result<Fd> Store::lock_serving() const {
    auto fd = open_lock(dir_ + "/serving");
    if (fd && ::flock(fd->get(), LOCK_EX | LOCK_NB) != 0)
        return Error{Code::conflict, "another witness serves " + dir_,
                     "one serves a folder; give this one a folder and a key of its own"};
    return fd;
}

// --- the witness's own key ---

Result<Identity> Store::identity() const {
    auto found = read_identity(dir_ + "/key");
    if (!found) return found.error();
    if (*found) return std::move(**found);
    return Error{Code::not_found, dir_ + " has no key yet",
                 "make one: sealctl witness key --name NAME --dir " + dir_};
}

Result<Identity> Store::identity(const std::string& name) const {
    auto found = read_identity(dir_ + "/key");
    if (!found) return found.error();
    if (!*found) return make_identity(dir_ + "/key", name);
    if ((*found)->name == name) return std::move(**found);
    return Error{Code::conflict,
                 "the key in " + dir_ + " is of " + (*found)->name + ", not " + name,
                 "a second witness has a folder of its own"};
}

// --- logs ---

// The state first: a key without one would be a log whose state was lost.
Result<bool> Store::pin(const leaf::PublicKey& key, bool rotated) const {
    if (key.type != leaf::KeyType::signs)
        return invalid("VKEYFILE",
                       "the key of " + key.name +
                           " is a witness's (type 4); a log's is what sealctl evidence key "
                           "prints there");
    auto file = path(key.name, ".key");
    auto there = disk::read_file(file, kMostKeys);
    if (!there) return there.error();
    auto line = key.vkey() + "\n";
    auto lines = there->value_or("");
    if (lines.ends_with(line)) return false;
    if (!lines.empty() && (!rotated || lines.find(line) != std::string::npos))
        return Error{Code::conflict,
                     "another key of " + key.name + " is trusted here: " + last_line(lines),
                     "a log that rotated its key says so in its own ledger; when whoever runs it "
                     "says so, too: --rotated"};
    if (lines.size() + line.size() > kMostKeys)
        return Error{Code::conflict, key.name + " rotated its key too often",
                     "witness it under a new name"};
    auto state = path(key.name, ".checkpoint");
    if (lines.empty() && ::access(state.c_str(), F_OK) != 0)
        if (auto status = disk::write_file(state, kNever); !status) return status.error();
    if (auto status = disk::write_file(file, lines + line); !status) return status.error();
    return true;
}

Result<std::optional<Kept>> Store::read(const std::string& origin,
                                        const leaf::PublicKey& own) const {
    auto keys = disk::read_file(path(origin, ".key"), kMostKeys);
    if (!keys) return keys.error();
    if (!*keys) return std::optional<Kept>{};
    auto key = leaf::parse_vkey(last_line(**keys));
    if (!key || key->name != origin) return corrupt(path(origin, ".key") + " is not its key");
    auto file = path(origin, ".checkpoint");
    auto note = disk::read_file(file, leaf::kMaxNoteBytes);
    if (!note) return note.error();
    if (!*note) return corrupt(file + " is gone: what was cosigned of " + origin + " is not known");
    Kept out{{std::move(*key), {}}, {}, {}};
    if (**note == kNever) return std::optional(std::move(out));
    auto opened = open_kept(**note, **keys);
    if (!opened) return corrupt(file + ": " + opened.error().detail);
    for (const auto& signature : opened->note.signatures)
        if (auto time = leaf::check_cosignature(opened->checkpoint, signature, own))
            out.cosigned_at = *time;
    if (!out.cosigned_at) return corrupt(file + " was not cosigned with the key of " + own.name);
    out.log.cosigned = std::move(opened->checkpoint);
    out.note = std::move(**note);
    return std::optional(std::move(out));
}

Status Store::keep(const std::string& origin, const std::string& cosigned_note) const {
    return disk::write_file(path(origin, ".checkpoint"), cosigned_note);
}

Result<std::vector<std::string>> Store::origins() const {
    std::vector<std::string> out;
    std::error_code error;
    std::filesystem::directory_iterator at(dir_ + "/logs", error), end;
    for (; !error && at != end; at.increment(error)) {
        if (at->path().extension() != ".key" || at->path().filename().string().starts_with('.'))
            continue;
        auto keys = disk::read_file(at->path(), kMostKeys);
        if (!keys) return keys.error();
        auto key = leaf::parse_vkey(last_line(keys->value_or("")));
        if (!key) return corrupt(at->path().string() + " is no key");
        out.push_back(key->name);
    }
    if (error) return unavailable(dir_ + "/logs: " + error.message());
    std::sort(out.begin(), out.end());
    return out;
}

// --- forks ---

Result<std::string> Store::keep_fork(const std::string& cosigned_note,
                                     const std::string& other_note,
                                     const leaf::Checkpoint& other) const {
    auto stem = dir_ + "/forks/" + hash_of(other.origin).substr(0, 16) + "-" +
                std::to_string(other.size) + "-" + to_hex(other.root).substr(0, 16);
    if (::access((stem + ".other").c_str(), F_OK) == 0) return stem;
    std::error_code error;
    std::filesystem::directory_iterator at(dir_ + "/forks", error), end;
    std::size_t files = 0;
    for (; !error && at != end; at.increment(error))
        ++files;
    if (files >= 2 * kMostForks) return std::string{};
    if (auto status = disk::write_file(stem + ".cosigned", cosigned_note); !status)
        return status.error();
    if (auto status = disk::write_file(stem + ".other", other_note); !status) return status.error();
    return stem;
}

}  // namespace seals::witness
