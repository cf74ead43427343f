// Alerts: the one place where they get their ids and where doubles are left out, and what persons
// do with them. Nobody closes an alert about himself.
#include "rules/alert.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

#include "rules/identify.hpp"
#include "words/alert_types.hpp"

namespace seals::rules {
namespace {

bool is_alert(const Event& event) {
    return event.type == EventType::alert_raised || event.type == EventType::alert_repeated;
}

Alert alert_of(const Event& event) {
    Alert alert;
    alert.type = event.data.text_or("alert");
    alert.seal = event.seal;
    alert.slot = SlotId(event.data.text_or("slot"));
    alert.person = event.person;
    alert.about = event.data.text_or("about");
    return alert;
}

// The same event with the members that only now are known.
Event named(Event event, EventType type, const std::string& id, std::int64_t count) {
    event.type = type;
    Value data = make_data({{"id", id}});
    for (const auto& [name, value] : *event.data.object())
        data.add(name, value);
    if (type == EventType::alert_repeated) data.add("count", count);
    event.data = std::move(data);
    return event;
}

class Settling {
  public:
    Settling(const State& state, const Context& context, bool by_time)
        : state_(state), context_(context), by_time_(by_time) {}

    void add(Event event) {
        if (!is_alert(event)) return out_.push_back(std::move(event));
        auto alert = alert_of(event);
        for (const auto& other : seen_)
            if (other.same_subject(alert)) return;
        seen_.push_back(alert);
        const auto* known = state_.alert_like(alert);
        if (known == nullptr)
            return out_.push_back(named(std::move(event), EventType::alert_raised, fresh_id(), 1));
        bool again = event.type == EventType::alert_repeated ||
                     (!by_time_ && known->state == AlertState::acknowledged);
        if (again)
            out_.push_back(
                named(std::move(event), EventType::alert_repeated, known->id, known->count + 1));
    }
    std::vector<Event> take() { return std::move(out_); }

  private:
    // "A", the time and some digits of this decision's own, so that ids stand in order of time. One
    // that is there already (the same moment, the same digits) is numbered.
    std::string fresh_id() {
        constexpr std::size_t kDigits = 4;
        char time[17];
        std::snprintf(time, sizeof time, "%011llx",
                      static_cast<unsigned long long>(context_.now.ms));
        const auto& own = context_.fresh_session;
        auto stem =
            "A" + std::string(time) + own.substr(own.size() - std::min(own.size(), kDigits));
        for (int n = 1;; ++n) {
            auto id = stem + (n == 1 ? "" : "-" + std::to_string(n));
            if (!state_.alerts.contains(id) && made_.insert(id).second) return id;
        }
    }

    const State& state_;
    const Context& context_;
    bool by_time_;
    std::vector<Alert> seen_;
    std::vector<Event> out_;
    std::set<std::string> made_;
};

// --- what persons do with one ---

EventType event_of(AlertAct::Kind kind) {
    if (kind == AlertAct::Kind::ack) return EventType::alert_acked;
    return kind == AlertAct::Kind::assign ? EventType::alert_assigned : EventType::alert_closed;
}

std::string_view name_of(AlertAct::Kind kind) {
    if (kind == AlertAct::Kind::ack) return "alert.ack";
    return kind == AlertAct::Kind::assign ? "alert.assign" : "alert.close";
}

// Who acts, as far as it is known: the one named, else the person whom the caller's uid is.
PersonId who_acts(const Context& context, const AlertAct& act) {
    if (!act.by.empty()) return act.by.front().person;
    return context.actor.kind == "person" ? PersonId(context.actor.id) : PersonId{};
}

// The caller's own person counts too: naming another does not make him one.
std::optional<Error> own_refusal(const Context& context, const AlertAct& act, const Alert& alert) {
    if (act.kind != AlertAct::Kind::close || alert.person.empty()) return std::nullopt;
    const auto& about = alert.person.str();
    bool is_caller = context.actor.kind == "person" && context.actor.id == about;
    auto who = who_acts(context, act);
    if (is_caller || who == alert.person)
        return refusal(Rule::others_alert, "alert.own", {alert.id, about});
    if (who.empty()) return refusal(Rule::others_alert, "alert.who", {alert.id, about});
    return std::nullopt;
}

std::optional<Error> act_refusal(const State& state, const Policy& policy, const Context& context,
                                 const AlertAct& act, const Alert& alert,
                                 std::vector<Event>& events) {
    auto identified = identify_all(state, policy, context, act.by);
    events = std::move(identified.events);
    if (identified.refusal) return identified.refusal;
    if (auto why = own_refusal(context, act, alert)) return why;
    if (act.kind != AlertAct::Kind::assign) return std::nullopt;
    const auto* to = state.person(act.to);
    if (to == nullptr) return refusal(Rule::active_person, "person.unknown", {act.to.str()});
    if (!to->active) return refusal(Rule::active_person, "person.left", {act.to.str()});
    return std::nullopt;
}

std::optional<Error> form_error(const State& state, const AlertAct& act) {
    const auto* alert = state.alert(act.alert);
    if (alert == nullptr)
        return Error{Code::not_found, "alert " + act.alert + " is not known",
                     "`sealctl alert list --all` shows what there is", "id"};
    if (alert->state == AlertState::closed)
        return Error{Code::conflict, "alert " + act.alert + " is closed",
                     "what happens again is raised as another alert"};
    if (act.kind == AlertAct::Kind::close && act.reason.empty())
        return invalid("reason", "a closing needs a reason");
    return std::nullopt;
}

}  // namespace

Event make_alert(const Context& context, const AlertAbout& about, bool again) {
    const auto* row = alert_type_named(about.type);
    auto event =
        make_alert(context, about.type, row != nullptr ? seals::name_of(row->severity) : "high",
                   about.slot, about.seal, about.session, about.person);
    if (again) event.type = EventType::alert_repeated;
    if (!about.about.empty()) event.data.add("about", about.about);
    if (about.stage > 0) event.data.add("stage", about.stage);
    return event;
}

void settle_alerts(const State& state, const Context& context, bool by_time,
                   std::vector<Event>& events) {
    if (std::none_of(events.begin(), events.end(), is_alert)) return;
    Settling settling(state, context, by_time);
    for (auto& event : events)
        settling.add(std::move(event));
    events = settling.take();
}

Decision decide_alert(const State& state, const Policy& policy, const Context& context,
                      const AlertAct& act) {
    Decision decision;
    decision.id = act.alert;
    decision.refusal = form_error(state, act);
    if (decision.refusal) return decision;
    const auto& alert = *state.alert(act.alert);
    auto event = make_event(event_of(act.kind), context);
    event.seal = alert.seal;
    event.person = who_acts(context, act);
    if (auto why = act_refusal(state, policy, context, act, alert, decision.events)) {
        refuse_act(context, name_of(act.kind), alert.seal, act.idempotency, std::move(*why),
                   decision);
        return decision;
    }
    event.data = make_data({{"id", alert.id},
                            {"alert", alert.type},
                            {"to", act.to.empty() ? Value{} : Value{act.to.str()}},
                            {"idempotency", idempotency_value(act.idempotency)}});
    if (!act.reason.empty()) event.personal = {{"reason", act.reason}};
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace seals::rules
