#include "uploads.hpp"

#include <chrono>
#include <filesystem>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/bytes.hpp"
#include "base/log.hpp"
#include "http/listen.hpp"
#include "loop/inherited.hpp"
#include "programs.hpp"

namespace seals::sealsd {
namespace {

constexpr std::chrono::hours kKept{1};

bool is_old(const struct stat& file) {
    auto age = std::chrono::system_clock::now() -
               std::chrono::system_clock::from_time_t(file.st_mtim.tv_sec);
    return age > kKept;
}

}  // namespace

Result<std::unique_ptr<Uploads>> Uploads::open(loop::Loop& loop, const std::string& socket,
                                               const std::string& group, std::string spool,
                                               std::size_t most_bytes) {
    std::error_code error;
    std::filesystem::create_directories(spool, error);
    std::filesystem::permissions(spool, std::filesystem::perms::owner_all, error);
    auto listening = Result<Fd>(loop::inherited_socket(socket));
    if (!*listening) listening = http::listen_at(socket, 0660, group);
    if (!listening) return listening.error();
    return std::unique_ptr<Uploads>(
        new Uploads(loop, std::move(*listening), socket, std::move(spool), most_bytes));
}

Uploads::Uploads(loop::Loop& loop, Fd listening, std::string socket, std::string spool,
                 std::size_t most_bytes)
    : loop_(loop),
      listening_(std::move(listening)),
      socket_(std::move(socket)),
      spool_(std::move(spool)),
      most_bytes_(most_bytes) {
    watch_ = loop_.readable(listening_.get(), [this] { accept(); });
    sweeping_ = loop_.every(std::chrono::minutes{5}, [this] { sweep(); });
    sweep();
}

void Uploads::accept() {
    Fd connection(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection) return;
    auto program = find_program("sealsd-intake");
    auto status = program.empty()
                      ? Status(unavailable("sealsd-intake is not installed beside sealsd"))
                      : spawn(program, {"--receive", spool_, "--max", std::to_string(most_bytes_)},
                              connection);
    if (!status)
        log(Priority::error, "uploads", "an upload was not taken",
            {{"why", status.error().detail}});
}

Result<Fd> Uploads::find(const std::string& spool, uid_t uid, const std::string& sha256) {
    Error none{Code::not_found,
               "no file with that sha256 was sent by this user within the last hour",
               "send it to files.sock again", "sha256"};
    if (!hash_from_hex(sha256)) return none;
    auto path = spool + "/" + sha256 + "." + std::to_string(uid);
    Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat found {};
    if (!fd || ::fstat(fd.get(), &found) != 0 || !S_ISREG(found.st_mode) || is_old(found))
        return none;
    return fd;
}

void Uploads::sweep() {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(spool_, error)) {
        struct stat found {};
        if (::stat(entry.path().c_str(), &found) == 0 && is_old(found))
            std::filesystem::remove(entry.path(), error);
    }
}

}  // namespace seals::sealsd
