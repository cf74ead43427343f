// The OpenAPI 3.1 document of a route table, for GET /v1/schema. Pure.
#pragma once

#include <span>

#include "api/row.hpp"

namespace seals::api {

Value openapi(std::span<const Row> rows);

}  // namespace seals::api
