#include "programs.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace seals::sealsd {
namespace {

std::filesystem::path own_folder() {
    std::error_code error;
    auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{} : self.parent_path();
}

}  // namespace

std::string find_program(const std::string& name) {
    auto here = own_folder();
    for (const auto& folder : {here, here.parent_path() / "libexec" / "seals"}) {
        auto path = folder / name;
        if (::access(path.c_str(), X_OK) == 0) return path;
    }
    return {};
}

Status spawn(const std::string& program, const std::vector<std::string>& args,
             const Fd& standard_input) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, standard_input.get(), STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const auto& arg : args)
        argv.push_back(const_cast<char*>(arg.c_str()));
    argv.push_back(nullptr);
    pid_t pid = 0;
    int error = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return unavailable(program + ": " + std::strerror(error),
                           "install the program, then try again");
    return {};
}

void reap() {
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
}

Result<std::pair<Fd, Fd>> socket_pair() {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return unavailable(std::string("socketpair: ") + std::strerror(errno));
    return std::pair{Fd(pair[0]), Fd(pair[1])};
}

}  // namespace seals::sealsd
