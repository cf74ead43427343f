#include "teller.hpp"

#include "client/client.hpp"
#include "client/url.hpp"
#include "wire/ending.hpp"

namespace seals::outboxd {

struct Teller::Line {
    client::Client client;
};

Teller::Teller(loop::Loop& loop, const std::string& socket)
    : line_(std::make_shared<Line>(Line{client::Client(socket)})),
      worker_(std::make_unique<loop::Worker>(loop, "teller")) {}

Teller::~Teller() {
    worker_->abandon();
}

void Teller::post(std::string path, Value body, Done done) {
    worker_->submit([line = line_, path = std::move(path), body = std::move(body),
                     done = std::move(done)]() -> loop::Reply {
        auto reply = line->client.post(path, body);
        auto status = std::make_shared<Status>();
        if (!reply) *status = reply.error();
        if (reply && reply->problem) *status = *reply->problem;
        return [status, done] { done(*status); };
    });
}

void Teller::reported(const std::string& request, std::int64_t revision, const std::string& receipt,
                      std::int64_t attempts, Done done) {
    wire::ReportedCall call{revision, attempts, receipt};
    post(client::path_of("/v1/requests/{}/reported", {request}), wire::write(call),
         std::move(done));
}

void Teller::failed(const std::string& request, std::int64_t revision, const std::string& reason,
                    std::int64_t attempts, bool dead, Done done) {
    wire::ReportFailedCall call{revision, attempts, reason, dead};
    post(client::path_of("/v1/requests/{}/report-failed", {request}), wire::write(call),
         std::move(done));
}

}  // namespace seals::outboxd
