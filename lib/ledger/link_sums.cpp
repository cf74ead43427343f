#include "ledger/link_sums.hpp"

#include <sys/random.h>

#include "ledger/keyed_hash.hpp"
#include "ledger/schema.hpp"

namespace seals::ledger {
namespace {

constexpr std::uint64_t kMostBlocks = std::uint64_t{1} << 24;

}  // namespace

LinkSums::LinkSums() {
    // Without random bytes the key stays 0: weaker against a forger, as good against damage.
    if (getrandom(&key_, sizeof key_, 0) != static_cast<ssize_t>(sizeof key_)) key_ = 0;
}

std::uint64_t LinkSums::hash(std::int64_t by, std::string_view id, std::uint64_t seq) const {
    return keyed_hash(key_, mixed(key_ ^ seq) + static_cast<std::uint64_t>(by), id);
}

LinkSums::Sum& LinkSums::sum_of(std::uint64_t seq) {
    auto block = (seq - 1) / kBlockSize;
    if (block >= sums_.size()) sums_.resize(block + 1);
    return sums_[block];
}

void LinkSums::expect(const Recorded& recorded) {
    const auto& event = recorded.event;
    auto& sum = sum_of(recorded.seq).expected;
    auto add = [&](By by, std::string_view id) {
        if (!id.empty()) sum += hash(static_cast<std::int64_t>(by), id, recorded.seq);
    };
    add(By::session, event.session.str());
    add(By::seal, event.seal.str());
    add(By::request, event.request.str());
    add(By::type, row_of(event.type).name);
}

void LinkSums::found(std::int64_t by, std::string_view id, std::uint64_t seq) {
    if (seq == 0 || seq / kBlockSize >= kMostBlocks)
        stray_ = true;
    else
        sum_of(seq).found += hash(by, id, seq);
}

std::optional<std::uint64_t> LinkSums::first_difference(std::uint64_t blocks) const {
    for (std::uint64_t n = 0; n < sums_.size(); ++n) {
        const auto& sum = sums_[n];
        if (n < blocks ? sum.expected != sum.found : sum.found != 0) return n;
    }
    if (stray_) return blocks;
    return std::nullopt;
}

}  // namespace seals::ledger
