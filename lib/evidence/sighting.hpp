// What one leaf says of one seal: that it was seen in its slot, that it went, or that the watch was
// disturbed. Inside this room. Pure.
#pragma once

#include <string>

#include "leaf/leaf.hpp"

namespace seals::evidence {

enum class Effect { none, seen, taken, opened, forced, other };

// Of a leaf of the seal's own chain. What we do not know is `other`: a disturbance.
Effect effect_of(const leaf::Leaf& leaf);

// What a count found of it; empty: the leaf is no count, did not read its slot, or that was in use.
std::string counted_as(const leaf::Leaf& leaf, const std::string& seal);

// A leaf of the device that people who judge it want to see.
bool is_of_device(const std::string& type);

// The series of a seal begins: a baseline with it, or its enrolment or activation before two.
bool begins_series(const leaf::Leaf& leaf, const std::string& seal);

}  // namespace seals::evidence
