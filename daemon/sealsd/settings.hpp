// The config's values in the shapes that the parts take. Pure.
#pragma once

#include <vector>

#include "api/actor.hpp"
#include "config/config.hpp"
#include "device_cabinet.hpp"
#include "engine/visits.hpp"
#include "leaf/key.hpp"
#include "rules/policy.hpp"

namespace seals::sealsd {

rules::Policy policy_of(const config::Config& config);
engine::VisitTimes visit_times_of(const config::Config& config);
api::RoleMap role_map_of(const config::Config& config);
std::vector<SlotWiring> wiring_of(const config::Config& config);
// Code::invalid names the witness whose key is none.
Result<std::vector<leaf::PublicKey>> witness_keys_of(const config::Config& config);
std::vector<SlotId> slots_of(const config::Config& config);

}  // namespace seals::sealsd
