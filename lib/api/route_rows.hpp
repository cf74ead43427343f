// The parts that THE route table is made of: a row with its handler, for the files that hold rows.
// Constant data; not for other rooms.
#pragma once

#include <span>

#include "api/row.hpp"
#include "api/services.hpp"

namespace seals::api {

struct RouteRow {
    Row row;
    void (*handle)(Services&, Request, Responder);
};

constexpr Row whole(Row row) {
    row.whole = true;
    return row;
}

std::span<const RouteRow> request_routes();   // of requests, uses and their results
std::span<const RouteRow> evidence_routes();  // of checkpoints, proofs and exports

}  // namespace seals::api
