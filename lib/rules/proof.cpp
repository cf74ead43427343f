#include "rules/proof.hpp"

#include <map>

#include "rules/command.hpp"
#include "rules/making.hpp"

namespace seals::rules {
namespace {

std::int64_t sum(const Impressions& both) {
    return both.ordinary + both.cross_page;
}

void mismatch(std::string name, CountTotals& to) {
    ++to.mismatches;
    if (to.named.size() < kNamedMismatches) to.named.push_back(std::move(name));
}

struct Stamped {
    Impressions within, excess;
    std::int64_t uses = 0;
};

}  // namespace

void add_up(const Request& request, const std::vector<Use>& uses, Instant now, CountTotals& to) {
    if (request.lines.empty()) return;
    ++to.requests;
    std::map<std::int64_t, Stamped> stamped;
    for (const auto& use : uses) {
        auto& line = stamped[use.line];
        line.within += use.impressions;
        line.within -= use.excess;
        line.excess += use.excess;
        ++line.uses;
        ++to.uses;
        to.impressions += sum(use.impressions);
    }
    bool all_there = uses.size() == request.uses.size();
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto& line = request.lines[i];
        auto number = static_cast<std::int64_t>(i) + 1;
        const auto& by_uses = stamped[number];
        auto remaining = request.remaining(line, now), cancelled = request.cancelled(line, now);
        ++to.lines;
        to.granted += sum(line.granted());
        to.used += sum(line.spent());
        to.remaining += sum(remaining);
        to.cancelled += sum(cancelled);
        to.excess += sum(line.excess);
        auto total = line.spent();
        total += remaining;
        total += cancelled;
        bool negative = line.unspent().ordinary < 0 || line.unspent().cross_page < 0;
        bool good = total == line.granted() && !negative && by_uses.within == line.spent() &&
                    by_uses.excess == line.excess && by_uses.uses == line.uses && all_there;
        if (!good) mismatch(request.id.str() + "/" + std::to_string(number), to);
    }
}

void compare_entries(std::int64_t uses, std::int64_t impressions, CountTotals& to) {
    if (uses != to.uses || impressions != to.impressions) mismatch("ledger", to);
}

Decision decide_proof(const Context& context, const ProveCounts& command) {
    const auto& totals = command.totals;
    Decision decision;
    auto event = make_event(EventType::counts_proved, context);
    event.data = make_data({{"requests", totals.requests},
                            {"lines", totals.lines},
                            {"granted", totals.granted},
                            {"used", totals.used},
                            {"remaining", totals.remaining},
                            {"cancelled", totals.cancelled},
                            {"excess", totals.excess},
                            {"uses", totals.uses},
                            {"impressions", totals.impressions},
                            {"mismatches", totals.mismatches},
                            {"named", totals.named.empty() ? Value{} : Value{totals.named}},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    if (totals.mismatches > 0)
        decision.events.push_back(make_alert(context, "counts_mismatch", "critical", {}));
    return decision;
}

}  // namespace seals::rules
