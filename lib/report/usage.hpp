// Rows of a usage report: in which section they stand and what they are called. Pure.
#pragma once

#include <string>

#include "base/value.hpp"

namespace seals::report {

std::string usage_section(const Value& row);  // "按印章"
std::string usage_name(const Value& row);     // "合同专用章", "何涵(E1038)", "09:00–09:59"

}  // namespace seals::report
