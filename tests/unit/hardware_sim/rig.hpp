// Rig: the real sealsd-sim and sealsd-bolt in a folder of their own, and a raw hand on bolt.sock.
#pragma once

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/slot.hpp"
#include "catch.hpp"
#include "helper/bolt.hpp"
#include "helper/codec.hpp"
#include "helper/sim.hpp"
#include "helper/stream.hpp"
#include "loop/system_clock.hpp"

namespace seals::test {

using namespace std::chrono_literals;

inline bool eventually(const std::function<bool()>& holds, milliseconds within = 5s) {
    auto end = std::chrono::steady_clock::now() + within;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

// A child process; killed when it goes out of scope.
class Program {
  public:
    Program() = default;
    Program(const std::string& name, std::vector<std::string> args, const std::string& log) {
        args.insert(args.begin(), std::string(SEALS_BIN) + "/" + name);
        std::vector<char*> argv;
        for (auto& arg : args)
            argv.push_back(arg.data());
        argv.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ != 0) return;
        int fd = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(fd, 1);
        ::dup2(fd, 2);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    Program(Program&& other) noexcept : pid_(std::exchange(other.pid_, 0)) {}
    Program& operator=(Program&& other) noexcept {
        std::swap(pid_, other.pid_);
        return *this;
    }
    ~Program() { kill(); }

    pid_t pid() const { return pid_; }
    void signal(int which) const { ::kill(pid_, which); }
    void kill() {
        if (pid_ == 0) return;
        signal(SIGKILL);
        wait();
    }
    int wait() {  // exit status, or 256 + signal
        int status = 0;
        ::waitpid(std::exchange(pid_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
    }
    pid_t only_child() const {
        auto self = std::to_string(pid_);
        std::ifstream list("/proc/" + self + "/task/" + self + "/children");
        pid_t child = 0;
        list >> child;
        return child;
    }

  private:
    pid_t pid_ = 0;
};

inline bool alive(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string number, name, state;
    return bool(stat >> number >> name >> state) && state != "Z";
}

struct Rig {
    std::string dir = [] {
        char path[] = "/tmp/seals-rig-XXXXXX";
        return std::string(::mkdtemp(path));
    }();
    std::string sim_socket = dir + "/sim.sock";
    std::string bolt_socket = dir + "/bolt.sock";
    Program sim, bolt;

    Rig() { start_sim(); }
    ~Rig() {
        bolt.kill();
        sim.kill();
        for (const auto* log : {"/sim.log", "/bolt.log"}) {
            std::ifstream file(dir + log);
            std::string text(std::istreambuf_iterator<char>(file), {});
            bool complains = text.find("Sanitizer") != std::string::npos ||
                             text.find("runtime error") != std::string::npos;
            if (complains) UNSCOPED_INFO(text);
            CHECK_FALSE(complains);
        }
        std::filesystem::remove_all(dir);
    }

    void start_sim() {
        sim = Program("sealsd-sim", {"--dir", dir, "--slots", "8"}, dir + "/sim.log");
        REQUIRE(eventually([&] { return bool(helper::connect_unix(sim_socket)); }));
    }
    void start_bolt(std::vector<std::string> more = {}) {
        std::vector<std::string> args{"--socket", bolt_socket, "--sim", sim_socket, "--slots", "8"};
        args.insert(args.end(), more.begin(), more.end());
        bolt = Program("sealsd-bolt", args, dir + "/bolt.log");
        REQUIRE(eventually([&] { return bool(helper::connect_unix(bolt_socket)); }));
    }
    Value verb(const std::string& verb, const std::vector<std::string>& args = {}) {
        auto result = helper::sim_verb(sim_socket, verb, args);
        INFO(verb << ": " << (result ? "" : result.error().detail));
        REQUIRE(result);
        return *result;
    }
    Value slot(SlotNo number) { return (*verb("status").find("slots")->array())[number - 1U]; }

    // Ended pulses, as only the cabinet knows them.
    std::vector<Value> pulses() {
        std::vector<Value> ended;
        auto trace = verb("trace");
        for (const auto& pulse : *trace.array())
            if (pulse.text_or("ended") != "not_yet") ended.push_back(pulse);
        return ended;
    }
    bool any_line_active() {
        auto status = verb("status");
        for (const auto& slot : *status.find("slots")->array())
            if (slot.text_or("line") == "active") return true;
        return false;
    }
    helper::SimTag enrol(const std::string& seal, SlotNo home) {
        static std::uint8_t number = 0;
        helper::SimTag tag{SealId(seal), {0x04, 1, 2, 3, 4, 5, ++number}, {9, 8, number}, home};
        auto socket = helper::connect_unix(sim_socket);
        REQUIRE(socket);
        auto deadline = helper::deadline_in(2s);
        REQUIRE(helper::write_frame(socket->get(), 6, encode(tag), deadline));
        auto answer = helper::read_frame(socket->get(), deadline);
        REQUIRE(answer);
        REQUIRE((*answer)->frame.kind == 39);
        return tag;
    }
};

inline helper::Nonce fresh_nonce() {
    static std::random_device dice;
    helper::Nonce nonce{};
    for (auto& byte : nonce)
        byte = static_cast<std::uint8_t>(dice());
    return nonce;
}
inline helper::UnlockOrder order_for(SlotNo slot, milliseconds pulse, milliseconds ahead = 400ms) {
    return {slot, fresh_nonce(), pulse, loop::boottime_ms() + ahead.count()};
}

// A client of bolt.sock that sends what it likes.
class RawBolt {
  public:
    explicit RawBolt(const Rig& rig) {
        auto socket = helper::connect_unix(rig.bolt_socket);
        REQUIRE(socket);
        socket_ = std::move(*socket);
        hello_ = next();
        REQUIRE(hello_);
        CHECK(kind(*hello_) == helper::BoltFrame::contacts);
    }
    void send(const helper::UnlockOrder& order) {
        send_raw(static_cast<std::uint8_t>(helper::BoltFrame::unlock), encode(order));
    }
    void send_raw(std::uint8_t kind, const Bytes& payload) {
        (void)helper::write_frame(socket_.get(), kind, payload, helper::deadline_in(1s));
    }
    std::optional<helper::Frame> next(milliseconds within = 3s) {  // nullopt: hung up, or nothing
        auto got = helper::read_frame(socket_.get(), helper::deadline_in(within));
        if (!got || !*got) return std::nullopt;
        return (*got)->frame;
    }
    static helper::BoltFrame kind(const helper::Frame& frame) {
        return static_cast<helper::BoltFrame>(frame.kind);
    }
    // The next frame of that kind; news in between are skipped.
    std::optional<helper::Frame> next_of(helper::BoltFrame wanted) {
        while (auto frame = next())
            if (kind(*frame) == wanted) return frame;
        return std::nullopt;
    }
    helper::Refusal refusal_of(const helper::UnlockOrder& order) {
        send(order);
        auto frame = next_of(helper::BoltFrame::refused);
        REQUIRE(frame);
        auto refused = helper::decode_refused(frame->payload);
        REQUIRE(refused);
        CHECK(refused->nonce == order.nonce);
        return refused->reason;
    }
    bool fires(const helper::UnlockOrder& order) {
        send(order);
        while (auto frame = next()) {
            if (kind(*frame) == helper::BoltFrame::fired)
                return helper::decode_fired(frame->payload)->nonce == order.nonce;
            if (kind(*frame) == helper::BoltFrame::refused) return false;
        }
        return false;
    }
    bool first_door_becomes(helper::DoorState wanted) {  // in one of the snapshots
        auto first = std::exchange(hello_, std::nullopt);
        for (auto frame = first ? first : next_of(helper::BoltFrame::contacts); frame;
             frame = next_of(helper::BoltFrame::contacts))
            if (helper::decode_contacts(frame->payload)->doors.at(0) == wanted) return true;
        return false;
    }
    bool hung_up() {
        for (;;) {
            auto got = helper::read_frame(socket_.get(), helper::deadline_in(3s));
            if (!got) return got.error().code == Code::unavailable;
            if (!*got) return true;
            if (kind((*got)->frame) != helper::BoltFrame::contacts) return false;
        }
    }
    void hang_up() { socket_.reset(); }

  private:
    Fd socket_;
    std::optional<helper::Frame> hello_;
};

}  // namespace seals::test
