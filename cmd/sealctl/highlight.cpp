#include "highlight.hpp"

#include "width.hpp"

namespace seals::sealctl {
namespace {

bool within(std::int64_t at, const Value* ranges) {
    if (ranges == nullptr || ranges->array() == nullptr) return false;
    for (const auto& range : *ranges->array()) {
        const auto* ends = range.array();
        if (ends == nullptr || ends->size() != 2) continue;
        const auto* start = (*ends)[0].integer();
        const auto* end = (*ends)[1].integer();
        if (start != nullptr && end != nullptr && at >= *start && at < *end) return true;
    }
    return false;
}

}  // namespace

Cell highlighted(const std::string& text, const Value* ranges) {
    Cell cell;
    std::int64_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        auto from = at;
        next_code_point(text, at);
        auto style = within(count, ranges) ? Style::bold : Style::plain;
        if (cell.spans.empty() || cell.spans.back().style != style)
            cell.spans.push_back({{}, style});
        cell.spans.back().text += text.substr(from, at - from);
    }
    return cell;
}

}  // namespace seals::sealctl
