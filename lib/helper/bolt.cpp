// The codec of bolt.hpp.
#include "helper/bolt.hpp"

#include "helper/codec.hpp"

namespace seals::helper {

std::string_view name_of(Refusal reason) {
    switch (reason) {
        case Refusal::late:
            return "late";
        case Refusal::repeated:
            return "repeated";
        case Refusal::ceiling:
            return "ceiling";
        case Refusal::duty:
            return "duty";
        case Refusal::unknown_slot:
            return "unknown_slot";
        case Refusal::far_future:
            return "far_future";
        case Refusal::busy:
            return "busy";
        case Refusal::guard:
            return "guard";
        case Refusal::no_lines:
            return "no_lines";
        case Refusal::no_link:
            return "no_link";
    }
    return "unknown";
}

Bytes encode(const UnlockOrder& order) {
    return PayloadWriter()
        .u16(order.slot)
        .bytes(order.nonce)
        .u32(static_cast<std::uint32_t>(order.pulse.count()))
        .i64(order.not_after_ms)
        .take();
}

std::optional<UnlockOrder> decode_unlock(ByteView payload) {
    PayloadReader reader(payload);
    UnlockOrder order;
    order.slot = reader.u16();
    reader.array(order.nonce);
    order.pulse = milliseconds(reader.u32());
    order.not_after_ms = reader.i64();
    return reader.done() ? std::optional(order) : std::nullopt;
}

std::optional<Nonce> decode_nonce(ByteView payload) {
    PayloadReader reader(payload);
    Nonce nonce{};
    reader.array(nonce);
    return reader.done() ? std::optional(nonce) : std::nullopt;
}

Bytes encode(const Fired& fired) {
    return PayloadWriter().bytes(fired.nonce).i64(fired.mono_ms).take();
}

std::optional<Fired> decode_fired(ByteView payload) {
    PayloadReader reader(payload);
    Fired fired;
    reader.array(fired.nonce);
    fired.mono_ms = reader.i64();
    return reader.done() ? std::optional(fired) : std::nullopt;
}

Bytes encode(const Done& done) {
    return PayloadWriter()
        .bytes(done.nonce)
        .u32(static_cast<std::uint32_t>(done.active.count()))
        .take();
}

std::optional<Done> decode_done(ByteView payload) {
    PayloadReader reader(payload);
    Done done;
    reader.array(done.nonce);
    done.active = milliseconds(reader.u32());
    return reader.done() ? std::optional(done) : std::nullopt;
}

Bytes encode(const Refused& refused) {
    return PayloadWriter()
        .bytes(refused.nonce)
        .u8(static_cast<std::uint8_t>(refused.reason))
        .take();
}

std::optional<Refused> decode_refused(ByteView payload) {
    PayloadReader reader(payload);
    Refused refused;
    reader.array(refused.nonce);
    refused.reason = static_cast<Refusal>(reader.u8());
    bool known = name_of(refused.reason) != "unknown";
    return reader.done() && known ? std::optional(refused) : std::nullopt;
}

namespace {

std::optional<DoorState> door_of(std::uint8_t byte) {
    if (byte > static_cast<std::uint8_t>(DoorState::unknown)) return std::nullopt;
    return static_cast<DoorState>(byte);
}

}  // namespace

Bytes encode(const ContactEdge& edge) {
    return PayloadWriter()
        .u16(edge.slot)
        .u8(static_cast<std::uint8_t>(edge.door))
        .i64(edge.mono_ms)
        .take();
}

std::optional<ContactEdge> decode_contact(ByteView payload) {
    PayloadReader reader(payload);
    ContactEdge edge;
    edge.slot = reader.u16();
    auto door = door_of(reader.u8());
    edge.mono_ms = reader.i64();
    if (!reader.done() || !door) return std::nullopt;
    edge.door = *door;
    return edge;
}

Bytes encode(const ContactSnapshot& snapshot) {
    PayloadWriter out;
    out.u8(snapshot.resync ? 1 : 0).u16(static_cast<std::uint16_t>(snapshot.doors.size()));
    for (auto door : snapshot.doors)
        out.u8(static_cast<std::uint8_t>(door));
    return out.take();
}

std::optional<ContactSnapshot> decode_contacts(ByteView payload) {
    PayloadReader reader(payload);
    ContactSnapshot snapshot;
    snapshot.resync = reader.u8() != 0;
    for (auto byte : reader.bytes(reader.u16())) {
        auto door = door_of(byte);
        if (!door) return std::nullopt;
        snapshot.doors.push_back(*door);
    }
    return reader.done() ? std::optional(snapshot) : std::nullopt;
}

}  // namespace seals::helper
