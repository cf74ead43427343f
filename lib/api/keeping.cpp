// What is kept and for how long: legal holds, the purge of files, the erasure of a person's data.
#include "wire/keeping.hpp"

#include <set>

#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "rules/row.hpp"

namespace seals::api {
namespace {

void hold(Services& services, Request request, Responder responder, bool on) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::LegalHoldCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_text(body->basis, "basis"); !status)
        return call->problem(status.error());
    rules::HoldLegally command{RequestId(call->request.param("id")), on, body->basis, {}};
    perform(services, call,
            {{},
             [command](const std::vector<rules::Acting>&, rules::Idempotency once) {
                 auto full = command;
                 full.idempotency = std::move(once);
                 return full;
             },
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

wire::LegalHoldView view_of_hold(const ledger::Recorded& entry) {
    wire::LegalHoldView view{entry.event.request.str(),
                             {},
                             entry.event.actor.id,
                             static_cast<std::int64_t>(entry.seq),
                             entry.at};
    for (const auto& [field, text] : entry.event.personal)
        if (field == "basis") view.basis = text;
    return view;
}

// Of each request that is held now, the entry that did it last.
Result<Value> holds_of(ledger::Reader& reader, const std::string& cursor, std::size_t limit) {
    constexpr std::size_t kPage = 500;
    std::map<RequestId, wire::LegalHoldView> holds;
    for (std::uint64_t after = 0;;) {
        auto page = reader.entries_of(ledger::By::type, row_of(EventType::legalhold_set).name,
                                      after, kPage);
        if (!page) return page.error();
        for (const auto& entry : *page)
            holds[entry.event.request] = view_of_hold(entry);
        if (page->size() < kPage) break;
        after = page->back().seq;
    }
    Value::Array items;
    Value next;
    for (auto one = holds.upper_bound(RequestId(cursor)); one != holds.end(); ++one) {
        auto row = reader.row("request", one->first.str());
        if (!row) return row.error();
        if (!*row || !(*row)->body || !(*row)->body->boolean_or("legal_hold")) continue;
        if (items.size() == limit) {
            next = Value{std::prev(one)->first.str()};
            break;
        }
        items.push_back(wire::write(one->second));
    }
    Value out{Value::Object{}};
    out.add("items", std::move(items));
    out.add("next", std::move(next));
    return out;
}

wire::PurgeReply reply_of(const engine::PurgeReport& report, bool dry_run) {
    wire::PurgeReply reply{dry_run,
                           static_cast<std::int64_t>(report.purged),
                           static_cast<std::int64_t>(report.left),
                           {},
                           {}};
    for (const auto& one : report.classes)
        reply.classes.push_back(
            {std::string(row_of(one.klass).name), one.term, static_cast<std::int64_t>(one.kept),
             static_cast<std::int64_t>(one.due), static_cast<std::int64_t>(one.held)});
    for (auto seq : report.entries)
        reply.entries.push_back(static_cast<std::int64_t>(seq));
    return reply;
}

// The reply waits until the file is written anew, and says whether it was.
void reply_erased(Services& services, const CallPtr& call, const ledger::Recorded& entry,
                  const engine::Erasable& found) {
    wire::EraseReply reply{static_cast<std::int64_t>(entry.seq),
                           entry.event.data.integer_or("texts"),
                           static_cast<std::int64_t>(found.mentioned),
                           {},
                           false};
    for (auto seq : found.mentions)
        reply.mentions.push_back(static_cast<std::int64_t>(seq));
    services.engine.store().scrub([call, reply](const Status& status) {
        auto full = reply;
        full.scrubbed = static_cast<bool>(status);
        call->responder.reply(200, wire::write(full));
    });
}

void erase(Services& services, const CallPtr& call, const wire::EraseCall& body,
           const engine::Erasable& found) {
    rules::ErasePerson command;
    command.person = PersonId(call->request.param("id"));
    command.basis = body.basis;
    command.requests.assign(found.requests.begin(), found.requests.end());
    command.texts = static_cast<std::int64_t>(found.texts.size());
    const auto* person = services.engine.state().person(command.person);
    if (person != nullptr && person->has_pin) command.secrets = {"pin"};
    Act act{body.persons, with_persons(command),
            [&services, call, found](const ledger::Recorded& entry) {
                reply_erased(services, call, entry, found);
            }};
    act.vault = [id = command.person.str(), texts = found.texts](engine::Submission& submission) {
        submission.secret = ledger::Secret{"pin", id, std::nullopt};
        submission.erased = texts;
        // So that the file is written anew even where the vault had nothing of him.
        if (submission.erased.empty()) submission.erased.push_back({0, "name"});
    };
    perform(services, call, std::move(act));
}

}  // namespace

void post_legal_hold(Services& services, Request request, Responder responder) {
    hold(services, std::move(request), std::move(responder), true);
}

void post_legal_unhold(Services& services, Request request, Responder responder) {
    hold(services, std::move(request), std::move(responder), false);
}

void list_holds(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto limit = call->request.number("limit", 100, 1, 500);
    if (!limit) return call->problem(limit.error());
    services.engine.store().ask<Result<Value>>(
        [cursor = call->request.text("cursor"), most = static_cast<std::size_t>(*limit)](
            ledger::Reader& reader) { return holds_of(reader, cursor, most); },
        [call](const Result<Value>& holds) {
            if (!holds) return call->problem(holds.error());
            call->responder.reply(200, *holds);
        });
}

void post_purge(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::PurgeCall>(call->request, call->responder);
    if (!body) return;
    services.keeper.purge(
        body->dry_run, call->request.caller.actor(),
        [call, dry_run = body->dry_run](const Result<engine::PurgeReport>& report) {
            if (!report) return call->problem(report.error());
            call->responder.reply(200, wire::write(reply_of(*report, dry_run)));
        });
}

void post_person_erase(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::EraseCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_text(body->basis, "basis"); !status)
        return call->problem(status.error());
    if (auto status = check_acting_ids(body->persons, "persons"); !status)
        return call->problem(status.error());
    services.keeper.find(
        PersonId(call->request.param("id")),
        [&services, call, body = std::move(*body)](const Result<engine::Erasable>& found) {
            if (!found) return call->problem(found.error());
            erase(services, call, body, *found);
        });
}

}  // namespace seals::api
