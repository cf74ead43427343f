// What events change of a person.
#include "rules/evolving.hpp"

namespace seals::rules {
namespace {

void set_person(State& state, const Event& event) {
    auto& person = state.persons[event.person];
    state.touched.emplace("person", event.person.str());
    person.id = event.person;
    person.name = personal_of(event, "name");
    person.phone = personal_of(event, "phone");
    person.department = event.data.text_or("department");
    person.role = event.data.text_or("role", "staff");
    person.active = event.data.boolean_or("active");
    person.erased = false;  // hired again, and registered anew
}

// What the vault no longer has goes from the rows as well.
void erase(State& state, const Event& event) {
    auto* person = touch_person(state, event.person);
    if (person == nullptr) return;
    person->name.clear();
    person->phone.clear();
    person->has_pin = false;
    person->failures.clear();
    person->nulls.clear();
    person->locked_until.reset();
    person->erased = true;
    for (auto& [id, request] : state.requests) {
        if (request.applicant != event.person) continue;
        request.applicant_name.clear();
        state.touched.emplace("request", id.str());
    }
}

void fail_identification(State& state, const Event& event) {
    if (auto* person = touch_person(state, event.person)) {
        person->failures.push_back(event.at);
        if (person->failures.size() > std::size_t{kFailuresKept})
            person->failures.erase(person->failures.begin());
    }
}

}  // namespace

void evolve_person(State& state, const Event& event) {
    using enum EventType;
    if (event.type == person_registered || event.type == person_changed)
        return set_person(state, event);
    if (event.type == auth_failed) return fail_identification(state, event);
    if (event.type == erased) return erase(state, event);
    auto* person = touch_person(state, event.person);
    if (person == nullptr) return;
    if (event.type == auth_locked_out)
        person->locked_until = Instant{event.data.integer_or("until")};
    if (event.type == person_pin_set) {
        person->has_pin = true;
        person->failures.clear();
        person->locked_until.reset();
    }
}

}  // namespace seals::rules
