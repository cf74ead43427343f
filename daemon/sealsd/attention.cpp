#include "attention.hpp"

#include <algorithm>

#include "rules/approval.hpp"
#include "rules/ending.hpp"
#include "words/alert_types.hpp"

namespace seals::sealsd {
namespace {

bool is_overdue(const rules::Seal& seal, Instant now) {
    return seal.loan && seal.loan->due && now > *seal.loan->due;
}

bool is_lost(const rules::Seal& seal) {
    return seal.custody == Custody::unknown && seal.state != SealState::registered;
}

wire::Attention item(Language language, const std::string& kind,
                     const std::vector<std::string>& args, Instant since) {
    wire::Attention out;
    out.kind = kind;
    out.detail = render(language, "attention." + kind, args);
    out.remedy = render(language, "attention." + kind + ".remedy", args);
    if (since.ms > 0) out.since = since;
    return out;
}

void add_seal(const rules::Seal& seal, Instant now, Language language,
              std::vector<wire::Attention>& to) {
    auto add = [&](const char* kind, Instant since) {
        auto holder = seal.loan ? seal.loan->person.str() : std::string{};
        bool lent = seal.loan && seal.custody == Custody::in_hand;
        to.push_back(item(language, kind, {seal.id.str(), lent ? holder : seal.slot.str()}, since));
        to.back().seal = seal.id.str();
        if (!seal.slot.empty()) to.back().slot = seal.slot.str();
        if (!holder.empty()) to.back().person = holder;
    };
    if (seal.state == SealState::quarantined) return add("quarantined", seal.since);
    bool reported = seal.state == SealState::lost || seal.state == SealState::notice;
    if (reported) return add("lost", seal.since);
    if (is_lost(seal)) return add("unknown", seal.since);
    if (seal.custody == Custody::returned_unverified) return add("unverified", seal.since);
    if (is_overdue(seal, now)) return add("overdue", *seal.loan->due);
    if (seal.loan && seal.loan->recalled) add("recalled", seal.loan->since);
}

void add_slot(const rules::Slot& slot, Language language, std::vector<wire::Attention>& to) {
    auto kind = slot.left_open ? "left_open" : slot.frozen ? "frozen" : "";
    if (*kind == '\0') return;
    to.push_back(item(language, kind, {slot.id.str()}, slot.moved));
    to.back().slot = slot.id.str();
}

void add_handover(const rules::Handover& handover, milliseconds patience, Instant now,
                  Language language, std::vector<wire::Attention>& to) {
    bool waits = handover.state == HandoverState::offered;
    if (!waits || now < handover.offered + patience) return;
    to.push_back(item(language, "handover", {handover.id, handover.to.str()}, handover.offered));
    to.back().person = handover.to.str();
    if (handover.seals.size() == 1) to.back().seal = handover.seals.front().str();
}

void add_override(const rules::Override& override, Language language,
                  std::vector<wire::Attention>& to) {
    if (override.explained) return;
    to.push_back(item(language, "override", {override.id, override.slot.str()}, override.at));
    to.back().slot = override.slot.str();
}

// An application at which nobody is left to decide. One that waits for somebody is no trouble.
void add_application(const rules::State& state, const rules::Policy& policy,
                     const rules::Request& request, Instant now, Language language,
                     std::vector<wire::Attention>& to) {
    if (request.state(now) != RequestState::received) return;
    if (!rules::deciders_of(state, policy, request).empty()) return;
    Instant since = request.applied_at;
    for (const auto& step : request.application->steps)
        since = std::max(since, step.at);
    to.push_back(item(language, "approval",
                      {request.id.str(), rules::turn_of(request), request.application->due()->post},
                      since));
    to.back().person = request.applicant.str();
}

// One line for all results that their sources were not told of; the oldest is named.
void add_untold(const rules::State& state, const rules::Policy& policy, Instant now,
                Language language, std::vector<wire::Attention>& to) {
    auto all = rules::untold(state, policy, now);
    if (all.late > 0)
        to.push_back(item(language, "report",
                          {std::to_string(all.late), std::to_string(all.dead), all.oldest.str()},
                          all.since));
}

// One line for all that nobody has looked at yet; the gravest is named. What is of low severity is
// everyday notice to somebody, and not for the status.
void add_alerts(const rules::State& state, Language language, std::vector<wire::Attention>& to) {
    const rules::Alert* gravest = nullptr;
    std::optional<Instant> since;
    std::size_t open = 0;
    auto rank = [](const rules::Alert& alert) { return syslog_priority_of(alert.severity); };
    for (const auto& [id, alert] : state.alerts) {
        if (alert.state != AlertState::open || alert.severity == name_of(Severity::low)) continue;
        ++open;
        if (!since || alert.since < *since) since = alert.since;
        if (gravest == nullptr || rank(alert) < rank(*gravest)) gravest = &alert;
    }
    if (gravest == nullptr) return;
    to.push_back(
        item(language, "alerts",
             {std::to_string(open), std::string(alert_text(language, gravest->type)), gravest->id},
             *since));
}

}  // namespace

wire::StatusCounts counts_of(const rules::State& state, Instant now) {
    wire::StatusCounts counts;
    counts.persons = static_cast<std::int64_t>(state.persons.size());
    counts.seals = static_cast<std::int64_t>(state.seals.size());
    for (const auto& [id, seal] : state.seals) {
        if (seal.custody == Custody::in_slot) ++counts.in_slot;
        if (seal.loan) ++counts.out;
        if (is_overdue(seal, now)) ++counts.overdue;
        if (seal.custody == Custody::returned_unverified) ++counts.unverified;
        if (seal.state == SealState::quarantined) ++counts.quarantined;
        if (is_lost(seal)) ++counts.unknown;
    }
    for (const auto& [id, slot] : state.slots)
        if (slot.frozen) ++counts.frozen;
    for (const auto& [id, session] : state.sessions)
        if (rules::is_live(session.stage)) ++counts.sessions;
    return counts;
}

std::vector<wire::Attention> attention_of(const rules::State& state, const rules::Policy& policy,
                                          Instant now, Language language) {
    std::vector<wire::Attention> out;
    for (const auto& [id, seal] : state.seals)
        add_seal(seal, now, language, out);
    for (const auto& [id, handover] : state.handovers)
        add_handover(handover, policy.handover_patience, now, language, out);
    for (const auto& [id, request] : state.requests)
        add_application(state, policy, request, now, language, out);
    for (const auto& [id, override] : state.overrides)
        add_override(override, language, out);
    for (const auto& [id, slot] : state.slots)
        add_slot(slot, language, out);
    add_untold(state, policy, now, language, out);
    add_alerts(state, language, out);
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return a.since.value_or(Instant{}) < b.since.value_or(Instant{});
    });
    return out;
}

std::optional<Instant> first_trouble(const rules::State& state, Instant now) {
    std::vector<wire::Attention> all;
    for (const auto& [id, seal] : state.seals)
        add_seal(seal, now, Language::en, all);
    std::optional<Instant> first;
    for (const auto& one : all)
        if (one.since && (!first || *one.since < *first)) first = one.since;
    return first;
}

}  // namespace seals::sealsd
