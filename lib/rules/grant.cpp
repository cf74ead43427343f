#include "rules/grant.hpp"

#include <algorithm>

namespace seals::rules {

const Line* Request::line_for(const SealId& seal) const {
    auto found = std::find_if(lines.begin(), lines.end(),
                              [&](const auto& line) { return line.seal == seal; });
    return found == lines.end() ? nullptr : &*found;
}

Impressions& Impressions::operator+=(const Impressions& other) {
    ordinary += other.ordinary;
    cross_page += other.cross_page;
    return *this;
}

Impressions& Impressions::operator-=(const Impressions& other) {
    ordinary -= other.ordinary;
    cross_page -= other.cross_page;
    return *this;
}

Impressions Line::unspent() const {
    auto left = granted();
    left -= spent();
    return left;
}

std::vector<std::pair<std::int64_t, const Line*>> Request::lines_of(const SealId& seal) const {
    std::vector<std::pair<std::int64_t, const Line*>> out;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].seal == seal) out.emplace_back(static_cast<std::int64_t>(i) + 1, &lines[i]);
    return out;
}

const Line* Request::line_numbered(std::int64_t number) const {
    if (number < 1 || number > static_cast<std::int64_t>(lines.size())) return nullptr;
    return &lines[static_cast<std::size_t>(number - 1)];
}

bool Request::stands(const Line& line, Instant now) const {
    bool ended = line.ended.ms != 0 && now >= line.ended;
    return !withdrawn && !ended && (!application || application->accepted) &&
           superseded_by.empty() && line.revoked.empty() && now <= line.valid_to;
}

Impressions Request::remaining(const Line& line, Instant now) const {
    return stands(line, now) ? line.unspent() : Impressions{};
}

Impressions Request::cancelled(const Line& line, Instant now) const {
    return stands(line, now) ? Impressions{} : line.unspent();
}

bool Request::used_up(Instant now) const {
    return std::all_of(lines.begin(), lines.end(), [&](const Line& line) {
        return remaining(line, now).within(Impressions{});
    });
}

bool Request::settled() const {
    if (!superseded_by.empty()) return true;
    return ending ? ending->closed && !ending->stale && !ending->reopened : !taken;
}

bool Request::has_addressee() const {
    bool made_here = is_paper() || is_emergency() || source == kSelfSource;
    return !made_here || !matched_id.empty() || !cured_by.empty();
}

bool Request::waits_to_be_told() const {
    return ending && !ending->closed && !ending->stale && has_addressee();
}

bool Request::is_paper() const {
    return source == kPaperSource;
}

bool Request::needs_cure() const {
    return is_emergency() && taken && cured_by.empty() && cure_by.has_value();
}

const Line* Request::line_to_take(const SealId& seal, Instant now) const {
    const Line* best = line_for(seal);
    bool best_stands = best != nullptr && stands(*best, now);
    for (const auto& [number, line] : lines_of(seal)) {
        if (!stands(*line, now)) continue;
        if (!line->unspent().none()) return line;
        if (!best_stands) best = line;
        best_stands = true;
    }
    return best;
}

bool Request::is_emergency() const {
    return source == kEmergencySource;
}

bool Request::is_pending() const {
    return application && !application->accepted && !application->rejected;
}

bool Request::is_rejected() const {
    return application && application->rejected;
}

Instant Request::valid_to() const {
    Instant latest = applied_at;
    for (const auto& line : lines)
        latest = std::max(latest, line.valid_to);
    return latest;
}

bool Request::over() const {
    return withdrawn || is_rejected() || has_ended() || !superseded_by.empty() ||
           (!lines.empty() && std::all_of(lines.begin(), lines.end(),
                                          [](const auto& l) { return !l.revoked.empty(); }));
}

RequestState Request::state(Instant now) const {
    if (!superseded_by.empty()) return RequestState::superseded;
    if (is_rejected()) return RequestState::rejected;
    if (withdrawn) return RequestState::withdrawn;
    if (has_ended() && ending->closed) return RequestState::closed;
    if (has_ended() && ending->told == ending->revision) return RequestState::reported;
    if (has_ended())
        return ending->outcome == RequestOutcome::fulfilled ? RequestState::fulfilled
                                                            : RequestState::part_fulfilled;
    if (over()) return RequestState::revoked;
    if (now > valid_to()) return RequestState::expired;
    if (held) return RequestState::held;
    if (is_pending()) return RequestState::received;
    return taken ? RequestState::in_progress : RequestState::accepted;
}

}  // namespace seals::rules
