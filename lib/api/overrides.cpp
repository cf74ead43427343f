// Openings that sealsd gave no leave for: listed, and explained by two persons.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/listing.hpp"
#include "rules/row.hpp"
#include "wire/acts.hpp"

namespace seals::api {

void list_overrides(Services& services, Request request, Responder responder) {
    bool all = request.flag("all");
    list_rows(services, std::move(request), std::move(responder), "override",
              [all](const Value& body) -> std::optional<Value> {
                  auto one = rules::override_from(body);
                  if (!one.open() && !all) return std::nullopt;
                  return wire::write(wire::OverrideView{one.id, one.slot.str(), one.cause, one.from,
                                                        one.at, one.counted, one.explained});
              });
}

void post_override_explain(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ExplainOverrideCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_acting_ids(body->persons, "persons"); !status)
        return call->problem(status.error());
    if (auto status = check_text(body->reason, "reason"); !status)
        return call->problem(status.error());
    rules::ExplainOverride command{
        call->request.param("id"),  body->reason, body->old_bag.value_or(""),
        body->new_bag.value_or(""), {},           {}};
    perform(services, call,
            {body->persons, with_persons(command),
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

}  // namespace seals::api
