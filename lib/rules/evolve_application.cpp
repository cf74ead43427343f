// What events change of an application and the chain that it goes up.
#include <algorithm>

#include "rules/approval.hpp"
#include "rules/evolving.hpp"
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

void receive(State& state, const Event& event) {
    const auto& data = event.data;
    Request request;
    request.id = event.request;
    request.source = data.text_or("source");
    request.external_id = data.text_or("external_id");
    request.applicant = PersonId(data.text_or("applicant"));
    request.applicant_name = personal_of(event, "applicant_name");
    request.department = data.text_or("department");
    request.title = personal_of(event, "title");
    request.remark = personal_of(event, "remark");
    request.applied_at = {data.integer_or("applied_at")};
    request.lines = lines_from(data.find("lines"));
    if (auto due = time_or_none(data, "due"))
        request.take_out = TakeOut{personal_of(event, "place"), *due, personal_of(event, "purpose"),
                                   PersonId(data.text_or("supervisor"))};
    request.application =
        Application{personal_of(event, "number"), personal_of(event, "counterpart"),
                    steps_from(data.find("chain"))};
    state.touched.emplace("request", event.request.str());
    state.requests[event.request] = std::move(request);
}

Application* touch_application(State& state, const Event& event) {
    auto* request = touch_request(state, event.request);
    return request != nullptr && request->application ? &*request->application : nullptr;
}

void decide_step(State& state, const Event& event) {
    auto* application = touch_application(state, event);
    auto at = static_cast<std::size_t>(event.data.integer_or("step") - 1);
    if (application == nullptr || at >= application->steps.size()) return;
    auto& step = application->steps[at];
    step.approved = event.type == EventType::approval_given;
    step.refused = !step.approved;
    step.decided_by = event.person;
    step.delegate_of = PersonId(event.data.text_or("delegate_of"));
    step.appointed = event.data.boolean_or("appointed");
    step.at = event.at;
    step.opinion = personal_of(event, "opinion");
}

// What was received stands: only that it is granted now, and by whom, is new.
bool accept(State& state, const Event& event) {
    auto found = state.requests.find(event.request);
    if (found == state.requests.end() || !found->second.is_pending()) return false;
    auto& request = found->second;
    state.touched.emplace("request", event.request.str());
    request.application->accepted = true;
    request.approvers = ids_of<PersonId>(event.data.texts_or("approvers"));
    request.chain = personal_of(event, "chain");
    return true;
}

// A number of that form that an OA has given is not given again here.
void note_number(State& state, const Event& event) {
    auto number = application_number(event.request.str());
    constexpr milliseconds kFurthestEast{14 * 3'600'000};
    auto latest = to_rfc3339(event.at + kFurthestEast).substr(0, 4);
    if (!number || std::to_string(number->year) > latest) return;
    auto& node = state.node;
    if (number->year < node.application_year) return;
    if (number->year == node.application_year && number->number <= node.application_number) return;
    node.application_year = number->year;
    node.application_number = number->number;
    state.touched.emplace("node", "node");
}

}  // namespace

bool evolve_application(State& state, const Event& event) {
    using enum EventType;
    if (event.type == request_received || event.type == request_accepted) note_number(state, event);
    if (event.type == request_accepted) return accept(state, event);
    if (event.type == request_received) receive(state, event);
    if (event.type == approval_given || event.type == approval_refused) decide_step(state, event);
    if (event.type == request_rejected)
        if (auto* application = touch_application(state, event)) application->rejected = true;
    return event.type == request_received || event.type == approval_given ||
           event.type == approval_refused || event.type == request_rejected;
}

}  // namespace seals::rules
