#include "rules/reconcile.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "rules/reconcile_line.hpp"

namespace seals::rules {
namespace {

// The run of records of that key which begins at `at`, which it then leaves behind.
template <class T>
std::span<const T> take_run(const std::vector<T>& from, std::size_t& at, const LineKey& key) {
    auto begin = at;
    while (at < from.size() && from[at].key == key)
        ++at;
    return {from.data() + begin, at - begin};
}

template <class T>
void lower(const LineKey*& least, const std::vector<T>& from, std::size_t at) {
    if (at < from.size() && (least == nullptr || from[at].key < *least)) least = &from[at].key;
}

}  // namespace

// All that has one key.
struct Comparison::Group : LineFacts {
    std::int64_t exported_in_period = 0;
    std::int64_t known_in_period = 0;
};

LineTally& LineTally::operator+=(const LineTally& other) {
    items += other.items;
    export_lines += other.export_lines;
    ledger_lines += other.ledger_lines;
    loans += other.loans;
    uses += other.uses;
    return *this;
}

void Comparison::add(ExportLine line) {
    if (period_.has(line.content.applied_at))
        ++counted_.export_lines;
    else
        ++outside_;
    in_order_ = false;
    exported_.push_back(std::move(line));
}

void Comparison::add(LedgerLine line) {
    if (period_.has(line.content.applied_at)) ++counted_.ledger_lines;
    known_.push_back(std::move(line));
}

void Comparison::add(LineLoan loan) {
    if (period_.has(loan.taken)) ++counted_.loans;
    loans_.push_back(std::move(loan));
}

void Comparison::add(LineUse use) {
    if (period_.has(use.at)) counted_.uses += use.count;
    uses_.push_back(std::move(use));
}

void Comparison::add_withdrawal(std::string external_id, std::string source) {
    withdrawals_.emplace(std::move(external_id), std::move(source));
}

std::size_t Comparison::size() const {
    return exported_.size() + known_.size() + loans_.size() + uses_.size() + withdrawals_.size();
}

bool Comparison::exports(const std::string& external_id, const std::string& source) {
    if (!std::exchange(in_order_, true)) std::sort(exported_.begin(), exported_.end());
    auto at = std::lower_bound(
        exported_.begin(), exported_.end(), external_id,
        [](const ExportLine& line, const auto& id) { return line.key.external_id < id; });
    for (; at != exported_.end() && at->key.external_id == external_id; ++at)
        if (at->key.source == source) return true;
    return false;
}

void Comparison::sort() {
    std::sort(exported_.begin(), exported_.end());
    std::sort(known_.begin(), known_.end());
    std::sort(loans_.begin(), loans_.end());
    std::sort(uses_.begin(), uses_.end());
    at_export_ = at_known_ = at_loan_ = at_use_ = 0;
}

std::optional<LineKey> Comparison::least_key() const {
    const LineKey* least = nullptr;
    lower(least, exported_, at_export_);
    lower(least, known_, at_known_);
    lower(least, loans_, at_loan_);
    lower(least, uses_, at_use_);
    return least != nullptr ? std::optional(*least) : std::nullopt;
}

// Of the lines that an export has under one key the one with the heaviest status stands; sorted,
// that is the last.
Comparison::Group Comparison::next_group(const LineKey& key) {
    Group group;
    auto exported = take_run(exported_, at_export_, key);
    for (const auto& line : exported)
        if (period_.has(line.content.applied_at)) ++group.exported_in_period;
    if (!exported.empty()) group.oa = &exported.back();
    for (const auto& line : exported)
        if (line.status == group.oa->status && line.content != group.oa->content)
            group.contradictory = true;
    for (const auto& line : take_run(known_, at_known_, key)) {
        group.ledger = &line;
        group.known_in_period += period_.has(line.content.applied_at) ? 1 : 0;
    }
    group.loans = take_run(loans_, at_loan_, key);
    group.uses = take_run(uses_, at_use_, key);
    group.withdrawn_unseen =
        group.ledger == nullptr && withdrawals_.contains({key.external_id, key.source});
    return group;
}

bool Comparison::concerns(const Group& group) const {
    auto tally = tally_of(group);
    return group.exported_in_period > 0 || group.known_in_period > 0 || tally.loans > 0 ||
           tally.uses > 0;
}

LineTally Comparison::tally_of(const Group& group) const {
    LineTally tally;
    tally.items = 1;
    tally.export_lines = group.exported_in_period > 0 ? 1 : 0;
    tally.ledger_lines = group.known_in_period;
    for (const auto& loan : group.loans)
        tally.loans += period_.has(loan.taken) ? 1 : 0;
    for (const auto& use : group.uses)
        tally.uses += period_.has(use.at) ? use.count : 0;
    return tally;
}

Result<LineTotals> Comparison::finish(const Explained& explained, const Sink& sink) {
    sort();
    LineTotals totals;
    LineTally summed;
    while (auto key = least_key()) {
        auto group = next_group(*key);
        if (!concerns(group)) continue;
        auto tally = tally_of(group);
        auto item = judge(group, *key, period_, now_);
        item.tally = tally;
        auto state = LineState::matched;
        if (item.klass != LineClass::matched) {
            auto told = explained(item);
            if (!told) return told.error();
            state = *told ? LineState::explained : LineState::open;
        }
        if (state == LineState::open)
            totals.oldest_open = std::min(totals.oldest_open.value_or(item.since), item.since);
        if (auto status = sink(item, state); !status) return status.error();
        totals.classes[static_cast<std::size_t>(item.klass)] += tally;
        ++totals.states[static_cast<std::size_t>(state)];
        totals.repeated += std::max<std::int64_t>(group.exported_in_period - 1, 0);
    }
    for (const auto& tally : totals.classes)
        summed += tally;
    totals.all = counted_;
    totals.all.export_lines -= totals.repeated;
    totals.all.items = totals.states[0] + totals.states[1] + totals.states[2];
    totals.outside = outside_;
    if (totals.all == summed) return totals;
    return internal("the totals of the reconciliation do not agree with its items");
}

}  // namespace seals::rules
