#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "wire/json.hpp"

namespace seals::perf {
namespace {

std::string goal_text(const Row& row) {
    if (row.goal == Goal::none) return "report";
    bool met = row.goal == Goal::least ? row.value >= row.limit : row.value <= row.limit;
    return fmt::format("{} {:g}{}", row.goal == Goal::least ? ">=" : "<=", row.limit,
                       met ? "" : "  MISSED");
}

}  // namespace

void Report::add(Row row) {
    fmt::print("{:<66} {:>10.4g} {:<8} {:<16} {}\n", row.what, row.value, row.unit, goal_text(row),
               row.beside);
    std::fflush(stdout);
    rows_.push_back(std::move(row));
}

void Report::failed(const std::string& what, const std::string& why) {
    fmt::print("{:<66} not measured: {}\n", what, why);
}

bool Report::write_json(const std::string& path) const {
    std::ofstream file(path);
    for (const auto& row : rows_) {
        Value line{Value::Object{}};
        line.add("what", row.what);
        line.add("value", row.value);
        line.add("unit", row.unit);
        line.add("goal", goal_text(row));
        line.add("beside", row.beside);
        file << wire::dump_json(line) << '\n';
    }
    return file.good();
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return NAN;
    std::sort(values.begin(), values.end());
    auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1;
    return values[std::min(at, values.size() - 1)];
}

double median(std::vector<double> values) {
    return percentile(std::move(values), 0.5);
}

}  // namespace seals::perf
