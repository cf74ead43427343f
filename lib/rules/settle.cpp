#include "rules/settle.hpp"

#include <algorithm>

#include "rules/row.hpp"

namespace seals::rules {
namespace {

using Kind = TagReading::Kind;

std::string_view name_of(Kind kind) {
    constexpr std::string_view kNames[] = {"absent", "authentic", "failed", "foreign",
                                           "unreadable"};
    return kNames[static_cast<std::size_t>(kind)];
}

Event seal_event(EventType type, const Context& context, const SealId& seal,
                 const Session* session) {
    auto event = make_event(type, context);
    event.actor = device_actor();
    event.seal = seal;
    if (session != nullptr) {
        event.session = session->id;
        event.person = session->person;
    }
    return event;
}

// Everything a settling adds goes through here, so that slot and session are on every event.
class Settling {
  public:
    Settling(const State& state, const Context& context, const SlotId& slot, const Session* session,
             Decision& decision)
        : state_(state),
          context_(context),
          slot_(slot),
          session_(session),
          home_(session != nullptr ? state.seal(session->seal) : state.seal_at(slot)),
          decision_(decision) {}

    const Seal* home() const { return home_; }

    void add(EventType type, std::initializer_list<Value::Member> members = {}) {
        auto event = seal_event(type, context_, home_->id, session_);
        event.data = make_data(members);
        event.data.add("slot", slot_.str());
        decision_.events.push_back(std::move(event));
    }
    void taken() {
        if (home_->loan || session_ == nullptr) return;
        auto event = seal_event(EventType::seal_taken, context_, home_->id, session_);
        if (session_->requests.size() == 1) event.request = session_->requests.front();
        event.data = make_data({{"slot", slot_.str()}, {"requests", texts_of(session_->requests)}});
        if (auto when = due()) event.data.add("due", when->ms);
        if (session_->curfew) event.data.add("curfew", session_->curfew->ms);
        decision_.events.push_back(std::move(event));
        if (all_withdrawn())
            add_recall(context_, *home_, session_->person, session_->requests.back(),
                       decision_.events);
    }
    void returned(const TagReading& reading, bool proved_before) {
        if (!proved_before) add(EventType::verify_tag_ok, {{"uid", reading.uid}});
        add(EventType::seal_returned, {{"verdict", "present"}});
    }
    void failed(const TagReading& reading) {
        add(EventType::verify_tag_failed,
            {{"uid", reading.uid}, {"reading", "failed"}, {"reason", reading.reason}});
        add(EventType::seal_quarantined, {{"reason", reading.reason}, {"uid", reading.uid}});
        alert("authenticity_failed", "critical");
    }
    void strange(const TagReading& reading) {
        bool ours = reading.kind == Kind::authentic;
        add(EventType::verify_tag_failed,
            {{"uid", reading.uid},
             {"reading", ours ? "wrong_seal" : "foreign"},
             {"reason", ours ? "tag of seal " + reading.seal.str() : "tag not of this cabinet"}});
        alert("seal_wrong_or_extra", "critical");
    }
    void alert(std::string_view name, std::string_view severity) {
        decision_.events.push_back(make_alert(context_, name, severity, slot_,
                                              home_ != nullptr ? home_->id : SealId{},
                                              session_ != nullptr ? session_->id : SessionId{},
                                              session_ != nullptr ? session_->person : PersonId{}));
    }
    void missing(std::string_view reason) {
        add(EventType::seal_missing, {{"reason", reason}});
        alert("seal_missing", "critical");
        auto slot = state_.slots.find(slot_);
        bool unseen = slot == state_.slots.end() || slot->second.moved < state_.node.booted;
        if (session_ == nullptr && unseen)  // no door of ours moved since sealsd started
            add_override(state_, context_, slot_, "unseen", state_.node.down_from, decision_);
    }
    void unreadable(const TagReading& reading) {
        add(EventType::verify_tag_unreadable, {{"reason", reading.reason}});
    }
    // Neither present nor absent: nobody can tell.
    void lost_sight(const TagReading& reading, std::string_view reason) {
        unreadable(reading);
        add(EventType::seal_unknown, {{"reason", reason}});
        alert("custody_unknown", "critical");
    }
    void close(std::string_view verdict, Code code) {
        decision_.events.push_back(closing(context_, *session_, verdict, code));
    }
    void close_unverified(const TagReading& reading) {
        unreadable(reading);
        add(EventType::seal_returned_unverified, {{"reason", reading.reason}});
        close("returned_unverified", Code::no);
    }
    void close_null() {
        add(EventType::session_null, {{"kind", session_->kind}});
        close("null", Code::no);
    }

  private:
    // When the first of the visit's lines ends, or its take-out is due.
    std::optional<Instant> due() const {
        std::optional<Instant> first;
        for (const auto& id : session_->requests) {
            const auto* request = state_.request(id);
            const auto* line =
                request != nullptr ? request->line_to_take(home_->id, context_.now) : nullptr;
            if (line == nullptr) continue;
            auto end = line->valid_to;
            if (request->take_out) end = std::min(end, request->take_out->due);
            if (!first || end < *first) first = end;
        }
        return first;
    }
    bool all_withdrawn() const {
        const auto& ids = session_->requests;
        return !ids.empty() && std::all_of(ids.begin(), ids.end(), [&](const RequestId& id) {
            const auto* request = state_.request(id);
            return request == nullptr || request->withdrawn;
        });
    }

