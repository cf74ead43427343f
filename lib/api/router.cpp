#include "api/router.hpp"

#include <variant>

#include "base/text.hpp"

namespace seals::api {
namespace {

bool is_param(const std::string& segment) {
    return segment.starts_with('{');
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
    if (pattern.size() != segments.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_param(pattern[i]) ? segments[i].empty() : pattern[i] != segments[i]) return false;
    }
    return true;
}

// Is `a` the more literal of two patterns that both fit? The first difference decides.
bool goes_before(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (is_param(a[i]) != is_param(b[i])) return is_param(b[i]);
    return false;
}

std::map<std::string, std::string> params_of(const std::vector<std::string>& pattern,
                                             const std::vector<std::string>& segments) {
    std::map<std::string, std::string> params;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (is_param(pattern[i]))
            params.emplace(pattern[i].substr(1, pattern[i].size() - 2), segments[i]);
    return params;
}

}  // namespace

Router::Router(std::span<const Row> rows) {
    for (const auto& row : rows) {
        Pattern pattern{row.method, {}};
        for (auto segment : split(row.pattern.substr(1), '/'))
            pattern.segments.emplace_back(segment);
        patterns_.push_back(std::move(pattern));
    }
}

std::variant<Match, NoMatch> Router::match(std::string_view method,
                                           const std::vector<std::string>& segments) const {
    const Pattern* best = nullptr;
    NoMatch none;
    for (const auto& pattern : patterns_) {
        if (!fits(pattern.segments, segments)) continue;
        if (name_of(pattern.method) != method) {
            none.status = 405;
            auto name = std::string(name_of(pattern.method));
            if (none.allow.find(name) == std::string::npos)
                none.allow += (none.allow.empty() ? "" : ", ") + name;
            continue;
        }
        if (best == nullptr || goes_before(pattern.segments, best->segments)) best = &pattern;
    }
    if (best == nullptr) return none;
    return Match{static_cast<std::size_t>(best - patterns_.data()),
                 params_of(best->segments, segments)};
}

}  // namespace seals::api
