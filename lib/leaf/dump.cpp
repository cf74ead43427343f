#include "leaf/dump.hpp"

#include "base/origin.hpp"
#include "leaf/leaf.hpp"

namespace seals::leaf {
namespace {

constexpr std::size_t kLength = 4;

Error bad(std::uint64_t seq, const std::string& why) {
    Error error{Code::corrupt, "entry " + std::to_string(seq) + ": " + why};
    error.seq = static_cast<long>(seq);
    return error;
}

}  // namespace

Bytes dump_record(ByteView leaf) {
    Bytes out;
    out.reserve(kLength + leaf.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(leaf.size() >> shift));
    out.insert(out.end(), leaf.begin(), leaf.end());
    return out;
}

Status DumpReader::add(ByteView bytes) {
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    std::size_t at = 0;
    while (waiting_.size() - at >= kLength) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < kLength; ++i)
            length = length << 8 | waiting_[at + i];
        if (length == 0 || length > kMaxLeafBytes)
            return invalid("dump", "the dump has a leaf of " + std::to_string(length) +
                                       " bytes; leaves have 1 to 65535");
        if (waiting_.size() - at - kLength < length) break;
        if (auto status = take_(ByteView(waiting_).subspan(at + kLength, length)); !status)
            return status;
        at += kLength + length;
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(at));
    return {};
}

Status DumpReader::finish() const {
    if (waiting_.empty()) return {};
    return invalid("dump", "the dump ends in the middle of a leaf");
}

Status DumpCheck::take(ByteView bytes) {
    auto seq = tree_.size() + 1;
    auto leaf = decode(bytes);
    if (!leaf) return bad(seq, leaf.error().detail);
    if (leaf->seq != seq) return bad(seq, "its seq is " + std::to_string(leaf->seq));
    if (seq == 1) {
        const auto* origin = leaf->data.find("origin");
        if (leaf->type != "ledger.created" || origin == nullptr || origin->string() == nullptr)
            return bad(seq, "the first entry must be ledger.created with its origin");
        origins_.emplace_back(seq, *origin->string());
    }
    if (leaf->type == "rollback") {
        auto next = read_origin(leaf->data.text_or("origin"));
        auto last = read_origin(origin());
        if (!next.same_node(last) || next.epoch <= last.epoch)
            return bad(seq, "a rollback begins a later origin of the same cabinet");
        origins_.emplace_back(seq, next.text());
    }
    if (!leaf->seal.empty()) {
        auto& [sn, last] = chains_[leaf->seal];
        if (leaf->sn != sn + 1 || leaf->sp != last)
            return bad(seq, "the chain of seal " + leaf->seal + " is broken: sn " +
                                std::to_string(leaf->sn) + " after " + std::to_string(sn));
        sn = leaf->sn;
        last = seq;
    }
    tree_.append(hasher_, hasher_.leaf_hash(bytes));
    if (auto watched = watched_.find(seq); watched != watched_.end())
        watched->second = tree_.root(hasher_);
    return {};
}

const std::string& DumpCheck::origin_at(std::uint64_t size) const {
    static const std::string kNone;
    const auto* found = &kNone;
    for (const auto& [seq, origin] : origins_)
        if (seq <= size) found = &origin;
    return *found;
}

std::optional<Hash> DumpCheck::root_at(std::uint64_t size) {
    if (size == tree_.size()) return root();
    auto watched = watched_.find(size);
    return watched == watched_.end() ? std::nullopt : watched->second;
}

}  // namespace seals::leaf
