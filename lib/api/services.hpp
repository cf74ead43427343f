// Services: what the handlers may call, wired by sealsd. Everything outlives the server; loop
// thread.
#pragma once

#include <functional>
#include <string>

#include "api/request.hpp"
#include "api/responder.hpp"
#include "engine/backup.hpp"
#include "engine/count.hpp"
#include "engine/count_proof.hpp"
#include "engine/engine.hpp"
#include "engine/factors.hpp"
#include "engine/files.hpp"
#include "engine/import.hpp"
#include "engine/keeper.hpp"
#include "engine/once.hpp"
#include "engine/reconciliation.hpp"
#include "engine/report.hpp"
#include "engine/search_index.hpp"
#include "engine/signer.hpp"
#include "engine/verifier.hpp"
#include "engine/visits.hpp"
#include "wire/status.hpp"

namespace seals::api {

struct Services {
    engine::Engine& engine;
    engine::Visits& visits;
    engine::Factors& factors;
    engine::Count& count;
    engine::Import& import;
    engine::Reconciler& reconciler;
    engine::Reporter& reporter;
    engine::Once& once;
    engine::SearchIndex& search;
    engine::Verifier& verifier;
    engine::Files& files;
    engine::CountProof& proof;
    engine::Keeper& keeper;
    engine::Signer& signer;
    engine::Backup& backup;

    bool simulated = false;
    std::string policy_text;  // as recorded in policy.loaded
    std::string timezone;
    std::function<wire::StatusReply(Language)> status;
    // Opens what that uid sent to files.sock within the last hour; called on a worker.
    std::function<Result<Fd>(uid_t uid, const std::string& sha256)> open_upload;
    std::function<Result<Fd>()> connect_intake;  // called on a worker
    // A person's hand on the simulated cabinet.
    std::function<void(const std::string& verb, const std::vector<std::string>& args,
                       std::function<void(Result<Value>)>)>
        sim;
};

// A problem in the language of the request.
inline void reply_problem(const Request& request, Responder& responder, const Error& error) {
    bool visit = request.path.ends_with("/take") || request.path.ends_with("/return");
    responder.problem(localise(error, request.language, visit ? Refused::visit : Refused::act));
}

inline rules::Idempotency idempotency_of(const Request& request) {
    return {static_cast<std::int64_t>(request.caller.peer.uid), request.idempotency_key,
            engine::body_hash(request.path, request.body)};
}

// The body as T, or the problem is answered and nullopt comes back.
template <wire::Struct T>
std::optional<T> read_body(const Request& request, Responder& responder) {
    auto body = wire::read<T>(request.body);
    if (body) return std::move(*body);
    responder.problem(body.error());
    return std::nullopt;
}

// Handlers keep request and responder alive until they answer.
struct Call {
    Request request;
    Responder responder;

    void problem(const Error& error) { reply_problem(request, responder, error); }
};
using CallPtr = std::shared_ptr<Call>;
inline CallPtr make_call(Request request, Responder responder) {
    return std::make_shared<Call>(Call{std::move(request), std::move(responder)});
}

}  // namespace seals::api
