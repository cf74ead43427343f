#include "secret.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "base/fd.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kMostLines = 64;
constexpr std::array<int, 4> kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

volatile std::sig_atomic_t caught = 0;

void remember(int signal) {
    caught = signal;
}

// Byte by byte: what comes after the line is the next reader's.
Result<std::string> read_line(int fd, const std::string& what, bool* last = nullptr) {
    std::string line;
    line.reserve(kMostBytes + 1);  // never moved, so that no copy stays behind
    for (;;) {
        char c = 0;
        auto got = ::read(fd, &c, 1);
        if (got < 0 && errno == EINTR && caught == 0) continue;
        if (got < 0) return invalid(what, what + ": " + std::strerror(errno));
        if (got == 0 && last != nullptr) *last = true;
        if (got == 0 || c == '\n') break;
        if (line.size() == kMostBytes) {
            wipe(line);
            return invalid(what, what + ": its first line is too long for a PIN");
        }
        line += c;
    }
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

Result<Secret> secret_of(int fd, const std::string& what) {
    auto line = read_line(fd, what);
    if (!line) return line.error();
    if (line->empty()) return invalid(what, what + " holds no PIN");
    Secret secret(std::move(*line));
    return secret;
}

// The terminal without echo. Signals that would end the program wait until echo is back.
class Unseen {
  public:
    explicit Unseen(int fd) : fd_(fd) {
        valid_ = ::tcgetattr(fd, &before_) == 0;
        if (!valid_) return;
        struct sigaction action {};
        action.sa_handler = remember;  // no SA_RESTART: read() comes back
        caught = 0;
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals[i], &action, &actions_[i]);
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
        ::tcsetattr(fd, TCSAFLUSH, &quiet);
    }
    ~Unseen() {
        if (!valid_) return;
        ::tcsetattr(fd_, TCSAFLUSH, &before_);
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals[i], &actions_[i], nullptr);
        if (caught != 0) ::raise(caught);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

  private:
    int fd_;
    bool valid_ = false;
    termios before_{};
    std::array<struct sigaction, kSignals.size()> actions_{};
};

void say(int fd, std::string_view text) {
    while (!text.empty()) {
        auto sent = ::write(fd, text.data(), text.size());
        if (sent <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace

void wipe(std::string& text) {
    text.resize(text.capacity());  // also what stands behind the end
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

void wipe(Value& value) {
    if (auto* items = value.array())
        for (auto& item : *items)
            wipe(item);
    if (auto* members = value.object())
        for (auto& [name, member] : *members)
            wipe(member);
    // Value hands out no writable string; its bytes are ours all the same.
    if (const auto* text = value.string()) wipe(const_cast<std::string&>(*text));
}

Result<Secret> secret_in_file(const std::string& path) {
    Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return invalid(path, path + ": " + std::strerror(errno));
    return secret_of(fd.get(), path);
}

Result<std::vector<Secret>> secret_lines_in_file(const std::string& path) {
    Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return invalid(path, path + ": " + std::strerror(errno));
    std::vector<Secret> lines;
    for (bool last = false; !last && lines.size() < kMostLines;) {
        auto line = read_line(fd.get(), path, &last);
        if (!line) return line.error();
        if (!line->empty()) lines.emplace_back(std::move(*line));
    }
    if (lines.empty()) return invalid(path, path + " holds no PIN");
    return lines;
}

Result<Secret> secret_from_fd(const std::string& number) {
    int fd = -1;
    auto parsed = std::from_chars(number.data(), number.data() + number.size(), fd);
    if (parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size() || fd < 0)
        return invalid("fd", "\"" + number + "\" is no file descriptor");
    return secret_of(fd, "descriptor " + number);
}

std::optional<Secret> ask_secret(std::string_view prompt) {
    if (::isatty(STDIN_FILENO) == 0 && ::isatty(STDERR_FILENO) == 0) return std::nullopt;
    Fd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal) return std::nullopt;
    Result<std::string> line{std::string{}};
    {
        Unseen unseen(terminal.get());
        say(terminal.get(), prompt);
        line = read_line(terminal.get(), "/dev/tty");
        say(terminal.get(), "\n");
    }
    if (!line || line->empty()) return std::nullopt;
    return Secret(std::move(*line));
}

}  // namespace seals::sealctl
