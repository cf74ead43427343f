// Scope: a role may end at some entities. Acts on a seal ask check_scope(); what shows entries asks
// may_see(). What concerns no seal is for roles over everything. Loop thread.
#pragma once

#include <set>
#include <string>

#include "api/services.hpp"

namespace seals::api {

// Code::denied when the role by which the route let the caller in does not cover the seal's entity.
Status check_scope(const Services& services, const Request& request, const SealId& seal);

// As a viewer.
bool may_see(const Services& services, const Caller& caller, const std::string& seal);

// The seals that he may not see, for a question on another thread; none for a role over everything.
std::set<std::string> hidden_seals(const Services& services, const Caller& caller);

// Drops from a page of items what the caller may not see, by their member "seal".
Value only_visible(const Services& services, const Caller& caller, Value page);

}  // namespace seals::api
