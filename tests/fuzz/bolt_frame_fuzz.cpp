// rooms: helper hardware
// A stream of bytes as sealsd-bolt would read it, and as BoltClient would. Whatever comes, no nonce
// is allowed twice, no late order at all, and what decodes encodes to the same bytes.
#include <cstdlib>
#include <set>

#include "hardware/pulse_limits.hpp"
#include "helper/bolt.hpp"

using namespace seals;
using namespace seals::helper;

namespace {

template <class T>
void check_same(const std::optional<T>& decoded, const Frame& frame) {
    if (decoded && encode(*decoded) != frame.payload) std::abort();
}

void check_codec(const Frame& frame) {
    check_same(decode_unlock(frame.payload), frame);
    check_same(decode_fired(frame.payload), frame);
    check_same(decode_done(frame.payload), frame);
    check_same(decode_refused(frame.payload), frame);
    check_same(decode_contact(frame.payload), frame);
    if (auto all = decode_contacts(frame.payload); all && !frame.payload.empty()) {
        auto again = decode_contacts(encode(*all));
        if (!again || again->doors != all->doors) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    hardware::PulseLimits limits({.slots = 41});
    std::set<Nonce> allowed;
    std::int64_t now = 1000;
    FrameDecoder decoder(kBoltFrameBytes);
    for (std::size_t at = 0; at < size; at += 7) {
        if (!decoder.feed({data + at, std::min<std::size_t>(7, size - at)})) break;
        while (auto frame = decoder.next()) {
            check_codec(*frame);
            auto order = decode_unlock(frame->payload);
            if (!order) continue;
            hardware::PulseOrder pulse{order->slot, order->nonce, order->pulse.count(),
                                       order->not_after_ms};
            now += 50;
            if (limits.judge(pulse, now) != hardware::PulseVerdict::allowed) continue;
            limits.fired(pulse, now);
            if (order->not_after_ms < now || order->slot > 41) std::abort();
            if (!allowed.insert(order->nonce).second) std::abort();
        }
    }
    return 0;
}
