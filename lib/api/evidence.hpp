// What several handlers of evidence tell alike. Loop thread.
#pragma once

#include "engine/proofs.hpp"
#include "engine/signer.hpp"
#include "wire/evidence.hpp"

namespace seals::api {

wire::CheckpointReply checkpoint_reply(const engine::CheckpointView& view,
                                       const engine::Signer& signer);

}  // namespace seals::api
