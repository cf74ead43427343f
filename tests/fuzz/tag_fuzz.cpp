// rooms: tag
// The fuzzer's bytes are what a hostile tag answers: one byte of length (or an error), then the
// answer, again and again. Nothing of it may end in "authentic": the tag does not know the key, and
// the random block of ours is fixed to another value than any corpus was recorded with.
#include <cstdlib>

#include "tag/reader_side.hpp"
#include "tag/tag_side.hpp"

using namespace seals;

namespace {

constexpr std::uint8_t kSilence = 255, kEmptySlot = 254, kHuge = 253;

Result<Bytes> next_answer(ByteView& left) {
    if (left.empty()) return Error{Code::timeout, ""};
    auto head = left[0];
    left = left.subspan(1);
    if (head == kSilence) return Error{Code::timeout, ""};
    if (head == kEmptySlot) return Error{Code::not_found, ""};
    if (head == kHuge) return Bytes(65'536, 0x90);
    auto size = std::min<std::size_t>(head, left.size());
    auto answer = to_bytes(left.first(size));
    left = left.subspan(size);
    return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const tag::Key key{7, 7, 7, 1, 2, 3};
    const Bytes uid{4, 1, 2, 3, 4, 5, 6};
    const tag::Keyring ring{{uid, {SealId("S"), key}}};
    ByteView left(data, size);
    auto reading =
        tag::read_tag_with([&](ByteView) { return next_answer(left); }, ring, tag::Block{9, 9, 9});
    if (reading.found == tag::Found::authentic) std::abort();

    tag::TagSide victim(uid, key);
    for (ByteView apdus(data, size); !apdus.empty();)
        if (auto apdu = next_answer(apdus); apdu && victim.answer(*apdu).size() < 2) std::abort();
    return 0;
}
