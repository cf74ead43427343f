// Inventories: counting, and the counts so far. A person's count is begun and recorded before any
// slot is read; a stream tells each slot as it is read, and the recorded inventory last.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "rules/row.hpp"
#include "wire/inventory.hpp"
#include "words/terms.hpp"

namespace seals::api {
namespace {

template <class IdType>
std::optional<std::string> text_of(const IdType& id) {
    return id.empty() ? std::nullopt : std::optional<std::string>(id.str());
}

wire::InventoryItem view_of(const rules::CountedSlot& item) {
    wire::InventoryItem view{item.slot.str(),
                             text_of(item.seal),
                             item.entity,
                             std::string(name_of(item.verdict)),
                             item.busy,
                             {},
                             {}};
    if (item.entered) view.entered = item.entered->str();
    if (item.result) view.result = std::string(name_of(*item.result));
    return view;
}

void fill_head(const rules::Inventory& inventory, const std::string& node,
               wire::InventoryHead& to) {
    to.id = inventory.id;
    to.node = node;
    to.time = inventory.at;
    to.person = text_of(inventory.person);
    to.blind = inventory.blind;
    to.since_last = inventory.since_last;
    if (!inventory.recount_of.empty()) to.recount_of = inventory.recount_of;
    to.recounts = inventory.recounts;
    to.slots = static_cast<std::int64_t>(inventory.items.size());
    for (const auto& item : inventory.items)
        ++to.summary[std::string(name_of(item.verdict))];
    to.discrepancies = static_cast<std::int64_t>(inventory.discrepancies());
    to.mismatches = static_cast<std::int64_t>(inventory.mismatches());
    to.duration_ms = inventory.duration.count();
    to.reading_ms = inventory.reading.count();
    to.slot_max_ms = inventory.slot_max.count();
    to.code = inventory.clean() ? "ok" : "no";
}

wire::InventoryReply view_of(const rules::Inventory& inventory, const std::string& node) {
    wire::InventoryReply reply;
    fill_head(inventory, node, reply);
    for (const auto& item : inventory.items)
        reply.items.push_back(view_of(item));
    return reply;
}

Result<wire::InventoryReply> read_inventory(Services& services, const std::string& id) {
    auto row = services.engine.store().reader().row("inventory", id);
    if (!row) return row.error();
    if (!*row || !(*row)->body)
        return Error{Code::not_found, "inventory " + id + " is not known",
                     "`sealctl inventory list` shows what there is", "id"};
    return view_of(rules::inventory_from(*(*row)->body), services.engine.store().origin());
}

// What the call asks for, as the rules take it.
Result<rules::CountWanted> wanted_by(const wire::InventoryCall& body) {
    rules::CountWanted wanted;
    wanted.person = PersonId(body.person.value_or(""));
    wanted.blind = body.blind.has_value();
    wanted.since_last = body.since_last;
    wanted.recount_of = body.recount.value_or("");
    if (body.person && !valid_id(*body.person)) return invalid("person", "\"person\" is no id");
    if (wanted.blind && wanted.person.empty())
        return invalid("person", "a blind inventory needs the person who counted");
    if (!wanted.recount_of.empty() && !wanted.blind)
        return invalid("recount", "only a blind inventory is counted again, by a blind one");
    if (body.blind)
        for (const auto& row : *body.blind)
            wanted.entry.push_back({SlotId(row.slot), SealId(row.seal), row.line});
    return wanted;
}

// Answers one POST: as one reply, or as a stream that began once nothing could be refused any more.
class Counted : public std::enable_shared_from_this<Counted> {
  public:
    Counted(Services& services, CallPtr call)
        : services_(services), call_(std::move(call)), follow_(call_->request.flag("follow")) {}

    void begin() {
        if (follow_) stream_.emplace(call_->responder.start_stream());
    }
    void tell(const engine::CountStep& step) {
        if (!stream_ || !stream_->open()) return;
        auto item = view_of(step.item);
        stream_->write(wire::write(wire::InventoryStep{
            item.slot, item.seal, item.entity, item.verdict, static_cast<std::int64_t>(step.read),
            static_cast<std::int64_t>(step.slots)}));
    }
    void end(const ledger::Recorded& entry) {
        auto reply = read_inventory(services_, entry.event.data.text_or("id"));
        if (!reply) return fail(reply.error());
        reply->seq = static_cast<std::int64_t>(entry.seq);
        auto body = wire::write(*reply);
        begin_late();
        stream_ ? stream_->end(body) : call_->responder.reply(201, body);
    }
    void fail(const Error& error) {
        stream_ ? stream_->end(localise(error, call_->request.language)) : call_->problem(error);
    }

