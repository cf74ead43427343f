// Attention: what of the state needs a person, since when, and what that person can do. Pure.
#pragma once

#include <optional>
#include <vector>

#include "rules/policy.hpp"
#include "rules/state.hpp"
#include "wire/status.hpp"
#include "words/texts.hpp"

namespace seals::sealsd {

wire::StatusCounts counts_of(const rules::State& state, Instant now);

// The longest first.
std::vector<wire::Attention> attention_of(const rules::State& state, const rules::Policy& policy,
                                          Instant now, Language language);
// Since when a seal has been in trouble; nullopt: none is.
std::optional<Instant> first_trouble(const rules::State& state, Instant now);

}  // namespace seals::sealsd
