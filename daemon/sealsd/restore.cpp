#include "restore.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/problem.hpp"
#include "engine/restore.hpp"
#include "loop/system_clock.hpp"
#include "wire/backup.hpp"
#include "wire/json.hpp"

namespace seals::sealsd {
namespace {

// What root puts there sealsd could not open: so root becomes the folder's owner first.
Status become_owner_of(const std::string& state) {
    struct stat info {};
    if (::geteuid() != 0 || ::stat(state.c_str(), &info) != 0 || info.st_uid == 0) return {};
    bool done = ::setgroups(1, &info.st_gid) == 0 && ::setgid(info.st_gid) == 0 &&
                ::setuid(info.st_uid) == 0;
    if (done) return {};
    return unavailable("cannot act as the owner of " + state + ": " + std::strerror(errno),
                       "run it as the user of sealsd");
}

Result<engine::Restored> restore_locked(const config::Config& config, const RestoreOptions& options,
                                        uid_t who) {
    auto lock = lock_folder(config.paths.state);
    if (!lock) return lock.error();
    ::setenv("SQLITE_TMPDIR", config.paths.state.c_str(), 1);
    engine::RestoreAsk ask{config.paths.state,
                           config.origin(),
                           options.file,
                           options.newer,
                           options.new_origin,
                           options.basis,
                           {std::to_string(who), "uid"}};
    loop::SystemClock clock;
    return engine::restore(ask, clock);
}

wire::RestoreReply reply_of(const engine::Restored& restored) {
    auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    wire::RestoreReply reply{restored.origin, to_base64(restored.root), restored.replaced, "ok"};
    reply.size = number(restored.size);
    reply.appended = number(restored.appended);
    reply.without_texts = number(restored.without_texts);
    reply.held = restored.held;
    reply.new_origin = restored.new_origin;
    return reply;
}

}  // namespace

int restore_and_tell(const config::Config& config, const RestoreOptions& options) {
    auto who = ::getuid();
    auto owner = become_owner_of(config.paths.state);
    auto restored =
        owner ? restore_locked(config, options, who) : Result<engine::Restored>(owner.error());
    auto told = restored ? wire::write(reply_of(*restored)) : api::problem_of(restored.error());
    std::puts(wire::dump_json(told).c_str());
    return restored ? 0 : row_of(restored.error().code).exit;
}

Result<Fd> lock_folder(const std::string& state) {
    std::error_code error;
    std::filesystem::create_directories(state, error);
    auto path = state + "/sealsd.lock";
    Fd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock)
        return unavailable(path + ": " + std::strerror(errno),
                           "make [paths] state a folder that sealsd may write");
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
        return Error{Code::conflict, "another sealsd runs on " + state, "stop it first"};
    return lock;
}

}  // namespace seals::sealsd
