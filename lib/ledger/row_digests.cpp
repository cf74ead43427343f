#include "ledger/row_digests.hpp"

#include <algorithm>

#include <sys/random.h>

#include "ledger/keyed_hash.hpp"

namespace seals::ledger {
namespace {

void put(Bytes& to, ByteView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

template <class Number>
void put_number(Bytes& to, Number number) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&number);
    put(to, {bytes, sizeof number});
}

}  // namespace

RowDigests::RowDigests() {
    // Without random bytes the secret stays 0: weaker against a forger, as good against damage.
    if (getrandom(secret_.data(), sizeof secret_, 0) != static_cast<ssize_t>(sizeof secret_))
        secret_ = {};
}

std::uint64_t RowDigests::name_of(const RowKey& key) const {
    return keyed_hash(secret_[0], keyed_hash(secret_[0], secret_[1], key.first), key.second);
}

RowDigests::Digest RowDigests::digest_of(const RowKey& key, const KeptRow& row) {
    buffer_.clear();
    put_number(buffer_, secret_);
    put_number(buffer_, row.life);
    for (const auto* part : {&key.first, &key.second}) {
        put_number(buffer_, part->size());
        put(buffer_, as_bytes(*part));
    }
    if (row.body) put(buffer_, *row.body);
    auto hash = hasher_.sha256(buffer_);
    Digest out;
    std::copy_n(hash.begin(), out.size(), out.begin());
    return out;
}

void RowDigests::add(const RowKey& key, const KeptRow& row) {
    digests_[name_of(key)] = digest_of(key, row);
}

bool RowDigests::has(const RowKey& key, const KeptRow& row) {
    auto found = digests_.find(name_of(key));
    return found != digests_.end() && found->second == digest_of(key, row);
}

}  // namespace seals::ledger
