// rooms: base config
// seals.toml: whatever the bytes, either a config that passes its own check, or an error that says
// where.
#include <cstdint>
#include <cstdlib>

#include "config/config.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto config = seals::config::parse({reinterpret_cast<const char*>(data), size}, "seals.toml");
    if (config) {
        if (!config->check() || config->slots.empty() || config->policy_text().empty())
            std::abort();
    } else if (!config.error().detail.starts_with("seals.toml")) {
        std::abort();
    }
    return 0;
}
