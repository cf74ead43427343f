#include <algorithm>

#include "helper/stream.hpp"

namespace seals::helper {
namespace {

constexpr milliseconds kFirstPause{20};
constexpr milliseconds kLongestPause{1000};

}  // namespace

Dialer::Dialer(loop::Loop& loop, std::string path, Calls calls)
    : loop_(loop), path_(std::move(path)), calls_(std::move(calls)), pause_(kFirstPause) {
    timer_ = loop_.after(milliseconds(0), [this] { dial(); });
}

bool Dialer::send(std::uint8_t kind, ByteView payload) {
    return stream_ && stream_->send(kind, payload);
}

void Dialer::dial() {
    auto socket = connect_unix(path_);
    if (!socket) return retry();
    pause_ = kFirstPause;
    stream_ = std::make_unique<FrameStream>(
        loop_, std::move(*socket),
        FrameStream::Calls{[this](Frame frame) { calls_.frame(std::move(frame)); },
                           [this] { drop(); }},
        FrameStream::Limits{});
    calls_.link(true);
}

void Dialer::drop() {
    if (!stream_) return;
    stream_.reset();
    retry();
    calls_.link(false);
}

void Dialer::retry() {
    timer_ = loop_.after(pause_, [this] { dial(); });
    pause_ = std::min(pause_ * 2, kLongestPause);
}

}  // namespace seals::helper
