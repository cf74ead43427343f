#include "flags.hpp"

#include <charconv>
#include <cstring>

#include <getopt.h>
#include <pwd.h>

namespace seals::bolt {
namespace {

enum Option {
    config_path = 1,
    socket_path,
    sim_path,
    slots,
    longest,
    rest,
    duty,
    debounce,
    peer,
    peer_name,
    mode
};

constexpr option kOptions[] = {{"config", required_argument, nullptr, config_path},
                               {"socket", required_argument, nullptr, socket_path},
                               {"sim", required_argument, nullptr, sim_path},
                               {"slots", required_argument, nullptr, slots},
                               {"pulse-ms-max", required_argument, nullptr, longest},
                               {"rest-ms", required_argument, nullptr, rest},
                               {"duty-percent", required_argument, nullptr, duty},
                               {"debounce-ms", required_argument, nullptr, debounce},
                               {"peer-uid", required_argument, nullptr, peer},
                               {"peer-user", required_argument, nullptr, peer_name},
                               {"socket-mode", required_argument, nullptr, mode},
                               {nullptr, 0, nullptr, 0}};

template <class T>
bool read_number(const char* text, T& into, std::int64_t least, std::int64_t most, int base = 10) {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text, text + std::strlen(text), number, base);
    if (error != std::errc() || *end != '\0' || number < least || number > most) return false;
    into = static_cast<T>(number);
    return true;
}

bool read_user(const char* name, std::optional<uid_t>& into) {
    const auto* user = ::getpwnam(name);
    if (user == nullptr) return false;
    into = user->pw_uid;
    return true;
}

bool read_flag(int flag, const char* text, Flags& flags) {
    std::int64_t number = 0;
    switch (flag) {
        case config_path:
            flags.config = text;
            return true;
        case socket_path:
            flags.socket = text;
            return true;
        case sim_path:
            flags.sim = text;
            return true;
      case slots:
            return read_number(text, flags.limits.slots, 1, kMaxSlots);
        case longest:
            return read_number(text, flags.limits.longest_ms, 1, 10'000);
        case rest:
            return read_number(text, flags.limits.rest_ms, 0, 600'000);
        case duty:
            return read_number(text, flags.limits.duty_percent, 1, 100);
        case mode:
            return read_number(text, flags.mode, 0, 0777, 8);
        case debounce:
            if (!read_number(text, number, 0, 1000)) return false;
            flags.settle = milliseconds(number);
            return true;
        case peer:
            if (!read_number(text, number, 0, 0xfffffffe)) return false;
            flags.peer = static_cast<uid_t>(number);
            return true;
        case peer_name:
            return read_user(text, flags.peer);
        default:
            return false;
    }
}

}  // namespace

const char* const kUsage =
    "usage: sealsd-bolt --config PATH [flag ...]\n"
    "       sealsd-bolt --socket PATH --sim PATH --slots N [--pulse-ms-max MS] [--rest-ms MS]\n"
    "                   [--duty-percent N] [--debounce-ms MS] [--peer-uid UID]\n"
    "                   [--peer-user NAME] [--socket-mode OCTAL]\n";

std::optional<Flags> read_flags(int argc, char** argv) {
    Flags flags;
    for (int flag; (flag = getopt_long(argc, argv, "", kOptions, nullptr)) != -1;)
        if (!read_flag(flag, optarg, flags)) return std::nullopt;
    bool whole = !flags.socket.empty() && !flags.sim.empty() && flags.limits.slots != 0;
    if ((!whole && flags.config.empty()) || optind != argc) return std::nullopt;
    return flags;
}

}  // namespace seals::bolt
