#include "highlight.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/width.hpp"

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

void add(Cell& cell, const std::string& text, Style style) {
    if (cell.spans.empty() || cell.spans.back().style != style) cell.spans.push_back({{}, style});
    cell.spans.back().text += text;
}

std::string plain_text(const Cell& cell) {
    std::string out;
    for (const auto& span : cell.spans)
        out += span.text;
    return out;
}

}  // namespace

Cell highlighted(const std::string& text, const Value* ranges) {
    Cell cell;
    std::int64_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        auto from = at;
        next_code_point(text, at);
        add(cell, text.substr(from, at - from), within(count, ranges) ? Style::bold : Style::plain);
    }
    return cell;
}

Cell found_lines(const std::string& text, const Value* ranges) {
    auto whole = highlighted(text, ranges);
    std::vector<Cell> lines(1);
    for (const auto& [piece, style] : whole.spans)
        for (char c : piece)
            if (c == '\n')
                lines.emplace_back();
            else
                add(lines.back(), std::string(1, c), style);
    auto found = [](const Cell& line) {
        return std::any_of(line.spans.begin(), line.spans.end(),
                           [](const auto& span) { return span.style == Style::bold; });
    };
    bool any = std::any_of(lines.begin(), lines.end(), found);
    Cell out;
    std::set<std::string> said;  // a name stands in the entry and where it is looked up
    for (const auto& line : lines) {
        if ((any && !found(line)) || !said.insert(plain_text(line)).second) continue;
        if (!out.spans.empty()) add(out, " · ", Style::plain);
        for (const auto& [piece, style] : line.spans)
            add(out, piece, style);
    }
    return out;
}

}  // namespace seals::sealctl
