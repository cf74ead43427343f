#include "health.hpp"

#include "attention.hpp"
#include "loop/system_clock.hpp"
#include "rules/ending.hpp"
#include "rules/inventory.hpp"

namespace seals::sealsd {
namespace {

constexpr milliseconds kLook{1000};
constexpr std::size_t kMostAttention = 100;

wire::StatusInventory inventory_of(const rules::State& state, const rules::Policy& policy) {
    wire::StatusInventory out;
    if (const auto* last = state.inventory(state.counting.last)) {
        out.last = last->id;
        out.time = last->at;
        out.discrepancies = static_cast<std::int64_t>(last->discrepancies());
        out.mismatches = static_cast<std::int64_t>(last->mismatches());
    }
    out.due = rules::next_count(state, policy, false);
    out.full_due = rules::next_count(state, policy, true);
    return out;
}

}  // namespace

Health::Health(loop::Loop& loop, engine::Engine& engine, DeviceCabinet& cabinet,
               engine::SearchIndex& search, engine::Ballast& ballast, engine::Signer& signer,
               bool simulated)
    : engine_(engine),
      cabinet_(cabinet),
      search_(search),
      ballast_(ballast),
      signer_(signer),
      simulated_(simulated),
      started_ms_(loop::boottime_ms()),
      looks_(loop.every(kLook, [this] { look(); })) {}

wire::StatusReply Health::report(Language language) {
    look();
    const auto& state = engine_.state();
    wire::StatusReply reply;
    reply.version = SEALS_VERSION;
    reply.origin = engine_.store().origin();
    reply.simulated = simulated_;
    reply.now = engine_.moment().now;
    reply.uptime_ms = loop::boottime_ms() - started_ms_;
    reply.ledger_size = static_cast<std::int64_t>(engine_.store().size());
    reply.indexed = static_cast<std::int64_t>(search_.indexed());
    reply.slots = static_cast<std::int64_t>(state.slots.size());
    reply.counts = counts_of(state, reply.now);
    reply.inventory = inventory_of(state, engine_.policy());
    reply.attention = attention_of(state, engine_.policy(), reply.now, language);
    reply.attention_count = static_cast<std::int64_t>(reply.attention.size());
    if (reply.attention.size() > kMostAttention) reply.attention.resize(kMostAttention);
    reply.code = reply.attention.empty() ? "ok" : "no";
    for (const auto& finding : findings()) {
        reply.parts.push_back(told(finding, language));
        if (finding.state != "ok") reply.code = "no";
    }
    return reply;
}

std::vector<Health::Finding> Health::findings() const {
    return {ledger(), clock(), locks(),     readers(), search(),  disk(),
            files(),  seals(), inventory(), outbox(),  evidence()};
}

void Health::look() {
    auto now = engine_.moment().now;
    for (const auto& finding : findings()) {
        auto& seen = seen_[finding.part];
        if (seen.state != finding.state) seen = {finding.state, now};
    }
}

wire::PartStatus Health::told(const Finding& finding, Language language) const {
    wire::PartStatus part{
        finding.part, finding.state, render(language, finding.text, finding.args), {}, {}};
    if (finding.state == "ok") return part;
    part.remedy = render(language, finding.text + ".remedy", finding.args);
    part.since = finding.since ? finding.since : seen_.at(finding.part).since;
    return part;
}

Health::Finding Health::ledger() const {
    if (engine_.distrust())
        return {"ledger", "fault", "health.ledger.distrust", {engine_.distrust()->detail}};
    if (engine_.read_only()) return {"ledger", "fault", "health.ledger.read_only"};
    return {"ledger", "ok", "health.ledger.ok", {std::to_string(engine_.store().size())}};
}

Health::Finding Health::clock() const {
    auto moment = engine_.moment();
    if (moment.trusted) return {"clock", "ok", "health.clock.ok"};
    if (moment.behind > milliseconds{0})
        return {"clock", "fault", "health.clock.behind", {std::to_string(moment.behind.count())}};
    return {"clock", "fault", "health.clock.unset"};
}

Health::Finding Health::locks() const {
    if (!cabinet_.sim_up()) return {"locks", "fault", "health.locks.no_sim"};
    if (!cabinet_.bolt_up()) return {"locks", "fault", "health.locks.no_bolt"};
    return {"locks", "ok", "health.locks.ok"};
}

Health::Finding Health::readers() const {
    std::string names;
    for (const auto& name : cabinet_.faulty_readers())
        names += (names.empty() ? "" : ", ") + name;
    if (names.empty()) return {"readers", "ok", "health.readers.ok"};
    return {"readers", "fault", "health.readers.silent", {names}};
}

Health::Finding Health::search() const {
    if (search_.fault())
        return {"search", "fault", "health.search.fault", {search_.fault()->detail}};
    auto size = engine_.store().size();
    auto behind = size - std::min(size, search_.indexed());
    if (behind == 0) return {"search", "ok", "health.search.ok"};
    return {"search", "ok", "health.search.behind", {std::to_string(behind)}};
}

Health::Finding Health::disk() const {
    if (ballast_.spent()) return {"disk", "fault", "health.disk.full"};
    return {"disk", "ok", "health.disk.ok"};
}

Health::Finding Health::files() const {
    const auto& fault = engine_.state().node.files_fault;
    if (!fault.empty()) return {"files", "fault", "health.files.bad", {fault}};
    if (engine_.store().scrub_due()) return {"files", "warning", "health.files.scrub"};
    return {"files", "ok", "health.files.ok"};
}

Health::Finding Health::seals() const {
    auto now = engine_.moment().now;
    auto all = counts_of(engine_.state(), now);
    auto wrong = all.overdue + all.unverified + all.quarantined + all.unknown;
    if (wrong == 0)
        return {"seals",
                "ok",
                "health.seals.ok",
                {std::to_string(all.in_slot), std::to_string(all.out)}};
    return {"seals",
            "warning",
            "health.seals.wrong",
            {std::to_string(wrong)},
            first_trouble(engine_.state(), now)};
}

Health::Finding Health::inventory() const {
    const auto& state = engine_.state();
    auto now = engine_.moment().now;
    for (bool full : {false, true}) {
        auto late = rules::late_count(state, engine_.policy(), full, now);
        if (late)
            return {"inventory",
                    "warning",
                    full ? "health.inventory.full_due" : "health.inventory.due",
                    {},
                    late};
    }
    const auto* last = state.inventory(state.counting.last);
    if (last == nullptr) return {"inventory", "ok", "health.inventory.none"};
    if (last->clean()) return {"inventory", "ok", "health.inventory.ok"};
    return {"inventory",
            "warning",
            "health.inventory.differs",
            {last->id, std::to_string(last->discrepancies()), std::to_string(last->mismatches())},
            last->at};
}

Health::Finding Health::outbox() const {
    auto all = rules::untold(engine_.state(), engine_.policy(), engine_.moment().now);
    if (all.late > 0)
        return {"outbox",
                "warning",
                "health.outbox.late",
                {std::to_string(all.late), std::to_string(all.dead)},
                all.since};
    if (all.waiting == 0) return {"outbox", "ok", "health.outbox.none"};
    return {"outbox", "ok", "health.outbox.ok", {std::to_string(all.waiting)}};
}

Health::Finding Health::evidence() const {
    if (signer_.fault())
        return {"evidence", "fault", "health.evidence.unsigned", {signer_.fault()->detail}};
    const auto& newest = signer_.newest();
    if (!newest) return {"evidence", "ok", "health.evidence.none"};
    return {"evidence", "ok", "health.evidence.ok", {std::to_string(newest->size)}};
}

}  // namespace seals::sealsd
