// rooms: leaf
// rooms: leaf
// Leaves from hostile bytes: the reader never breaks, and what it accepts has one spelling.
#include <cstdint>
#include <cstdlib>

#include "leaf/canonical.hpp"
#include "leaf/leaf.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace seals;
    ByteView input{bytes, size};
    if (auto leaf = leaf::decode(input)) {
        auto again = leaf::encode(*leaf);
        if (!again || *again != to_bytes(input)) std::abort();
    }
    if (auto value = leaf::decode_value(input)) {
        auto again = leaf::encode_value(*value);
        if (!again || *again != to_bytes(input)) std::abort();
    }
    return 0;
}
