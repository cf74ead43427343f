#include "helper/frame.hpp"

namespace seals::helper {
namespace {

void put_u32(Bytes& out, std::uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(n >> shift));
}

}  // namespace

Bytes encode_frame(std::uint8_t kind, ByteView payload) {
    Bytes out;
    out.reserve(kFrameHead + payload.size());
    put_u32(out, static_cast<std::uint32_t>(payload.size() + 1));
    out.push_back(kind);
    out.insert(out.end(), payload.begin(), payload.end());
    return out;
}

std::optional<std::size_t> FrameDecoder::body_size(std::size_t at) const {
    if (pending_.size() < at + 4) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size = size << 8 | pending_[at + i];
    return size;
}

Status FrameDecoder::feed(ByteView bytes) {
    if (broken_) return invalid("frame", "the stream of frames is broken");
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    while (auto size = body_size(check_)) {
        if (*size == 0 || *size > ceiling_) {
            broken_ = true;
            pending_.resize(check_);
            return invalid("frame", "a frame of " + std::to_string(*size) +
                                        " bytes; allowed are 1 to " + std::to_string(ceiling_));
        }
        check_ += 4 + *size;
    }
    return {};
}

std::optional<Frame> FrameDecoder::next() {
    auto size = body_size(at_);
    if (!size || pending_.size() < at_ + 4 + *size) return std::nullopt;
    auto body = pending_.begin() + static_cast<std::ptrdiff_t>(at_ + 4);
    Frame frame{*body, Bytes(body + 1, body + static_cast<std::ptrdiff_t>(*size))};
    at_ += 4 + *size;
    if (at_ == pending_.size() || at_ > ceiling_) {
        pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at_));
        check_ -= at_;
        at_ = 0;
    }
    return frame;
}

}  // namespace seals::helper
