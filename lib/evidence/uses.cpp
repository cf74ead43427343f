#include "evidence/uses.hpp"

#include <algorithm>

namespace seals::evidence {
namespace {

constexpr milliseconds kReading{5'000};  // between a state leaf's readings and its entry

bool ends_loan(const leaf::Leaf& leaf) {
    return leaf.type == "seal.returned" || leaf.type == "seal.recovered" ||
           leaf.type == "seal.surrendered" || leaf.type == "seal.destroyed";
}

class Listing {
  public:
    Listing(const Given& given, UsesStatement& to) : given_(given), to_(to) {}

    void make() {
        to_.faults = given_.faults;
        to_.chain = given_.chain_of(to_.seal);
        auto broken = chain_faults(to_.chain);
        to_.faults.insert(to_.faults.end(), broken.begin(), broken.end());
        if (!to_.chain.empty()) {
            to_.first_sn = to_.chain.front()->leaf.sn;
            to_.last_sn = to_.chain.back()->leaf.sn;
        }
        check_start();
        check_end();
        add_takes();
        add_uses();
        to_.complete = to_.faults.empty();
    }

  private:
    void fault(std::string_view code, std::uint64_t seq = 0) {
        to_.faults.push_back({code, seq, {std::to_string(seq)}});
    }

    // The seal's first leaf of all, or one from before the period.
    void check_start() {
        bool begins = !to_.chain.empty() && (to_.chain.front()->leaf.sn == 1 ||
                                             to_.chain.front()->leaf.t < to_.period.from);
        if (!begins) fault("chain_missing", to_.chain.empty() ? 0 : to_.chain.front()->leaf.seq);
        bool creates =
            given_.entries.contains(1) && given_.entries.at(1).leaf.type == "ledger.created";
        if (!creates) fault("origin_unknown", 1);
    }

    // A state leaf from after the period that still says the chain's last number. A digest is over
    // the whole list: one that recomputes needs no other leaf to be believed. What it says was read
    // a moment before it was written.
    void check_end() {
        StateBook book;
        std::uint64_t newest = 0;
        for (const auto& [seq, entry] : given_.entries) {
            newest = seq;
            if (entry.leaf.type != "state" || book.take(entry.leaf)) continue;
            auto state = book.of(to_.seal);
            if (state && state->sn > to_.last_sn) fault("state_ahead", seq);
            bool after = entry.leaf.t >= to_.period.to + kReading && !to_.chain.empty() &&
                         seq > to_.chain.back()->leaf.seq;
            if (after && state && state->sn == to_.last_sn) to_.closed_by = &entry;
        }
        if (to_.closed_by == nullptr) fault("open_end", newest);
    }

    void add_takes() {
        for (const auto* entry : to_.chain) {
            if (entry->leaf.type == "seal.taken") to_.takes.push_back({entry, nullptr});
            if (ends_loan(entry->leaf) && !to_.takes.empty() && to_.takes.back().back == nullptr)
                to_.takes.back().back = entry;
        }
        std::erase_if(to_.takes, [&](const TakeSeen& take) {
            return take.taken->leaf.t > to_.period.to ||
                   (take.back != nullptr && take.back->leaf.t < to_.period.from);
        });
    }

    // By the moment of stamping: one that was recorded later belongs there all the same.
    void add_uses() {
        for (const auto* entry : to_.chain) {
            const auto& data = entry->leaf.data;
            if (entry->leaf.type == "use.recorded")
                to_.uses.push_back({entry, nullptr, {data.integer_or("at", entry->leaf.t.ms)}});
            if (entry->leaf.type == "use.voided")
                for (auto& use : to_.uses)
                    if (use.use->leaf.data.text_or("id") == data.text_or("id")) use.voided = entry;
        }
        std::erase_if(to_.uses, [&](const UseSeen& use) {
            return use.at < to_.period.from || use.at > to_.period.to;
        });
    }

    const Given& given_;
    UsesStatement& to_;
};

}  // namespace

UsesStatement uses_of(const std::string& seal, const Period& period, const Given& given) {
    UsesStatement statement;
    statement.seal = seal;
    statement.period = period;
    Listing(given, statement).make();
    return statement;
}

}  // namespace seals::evidence
