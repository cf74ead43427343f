#include "delivery/hook.hpp"

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

namespace seals::delivery {
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
    Fd fd(::memfd_create("errand", MFD_CLOEXEC));
    if (!fd) return system_error("memfd_create");
    for (std::size_t at = 0; at < text.size();) {
        auto written = ::write(fd.get(), text.data() + at, text.size() - at);
        if (written < 0 && errno != EINTR) return system_error("write");
        if (written > 0) at += static_cast<std::size_t>(written);
    }
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

std::vector<char*> environment_of(const std::vector<std::string>& more) {
    std::vector<char*> out;
    for (char** one = environ; *one != nullptr; ++one)
        out.push_back(*one);
    for (const auto& one : more)
        out.push_back(const_cast<char*>(one.c_str()));
    out.push_back(nullptr);
    return out;
}

// In a group of its own, with the signals as a program expects them. `output` -1: thrown away.
int spawn(const Errand& errand, int input, int errors, int output, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
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
    std::array<char*, 2> argv{const_cast<char*>(errand.path.c_str()), nullptr};
    auto environment = environment_of(errand.environment);
    int error = ::posix_spawn(&pid, errand.path.c_str(), &actions, &attributes, argv.data(),
                              environment.data());
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

namespace {

struct Pipe {
    Fd reader, writer;
};

Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("pipe");
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pipe{Fd(ends[0]), Fd(ends[1])};
}

}  // namespace

Result<std::unique_ptr<Hook>> Hook::start(loop::Loop& loop, const Errand& errand) {
    auto text = input_of(errand.input);
    if (!text) return text.error();
    auto errors = make_pipe();
    if (!errors) return errors.error();
    auto output = errand.answers ? make_pipe() : Result<Pipe>(Pipe{});
    if (!output) return output.error();
    pid_t pid = 0;
    int error = spawn(errand, text->get(), errors->writer.get(), output->writer.get(), pid);
    if (error == ENOENT || error == EACCES)
        return Error{Code::not_found, errand.path + ": " + std::strerror(error), ""};
    if (error != 0) return unavailable(errand.path + ": " + std::strerror(error));
    return std::unique_ptr<Hook>(
        new Hook(loop, pid, std::move(errors->reader), std::move(output->reader), errand.limit));
}

Hook::Hook(loop::Loop& loop, pid_t pid, Fd errors, Fd output, milliseconds limit) : pid_(pid) {
    errors_.fd = std::move(errors);
    errors_.most = kKept;
    output_.fd = std::move(output);
    output_.most = kMostAnswer;
    for (auto* stream : {&errors_, &output_})
        if (stream->fd)
            stream->watch = loop.readable(stream->fd.get(), [stream] { read_some(*stream); });
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
bool Hook::read_some(Stream& stream) {
    std::array<char, 65536> buffer;
    auto got = ::read(stream.fd.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (got <= 0) {
        stream.watch = {};
        return false;
    }
    auto read = static_cast<std::size_t>(got);
    auto room = stream.most - std::min(stream.most, stream.text.size());
    stream.text.append(buffer.data(), std::min(room, read));
    if (read > room) stream.more = true;
    return true;
}

// What a program left in the pipe when it ended; not more than one may keep.
void Hook::drain(Stream& stream) {
    while (stream.watch && !stream.more && read_some(stream)) {
    }
}

std::optional<Hook::End> Hook::end() {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    drain(errors_);
    drain(output_);
    kill_group();  // what it left behind
    pid_ = 0;
    auto took = std::chrono::steady_clock::now() - began_;
    End end;
    end.outcome = outcome_of(status, timed_out_);
    end.ok = end.outcome == "ok";
    end.said = errors_.text;
    end.took = std::chrono::duration_cast<milliseconds>(took);
    end.answer = output_.text;
    end.too_long = output_.more;
    if (!timed_out_ && WIFEXITED(status)) end.exit = WEXITSTATUS(status);
    return end;
}

}  // namespace seals::delivery
