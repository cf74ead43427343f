// PINs: the old one sets a new one. A first or forgotten one needs an administrator's role and a
// custodian's factor; first PINs on a simulated ledger are free.
#include "api/handlers.hpp"
#include "engine/pin.hpp"
#include "wire/calls.hpp"

namespace seals::api {
namespace {

struct Wanted {
    PersonId person;
    wire::PinCall body;
};

void record(Services& services, const CallPtr& call, const Wanted& wanted,
            std::function<void()> finish) {
    services.factors.hash(wanted.body.pin, [&services, call, wanted,
                                            finish](Result<std::string> hash) {
        if (!hash) {
            finish();
            return call->problem(hash.error());
        }
        engine::Submission submission{rules::SetPin{wanted.person}, call->request.caller.actor()};
        submission.secret = ledger::Secret{"pin", wanted.person.str(), to_bytes(as_bytes(*hash))};
        submission.done = [call, finish](const engine::Outcome& outcome) {
            finish();
            if (outcome.error) return call->problem(*outcome.error);
            wire::DoneReply reply{static_cast<std::int64_t>(outcome.events.front().seq)};
            call->responder.reply(200, wire::write(reply));
        };
        services.engine.submit(std::move(submission));
    });
}

// One factor of one person must be right; a wrong one is recorded as a failure of that person.
void prove(Services& services, const CallPtr& call, const PersonId& person, const std::string& pin,
           std::function<void(std::function<void()>)> proved) {
    services.factors.check(
        person, {{"pin", pin}},
        [&services, call, person, proved](std::vector<rules::FactorChecked> checked,
                                          std::function<void()> finish) {
            rules::Identify identify{person, std::move(checked)};
            services.engine.submit({std::move(identify), call->request.caller.actor(),
                                    [call, proved, finish](const engine::Outcome& outcome) {
                                        if (!outcome.error) return proved(finish);
                                        finish();
                                        call->problem(*outcome.error);
                                    }});
        });
}

void set_anew(Services& services, const CallPtr& call, const Wanted& wanted, bool first) {
    if (first && services.simulated) return record(services, call, wanted, [] {});
    if (auto status = call->request.caller.check(Role::admin); !status)
        return call->problem(status.error());
    if (!wanted.body.custodian || !wanted.body.custodian_pin)
        return call->problem(invalid(
            "custodian", "a first or forgotten PIN needs a custodian and that custodian's PIN"));
    PersonId custodian(*wanted.body.custodian);
    const auto* known = services.engine.state().person(custodian);
    if (known == nullptr || known->role != "custodian" || custodian == wanted.person)
        return call->problem(
            invalid("custodian", custodian.str() + " is no other custodian of this cabinet"));
    prove(services, call, custodian, *wanted.body.custodian_pin,
          [&services, call, wanted](std::function<void()> finish) {
              record(services, call, wanted, std::move(finish));
          });
}

}  // namespace

void post_pin(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::PinCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = engine::check_pin_form(body->pin); !status)
        return call->problem(status.error());
    Wanted wanted{PersonId(call->request.param("id")), std::move(*body)};
    const auto* person = services.engine.state().person(wanted.person);
    if (person == nullptr)
        return call->problem(Error{Code::not_found,
                                   "person " + wanted.person.str() + " is not known",
                                   "`sealctl person list` shows who is", "id"});
    if (!person->has_pin || !wanted.body.old_pin)
        return set_anew(services, call, wanted, !person->has_pin);
    prove(services, call, wanted.person, *wanted.body.old_pin,
          [&services, call, wanted](std::function<void()> finish) {
              record(services, call, wanted, std::move(finish));
          });
}

// Two persons, both identified: the clock is right as it stands.
void post_clock_accept(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ClockCall>(call->request, call->responder);
    if (!body) return;
    if (body->person == body->second)
        return call->problem(invalid("second", "two different persons must accept"));
    auto pin_of = [](const std::vector<wire::Factor>& factors) {
        return factors.empty() ? "" : factors.front().value;
    };
    PersonId first(body->person), second(body->second);
    auto second_pin = pin_of(body->second_factors);
    auto accept = [&services, call, first, second](std::function<void()> finish) {
        services.engine.submit({rules::AcceptClock{{first, second}}, call->request.caller.actor(),
                                [call, finish](const engine::Outcome& outcome) {
                                    finish();
                                    if (outcome.error) return call->problem(*outcome.error);
                                    wire::DoneReply reply{
                                        static_cast<std::int64_t>(outcome.events.front().seq)};
                                    call->responder.reply(200, wire::write(reply));
                                }});
    };
    prove(services, call, first, pin_of(body->factors),
          [&services, call, second, second_pin, accept](std::function<void()> finish) {
              finish();
              prove(services, call, second, second_pin, accept);
          });
}

}  // namespace seals::api
