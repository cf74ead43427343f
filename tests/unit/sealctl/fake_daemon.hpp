// A daemon of canned replies on api.sock and files.sock of a folder of its own, and sealctl run
// against it in this process. Keeps what it was asked.
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "catch.hpp"
#include "run.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {

struct Canned {
    int status = 200;
    std::string body;
    std::string type = "application/json";
};

struct Asked {
    std::string line, head, body;  // "POST /v1/verify HTTP/1.1"
};

class FakeDaemon {
  public:
    FakeDaemon() {
        std::string name = "/tmp/seals-cli-XXXXXX";
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        listener_ = listen_on("/api.sock");
        files_ = listen_on("/files.sock");
        thread_ = std::thread([this] { serve(); });
    }
    ~FakeDaemon() {
        stop_ = true;
        thread_.join();
        std::filesystem::remove_all(folder_);
    }
    void answer(const std::string& method_and_path, Canned canned) {
        std::lock_guard lock(mutex_);
        canned_[method_and_path] = std::move(canned);
    }
    // What is not canned is asked of this: "GET /v1/leaves?after=0".
    void answer_by(std::function<std::optional<Canned>(const std::string&)> call) {
        std::lock_guard lock(mutex_);
        others_ = std::move(call);
    }
    std::string socket() const { return folder_ + "/api.sock"; }
    std::string file(const std::string& name, const std::string& text) const {
        auto path = folder_ + "/" + name;
        std::FILE* to = std::fopen(path.c_str(), "w");
        REQUIRE(to != nullptr);
        std::fwrite(text.data(), 1, text.size(), to);
        std::fclose(to);
        return path;
    }
    Asked last() const {
        std::lock_guard lock(mutex_);
        REQUIRE_FALSE(asked_.empty());
        return asked_.back();
    }
    std::vector<Asked> asked() const {
        std::lock_guard lock(mutex_);
        return asked_;
    }
    std::string uploaded() const {
        std::lock_guard lock(mutex_);
        return uploaded_;
    }

  private:
    Fd listen_on(const std::string& name) {
        Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        (folder_ + name).copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(fd.get(), 16) == 0);
        return fd;
    }
    void serve() {
        while (!stop_) {
            pollfd wait[2] = {{listener_.get(), POLLIN, 0}, {files_.get(), POLLIN, 0}};
            if (::poll(wait, 2, 20) <= 0) continue;
            if ((wait[0].revents & POLLIN) != 0) serve_api(Fd(::accept(listener_.get(), {}, {})));
            if ((wait[1].revents & POLLIN) != 0) serve_file(Fd(::accept(files_.get(), {}, {})));
        }
    }
    static bool read_more(int fd, std::string& to) {
        char buffer[4096];
        auto got = ::read(fd, buffer, sizeof buffer);
        if (got > 0) to.append(buffer, static_cast<std::size_t>(got));
        return got > 0;
    }
    static void write_all(int fd, const std::string& text) {
        // On the daemon's thread, where Catch's checks may not be used.
        if (::write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            std::abort();
    }
    void serve_api(const Fd& fd) {
        std::string text;
        std::size_t end = std::string::npos;
        while ((end = text.find("\r\n\r\n")) == std::string::npos)
            if (!read_more(fd.get(), text)) return;
        std::size_t length = 0;
        if (auto at = text.find("Content-Length: "); at != std::string::npos)
            length = std::strtoul(text.c_str() + at + 16, nullptr, 10);
        while (text.size() < end + 4 + length)
            if (!read_more(fd.get(), text)) return;
        auto line = text.substr(0, text.find("\r\n"));
        auto canned = keep({line, text.substr(0, end), text.substr(end + 4)});
        write_all(fd.get(), "HTTP/1.1 " + std::to_string(canned.status) +
                                " X\r\nConnection: close\r\nContent-Type: " + canned.type +
                                "\r\n\r\n" + canned.body);
    }
    Canned keep(Asked asked) {
        std::lock_guard lock(mutex_);
        auto key = asked.line.substr(0, asked.line.rfind(' '));
        asked_.push_back(std::move(asked));
        if (auto found = canned_.find(key); found != canned_.end()) return found->second;
        if (auto made = others_ ? others_(key) : std::nullopt) return *made;
        return {404, R"({"detail":"no such thing","code":"not_found","status":404})",
                "application/problem+json"};
    }
    void serve_file(const Fd& fd) {
        std::string text;
        while (read_more(fd.get(), text)) {
        }
        write_all(fd.get(), R"({"sha256":")" + std::string(64, 'a') + R"(","size":)" +
                                std::to_string(text.size()) + "}\n");
        std::lock_guard lock(mutex_);
        uploaded_ = text;
    }

    std::string folder_;
    Fd listener_, files_;
    mutable std::mutex mutex_;
    std::map<std::string, Canned> canned_;
    std::function<std::optional<Canned>(const std::string&)> others_;
    std::vector<Asked> asked_;
    std::string uploaded_;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

struct Outcome {
    int exit = -1;
    std::string out, err;
};

// sealctl with those words, in an environment of its own.
inline Outcome run_sealctl(std::vector<std::string> words, const std::string& socket,
                           const std::string& lang = "C") {
    Outcome outcome;
    char* text[2] = {nullptr, nullptr};
    std::size_t size[2] = {0, 0};
    Streams streams;
    streams.out = ::open_memstream(&text[0], &size[0]);
    streams.err = ::open_memstream(&text[1], &size[1]);
    auto environment = [&](const char* name) -> const char* {
        if (std::string_view(name) == "SEALS_SOCKET") return socket.c_str();
        return std::string_view(name) == "LANG" ? lang.c_str() : nullptr;
    };
    outcome.exit = run(words, environment, streams);
    std::fclose(streams.out);
    std::fclose(streams.err);
    outcome.out.assign(text[0], size[0]);
    outcome.err.assign(text[1], size[1]);
    std::free(text[0]);
    std::free(text[1]);
    return outcome;
}

inline Value json_of(const std::string& text) {
    auto value = wire::parse_json(text);
    REQUIRE(value);
    return *value;
}

}  // namespace seals::sealctl
