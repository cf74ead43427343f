#include "engine/once.hpp"

#include "leaf/canonical.hpp"
#include "leaf/hash.hpp"

namespace seals::engine {
namespace {

// Secrets never enter the ledger, not even hashed: factors are left out wherever they stand.
Value without_factors(const Value& from) {
    if (const auto* members = from.object()) {
        Value kept{Value::Object{}};
        for (const auto& [name, value] : *members)
            if (!name.ends_with("factors")) kept.add(name, without_factors(value));
        return kept;
    }
    if (const auto* items = from.array()) {
        Value::Array kept;
        for (const auto& item : *items)
            kept.push_back(without_factors(item));
        return Value{std::move(kept)};
    }
    return from;
}

Error other_body() {
    return Error{Code::conflict, "this Idempotency-Key was used for another request",
                 "use a fresh key for a new request", "Idempotency-Key"};
}

}  // namespace

std::string body_hash(const std::string& what, const Value& body) {
    Value plain{Value::Object{}};
    plain.add("what", what);
    plain.add("body", without_factors(body));
    auto bytes = leaf::encode_value(plain);
    leaf::Hasher hasher;
    return to_hex(hasher.sha256(bytes ? ByteView(*bytes) : as_bytes(what)));
}

bool Once::answer_recorded(const rules::Idempotency& once, const Calls& calls) {
    auto found = engine_.store().reader().idempotency(once.uid, once.key);
    if (!found || !*found) return false;
    if ((*found)->body_sha256 != once.body) {
        calls.conflict(other_body());
        return true;
    }
    auto entry = engine_.store().reader().entry((*found)->seq);
    if (!entry)
        calls.conflict(internal("the entry that this key stands for cannot be read"));
    else
        calls.recorded(std::move(*entry));
    return true;
}

void Once::enter(const rules::Idempotency& once, Calls calls) {
    if (once.key.empty()) return calls.fresh();
    Key key{once.uid, once.key};
    auto running = running_.find(key);
    if (running != running_.end()) {
        if (running->second.body != once.body) return calls.conflict(other_body());
        running->second.waiting.emplace_back(once, std::move(calls));
        return;
    }
    if (answer_recorded(once, calls)) return;
    running_[key].body = once.body;
    calls.fresh();
}

void Once::finished(const rules::Idempotency& once) {
    auto found = running_.find({once.uid, once.key});
    if (once.key.empty() || found == running_.end()) return;
    auto waiting = std::move(found->second.waiting);
    running_.erase(found);
    for (auto& [waiter, calls] : waiting)
        enter(waiter, std::move(calls));
}

}  // namespace seals::engine
