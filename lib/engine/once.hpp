// Once: a request that bears an Idempotency-Key is carried out once. While it runs, the same
// request waits for it; when it is recorded, the same request is answered from the record. The same
// key with another body is a conflict. Loop thread only.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "engine/engine.hpp"

namespace seals::engine {

// SHA-256 (hex) of what the request asks for, without members named "factors", at any depth
// (secrets never enter the ledger, not even hashed).
std::string body_hash(const std::string& what, const Value& body);

class Once {
  public:
    explicit Once(Engine& engine) : engine_(engine) {}

    // Exactly one of the calls is made: `fresh` at once (and finished() must follow), `recorded`
    // with the entry that the key stands for (perhaps later), or `conflict`.
    struct Calls {
        std::function<void()> fresh;
        std::function<void(ledger::Recorded)> recorded;
        std::function<void(Error)> conflict;
    };
    void enter(const rules::Idempotency& once, Calls calls);
    void finished(const rules::Idempotency& once);  // recorded, or failed without a trace

  private:
    using Key = std::pair<std::int64_t, std::string>;
    struct Running {
        std::string body;
        std::vector<std::pair<rules::Idempotency, Calls>> waiting;
    };
    bool answer_recorded(const rules::Idempotency& once, const Calls& calls);

    Engine& engine_;
    std::map<Key, Running> running_;
};

}  // namespace seals::engine
