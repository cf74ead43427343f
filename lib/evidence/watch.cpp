#include "evidence/watch.hpp"

#include <algorithm>
#include <cstdlib>

#include "evidence/sighting.hpp"

namespace seals::evidence {
namespace {

milliseconds between(std::int64_t a, std::int64_t b) {
    return milliseconds{std::llabs(a - b)};
}

bool same(const std::vector<Reason>& a, const std::vector<Reason>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.code == y.code; });
}

}  // namespace

// What is found later than the first disturbance came with it, for all that is known.
Instant Watch::undisturbed() const {
    auto since = seen_ != nullptr ? seen_->leaf.t : period_.from;
    if (disturbed_.empty()) return since;
    since = disturbed_.front().since;
    for (const auto& one : disturbed_)
        since = std::min(since, one.since);
    return since;
}

void Watch::disturb(std::string_view code, const Entry& entry, Instant since,
                    std::vector<std::string> args) {
    bool told = std::any_of(disturbed_.begin(), disturbed_.end(), [&](const auto& one) {
        return one.why.code == code && one.why.args == args;
    });
    if (!told) disturbed_.push_back({{code, entry.leaf.seq, std::move(args)}, since});
}

void Watch::fault(std::string_view code, const Entry& entry) {
    pending_.push_back({code, entry.leaf.seq, {std::to_string(entry.leaf.seq)}});
}

// Leaves between two that were given are not: what stood there is not known.
void Watch::gap_in_leaves(const Entry& entry) {
    if (before_ == nullptr || entry.leaf.seq == before_->leaf.seq + 1) return;
    auto from = before_->leaf.seq + 1;
    pending_.push_back(
        {"leaf_missing", from, {std::to_string(from), std::to_string(entry.leaf.seq - 1)}});
    book_.forget();
    silent_.clear();
}

void Watch::take(const Entry& entry) {
    gap_in_leaves(entry);
    if (seen_ == nullptr && before_ == nullptr) earliest_ = latest_ = entry.leaf.t;
    earliest_ = std::min(earliest_, entry.leaf.t);
    latest_ = std::max(latest_, entry.leaf.t);
    if (entry.leaf.seal == seal_)
        of_seal(entry);
    else if (entry.leaf.type == "state")
        state(entry);
    else if (auto verdict = counted_as(entry.leaf, seal_); verdict == "present")
        see(entry);
    else if (!verdict.empty())
        disturb("reading", entry, undisturbed(), {verdict});
    else
        of_device(entry);
    before_ = &entry;
}

void Watch::of_seal(const Entry& entry) {
    const auto& leaf = entry.leaf;
    bool follows =
        chain_ == nullptr || (leaf.sn == chain_->leaf.sn + 1 && leaf.sp == chain_->leaf.seq);
    if (!follows) fault("chain_broken", entry);
    chain_ = &entry;
    auto effect = effect_of(leaf);
    if (effect == Effect::taken) disturb("custody", entry, leaf.t, {"in_hand"});
    if (effect == Effect::opened) disturb("opened", entry, leaf.t);
    if (effect == Effect::forced) disturb("forced", entry, undisturbed());
    if (effect == Effect::other) disturb("event", entry, undisturbed(), {leaf.type});
    if (effect == Effect::seen) see(entry);
}

void Watch::of_device(const Entry& entry) {
    const auto& leaf = entry.leaf;
    auto before = before_ != nullptr ? before_->leaf.t : leaf.t;
    if (leaf.type == "device.booted" || leaf.type == "device.shutdown" || leaf.type == "rollback") {
        auto clean = leaf.data.boolean_or("clean") || leaf.type == "device.shutdown";
        disturb("restart", entry, before, {clean ? "clean" : "unclean"});
    }
    if (leaf.type == "clock.stepped") {  // seen a moment late: entries since may have its time
        auto by = leaf.data.integer_or("by_ms");
        auto since = std::min(before, leaf.t - milliseconds{std::llabs(by)});
        disturb("clock_step", entry, std::max(since, std::min(before, undisturbed())),
                {std::to_string(by)});
    }
    if (leaf.type == "clock.accepted")
        disturb("clock_accepted", entry, before, {std::to_string(leaf.data.integer_or("by_ms"))});
    auto device = leaf.data.text_or("device");
    if (leaf.type == "device.silent") {
        silent_.insert(device);
        disturb("device_silent", entry, undisturbed(), {device});
    }
    if (leaf.type == "device.answering") silent_.erase(device);
}

void Watch::state(const Entry& entry) {
    bool counted = within(entry.leaf.t, entry.leaf.t);
    if (counted) ++to_.states;
    if (auto bad = book_.take(entry.leaf)) {
        pending_.push_back(std::move(*bad));
        return;
    }
    silent_ = {book_.silent().begin(), book_.silent().end()};
    if (lies(entry)) see(entry);
}

void Watch::deviate(const Entry& entry, const std::optional<SealState>& state) {
    if (within(entry.leaf.t, entry.leaf.t))
        to_.deviations.push_back({entry.leaf.seq, entry.leaf.t, state});
}

