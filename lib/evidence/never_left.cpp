#include "evidence/never_left.hpp"

#include <algorithm>
#include <utility>

#include "evidence/sighting.hpp"
#include "evidence/watch.hpp"

namespace seals::evidence {
namespace {

bool inside(const Period& period, Instant at) {
    return at >= period.from && at <= period.to;
}

// Custody as the chain alone tells it.
bool goes(const leaf::Leaf& leaf) {
    return leaf.type == "seal.taken";
}
bool comes(const leaf::Leaf& leaf) {
    return leaf.type == "seal.returned" || leaf.type == "seal.enrolled" ||
           leaf.type == "seal.recovered";
}

class Making {
  public:
    Making(const Given& given, Statement& statement) : given_(given), to_(statement) {}

    void make(const Limits& limits) {
        to_.faults = given_.faults;
        Watch watch(to_.seal, to_.period, limits, to_);
        for (const auto& [seq, entry] : given_.entries)
            watch.take(entry);
        watch.end();
        add_chain();
        add_device();
        begin_series();
        check_origin();
        to_.verdict = verdict();
    }

  private:
    void fault(std::string_view code, std::uint64_t seq = 0) {
        to_.faults.push_back({code, seq, {std::to_string(seq)}});
    }

    // The leaf before the time, all within it, and the one after; and what left.
    void add_chain() {
        auto all = given_.chain_of(to_.seal);
        const Entry* before = nullptr;
        const Entry* out = nullptr;  // by this one it was out when the time began
        bool after = false;
        for (const auto* entry : all) {
            const auto& leaf = entry->leaf;
            if (leaf.t < to_.period.from) {
                before = entry;
                if (goes(leaf)) out = entry;
                if (comes(leaf)) out = nullptr;
                continue;
            }
            if (before != nullptr) to_.chain.push_back(std::exchange(before, nullptr));
            bool in = inside(to_.period, leaf.t);
            if (in || !after) to_.chain.push_back(entry);
            after = after || !in;
            if (in && goes(leaf)) to_.takes.push_back(entry);
        }
        if (before != nullptr) to_.chain.push_back(before);
        if (out != nullptr) to_.takes.insert(to_.takes.begin(), out);
    }

    void add_device() {
        for (const auto& [seq, entry] : given_.entries) {
            bool near = seq >= to_.first && (to_.last == 0 || seq <= to_.last);
            bool shown = is_of_device(entry.leaf.type);
            if (shown && (near || entry.leaf.type == "device.booted")) to_.device.push_back(&entry);
        }
    }

    // Before the opening baseline is the time before the installation.
    void begin_series() {
        for (const auto& [seq, entry] : given_.entries)
            if (begins_series(entry.leaf, to_.seal)) {
                to_.baseline = &entry;
                break;
            }
        if (to_.baseline == nullptr) return fault("no_baseline");
        auto at = to_.baseline->leaf.t;
        if (at <= to_.period.from) return;
        Uncovered before{to_.period.from,
                         std::min(at, to_.period.to),
                         0,
                         to_.baseline->leaf.seq,
                         {{"before_baseline", to_.baseline->leaf.seq}}};
        to_.uncovered.insert(to_.uncovered.begin(), std::move(before));
    }

    // The tree is this cabinet's, and the device whose leaves these are booted under it.
    void check_origin() {
        auto names = [&](const Entry& entry) {
            bool creates = entry.leaf.type == "ledger.created" && entry.leaf.seq == 1;
            bool again = entry.leaf.type == "rollback";
            return (creates || again) &&
                   entry.leaf.data.text_or("origin") == given_.checkpoint.origin;
        };
        bool known = given_.entries.contains(1) &&
                     std::any_of(given_.entries.begin(), given_.entries.end(),
                                 [&](const auto& one) { return names(one.second); });
        if (!known) fault("origin_unknown", 1);
        auto first = given_.entries.find(to_.first);
        if (first == given_.entries.end()) return;
        auto booted = std::any_of(given_.entries.begin(), first, [&](const auto& one) {
            return one.second.leaf.type == "device.booted" &&
                   one.second.leaf.boot == first->second.leaf.boot;
        });
        if (!booted) fault("boot_unknown", to_.first);
    }

    bool covers_something() const {
        auto at = to_.period.from;
        for (const auto& one : sorted()) {
            if (one.from > at) return true;
            at = std::max(at, one.to);
        }
        return at < to_.period.to;
    }
    std::vector<Uncovered> sorted() const {
        auto all = to_.uncovered;
        std::sort(all.begin(), all.end(),
                  [](const auto& a, const auto& b) { return a.from < b.from; });
        return all;
    }

    LeftVerdict verdict() {
        bool out = std::any_of(to_.deviations.begin(), to_.deviations.end(), [](const auto& one) {
            return one.state && one.state->custody == "in_hand";
        });
        if (out || !to_.takes.empty()) return LeftVerdict::left;
        if (!covers_something()) fault("nothing_covered");
        if (!to_.faults.empty()) return LeftVerdict::not_proven;
        return to_.uncovered.empty() ? LeftVerdict::proven : LeftVerdict::proven_except;
    }

    const Given& given_;
    Statement& to_;
};

}  // namespace

std::string_view name_of(LeftVerdict verdict) {
    constexpr std::string_view kNames[] = {"proven", "proven_except", "not_proven", "left"};
    return kNames[static_cast<std::size_t>(verdict)];
}

Statement never_left(const std::string& seal, const Period& period, const Given& given,
                     const Limits& limits) {
    Statement statement;
    statement.seal = seal;
    statement.period = period;
    Making(given, statement).make(limits);
    return statement;
}

}  // namespace seals::evidence
