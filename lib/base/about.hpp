// What every program answers about itself, whatever else it wants to be told: --help, --version.
#pragma once

#include <cstdio>
#include <optional>
#include <string_view>

namespace seals {

// The exit status when the command line is only that; nullopt: go on. sealsd and sealctl have more
// to say and do it themselves.
inline std::optional<int> about(int argc, char** argv, const char* usage, const char* version) {
    if (argc != 2) return std::nullopt;
    std::string_view asked = argv[1];
    if (asked == "--help" || asked == "-h") return std::fputs(usage, stdout) < 0 ? 1 : 0;
    if (asked == "--version" || asked == "-V") return std::puts(version) < 0 ? 1 : 0;
    return std::nullopt;
}

}  // namespace seals
