// The binary half of sim.hpp. No JSON here: bolt links it.
#include "helper/sim.hpp"

#include "helper/codec.hpp"

namespace seals::helper {
namespace {

SimStatus status_of(std::uint8_t byte) {
    return byte > static_cast<std::uint8_t>(SimStatus::reader_gone) ? SimStatus::no_slot
                                                                    : static_cast<SimStatus>(byte);
}
std::uint8_t byte_of(SimStatus status) {
    return static_cast<std::uint8_t>(status);
}

}  // namespace

Bytes encode(const SimLine& line) {
    return PayloadWriter()
        .u16(line.slot)
        .u8(byte_of(line.status))
        .u8(line.active ? 1 : 0)
        .i64(line.mono_ms)
        .take();
}

std::optional<SimLine> decode_line(ByteView payload) {
    PayloadReader reader(payload);
    SimLine line;
    line.slot = reader.u16();
    line.status = status_of(reader.u8());
    line.active = reader.u8() != 0;
    line.mono_ms = reader.i64();
    return reader.done() ? std::optional(line) : std::nullopt;
}

Bytes encode(const SimEdge& edge) {
    return PayloadWriter().u16(edge.slot).u8(edge.open ? 1 : 0).i64(edge.mono_ms).take();
}

std::optional<SimEdge> decode_edge(ByteView payload) {
    PayloadReader reader(payload);
    SimEdge edge;
    edge.slot = reader.u16();
    edge.open = reader.u8() != 0;
    edge.mono_ms = reader.i64();
    return reader.done() ? std::optional(edge) : std::nullopt;
}

Bytes encode(const SimAnswer& answer) {
    return PayloadWriter().u8(byte_of(answer.status)).bytes(answer.bytes).take();
}

std::optional<SimAnswer> decode_answer(ByteView payload) {
    PayloadReader reader(payload);
    SimAnswer answer;
    answer.status = status_of(reader.u8());
    answer.bytes = to_bytes(reader.rest());
    return reader.done() ? std::optional(std::move(answer)) : std::nullopt;
}

Bytes encode(const SimTag& tag) {
    return PayloadWriter()
        .u16(tag.home)
        .bytes(tag.key)
        .u8(static_cast<std::uint8_t>(tag.uid.size()))
        .bytes(tag.uid)
        .bytes(as_bytes(tag.seal.str()))
        .take();
}

std::optional<SimTag> decode_tag(ByteView payload) {
    PayloadReader reader(payload);
    SimTag tag;
    tag.home = reader.u16();
    reader.array(tag.key);
    tag.uid = to_bytes(reader.bytes(reader.u8()));
    tag.seal = SealId(as_text(reader.rest()));
    bool sized = tag.uid.size() == 4 || tag.uid.size() == 7 || tag.uid.size() == 10;
    if (!reader.done() || !sized || !valid_id(tag.seal.str())) return std::nullopt;
    return tag;
}

Bytes encode(const SimClock& clock) {
    return PayloadWriter().i64(clock.offset_ms).u32(clock.steps).take();
}

std::optional<SimClock> decode_clock(ByteView payload) {
    PayloadReader reader(payload);
    SimClock clock;
    clock.offset_ms = reader.i64();
    clock.steps = reader.u32();
    return reader.done() ? std::optional(clock) : std::nullopt;
}

Bytes encode_contacts(const std::vector<bool>& open) {
    PayloadWriter out;
    out.u16(static_cast<std::uint16_t>(open.size()));
    for (bool one : open)
        out.u8(one ? 1 : 0);
    return out.take();
}

std::optional<std::vector<bool>> decode_contacts_open(ByteView payload) {
    PayloadReader reader(payload);
    std::vector<bool> open;
    for (auto byte : reader.bytes(reader.u16()))
        open.push_back(byte != 0);
    return reader.done() ? std::optional(std::move(open)) : std::nullopt;
}

}  // namespace seals::helper