    const State& state_;
    const Context& context_;
    const SlotId& slot_;
    const Session* session_;
    const Seal* home_;
    Decision& decision_;
};

void settle_take(Settling& settling, const TagReading& reading) {
    const auto& home = *settling.home();
    bool is_home = reading.kind == Kind::authentic && reading.seal == home.id;
    if (is_home) {
        if (home.loan) settling.returned(reading, false);
        return settling.close_null();
    }
    if (reading.kind == Kind::unreadable) {
        if (home.loan) return settling.close_unverified(reading);
        settling.lost_sight(reading, "unreadable after a visit");
        return settling.close("unreadable", Code::no);
    }
    settling.taken();
    if (reading.kind == Kind::absent) return settling.close("taken", Code::ok);
    if (reading.kind == Kind::failed) {
        settling.failed(reading);
        return settling.close("forged", Code::no);
    }
    settling.strange(reading);
    settling.close(reading.kind == Kind::foreign ? "foreign_tag" : "wrong_seal", Code::no);
}

void settle_return(Settling& settling, const Session& session, const TagReading& reading) {
    switch (reading.kind) {
        case Kind::authentic:
            if (reading.seal == settling.home()->id) {
                settling.returned(reading, session.moved);
                return settling.close("returned", Code::ok);
            }
            settling.strange(reading);
            return settling.close("wrong_seal", Code::no);
        case Kind::absent:
            if (settling.home()->custody != Custody::returned_unverified)
                return settling.close_null();
            settling.missing("left its slot in a visit that was to return it");
            return settling.close("missing", Code::no);
        case Kind::failed:
            settling.failed(reading);
            return settling.close("forged", Code::no);
        case Kind::foreign:
            settling.strange(reading);
            return settling.close("foreign_tag", Code::no);
        case Kind::unreadable:
            return settling.close_unverified(reading);
    }
}

}  // namespace

Event closing(const Context& context, const Session& session, std::string_view verdict, Code code) {
    auto event = seal_event(EventType::session_closed, context, session.seal, &session);
    event.data =
        make_data({{"kind", session.kind}, {"verdict", verdict}, {"code", row_of(code).name}});
    return event;
}

void settle_visit(const State& state, const Context& context, const Session& session,
                  const TagReading& reading, Decision& decision) {
    Settling settling(state, context, session.slot, &session, decision);
    if (settling.home() == nullptr) return;
    if (session.stage == Stage::unknown && reading.kind == Kind::unreadable) {
        settling.lost_sight(reading, "unreadable after an interruption");
        return settling.close("unreadable", Code::no);
    }
    if (session.kind == "take") return settle_take(settling, reading);
    settle_return(settling, session, reading);
}

void note_look(const State& state, const Context& context, const Session& session,
               const TagReading& reading, Decision& decision) {
    Settling settling(state, context, session.slot, &session, decision);
    if (settling.home() == nullptr || session.moved) return;
    if (session.kind == "take" && reading.kind == Kind::absent) settling.taken();
    if (session.kind == "return" && reading.kind == Kind::authentic &&
        reading.seal == settling.home()->id)
        settling.add(EventType::verify_tag_ok, {{"uid", reading.uid}});
}

void settle_idle(const State& state, const Context& context, const SlotId& slot,
                 const TagReading& reading, Doubt doubt, Decision& decision) {
    auto at = state.slots.find(slot);
    if (at != state.slots.end() && at->second.frozen) {
        auto event = make_event(EventType::slot_checked, context);
        event.actor = device_actor();
        event.data = make_data({{"slot", slot.str()}, {"reading", name_of(reading.kind)}});
        decision.events.push_back(std::move(event));
        doubt = Doubt::custody;
    }
    Settling settling(state, context, slot, nullptr, decision);
    const auto* home = settling.home();
    if (home == nullptr || home->state == SealState::quarantined || home->uid.empty()) return;
    bool settled = home->custody == Custody::in_slot;
    bool is_home = reading.kind == Kind::authentic && reading.seal == home->id;
    if (is_home) {
        if (!settled) settling.returned(reading, false);
    } else if (reading.kind == Kind::failed) {
        settling.failed(reading);
    } else if (reading.kind == Kind::unreadable) {
        if (settled && doubt == Doubt::custody)
            settling.lost_sight(reading, "unreadable after an unwatched opening");
    } else if (settled || home->custody == Custody::returned_unverified) {
        settling.missing(reading.kind == Kind::absent ? "slot is empty"
                                                      : "another tag is in its slot");
    }
}

bool is_stale(const TagReading& reading, const Slot& slot, Instant now) {
    bool clock_went_back = slot.moved > now;  // then the two times cannot be compared
    return reading.at && *reading.at < slot.moved && !clock_went_back;
}

Verdict verdict_of(const State& state, const SlotId& slot, const TagReading& reading, Instant now) {
    const auto* home = state.seal_at(slot);
    switch (reading.kind) {
        case Kind::authentic:
            return home != nullptr && reading.seal == home->id ? Verdict::present
                                                               : Verdict::wrong_seal;
        case Kind::failed:
            return Verdict::forged;
        case Kind::foreign:
            return Verdict::foreign_tag;
        case Kind::unreadable:
            return home != nullptr && home->custody == Custody::returned_unverified
                       ? Verdict::returned_unverified
                       : Verdict::unreadable;
        case Kind::absent:
            break;
    }
    if (home == nullptr || home->state == SealState::registered) return Verdict::empty;
    if (!home->loan || home->custody == Custody::returned_unverified) return Verdict::missing;
    return home->loan->due && now > *home->loan->due ? Verdict::overdue : Verdict::out;
}

}  // namespace seals::rules
