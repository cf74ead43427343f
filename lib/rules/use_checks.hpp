// What must hold for a use to be recorded, one question each; and who must be there. Shared by the
// files of this room. Pure, any thread.
#pragma once

#include <optional>

#include "rules/command.hpp"
#include "rules/decide.hpp"
#include "rules/policy.hpp"

namespace seals::rules {

using Refusal = std::optional<Error>;

// The request is known, and it concerns the seal.
Refusal request_refusal(const Request* request, const Use& use);

// The seal is out under that request, or was until a while ago; fills in session and `late`.
Refusal loan_refusal(const Policy&, const Context&, const Seal&, Use& use);

// The line has room for it, or it is told as excess.
Refusal grant_refusal(const Request&, const Line&, const RecordUse&, const Use& use);

// Who stamped may.
Refusal person_refusal(const State&, const Policy&, const Request&, const Line&, const Seal&,
                       const Use& use);

// Supervisor, photo and document where the policy asks for them.
Refusal scene_refusal(const State&, const Policy&, const Seal&, const RecordUse&, const Use& use);

// As admit(): the stamper's factor where the policy asks, or one was given; the supervisor's
// likewise.
bool admit_use(const State&, const Policy&, const Context&, const RecordUse&, const Seal&,
               Refusal why, Decision&);

std::int64_t year_of(Instant at, milliseconds utc_offset);

}  // namespace seals::rules
