#include "tag/apdu.hpp"

namespace seals::tag {

Bytes apdu::reader_uid() {
    return {0xff, 0xca, 0x00, 0x00, 0x00};
}

Bytes apdu::select_application() {
    return {0x00, 0xa4, 0x04, 0x0c, 0x07, 0xd2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01};
}

Bytes apdu::native(std::uint8_t ins, ByteView data) {
    Bytes out{0x90, ins, 0x00, 0x00};
    if (!data.empty()) out.push_back(static_cast<std::uint8_t>(data.size()));
    out.insert(out.end(), data.begin(), data.end());
    out.push_back(0x00);
    return out;
}

std::optional<Answer> Answer::of(ByteView bytes) {
    if (bytes.size() < 2 || bytes.size() > kAnswerBytes) return std::nullopt;
    auto body = bytes.first(bytes.size() - 2);
    auto status = static_cast<std::uint16_t>(bytes[bytes.size() - 2] << 8 | bytes.back());
    return Answer{body, status};
}

std::optional<Command> Command::of(ByteView bytes) {
    if (bytes.size() < 4) return std::nullopt;
    Command command{bytes[0], bytes[1], bytes[2], bytes[3], {}};
    if (bytes.size() <= 5) return command;  // no data; a fifth byte is Le
    std::size_t size = bytes[4];
    if (size == 0 || (bytes.size() != 5 + size && bytes.size() != 6 + size)) return std::nullopt;
    command.data = bytes.subspan(5, size);
    return command;
}

}  // namespace seals::tag
