// Evidence: checkpoints, proofs and raw leaves to be checked elsewhere, what witnesses and
// time-stamping authorities said, and another key for the device.
#include "wire/evidence.hpp"

#include "api/acting.hpp"
#include "api/evidence.hpp"
#include "api/handlers.hpp"
#include "base/text.hpp"
#include "engine/proofs.hpp"

namespace seals::api {
namespace {

constexpr std::int64_t kMostSize = (std::int64_t{1} << 53) - 1;
constexpr std::int64_t kMostLeaves = 500;
constexpr std::size_t kMostToken = 20U * 1024;

template <class T>
void answer(const CallPtr& call, const Result<T>& result,
            const std::function<Value(const T&)>& show) {
    if (!result) return call->problem(result.error());
    call->responder.reply(200, show(*result));
}

// Asks after a checkpoint over all that there is by now was signed; where none can be, of those
// that are kept.
template <class T>
void ask_signed(Services& services, const CallPtr& call,
                std::function<Result<T>(ledger::Reader&)> question,
                std::function<Value(const T&)> show) {
    services.signer.sign([&services, call, question, show](const engine::Signer::Signed&) {
        services.engine.store().ask<Result<T>>(
            question, [call, show](const Result<T>& result) { answer<T>(call, result, show); });
    });
}

Value proof_of(const engine::ProofFile& file, std::optional<std::int64_t> old) {
    wire::ProofReply reply;
    if (old)
        reply.old = *old;
    else
        reply.seq = static_cast<std::int64_t>(file.seq);
    reply.size = static_cast<std::int64_t>(file.size);
    reply.leaf = to_base64(file.leaf);
    reply.proof = file.text;
    return wire::write(reply);
}

Value leaves_of(const engine::LeafPage& page) {
    wire::LeafList list;
    for (const auto& item : page.items) {
        wire::LeafView view{static_cast<std::int64_t>(item.seq), to_base64(item.leaf), {}};
        for (const auto& hash : item.hashes)
            view.hashes.push_back(to_base64(hash));
        list.items.push_back(std::move(view));
    }
    if (page.next) list.next = std::to_string(*page.next);
    list.size = static_cast<std::int64_t>(page.size);
    return wire::write(list);
}

Result<std::optional<Instant>> time_of(const Request& request, const char* name) {
    auto text = request.text(name);
    if (text.empty()) return std::optional<Instant>{};
    auto at = from_rfc3339(text);
    if (!at) return invalid(name, std::string(name) + " is no time: 2026-11-27T08:00:00Z");
    return std::optional<Instant>{*at};
}

Result<engine::LeafQuery> leaf_query(const Request& request) {
    engine::LeafQuery query;
    auto after = request.number("after", 0, 0, kMostSize);
    auto limit = request.number("limit", 100, 1, kMostLeaves);
    auto size = request.number("size", 0, 0, kMostSize);
    for (const auto* number : {&after, &limit, &size})
        if (!*number) return number->error();
    auto from = time_of(request, "from"), to = time_of(request, "to");
    if (!from || !to) return !from ? from.error() : to.error();
    query.after = static_cast<std::uint64_t>(*after);
    query.limit = static_cast<std::size_t>(*limit);
    query.size = static_cast<std::uint64_t>(*size);
    query.seal = request.text("seal");
    query.session = request.text("session");
    query.request = request.text("request");
    query.from = *from;
    query.to = *to;
    query.proofs = request.text("proofs") != "0";
    auto types = request.text("type");  // which the parts are views of
    for (auto type : split(types, ',')) {
        if (type.empty()) continue;
        if (!event_type_named(type))
            return invalid("type", "no event is called " + std::string(type));
        query.types.emplace_back(type);
    }
    return query;
}

}  // namespace

wire::CheckpointReply checkpoint_reply(const engine::CheckpointView& view,
                                       const engine::Signer& signer) {
    wire::CheckpointReply reply{view.origin, static_cast<std::int64_t>(view.size),
                                to_base64(view.root), view.at, view.note};
    if (auto key = signer.key()) reply.key = key->vkey();
    for (const auto& one : view.cosignatures)
        reply.cosignatures.push_back({one.name, one.at, one.line});
    for (const auto& one : view.timestamps)
        reply.timestamps.push_back({one.name, to_base64(one.body), one.at});
    return reply;
}

void get_checkpoint(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto size = call->request.number("size", 0, 0, kMostSize);
    if (!size) return call->problem(size.error());
    ask_signed<engine::CheckpointView>(
        services, call,
        [size = *size](ledger::Reader& reader) {
            return engine::checkpoint_view(reader, static_cast<std::uint64_t>(size));
        },
        [&services](const engine::CheckpointView& view) {
            return wire::write(checkpoint_reply(view, services.signer));
        });
}

void get_inclusion(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto seq = call->request.number("seq", 0, 1, kMostSize);
    auto size = call->request.number("size", 0, 0, kMostSize);
    if (!seq || !size) return call->problem(!seq ? seq.error() : size.error());
    if (*seq == 0) return call->problem(invalid("seq", "which entry: seq=N"));
    ask_signed<engine::ProofFile>(
        services, call,
        [seq = *seq, size = *size](ledger::Reader& reader) {
            return engine::inclusion_file(reader, static_cast<std::uint64_t>(seq),
                                          static_cast<std::uint64_t>(size));
        },
        [](const engine::ProofFile& file) { return proof_of(file, {}); });
}

void get_consistency(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto old = call->request.number("old", 0, 0, kMostSize);
    auto size = call->request.number("size", 0, 0, kMostSize);
    if (!old || !size) return call->problem(!old ? old.error() : size.error());
    ask_signed<engine::ProofFile>(
        services, call,
        [old = *old, size = *size](ledger::Reader& reader) {
            return engine::consistency_file(reader, static_cast<std::uint64_t>(old),
                                            static_cast<std::uint64_t>(size));
        },
        [old = *old](const engine::ProofFile& file) { return proof_of(file, old); });
}

void list_leaves(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto query = leaf_query(call->request);
    if (!query) return call->problem(query.error());
    ask_signed<engine::LeafPage>(
        services, call,
        [query = *query](ledger::Reader& reader) { return engine::leaf_page(reader, query); },
        leaves_of);
}

void post_cosignature(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::CosignatureCall>(call->request, call->responder);
    if (!body) return;
    if (body->size < 1 || body->size > kMostSize)
        return call->problem(invalid("size", "\"size\" is no size of a checkpoint"));
    auto line = body->cosignature;
    if (line.ends_with('\n')) line.pop_back();
    services.signer.take_cosignature(static_cast<std::uint64_t>(body->size), line,
                                     [call](const Status& status) {
                                         if (!status) return call->problem(status.error());
                                         call->responder.reply(201, wire::write(wire::DoneReply{}));
                                     });
}

void post_timestamp(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::TimestampCall>(call->request, call->responder);
    if (!body) return;
    auto token = from_base64(body->token);
    if (!token || token->empty() || token->size() > kMostToken)
        return call->problem(invalid("token", "\"token\" must be base64 of 1 to 20480 bytes"));
    if (body->size < 1 || body->size > kMostSize)
        return call->problem(invalid("size", "\"size\" is no size of a checkpoint"));
    services.signer.take_timestamp(static_cast<std::uint64_t>(body->size), std::move(*token),
                                   [call](const Status& status) {
                                       if (!status) return call->problem(status.error());
                                       call->responder.reply(201, wire::write(wire::DoneReply{}));
                                   });
}

void post_rotation(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::RotateKeyCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{body->first, body->second};
    if (auto status = check_acting_ids(acting, "second"); !status)
        return call->problem(status.error());
    if (auto status = check_text(body->basis, "basis"); !status)
        return call->problem(status.error());
    services.signer.prepare([&services, call, acting,
                             basis = body->basis](const Result<std::string>& next) {
        if (!next) return call->problem(next.error());
        rules::RotateKey command;
        command.basis = std::string(trimmed(basis));
        command.next = *next;
        perform(services, call,
                {acting, with_persons(std::move(command)), [call](const ledger::Recorded& entry) {
                     wire::KeyReply reply{entry.event.data.text_or("vkey"),
                                          static_cast<std::int64_t>(entry.seq)};
                     call->responder.reply(200, wire::write(reply));
                 }});
    });
}

}  // namespace seals::api
