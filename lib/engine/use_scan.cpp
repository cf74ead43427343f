#include "engine/use_scan.hpp"

#include <algorithm>

#include "rules/row.hpp"
#include "rules/use.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kGroupsKept = 256;
constexpr std::size_t kUsesKept = 20'000;  // of all groups kept
constexpr std::int64_t kSerials = 1'000'000'000'000;

std::uint64_t place_of(const std::string& use) {
    auto number = rules::register_number(use);
    if (!number) return 0;
    return static_cast<std::uint64_t>(number->year * kSerials + number->number);
}

// A use is recorded after it was made: those of earlier years' registers lie before the period. A
// day off, whatever the zone by which the register counts its years.
std::string first_year(const ReportQuery& query) {
    auto year = to_civil(query.period.from - std::chrono::hours(24), std::chrono::minutes{0}).year;
    auto text = std::to_string(std::max(year, 0));
    return std::string(text.size() < 4 ? 4 - text.size() : 0, '0') + text;
}

}  // namespace

Status UseScan::each(const std::function<Status(const rules::Use&)>& call) {
    const auto& query = reading_.query();
    return reading_.each_row("use", first_year(query), [&](const Value& body) -> Status {
        auto use = rules::use_from(body);
        if (!query.period.has(use.at) || !reading_.wants(use.seal)) return {};
        return call(use);
    });
}

Status UseScan::number() {
    auto status =
        reading_.each_entry(EventType::use_recorded, [&](const ledger::Recorded& entry) -> Status {
            seqs_.emplace_back(place_of(entry.event.data.text_or("id")), entry.seq);
            return {};
        });
    std::sort(seqs_.begin(), seqs_.end());
    return status;
}

std::uint64_t UseScan::seq_of(const std::string& use) const {
    auto place = place_of(use);
    auto found = std::lower_bound(seqs_.begin(), seqs_.end(), std::pair{place, std::uint64_t{0}});
    return found != seqs_.end() && found->first == place ? found->second : 0;
}

Result<UseScan::Group> UseScan::read_group(const RequestId& id) {
    Group group;
    auto body = reading_.row("request", id.str());
    if (!body) return body.error();
    if (*body) group.request = rules::request_from(**body);
    group.request.id = id;
    for (const auto& use : group.request.uses) {
        auto row = reading_.row("use", use);
        if (!row) return row.error();
        if (*row) group.uses.push_back(rules::use_from(**row));
    }
    return group;
}

Result<const UseScan::Group*> UseScan::group_of(const RequestId& id) {
    if (auto found = groups_.find(id.str()); found != groups_.end()) return &found->second;
    auto group = read_group(id);
    if (!group) return group.error();
    std::size_t kept = group->uses.size();
    for (const auto& [known, one] : groups_)
        kept += one.uses.size();
    if (groups_.size() >= kGroupsKept || kept > kUsesKept) groups_.clear();
    auto& placed = groups_.emplace(id.str(), std::move(*group)).first->second;
    placed.rows = rules::register_rows(placed.request, placed.uses, reading_.query().period);
    return &placed;
}

}  // namespace seals::engine
