// Origin: whose tree a checkpoint is of, taken apart. "<organisation>/<node>", then "/e2", "/e3" …
// where the ledger was restored with less than it once held, then "/sim" where it is simulated.
// Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace seals {

struct Origin {
    std::string node;  // "<organisation>/<node>": what the configuration names
    std::uint32_t epoch = 1;
    bool simulated = false;

    std::string text() const;
    // Of the same node and kind, whatever its epoch.
    bool same_node(const Origin& other) const {
        return node == other.node && simulated == other.simulated;
    }
    friend bool operator==(const Origin&, const Origin&) = default;
};

Origin read_origin(std::string_view text);

}  // namespace seals
