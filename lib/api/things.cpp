// Persons, seals and requests: lists, single ones, upserts. Lists and single ones come from the
// views, through the questions thread: committed state only.
#include "api/handlers.hpp"
#include "api/records.hpp"
#include "api/view_of.hpp"
#include "rules/row.hpp"
#include "wire/calls.hpp"
#include "wire/import.hpp"

namespace seals::api {
namespace {

using Page = Result<Value>;
using Show =
    std::function<std::optional<Value>(const Value& body)>;  // nullopt: left out of the list

constexpr std::int64_t kMostItems = 500;

// Pages through the rows of a kind until the page is full; `next` is the last id shown.
Page page_of(ledger::Reader& reader, const std::string& kind, std::string after, std::size_t limit,
             const Show& show) {
    Value::Array items;
    bool more = false;
    while (items.size() < limit) {
        auto rows = reader.rows(kind, after, limit);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            if (items.size() == limit) {
                more = true;
                break;
            }
            after = row.id;
            auto shown = row.body ? show(*row.body) : std::nullopt;
            if (shown) items.push_back(std::move(*shown));
        }
        if (rows->size() < limit) break;
        more = true;
    }
    Value page{Value::Object{}};
    bool full = items.size() == limit;
    page.add("items", std::move(items));
    page.add("next", more && full ? Value{after} : Value{});
    return page;
}

void list(Services& services, Request request, Responder responder, std::string kind, Show show) {
    auto call = make_call(std::move(request), std::move(responder));
    auto limit = call->request.number("limit", 100, 1, kMostItems);
    if (!limit) return call->problem(limit.error());
    auto count = static_cast<std::size_t>(*limit);
    auto after = call->request.text("cursor");
    services.engine.store().ask<Page>(
        [kind = std::move(kind), after, count, show = std::move(show)](ledger::Reader& reader) {
            return page_of(reader, kind, after, count, show);
        },
        [call](Page page) {
            page ? call->responder.reply(200, *page) : call->problem(page.error());
        });
}

void show_one(Services& services, Request request, Responder responder, std::string kind,
              Show show) {
    auto call = make_call(std::move(request), std::move(responder));
    auto id = call->request.param("id");
    auto row = services.engine.store().reader().row(kind, id);
    if (!row) return call->problem(row.error());
    if (!*row || !(*row)->body)
        return call->problem(Error{Code::not_found, kind + " " + id + " is not known",
                                   "`sealctl " + kind + " list` shows what there is", "id"});
    call->responder.reply(200, *show(*(*row)->body));
}

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
Show show_seal() {
    return [](const Value& body) { return wire::write(view_of(rules::seal_from(body))); };
}
Show show_request(Instant now, bool all) {
    return [now, all](const Value& body) -> std::optional<Value> {
        auto request = rules::request_from(body);
        auto state = request.state(now);
        bool over = state == RequestState::withdrawn || state == RequestState::expired;
        if (over && !all) return std::nullopt;
        return wire::write(view_of(request, now));
    };
}

}  // namespace

void list_persons(Services& services, Request request, Responder responder) {
    list(services, std::move(request), std::move(responder), "person", show_person());
}
void list_seals(Services& services, Request request, Responder responder) {
    list(services, std::move(request), std::move(responder), "seal", show_seal());
}
void list_requests(Services& services, Request request, Responder responder) {
    bool all = request.flag("all");
    auto now = services.engine.moment().now;
    list(services, std::move(request), std::move(responder), "request", show_request(now, all));
}
void get_person(Services& services, Request request, Responder responder) {
    show_one(services, std::move(request), std::move(responder), "person", show_person());
}
void get_seal(Services& services, Request request, Responder responder) {
    show_one(services, std::move(request), std::move(responder), "seal", show_seal());
}
void get_request(Services& services, Request request, Responder responder) {
    auto now = services.engine.moment().now;
    show_one(services, std::move(request), std::move(responder), "request",
             show_request(now, true));
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
