// Server: the witness over HTTP (POST /add-checkpoint), on a loop, with a worker that waits for the
// disk. Everything about a request is bounded: its size, its time, how many come at once.
// Destroyed: no more requests are taken; those at work are finished first.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/fd.hpp"
#include "http/server.hpp"
#include "loop/loop.hpp"
#include "loop/worker.hpp"
#include "witness/witness.hpp"

namespace seals::witness {

class Server {
  public:
    Server(loop::Loop& loop, Fd listening, const Witness& witness);
    void drain(std::function<void()> done) { server_.drain(std::move(done)); }

  private:
    void on_request(const std::shared_ptr<http::Connection>& connection, http::Message message);

    const Witness& witness_;
    http::Server server_;
    loop::Worker worker_;
};

}  // namespace seals::witness
