// The notice that an application waits for somebody: raised when a step begins, closed by the rules
// themselves when it ends, so that nobody need clear up after those who decide.
#include "rules/alert.hpp"
#include "rules/approval.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

constexpr std::string_view kDue = "approval_due";

// An alert is about "REQUEST POST"; neither holds a blank.
std::string_view request_in(const Alert& alert) {
    return std::string_view(alert.about).substr(0, alert.about.find(' '));
}

void close(const Context& context, const Alert& alert, std::string_view reason,
           std::vector<Event>& events) {
    auto event = make_event(EventType::alert_closed, context);
    event.actor = device_actor();
    event.seal = alert.seal;
    event.request = RequestId(request_in(alert));
    event.data = make_data({{"id", alert.id}, {"alert", alert.type}});
    event.personal = {{"reason", std::string(reason)}};
    events.push_back(std::move(event));
}

template <class Test>
void close_where(const State& state, const Context& context, std::string_view reason, Test test,
                 std::vector<Event>& events) {
    for (const auto& [id, alert] : state.alerts)
        if (alert.type == kDue && alert.state != AlertState::closed && test(alert))
            close(context, alert, reason, events);
}

}  // namespace

void add_due_alert(const State& state, const Policy& policy, const Context& context,
                   const Request& request, std::vector<Event>& events) {
    const auto& step = *request.application->due();
    auto deciders = deciders_of(state, policy, request);
    AlertAbout about{kDue};
    about.seal = request.lines.front().seal;
    about.about = request.id.str() + " " + step.post;
    if (deciders.size() == 1) about.person = deciders.front();
    auto event = make_alert(context, about);
    event.request = request.id;
    event.data.add("post", step.post);
    event.data.add("post_title", step.title);
    event.data.add("persons", texts_of(deciders));
    events.push_back(std::move(event));
}

void close_due_alerts(const State& state, const Context& context, const RequestId& request,
                      std::string_view reason, std::vector<Event>& events) {
    close_where(
        state, context, reason,
        [&](const Alert& alert) { return request_in(alert) == request.str(); }, events);
}

void watch_applications(const State& state, const Context& context, std::vector<Event>& events) {
    close_where(
        state, context, "over",
        [&](const Alert& alert) {
            const auto* request = state.request(RequestId(request_in(alert)));
            if (request == nullptr || !request->is_pending() || request->over()) return true;
            return request->state(context.now) == RequestState::expired;
        },
        events);
}

}  // namespace seals::rules
