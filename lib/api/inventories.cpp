// Inventory: one verdict per slot.
#include "api/handlers.hpp"
#include "wire/calls.hpp"
#include "words/terms.hpp"

namespace seals::api {
namespace {

bool is_discrepancy(const std::string& verdict) {
    return verdict != "present" && verdict != "present_weak" && verdict != "out" &&
           verdict != "empty";
}

wire::InventoryReply reply_of(const ledger::Recorded& entry) {
    wire::InventoryReply reply;
    const auto& data = entry.event.data;
    reply.id = data.text_or("id");
    reply.duration_ms = data.integer_or("duration_ms");
    reply.seq = static_cast<std::int64_t>(entry.seq);
    reply.code = "ok";
    const auto* items = data.find("items");
    if (items == nullptr || items->array() == nullptr) return reply;
    for (const auto& item : *items->array()) {
        auto seal = item.text_or("seal");
        auto verdict = item.text_or("verdict");
        if (is_discrepancy(verdict)) reply.code = "no";
        ++reply.summary[verdict];
        reply.items.push_back({item.text_or("slot"),
                               seal.empty() ? std::nullopt : std::optional<std::string>(seal),
                               verdict});
    }
    return reply;
}

}  // namespace

void post_inventory(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto once = idempotency_of(call->request);
    auto reply = [call](const ledger::Recorded& entry) {
        call->responder.reply(201, wire::write(reply_of(entry)));
    };
    auto run = [&services, call, once, reply] {
        services.count.run(call->request.caller.actor(), once,
                           [&services, call, once, reply](const engine::Outcome& outcome) {
                               services.once.finished(once);
                               if (outcome.error) return call->problem(*outcome.error);
                               reply(outcome.events.back());
                           });
    };
    services.once.enter(once, {run, reply, [call](const Error& error) { call->problem(error); }});
}

}  // namespace seals::api