bool Watch::lies(const Entry& entry) {
    auto state = book_.of(seal_);
    auto since = undisturbed();
    if (!state) {
        disturb("not_listed", entry, since);
        deviate(entry, state);
        return false;
    }
    auto known = chain_ != nullptr ? chain_->leaf.sn : 0;
    if (state->sn > known) {  // the chain has a leaf that we were not given
        fault(chain_ == nullptr ? "chain_missing" : "state_ahead", entry);
        return false;
    }
    if (!state->in_order()) {
        deviate(entry, state);
        if (state->custody != "in_slot") disturb("custody", entry, since, {state->custody});
        if (state->door != "shut") disturb("door_open", entry, since);
        if (state->reading != "authentic") disturb("reading", entry, since, {state->reading});
        return false;
    }
    if (!book_.clock_trusted()) disturb("clock_untrusted", entry, since);
    return state->sn == known;  // else it was read before what the chain says next
}

// The time between two sightings, by the clock and by what no clock moves.
void Watch::measure(const Entry& entry) {
    const auto &a = seen_->leaf, &b = entry.leaf;
    auto clock = between(b.t.ms, a.t.ms);
    auto told = [&](std::string_view code) {
        return std::any_of(disturbed_.begin(), disturbed_.end(),
                           [&](const auto& one) { return one.why.code.starts_with(code); });
    };
    auto earliest = b.t;  // what is claimed to be covered ends there
    for (const auto& one : disturbed_)
        earliest = std::min(earliest, one.since);
    if (earliest - a.t > limits_.state_gap) {
        auto minutes = (earliest - a.t).count() / 60'000;
        disturb("state_gap", entry, a.t, {std::to_string(minutes)});
    }
    if (touches(earliest_, latest_)) to_.longest_gap = std::max(to_.longest_gap, clock);
    if (a.boot != b.boot && !told("restart")) disturb("restart", entry, a.t, {"unclean"});
    if (a.boot != b.boot) return;
    auto running = between(b.mono, a.mono);
    if (b.mono < a.mono) fault("boot_unknown", entry);
    bool differs = between(clock.count(), running.count()) > limits_.clock_slack;
    if (differs && !told("clock_"))
        disturb("clock_differs", entry, a.t, {std::to_string((clock - running).count())});
    if (running > limits_.state_gap && disturbed_.empty())
        disturb("state_gap", entry, a.t, {std::to_string(running.count() / 60'000)});
}

void Watch::list(Uncovered stretch) {
    stretch.from = std::max(stretch.from, period_.from);
    stretch.to = std::min(stretch.to, period_.to);
    auto& all = to_.uncovered;
    bool goes_on =
        !all.empty() && all.back().to == stretch.from && same(all.back().why, stretch.why);
    if (!goes_on) return all.push_back(std::move(stretch));
    all.back().to = stretch.to;
    all.back().before = stretch.before;
}

void Watch::close(const Entry& entry) {
    if (!touches(earliest_, latest_)) return;
    to_.faults.insert(to_.faults.end(), pending_.begin(), pending_.end());
    if (disturbed_.empty()) return;
    Uncovered stretch{latest_, latest_, seen_->leaf.seq, entry.leaf.seq, {}};
    for (auto& one : disturbed_) {
        stretch.from = std::min(stretch.from, one.since);
        stretch.why.push_back(std::move(one.why));
    }
    if (touches(stretch.from, stretch.to)) list(std::move(stretch));
}

void Watch::see(const Entry& entry) {
    for (const auto& device : silent_)
        disturb("device_silent", entry, undisturbed(), {device});
    if (within(entry.leaf.t, entry.leaf.t)) ++to_.sightings;
    if (seen_ != nullptr) {
        measure(entry);
        close(entry);
    } else if (entry.leaf.t > period_.from) {
        to_.faults.insert(to_.faults.end(), pending_.begin(), pending_.end());
        list(
            {period_.from, entry.leaf.t, 0, entry.leaf.seq, {{"no_state_before", entry.leaf.seq}}});
    }
    bool before = entry.leaf.t <= period_.from;
    if (to_.first == 0 || before) to_.first = entry.leaf.seq;
    if (to_.last == 0 || seen_ == nullptr || seen_->leaf.t < period_.to) to_.last = entry.leaf.seq;
    seen_ = &entry;
    earliest_ = latest_ = entry.leaf.t;
    disturbed_.clear();
    pending_.clear();
}

void Watch::end() {
    if (seen_ == nullptr) {
        to_.faults.insert(to_.faults.end(), pending_.begin(), pending_.end());
        std::vector<Reason> why{{"no_state_before", 0}};
        for (auto& one : disturbed_)
            why.push_back(std::move(one.why));
        return list({period_.from, period_.to, 0, 0, std::move(why)});
    }
    bool open = seen_->leaf.t < period_.to;
    if (!open && !touches(earliest_, latest_)) return;
    to_.faults.insert(to_.faults.end(), pending_.begin(), pending_.end());
    if (!open && disturbed_.empty()) return;
    auto from = std::min(seen_->leaf.t, period_.to);
    std::vector<Reason> why{{"no_state_after", seen_->leaf.seq}};
    for (auto& one : disturbed_) {
        from = std::min(from, one.since);
        why.push_back(std::move(one.why));
    }
    if (touches(from, period_.to)) list({from, period_.to, seen_->leaf.seq, 0, std::move(why)});
}

}  // namespace seals::evidence
