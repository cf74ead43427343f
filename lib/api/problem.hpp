// Problem: an Error as RFC 9457 has it on the wire. Pure, any thread.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::api {

inline constexpr const char* kProblemType = "application/problem+json";

// `status` of 0 means the code's own.
Value problem_of(const Error& error, int status = 0);

// Problems that HTTP itself causes, whose status is finer than the code's.
Error code_of_http(int status, std::string detail);

}  // namespace seals::api
