#include "config_flags.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include <unistd.h>

#include "base/slot.hpp"
#include "config/config.hpp"

namespace seals::bolt {
namespace {

Result<std::vector<std::string>> flags_of(const config::Config& config) {
    if (!config.node.simulated)
        return unavailable("no driver for real lock lines is built in",
                           "set node.simulated = true, or wait for a build with GPIO");
    SlotNo most = 0;
    for (const auto& slot : config.slots)
        most = std::max(most, slot_number(slot.id).value_or(0));
    return std::vector<std::string>{"--socket", config.paths.run + "/bolt.sock",
                                    "--sim",    config.paths.run + "/sim.sock",
                                    "--slots",  std::to_string(most)};
}

// The caller's flags without --config, however it was shortened: no other begins with --c.
void add_others(std::vector<std::string>& flags, int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        std::string flag = argv[i];
        if (!flag.starts_with("--c"))
            flags.push_back(std::move(flag));
        else if (flag.find('=') == std::string::npos)
            ++i;
    }
}

}  // namespace

Error execute_with_config(const std::string& path, int argc, char** argv) {
    auto config = config::load(path);
    if (!config) return config.error();
    auto flags = flags_of(*config);
    if (!flags) return flags.error();
    add_others(*flags, argc, argv);
    std::vector<char*> arguments{argv[0]};
    for (auto& flag : *flags)
        arguments.push_back(flag.data());
    arguments.push_back(nullptr);
    // By its own path, so that ps and journal go on calling it by its name.
    std::error_code error;
    auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    ::execv(error ? "/proc/self/exe" : self.c_str(), arguments.data());
    return unavailable(std::string("cannot execute itself: ") + std::strerror(errno));
}

}  // namespace seals::bolt
