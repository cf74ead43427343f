// Settling: the door is shut and the slot was read; what does that make of the seal that lives
// there. Shared by session and inventory; not for other rooms.
#pragma once

#include "rules/making.hpp"

namespace seals::rules {

// Whether an unreadable tag in a slot nobody visited makes the seal's custody unknown (the door was
// forced, or we were down) or changes nothing (a routine count).
enum class Doubt { none, custody };

// The end of a visit.
Event closing(const Context& context, const Session& session, std::string_view verdict, Code code);

void settle_visit(const State&, const Context&, const Session&, const TagReading&, Decision&);
void settle_idle(const State&, const Context&, const SlotId&, const TagReading&, Doubt, Decision&);

// A look at the slot while its door is open: the seal has left, or a tag authenticates.
void note_look(const State&, const Context&, const Session&, const TagReading&, Decision&);

// Whether the door has moved since the reading began: then it tells of a slot that was.
bool is_stale(const TagReading&, const Slot&, Instant now);

// What a count says of the slot.
Verdict verdict_of(const State&, const SlotId&, const TagReading&, Instant now);

}  // namespace seals::rules