  private:
    void begin_late() {  // a retry, answered from the record
        if (!stream_) begin();
    }

    Services& services_;
    CallPtr call_;
    bool follow_;
    std::optional<Stream> stream_;
};

void count(Services& services, const CallPtr& call, const std::shared_ptr<Counted>& counted,
           const rules::CountWanted& wanted, std::optional<rules::Acting> acting,
           const std::function<void()>& identified) {
    auto once = idempotency_of(call->request);
    engine::CountAsk ask{call->request.caller.actor(), wanted, std::move(acting), once};
    ask.begun = [counted, identified] {
        identified();
        counted->begin();
    };
    ask.step = [counted](const engine::CountStep& step) { counted->tell(step); };
    ask.done = [&services, counted, once, identified](const engine::Outcome& outcome) {
        identified();
        services.once.finished(once);
        if (outcome.error) return counted->fail(*outcome.error);
        counted->end(outcome.events.back());
    };
    services.count.run(std::move(ask));
}

// The person's next attempt waits until it is recorded who this one is, not until all is read.
void identify_and_count(Services& services, const CallPtr& call,
                        const std::shared_ptr<Counted>& counted, const rules::CountWanted& wanted,
                        const wire::InventoryCall& body) {
    if (wanted.person.empty()) return count(services, call, counted, wanted, std::nullopt, [] {});
    check_acting(services, {{*body.person, body.factors}},
                 [&services, call, counted, wanted](std::vector<rules::Acting> checked,
                                                    std::function<void()> finish) {
                     auto once = std::make_shared<std::function<void()>>(std::move(finish));
                     count(services, call, counted, wanted, std::move(checked.front()), [once] {
                         if (auto call_once = std::exchange(*once, nullptr)) call_once();
                     });
                 });
}

using Page = Result<Value>;

Page page_of(ledger::Reader& reader, const std::string& before, std::size_t limit,
             const std::string& node) {
    auto rows = reader.rows_before("inventory", before, limit);
    if (!rows) return rows.error();
    Value::Array items;
    for (const auto& row : *rows) {
        wire::InventoryHead head;
        fill_head(rules::inventory_from(*row.body), node, head);
        items.push_back(wire::write(head));
    }
    Value page{Value::Object{}};
    page.add("next", rows->size() == limit ? Value{rows->back().id} : Value{});
    page.add("items", std::move(items));
    return page;
}

}  // namespace

void post_inventory(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    if (call->request.body.is_null()) call->request.body = Value::Object{};
    auto body = read_body<wire::InventoryCall>(call->request, call->responder);
    if (!body) return;
    auto wanted = wanted_by(*body);
    if (!wanted) return call->problem(wanted.error());
    auto counted = std::make_shared<Counted>(services, call);
    auto fresh = [&services, call, counted, wanted = *wanted, body = std::move(*body)] {
        identify_and_count(services, call, counted, wanted, body);
    };
    auto recorded = [counted](const ledger::Recorded& entry) {
        if (entry.event.type == EventType::act_refused)
            return counted->fail(recorded_refusal(entry));
        counted->end(entry);
    };
    services.once.enter(idempotency_of(call->request),
                        {fresh, recorded, [call](const Error& error) { call->problem(error); }});
}

void list_inventories(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto limit = call->request.number("limit", 100, 1, 500);
    if (!limit) return call->problem(limit.error());
    services.engine.store().ask<Page>(
        [before = call->request.text("cursor"), most = static_cast<std::size_t>(*limit),
         node = services.engine.store().origin()](ledger::Reader& reader) {
            return page_of(reader, before, most, node);
        },
        [call](Page page) {
            page ? call->responder.reply(200, *page) : call->problem(page.error());
        });
}

void get_inventory(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto reply = read_inventory(services, call->request.param("id"));
    reply ? call->responder.reply(200, wire::write(*reply)) : call->problem(reply.error());
}

void post_baseline(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::BaselineCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_acting_ids(body->witnesses, "witnesses"); !status)
        return call->problem(status.error());
    rules::RecordBaseline command{call->request.param("id"), {}, {}};
    perform(services, call,
            {body->witnesses, with_persons(command), [call](const ledger::Recorded& entry) {
                 const auto& data = entry.event.data;
                 call->responder.reply(
                     201, wire::write(wire::BaselineReply{
                              data.text_or("inventory"), data.texts_or("seals"),
                              data.texts_or("witnesses"), static_cast<std::int64_t>(entry.seq)}));
             }});
}

}  // namespace seals::api
