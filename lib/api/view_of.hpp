// Objects of the state as the API shows them. Pure, any thread.
#pragma once

#include "rules/state.hpp"
#include "wire/alert.hpp"
#include "wire/use.hpp"
#include "wire/views.hpp"

namespace seals::api {

wire::PersonView view_of(const rules::Person& person);
wire::SealView view_of(const rules::Seal& seal);
std::optional<wire::EndingView> ending_of(const rules::Request& request);
wire::RequestView view_of(const rules::Request& request, Instant now);
wire::SessionView view_of(const rules::Session& session);
wire::AlertView view_of(const rules::Alert& alert);
wire::UseView view_of(const rules::Use& use);

}  // namespace seals::api
