// Feed: what is recorded of some event types, page by page, from a worker that may wait for sealsd.
// With each event comes what more the taker wants to know of it, asked on the worker as well. A
// page is asked for when the one before was taken, so nothing piles up here; a restart of sealsd or
// a gap in its stream only means asking again after the same entry. Loop thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/value.hpp"
#include "client/client.hpp"
#include "loop/worker.hpp"

namespace seals::delivery {

// The cabinet that the events are of.
struct Cabinet {
    std::string origin;
    bool simulated = false;
    Instant now;  // when it was asked
};

struct Told {
    Value event;  // an envelope
    Value more;   // null: nothing is to be known
};

// A reply's body; a problem of sealsd is an Error.
Result<Value> ask(client::Client& client, const std::string& path);

struct FeedOptions {
    std::string program;  // names it in the log
    std::string socket;
    std::vector<std::string> types;
};

class Feed {
  public:
    // On the worker. An Error: the page is asked for again, later.
    using Enrich = std::function<Result<Value>(client::Client&, const Value& event)>;
    using Take = std::function<void(const Cabinet&, std::vector<Told>)>;

    Feed(loop::Loop& loop, FeedOptions options, std::uint64_t after, Enrich enrich, Take take);
    ~Feed();  // leaves the worker behind, which may be waiting

  private:
    struct Reader;  // the worker's
    void ask_on();
    void taken(const Result<std::vector<Told>>& page);
    void failed(const Error& error);

    loop::Loop& loop_;
    std::string program_;
    std::uint64_t after_;
    Take take_;
    std::shared_ptr<Reader> reader_;
    std::unique_ptr<loop::Worker> worker_;
    loop::Timer pause_;
    milliseconds wait_{0};
    std::string told_;  // the failure that was logged last
};

}  // namespace seals::delivery
