// rooms: helper
// Frames and what they carry between sealsd and sealsd-intake: any stream, cut anywhere, gives the
// same frames; each frame is encoded back to the bytes it came from; the payload decoders take
// anything.
#include <algorithm>
#include <cstdlib>

#include "helper/intake.hpp"

namespace {

using namespace seals;
using namespace seals::helper;

void want(bool truth) {
    if (!truth) std::abort();
}

std::vector<Frame> decode(ByteView stream, std::size_t step) {
    FrameDecoder decoder(4096);
    std::vector<Frame> frames;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        bool good = bool(decoder.feed(stream.subspan(at, std::min(step, stream.size() - at))));
        while (auto frame = decoder.next())
            frames.push_back(std::move(*frame));
        if (!good) break;
    }
    return frames;
}

void read_payload(const Frame& frame) {
    if (auto job = decode_job(frame.text())) want(bool(decode_job(encode_job(*job))));
    for (auto kind : {"persons", "seals", "requests"})
        if (auto items = decode_items(frame.text(), kind)) want(items->size() <= kBatchItems);
    if (auto end = decode_end(frame.text())) want(*decode_end(encode_end(*end)) == *end);
    want(!decode_error(frame.text()).detail.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    ByteView stream(bytes, size);
    auto frames = decode(stream, std::max<std::size_t>(size, 1));
    want(decode(stream, 1) == frames);
    want(decode(stream, 7) == frames);
    Bytes back;
    for (const auto& frame : frames) {
        auto encoded = encode_frame(frame.kind, frame.payload);
        back.insert(back.end(), encoded.begin(), encoded.end());
        read_payload(frame);
    }
    want(std::equal(back.begin(), back.end(), bytes));
    return 0;
}
