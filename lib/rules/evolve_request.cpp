// What events change of a request.
#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

void set_request(State& state, const Event& event) {
    Request request;
    request.id = event.request;
    request.source = event.data.text_or("source");
    request.external_id = event.data.text_or("external_id");
    request.applicant = PersonId(event.data.text_or("applicant"));
    request.applicant_name = personal_of(event, "applicant_name");
    request.department = event.data.text_or("department");
    request.title = personal_of(event, "title");
    request.chain = personal_of(event, "chain");
    request.remark = personal_of(event, "remark");
    request.applied_at = {event.data.integer_or("applied_at")};
    request.approvers = ids_of<PersonId>(event.data.texts_or("approvers"));
    request.lines = lines_from(event.data.find("lines"));
    if (event.data.find("due") != nullptr)
        request.take_out = TakeOut{personal_of(event, "place"), {event.data.integer_or("due")}};
    state.touched.emplace("request", event.request.str());
    state.requests[event.request] = std::move(request);
}

// A withdrawal may arrive before the approval: then it makes the request, withdrawn for good.
void withdraw(State& state, const Event& event) {
    auto& request = state.requests[event.request];
    state.touched.emplace("request", event.request.str());
    if (request.id.empty()) {
        request.id = event.request;
        request.source = event.data.text_or("source");
        request.external_id = event.data.text_or("external_id");
    }
    request.withdrawn = true;
}

void hold(State& state, const Event& event, bool held) {
    if (auto* request = touch_request(state, event.request)) request->held = held;
}

// The grant of one line ends before its time.
void revoke(State& state, const Event& event) {
    auto* request = touch_request(state, event.request);
    if (request == nullptr) return;
    for (auto& line : request->lines)
        if (line.seal == event.seal) line.revoked = event.data.text_or("reason");
}

}  // namespace

void evolve_request(State& state, const Event& event) {
    if (event.type == EventType::request_accepted) return set_request(state, event);
    if (event.type == EventType::request_withdrawn) return withdraw(state, event);
    if (event.type == EventType::request_held) return hold(state, event, true);
    if (event.type == EventType::request_released) return hold(state, event, false);
    if (event.type == EventType::grant_revoked) return revoke(state, event);
}

}  // namespace seals::rules
