#include "harden.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace seals {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;  // its shadow memory is address space by the terabyte
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

constexpr rlim_t kMemory = 512UL << 20;
constexpr rlim_t kCpuSeconds = 120;
constexpr rlim_t kFiles = 16;

Status limit(int what, const char* name, rlim_t most) {
    rlimit now{};
    if (::getrlimit(static_cast<__rlimit_resource_t>(what), &now) == 0 && now.rlim_max < most)
        most = now.rlim_max;  // somebody was stricter than we are
    rlimit limits{most, most};
    if (::setrlimit(static_cast<__rlimit_resource_t>(what), &limits) == 0) return {};
    return internal(std::string("setrlimit ") + name + ": " + std::strerror(errno));
}

}  // namespace

Status harden(const Hardening& hardening) {
    // A log line into a file that may not grow, or to a peer that is gone, is lost and kills
    // nobody.
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR || std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR)
        return internal("signals cannot be ignored");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return internal(std::string("prctl: ") + std::strerror(errno));
    if (!kSanitized)
        if (auto status = limit(RLIMIT_AS, "AS", kMemory); !status) return status;
    if (auto status = limit(RLIMIT_CPU, "CPU", kCpuSeconds); !status) return status;
    if (auto status = limit(RLIMIT_NOFILE, "NOFILE", kFiles); !status) return status;
    if (auto status = limit(RLIMIT_CORE, "CORE", 0); !status) return status;
    if (hardening.no_writing) return limit(RLIMIT_FSIZE, "FSIZE", 0);
    if (hardening.file_bytes > 0) return limit(RLIMIT_FSIZE, "FSIZE", hardening.file_bytes);
    return {};
}

}  // namespace seals
