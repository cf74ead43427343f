// The event envelope: the leaf's fields with time and uptime spelled out. Pure, any thread.
#pragma once

#include "base/value.hpp"
#include "engine/feed.hpp"

namespace seals::api {

Value envelope_of(const ledger::Recorded& entry);

}  // namespace seals::api
