// The status as metrics, in the text that both OpenMetrics 1.0 and Prometheus' node_exporter read
// (so: gauges only, and "# EOF" at the end). Pure.
#pragma once

#include <string>

#include "base/value.hpp"

namespace seals::sealctl {

// `status`: the body of GET /v1/status; null when sealsd did not answer, which is a metric, too.
std::string metrics_of(const Value& status);

}  // namespace seals::sealctl
