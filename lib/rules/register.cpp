#include "rules/register.hpp"

#include <algorithm>
#include <map>

namespace seals::rules {
namespace {

void add(RegisterRow& row, const Use& use) {
    row.uses.push_back(&use);
    row.made += use.impressions;
    row.excess += use.excess;
}

}  // namespace

std::vector<RegisterRow> register_rows(const Request& request, const std::vector<Use>& uses,
                                       const Period& period) {
    std::vector<const Use*> wanted;
    for (const auto& use : uses)
        if (period.has(use.at)) wanted.push_back(&use);
    std::sort(wanted.begin(), wanted.end(),
              [](const Use* a, const Use* b) { return a->id < b->id; });
    std::vector<RegisterRow> rows;
    std::map<std::int64_t, std::size_t> row_of_line;
    for (const auto* use : wanted) {
        auto [at, first] = use->voided ? std::pair{row_of_line.end(), true}
                                       : row_of_line.try_emplace(use->line, rows.size());
        if (first) {
            rows.emplace_back();
            rows.back().line = request.line_numbered(use->line);
            rows.back().voided = use->voided.has_value();
        }
        add(first ? rows.back() : rows[at->second], *use);
    }
    return rows;
}

}  // namespace seals::rules
