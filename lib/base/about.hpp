// What every program answers about itself, whatever else it wants to be told: --help, --version.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace seals {

// The text to print when the command line asks for only that; nullopt: go on. sealsd and sealctl
// have more to say and do it themselves.
inline std::optional<std::string> about(int argc, char** argv, const char* usage,
                                        const char* version) {
    if (argc != 2) return std::nullopt;
    std::string_view asked = argv[1];
    if (asked == "--help" || asked == "-h") return usage;
    if (asked == "--version" || asked == "-V") return std::string(version) + "\n";
    return std::nullopt;
}

}  // namespace seals
