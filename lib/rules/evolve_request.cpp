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
        request.take_out = TakeOut{personal_of(event, "place"),
                                   {event.data.integer_or("due")},
                                   personal_of(event, "purpose"),
                                   PersonId(event.data.text_or("supervisor"))};
    request.basis = personal_of(event, "basis");
    request.put_in_by = ids_of<PersonId>(event.data.texts_or("paper_by"));
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

// Its grant is of the same kind as the line it adds to; what is left of that one stays there.
void add_child(State& state, const Event& event) {
    auto* request = touch_request(state, event.request);
    if (request == nullptr) return;
    const auto* parent = request->line_numbered(event.data.integer_or("parent"));
    if (parent == nullptr) return;
    Line line;
    line.seal = event.seal;
    line.copies = event.data.integer_or("copies");
    line.count = event.data.integer_or("count");
    line.cross_page = event.data.integer_or("cross_page");
    line.users = parent->users;
    line.valid_from = {event.data.integer_or("valid_from")};
    line.valid_to = {event.data.integer_or("valid_to")};
    line.mode = parent->mode;
    line.parent = event.data.integer_or("parent");
    line.reason = personal_of(event, "reason");
    request->lines.push_back(std::move(line));
    if (request->ending) request->ending->reopened = true;
    for (const auto& id : ids_of<PersonId>(event.data.texts_or("approvers")))
        request->approvers.push_back(id);
}

// The OA's number may be matched before the OA sends it: then that request is there as a name that
// grants nothing.
void supersede(State& state, const Event& event) {
    auto& request = state.requests[event.request];
    state.touched.emplace("request", event.request.str());
    if (request.id.empty()) {
        request.id = event.request;
        request.source = event.data.text_or("source");
        request.external_id = event.data.text_or("external_id");
    }
    request.superseded_by = RequestId(event.data.text_or("by"));
}

void match(State& state, const Event& event) {
    auto* request = touch_request(state, event.request);
    if (request == nullptr) return;
    request->matched_source = event.data.text_or("source");
    request->matched_id = event.data.text_or("external_id");
}

void open_emergency(State& state, const Event& event) {
    auto* request = touch_request(state, event.request);
    if (request == nullptr) return;
    request->put_in_by = ids_of<PersonId>(event.data.texts_or("persons"));
    request->cure_by = Instant{event.data.integer_or("cure_by")};
    request->basis = personal_of(event, "reason");
}

void cure(State& state, const Event& event) {
    if (auto* request = touch_request(state, event.request))
        request->cured_by = RequestId(event.data.text_or("by"));
}

void hold_legally(State& state, const Event& event, bool on) {
    auto* request = touch_request(state, event.request);
    if (request == nullptr) return;
    request->legal_hold = on;
    request->hold_basis = on ? personal_of(event, "basis") : std::string();
}

}  // namespace

void evolve_request(State& state, const Event& event) {
    if (evolve_application(state, event)) return;
    if (event.type == EventType::request_accepted) return set_request(state, event);
    if (event.type == EventType::request_withdrawn) return withdraw(state, event);
    if (event.type == EventType::request_held) return hold(state, event, true);
    if (event.type == EventType::request_released) return hold(state, event, false);
    if (event.type == EventType::grant_revoked) return revoke(state, event);
    if (event.type == EventType::grant_child_added) return add_child(state, event);
    if (event.type == EventType::request_superseded) return supersede(state, event);
    if (event.type == EventType::request_matched) return match(state, event);
    if (event.type == EventType::breakglass_opened) return open_emergency(state, event);
    if (event.type == EventType::breakglass_cured) return cure(state, event);
    if (event.type == EventType::legalhold_set) return hold_legally(state, event, true);
    if (event.type == EventType::legalhold_released) return hold_legally(state, event, false);
}

}  // namespace seals::rules
