// rooms: leaf
// Dumps from hostile bytes: whatever the pieces, the reader never breaks and says the same.
#include <cstdint>
#include <cstdlib>

#include "leaf/dump.hpp"

namespace {

struct Outcome {
    bool ok = false;
    std::uint64_t size = 0;
    seals::Hash root{};

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read_in(seals::ByteView bytes, std::size_t piece) {
    seals::leaf::DumpCheck check;
    seals::leaf::DumpReader reader([&](seals::ByteView leaf) { return check.take(leaf); });
    Outcome out;
    out.ok = true;
    for (std::size_t at = 0; at < bytes.size() && out.ok; at += piece)
        out.ok = bool(reader.add(bytes.subspan(at, std::min(piece, bytes.size() - at))));
    out.ok = out.ok && bool(reader.finish());
    out.size = check.tree().size();
    out.root = check.root();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    seals::ByteView input{bytes, size};
    if (!(read_in(input, 1 + size) == read_in(input, 7))) std::abort();
    return 0;
}
