// Persons, seals and requests: lists, single ones, upserts. A role that ends at some entities sees
// the seals of those, and the requests that name one.
#include <algorithm>
#include <set>

#include "api/handlers.hpp"
#include "api/listing.hpp"
#include "api/records.hpp"
#include "api/scope.hpp"
#include "api/view_of.hpp"
#include "rules/row.hpp"
#include "wire/calls.hpp"
#include "wire/import.hpp"

namespace seals::api {
namespace {

using Show = ShowRow;

std::string_view name_of(rules::Upserted outcome) {
    switch (outcome) {
        case rules::Upserted::accepted:
            return "accepted";
        case rules::Upserted::withdrawn:
            return "withdrawn";
        case rules::Upserted::left_out:
            return "left_out";
        default:
            return "unchanged";
    }
}

void upsert(Services& services, const std::shared_ptr<Call>& call, Result<rules::Command> command) {
    if (!command) return call->problem(command.error());
    services.engine.submit(
        {std::move(*command), call->request.caller.actor(), [call](const engine::Outcome& outcome) {
             if (outcome.error) return call->problem(*outcome.error);
             wire::UpsertReply reply{outcome.id, std::string(name_of(outcome.upserted)), 0};
             if (!outcome.events.empty())
                 reply.seq = static_cast<std::int64_t>(outcome.events.front().seq);
             call->responder.reply(200, wire::write(reply));
         }});
}

Show show_person() {
    return [](const Value& body) { return wire::write(view_of(rules::person_from(body))); };
}
Show show_seal(const Caller& caller, bool all) {
    return [caller, all](const Value& body) -> std::optional<Value> {
        auto seal = rules::seal_from(body);
        bool over = seal.state == SealState::destroyed || seal.state == SealState::surrendered ||
                    seal.state == SealState::replaced;
        if ((over && !all) || !caller.covers(Role::viewer, seal.entity)) return std::nullopt;
        return wire::write(view_of(seal));
    };
}

Show show_request(Instant now, bool all, std::set<std::string> hidden, bool pending = false) {
    return
        [now, all, pending, hidden = std::move(hidden)](const Value& body) -> std::optional<Value> {
            auto request = rules::request_from(body);
            bool seen =
                std::any_of(request.lines.begin(), request.lines.end(),
                            [&](const auto& line) { return !hidden.contains(line.seal.str()); });
            if (!seen && !hidden.empty()) return std::nullopt;
            auto state = request.state(now);
            bool over = request.over() || state == RequestState::expired;
            if (over && !all) return std::nullopt;
            if (pending && (!request.is_pending() || over)) return std::nullopt;
            return wire::write(view_of(request, now));
        };
}

}  // namespace

void list_persons(Services& services, Request request, Responder responder) {
    list_rows(services, std::move(request), std::move(responder), "person", show_person());
}
void list_seals(Services& services, Request request, Responder responder) {
    auto show = show_seal(request.caller, request.flag("all"));
    list_rows(services, std::move(request), std::move(responder), "seal", std::move(show));
}
void list_requests(Services& services, Request request, Responder responder) {
    bool all = request.flag("all");
    auto show = show_request(services.engine.moment().now, all,
                             hidden_seals(services, request.caller), request.flag("pending"));
    list_rows(services, std::move(request), std::move(responder), "request", std::move(show));
}
void get_person(Services& services, Request request, Responder responder) {
    show_row(services, std::move(request), std::move(responder), "person", show_person());
}
void get_seal(Services& services, Request request, Responder responder) {
    auto show = show_seal(request.caller, true);
    show_row(services, std::move(request), std::move(responder), "seal", std::move(show));
}
void get_request(Services& services, Request request, Responder responder) {
    auto show =
        show_request(services.engine.moment().now, true, hidden_seals(services, request.caller));
    show_row(services, std::move(request), std::move(responder), "request", std::move(show));
}

void post_person(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    if (auto body = read_body<wire::PersonRecord>(call->request, call->responder))
        upsert(services, call, to_command(*body));
}
void post_seal(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    if (auto body = read_body<wire::SealRecord>(call->request, call->responder))
        upsert(services, call, to_command(*body));
}
// A request's key is source + external_id: it is idempotent by itself, so no Idempotency-Key is
// kept.
void post_request(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    if (auto body = read_body<wire::RequestRecord>(call->request, call->responder))
        upsert(services, call, to_command(*body));
}

}  // namespace seals::api
