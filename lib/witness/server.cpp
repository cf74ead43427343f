#include "witness/server.hpp"

#include <chrono>
#include <utility>

#include "leaf/proof_text.hpp"

namespace seals::witness {
namespace {

constexpr std::string_view kPath = "/add-checkpoint";

http::ServerLimits limits() {
    http::ServerLimits out;
    out.connection.http.body = leaf::kMaxProofBytes;
    return out;
}

http::Response text(int status, const std::string& what, std::string allow = {}) {
    return {status, "text/plain; charset=utf-8", what + "\n", std::move(allow)};
}

Instant now() {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}

}  // namespace

Server::Server(loop::Loop& loop, Fd listening, const Witness& witness)
    : witness_(witness),
      server_(loop, std::move(listening), limits(),
              {[this](const std::shared_ptr<http::Connection>& connection, http::Message message) {
                   on_request(connection, std::move(message));
               },
               [](const http::Fault& fault) { return text(fault.status, fault.detail); },
               text(503, "too many connections; try again in a moment")}),
      worker_(loop, "witness") {}

void Server::on_request(const std::shared_ptr<http::Connection>& connection,
                        http::Message message) {
    if (message.target != kPath)
        return connection->respond(text(404, "there is nothing here but POST /add-checkpoint"));
    if (message.method != "POST")
        return connection->respond(text(405, "a checkpoint comes by POST", "POST"));
    worker_.submit(
        [this, exchange = connection->exchange(), body = std::move(message.body)]() -> loop::Reply {
            auto outcome = witness_.add_checkpoint(body, now());
            return [exchange, outcome = std::move(outcome)] {
                auto client = exchange->open ? exchange->connection.lock() : nullptr;
                if (client)
                    client->respond({row_of(outcome.verdict).http,
                                     std::string(outcome.content_type()),
                                     outcome.body(),
                                     {}});
            };
        });
}

}  // namespace seals::witness
