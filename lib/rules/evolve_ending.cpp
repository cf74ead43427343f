// What events change of how a request ended and of telling its source.
#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

// Another revision begins anew: what was tried, given up or waived was the one before.
void end_request(State& state, const Event& event) {
    auto* request = touch_request(state, event.request);
    if (request == nullptr) return;
    Ending ending;
    ending.outcome = term_named(event.data.text_or("outcome"), request_outcomes(),
                                RequestOutcome::part_fulfilled);
    ending.at = ending.waits = event.at;
    ending.revision = event.data.integer_or("revision", 1);
    ending.early = event.data.boolean_or("early");
    if (request->ending) {
        ending.told = request->ending->told;
        ending.receipt = request->ending->receipt;
    }
    request->ending = std::move(ending);
    for (auto& line : request->lines)
        if (line.ended.ms == 0) line.ended = event.at;
}

void report(Ending& ending, const Event& event) {
    auto revision = event.data.integer_or("revision");
    if (revision < ending.told) return;
    ending.told = revision;
    ending.receipt = event.data.text_or("receipt");
    if (revision != ending.revision) return;
    ending.attempts = event.data.integer_or("attempts");
    ending.dead = false;
    ending.failure.clear();
}

void fail(Ending& ending, const Event& event) {
    ending.attempts = event.data.integer_or("attempts");
    ending.dead = event.data.boolean_or("dead");
    ending.failure = personal_of(event, "reason");
}

void try_again(Ending& ending, const Event& event) {
    ending.dead = false;
    ending.waits = event.at;
}

void waive(Ending& ending) {
    ending.waived = true;
    ending.dead = false;
}

bool comes_late(EventType type) {
    return type == EventType::use_recorded || type == EventType::use_voided ||
           type == EventType::request_matched || type == EventType::breakglass_cured;
}

}  // namespace

void evolve_ending(State& state, const Event& event) {
    if (event.type == EventType::request_fulfilled) return end_request(state, event);
    auto* request = touch_request(state, event.request);
    if (request == nullptr || !request->ending) return;
    auto& ending = *request->ending;
    if (event.type == EventType::request_reported) return report(ending, event);
    if (event.data.integer_or("revision") != ending.revision) return;
    if (event.type == EventType::request_report_failed) return fail(ending, event);
    if (event.type == EventType::request_report_again) return try_again(ending, event);
    if (event.type == EventType::request_waived) return waive(ending);
    if (event.type == EventType::request_closed) ending.closed = true;
}

void note_late(State& state, const Event& event) {
    if (!comes_late(event.type) || event.request.empty()) return;
    auto found = state.requests.find(event.request);
    if (found == state.requests.end() || !found->second.ending) return;
    found->second.ending->stale = true;
    state.touched.emplace("request", event.request.str());
}

}  // namespace seals::rules
