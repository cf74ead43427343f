// THE table of routes. GET /v1/schema and the manual are made from it.
#pragma once

#include <vector>

#include "api/server.hpp"
#include "api/services.hpp"

namespace seals::api {

std::vector<Route> make_routes(Services& services);

// The rows alone, for the manual's check and tools.
std::vector<Row> route_rows();

}  // namespace seals::api
