#include "hook.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace seals::alertd {
namespace {

Error system_error(const std::string& what) {
    return unavailable(what + ": " + std::strerror(errno));
}

bool is_hook(const std::filesystem::directory_entry& entry) {
    auto name = entry.path().filename().string();
    std::error_code error;
    if (!entry.is_regular_file(error) || ::access(entry.path().c_str(), X_OK) != 0) return false;
    bool left_behind = name.ends_with('~') || name.find(".dpkg-") != std::string::npos ||
                       name.find(".rpm") != std::string::npos;
    return !name.starts_with('.') && !left_behind;
}

// A file in memory: written whole before the program starts, however long it is.
Result<Fd> input_of(const std::string& text) {
    Fd fd(::memfd_create("alert", MFD_CLOEXEC));
    if (!fd) return system_error("memfd_create");
    for (std::size_t at = 0; at < text.size();) {
        auto written = ::write(fd.get(), text.data() + at, text.size() - at);
        if (written < 0 && errno != EINTR) return system_error("write");
        if (written > 0) at += static_cast<std::size_t>(written);
    }
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

// In a group of its own, with the signals as a program expects them.
int spawn(const std::string& path, int input, int output, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    sigset_t none, ours;
    sigemptyset(&none);
    sigemptyset(&ours);
    for (int signal : {SIGPIPE, SIGTERM, SIGINT, SIGCHLD, SIGHUP})
        sigaddset(&ours, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &ours);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::array<char*, 2> argv{const_cast<char*>(path.c_str()), nullptr};
    int error = ::posix_spawn(&pid, path.c_str(), &actions, &attributes, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

std::string outcome_of(int status, bool timed_out) {
    if (timed_out) return "time-out";
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
    auto exit = WEXITSTATUS(status);
    return exit == 0 ? "ok" : "exit " + std::to_string(exit);
}

}  // namespace

Result<std::vector<std::string>> hooks_in(const std::string& dir) {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator at(dir, error), end; !error && at != end;
         at.increment(error))
        if (is_hook(*at)) names.push_back(at->path().filename());
    if (error)
        return unavailable(dir + ": " + error.message(),
                           "make the folder, or name another with --hooks");
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::unique_ptr<Hook>> Hook::start(loop::Loop& loop, const std::string& path,
                                          const std::string& input, milliseconds limit) {
    auto text = input_of(input);
    if (!text) return text.error();
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("pipe");
    Fd reader(ends[0]), writer(ends[1]);
    ::fcntl(reader.get(), F_SETFL, O_NONBLOCK);
    pid_t pid = 0;
    int error = spawn(path, text->get(), writer.get(), pid);
    if (error == ENOENT || error == EACCES)
        return Error{Code::not_found, path + ": " + std::strerror(error), ""};
    if (error != 0) return unavailable(path + ": " + std::strerror(error));
    return std::unique_ptr<Hook>(new Hook(loop, pid, std::move(reader), limit));
}

Hook::Hook(loop::Loop& loop, pid_t pid, Fd output, milliseconds limit)
    : pid_(pid), output_(std::move(output)) {
    watch_ = loop.readable(output_.get(), [this] { read_output(); });
    limit_ = loop.after(limit, [this] {
        timed_out_ = true;
        kill_group();
    });
}

Hook::~Hook() {
    if (pid_ <= 0) return;
    kill_group();
    ::waitpid(pid_, nullptr, WNOHANG);
}

void Hook::kill_group() const {
    ::kill(-pid_, SIGKILL);
}

// A turn of the loop reads so much and no more: a flood keeps nobody else waiting.
void Hook::read_output() {
    std::array<char, 65536> buffer;
    auto got = ::read(output_.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        watch_ = {};
        return;
    }
    auto room = kKept - std::min(kKept, said_.size());
    said_.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
}

std::optional<Hook::End> Hook::end() {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    if (watch_) read_output();
    kill_group();  // what it left behind
    pid_ = 0;
    auto outcome = outcome_of(status, timed_out_);
    auto took = std::chrono::steady_clock::now() - began_;
    return End{outcome == "ok", outcome, said_, std::chrono::duration_cast<milliseconds>(took)};
}

}  // namespace seals::alertd
