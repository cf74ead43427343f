// One job from sealsd: a file's descriptor and what is in it, answered with typed items.
#pragma once

#include "helper/intake.hpp"
#include "intake/read.hpp"

namespace seals {

// Code::invalid naming the part of the job that is wrong, or the line of its map.
Result<intake::Job> intake_job(const helper::IntakeJob& from);

// Talks over `in` and `out` (one socket, or two ends of pipes that carry no descriptor and so get
// an error). Errors: those of the conversation; what is wrong with the file was answered.
Status serve_job(int in, int out);

}  // namespace seals
