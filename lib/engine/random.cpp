#include "engine/random.hpp"

#include <cstdlib>

#include <sys/random.h>

namespace seals::engine {

Bytes random_bytes(std::size_t count) {
    Bytes out(count);
    std::size_t have = 0;
    while (have < count) {
        auto got = ::getrandom(out.data() + have, count - have, 0);
        if (got < 0) std::abort();  // a release without a fresh nonce must never be made
        have += static_cast<std::size_t>(got);
    }
    return out;
}

std::string random_hex(std::size_t bytes) {
    return to_hex(random_bytes(bytes));
}

}  // namespace seals::engine
