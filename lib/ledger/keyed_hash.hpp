// A quick hash of a text under a secret: for sums and tables that live no longer than a run. Inside
// this room only. Pure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace seals::ledger {

// The finaliser of splitmix64: every bit of the input moves half the bits of the output.
inline std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

inline std::uint64_t keyed_hash(std::uint64_t secret, std::uint64_t state, std::string_view text) {
    state += text.size() << 8;
    while (!text.empty()) {
        std::uint64_t word = 0;
        auto length = std::min(text.size(), sizeof word);
        std::memcpy(&word, text.data(), length);
        state = mixed(state ^ word);
        text.remove_prefix(length);
    }
    return mixed(state ^ secret);
}

}  // namespace seals::ledger
