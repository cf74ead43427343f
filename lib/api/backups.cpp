// Backups of the ledger, made while it is written to. What is in them (PIN hashes, tag keys) never
// goes over the socket.
#include "api/handlers.hpp"
#include "wire/backup.hpp"

namespace seals::api {

void post_backup(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    services.backup.run(
        call->request.caller.actor(), [call](const Result<engine::BackupMade>& made) {
            if (!made) return call->problem(made.error());
            auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
            wire::BackupReply reply{made->path,           made->sha256,       to_base64(made->root),
                                    number(made->bytes),  number(made->size), number(made->seq),
                                    number(made->dropped)};
            call->responder.reply(201, wire::write(reply));
        });
}

}  // namespace seals::api
