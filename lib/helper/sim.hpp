// What the simulated cabinet (sealsd-sim) and its clients say to each other over sim.sock. Fixed
// binary layouts, except the verbs a person types, which are JSON. Answers come in the order of the
// questions of a connection, apart from the edges and clock changes that were asked for.
// Codec: pure. sim_verb and sim_clock block the calling thread, at most `wait`.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/slot.hpp"
#include "base/value.hpp"
#include "helper/frame.hpp"

namespace seals::helper {

enum class SimFrame : std::uint8_t {
    line_set = 1,        // u16 slot | u8 active -> line_is
    contact_follow = 2,  // -> contacts, then contact_edge whenever one comes
    apdu = 3,            // u16 slot | bytes -> apdu_answer
    presence = 4,        // u16 slot -> presence_is
    relatch = 5,         // u16 slot -> relatched
    enrol = 6,           // u16 home slot | 16 key | u8 n | n uid | seal -> enrolled
    verb = 7,            // JSON {"verb", "args"} -> verb_answer
    clock_follow = 8,    // -> clock_is now and after each step
    line_is = 33,        // u16 slot | u8 SimStatus | u8 active | i64 mono
    contacts = 34,       // u16 n | n times u8 open
    contact_edge = 35,   // u16 slot | u8 open | i64 mono
    apdu_answer = 36,    // u8 SimStatus | bytes
    presence_is = 37,    // u8 SimStatus | u8 present (as an answer of one byte)
    relatched = 38,      // u8 SimStatus
    enrolled = 39,       // u8 SimStatus
    verb_answer = 40,    // JSON {"code": "ok", "result"} or the members of an Error
    clock_is = 41,       // i64 offset_ms | u32 steps
};

enum class SimStatus : std::uint8_t {
    ok = 0,
    no_slot = 1,      // no such slot in this cabinet
    no_tag = 2,       // nothing lies there
    reader_gone = 3,  // fault reader-gone
};

struct SimLine {
    SlotNo slot = 0;
    SimStatus status = SimStatus::ok;
    bool active = false;
    std::int64_t mono_ms = 0;  // CLOCK_BOOTTIME of the last change of level
};
struct SimEdge {
    SlotNo slot = 0;
    bool open = false;
    std::int64_t mono_ms = 0;
};
struct SimAnswer {
    SimStatus status = SimStatus::ok;
    Bytes bytes{};
};
struct SimTag {
    SealId seal;
    Bytes uid;  // 4, 7 or 10 bytes
    std::array<std::uint8_t, 16> key{};
    SlotNo home = 0;  // 0: none; put there when first enrolled
};
struct SimClock {
    std::int64_t offset_ms = 0;  // to be added to the system clock
    std::uint32_t steps = 0;     // how often it was stepped; 0: never
};

Bytes encode(const SimLine& line);  // payloads, without the frame's head
Bytes encode(const SimEdge& edge);
Bytes encode(const SimAnswer& answer);
Bytes encode(const SimTag& tag);
Bytes encode(const SimClock& clock);
Bytes encode_contacts(const std::vector<bool>& open);  // slot n is element n - 1
std::optional<SimLine> decode_line(ByteView payload);  // nullopt: not of that layout
std::optional<SimEdge> decode_edge(ByteView payload);
std::optional<SimAnswer> decode_answer(ByteView payload);
std::optional<SimTag> decode_tag(ByteView payload);
std::optional<SimClock> decode_clock(ByteView payload);
std::optional<std::vector<bool>> decode_contacts_open(ByteView payload);

std::string encode_verb(const std::string& verb, const std::vector<std::string>& args);
Result<Value> decode_verb_answer(ByteView payload);  // the result, or the cabinet's Error

// insert SLOT TAG, remove SLOT, open SLOT, shut SLOT, fault SLOT KIND, person auto|none, clock ±S,
// trace, status. Errors: the cabinet's own; Code::unavailable when it is not there.
Result<Value> sim_verb(const std::string& socket, const std::string& verb,
                       const std::vector<std::string>& args,
                       std::chrono::milliseconds wait = std::chrono::seconds(5));
Result<SimClock> sim_clock(const std::string& socket,
                           std::chrono::milliseconds wait = std::chrono::seconds(5));

}  // namespace seals::helper
