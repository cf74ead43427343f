// Acts on a seal's life. Their files are kept first, then the persons' factors are checked, then
// the rules decide.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "base/slot.hpp"
#include "wire/acts.hpp"

namespace seals::api {
namespace {

constexpr std::size_t kMostPersons = 8;

Status check_parts(const std::vector<wire::Acting>& parts) {
    if (parts.size() > kMostPersons) return invalid("witnesses", "at most 8 persons take part");
    return check_acting_ids(parts, "witnesses");
}

Result<SlotId> slot_in(const std::optional<std::string>& text) {
    if (!text || text->empty()) return SlotId{};
    auto number = slot_number(*text);
    if (!number) return invalid("slot", "\"slot\" must be a number from 1 to 999");
    return slot_id(*number);
}

std::optional<Error> fault_of(const Services& services, const Request& request,
                              const wire::ActCall& body, const std::vector<wire::Acting>& parts) {
    if (auto status = check_text(body.basis, "basis"); !status) return status.error();
    if (auto status = check_files(body.files); !status) return status.error();
    if (auto status = check_parts(parts); !status) return status.error();
    if (auto status = check_scope(services, request, SealId(request.param("id"))); !status)
        return status.error();
    return std::nullopt;
}

}  // namespace

void post_seal_act(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ActCall>(call->request, call->responder);
    if (!body) return;
    auto path = call->request.row->pattern;
    auto act = seal_act_named(path.substr(path.rfind('/') + 1));
    if (!act) return call->problem(internal("a route without its act"));
    auto parts = body->witnesses;
    if (body->approver) parts.push_back(*body->approver);
    if (auto fault = fault_of(services, call->request, *body, parts)) return call->problem(*fault);
    rules::ActOnSeal command;
    command.act = *act;
    command.seal = SealId(call->request.param("id"));
    command.basis = body->basis;
    command.files = body->files;
    bool approved = body->approver.has_value();
    perform_with_files(
        services, call, body->files,
        {parts,
         [command, approved](std::vector<rules::Acting> acting, rules::Idempotency once) {
             auto full = command;
             if (approved) {
                 full.approver = std::move(acting.back());
                 acting.pop_back();
             }
             full.witnesses = std::move(acting);
             full.idempotency = std::move(once);
             return full;
         },
         [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

void post_seal_register(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::RegisterCall>(call->request, call->responder);
    if (!body) return;
    auto slot = slot_in(body->slot);
    for (const auto& status : {check_text(body->basis, "basis"), check_text(body->name, "name"),
                               check_text(body->type, "type"), check_files(body->files),
                               call->request.caller.check_entity(Role::custodian, body->entity),
                               slot ? Status{} : Status{slot.error()}})
        if (!status) return call->problem(status.error());
    rules::RegisterSeal command;
    command.seal.id = SealId(call->request.param("id"));
    command.seal.name = body->name;
    command.seal.type = body->type;
    command.seal.entity = body->entity;
    command.seal.filing_no = body->filing_no;
    command.seal.slot = *slot;
    for (const auto& custodian : body->custodians)
        command.seal.custodians.emplace_back(custodian);
    command.basis = body->basis;
    command.files = body->files;
    perform_with_files(services, call, body->files,
                       {{},
                        [command](const std::vector<rules::Acting>&, rules::Idempotency once) {
                            auto full = command;
                            full.idempotency = std::move(once);
                            return full;
                        },
                        [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

void post_seal_replace(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReplaceCall>(call->request, call->responder);
    if (!body) return;
    SealId old_seal(call->request.param("id"));
    auto slot = slot_in(body->slot);
    for (const auto& status :
         {check_text(body->basis, "basis"), check_files(body->files),
          check_scope(services, call->request, old_seal), slot ? Status{} : Status{slot.error()}})
        if (!status) return call->problem(status.error());
    rules::ReplaceSeal command{old_seal, SealId(body->by), body->filing_no, body->basis,
                               *slot,    body->files,      body->hold,      {}};
    perform_with_files(services, call, body->files,
                       {{},
                        [command](const std::vector<rules::Acting>&, rules::Idempotency once) {
                            auto full = command;
                            full.idempotency = std::move(once);
                            return full;
                        },
                        [call](const ledger::Recorded& entry) {
                            const auto& data = entry.event.data;
                            wire::ReplaceReply reply{entry.event.seal.str(), data.text_or("by"),
                                                     data.texts_or("open"), data.boolean_or("held"),
                                                     static_cast<std::int64_t>(entry.seq)};
                            call->responder.reply(200, wire::write(reply));
                        }});
}

void post_release_quarantine(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ReleaseCall>(call->request, call->responder);
    if (!body) return;
    rules::ReleaseQuarantine command{SealId(call->request.param("id")), body->basis, {}, {}};
    for (const auto& status :
         {check_text(body->basis, "basis"), check_acting_ids(body->persons, "persons"),
          check_scope(services, call->request, command.seal)})
        if (!status) return call->problem(status.error());
    perform(services, call,
            {body->persons, with_persons(command),
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

}  // namespace seals::api
