#include "health.hpp"

#include "loop/system_clock.hpp"

namespace seals::sealsd {
namespace {

wire::PartStatus fine(std::string part, std::string detail) {
    return {std::move(part), "ok", std::move(detail), ""};
}

}  // namespace

Health::Health(engine::Engine& engine, DeviceCabinet& cabinet, engine::SearchIndex& search,
               engine::Ballast& ballast, bool simulated)
    : engine_(engine),
      cabinet_(cabinet),
      search_(search),
      ballast_(ballast),
      simulated_(simulated),
      started_ms_(loop::boottime_ms()) {}

wire::StatusReply Health::report() const {
    wire::StatusReply reply;
    reply.version = SEALS_VERSION;
    reply.origin = engine_.store().origin();
    reply.simulated = simulated_;
    reply.now = engine_.moment().now;
    reply.uptime_ms = loop::boottime_ms() - started_ms_;
    reply.ledger_size = static_cast<std::int64_t>(engine_.store().size());
    reply.indexed = static_cast<std::int64_t>(search_.indexed());
    reply.slots = static_cast<std::int64_t>(engine_.state().slots.size());
    reply.counts = counts();
    reply.parts = {ledger(), clock(), locks(), readers(), search(), disk(), seals()};
    reply.code = "ok";
    for (const auto& part : reply.parts)
        if (part.state != "ok") reply.code = "no";
    return reply;
}

wire::StatusCounts Health::counts() const {
    wire::StatusCounts counts;
    const auto& state = engine_.state();
    counts.persons = static_cast<std::int64_t>(state.persons.size());
    counts.seals = static_cast<std::int64_t>(state.seals.size());
    for (const auto& [id, seal] : state.seals) {
        if (seal.custody == Custody::in_slot) ++counts.in_slot;
        if (seal.loan) ++counts.out;
        if (seal.custody == Custody::returned_unverified) ++counts.unverified;
        if (seal.state == SealState::quarantined) ++counts.quarantined;
        if (seal.custody == Custody::unknown && seal.state != SealState::registered)
            ++counts.unknown;
    }
    for (const auto& [id, session] : state.sessions)
        if (rules::is_live(session.stage)) ++counts.sessions;
    return counts;
}

wire::PartStatus Health::ledger() const {
    if (engine_.distrust())
        return {"ledger", "fault", engine_.distrust()->detail, engine_.distrust()->remedy};
    if (engine_.read_only())
        return {"ledger", "fault", "read-only after a failed write",
                "check the disk, then restart sealsd"};
    return fine("ledger", std::to_string(engine_.store().size()) + " entries");
}

wire::PartStatus Health::clock() const {
    auto moment = engine_.moment();
    if (moment.trusted) return fine("clock", "trusted");
    return {"clock", "fault", "not trusted: " + moment.why + "; nothing is released",
            "synchronise the clock, or two persons run `sealctl clock accept`"};
}

wire::PartStatus Health::locks() const {
    if (!cabinet_.sim_up())
        return {"locks", "fault", "the simulated cabinet is not reached",
                "start sealsd-sim (make demo-up)"};
    if (cabinet_.bolt_up()) return fine("locks", "sealsd-bolt is connected");
    return {"locks", "fault", "sealsd-bolt is not reached; nothing can be unlocked",
            "start sealsd-bolt"};
}

wire::PartStatus Health::readers() const {
    auto faulty = cabinet_.faulty_readers();
    if (faulty.empty()) return fine("readers", "answer");
    std::string names;
    for (const auto& name : faulty)
        names += (names.empty() ? "" : ", ") + name;
    return {"readers", "fault", "no answer from reader " + names,
            "check the reader's cable, or replace it"};
}

wire::PartStatus Health::search() const {
    if (search_.fault())
        return {"search", "fault", search_.fault()->detail,
                "delete search.db and restart sealsd: it is rebuilt"};
    auto behind = engine_.store().size() - std::min(engine_.store().size(), search_.indexed());
    return fine("search",
                behind == 0 ? "up to date" : std::to_string(behind) + " entries to be indexed");
}

wire::PartStatus Health::disk() const {
    if (!ballast_.spent()) return fine("disk", "room left");
    return {"disk", "fault", "the disk is full; nothing is released",
            "free space on the disk of the ledger"};
}

wire::PartStatus Health::seals() const {
    auto all = counts();
    std::string detail;
    auto add = [&](std::int64_t n, const char* what) {
        if (n > 0) detail += (detail.empty() ? "" : ", ") + std::to_string(n) + what;
    };
    add(all.unknown, " of unknown place");
    add(all.quarantined, " in quarantine");
    add(all.unverified, " returned and not verified");
    if (detail.empty())
        return fine("seals", std::to_string(all.in_slot) + " in their slots, " +
                                 std::to_string(all.out) + " out");
    return {"seals", "warning", detail, "`sealctl inventory` names them"};
}

}  // namespace seals::sealsd
