// Leaf: one entry of the ledger as outside verifiers read it, and its exact bytes. The bytes are
// stored as they are and never written again from the struct; decode() accepts only what encode()
// would write, so a leaf has one spelling. What does not apply is empty (or 0) here and absent
// there. Pure, any thread. Failures are Code::invalid and name the key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::leaf {

inline constexpr std::int64_t kFormat = 1;
inline constexpr std::size_t kMaxLeafBytes =
    65'535;  // tlog-tiles counts a leaf's length in a uint16

struct Leaf {
    std::int64_t v = kFormat;
    std::uint64_t seq = 0;  // 1, 2, 3 … gapless; the tree's leaf index is seq - 1
    Instant t;
    std::string boot;       // boot id of the device
    std::int64_t mono = 0;  // ms since that boot
    std::string type;       // event name
    Actor actor;
    std::string session;
    std::string seal;
    std::uint64_t sn = 0;  // 1, 2, 3 … per seal
    std::uint64_t sp = 0;  // seq of that seal's leaf before this one; 0 (absent) when sn is 1
    std::string person;
    std::string request;
    std::string doc;               // sha256 hex
    std::vector<std::string> img;  // sha256 hex each
    std::vector<std::pair<std::string, std::string>>
        c;       // field → commitment hex, in order of field
    Value data;  // an object; null when empty

    friend bool operator==(const Leaf&, const Leaf&) = default;
};

Result<Bytes> encode(const Leaf& leaf);
Result<Leaf> decode(ByteView bytes);

}  // namespace seals::leaf
