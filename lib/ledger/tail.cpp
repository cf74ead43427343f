#include "ledger/tail.hpp"

#include <algorithm>

#include "ledger/schema.hpp"

namespace seals::ledger {
namespace {

// Checked at a start besides the open block, so that the tail is looked at even when that is short.
constexpr std::uint64_t kLeastChecked = 64;

class Loader {
  public:
    Loader(Database& database, leaf::Hasher& hasher) : database_(database), hasher_(hasher) {}

    Result<Tail> load() {
        for (auto step : {&Loader::read_heads, &Loader::read_blocks, &Loader::read_entries,
                          &Loader::compare_root, &Loader::compare_heads, &Loader::read_birth,
                          &Loader::read_origin})
            if (auto status = (this->*step)(); !status) return status.error();
        return std::move(tail_);
    }

  private:
    Status read_heads();
    Status read_blocks();
    Status read_entries();
    Status read_entry(std::uint64_t seq, ByteView leaf, ByteView hash);
    Status compare_root();
    Status compare_heads();
    Status read_birth();
    Status read_origin();

    std::uint64_t open_from() const { return size_ / kBlockSize * kBlockSize + 1; }

    Database& database_;
    leaf::Hasher& hasher_;
    Tail tail_;
    std::uint64_t size_ = 0;
    Hash root_{};
    std::string again_;                 // origin of the newest rollback among the entries read
    std::map<std::string, Head> seen_;  // the ends of chains among the entries read
};

Status Loader::read_heads() {
    auto recent = read_recent(database_);
    if (!recent) return recent.error();
    auto heads = seals::ledger::read_heads(database_, recent->sum);
    if (!heads) return heads.error();
    auto tree = read_tree(database_);
    if (!tree) return tree.error();
    tail_.recent = std::move(*recent);
    tail_.heads = std::move(*heads);
    if (*tree) {
        size_ = (*tree)->size;
        root_ = (*tree)->root;
    }
    auto last = database_.number("SELECT max(seq) FROM entry");
    if (!last) return last.error();
    auto entries = static_cast<std::uint64_t>(std::max<std::int64_t>(*last, 0));
    if (size_ == 0 && entries == 0) return Error{Code::not_found, "the file holds no ledger yet"};
    if (entries != size_)
        return corrupt_at(std::min(entries, size_) + 1, "the tree counts " + std::to_string(size_) +
                                                            " entries, the last one stored is " +
                                                            std::to_string(entries));
    return {};
}

Status Loader::read_blocks() {
    auto blocks = database_.prepare("SELECT n, root FROM block ORDER BY n");
    if (!blocks) return blocks.error();
    for (std::uint64_t n = 0; n < size_ / kBlockSize; ++n) {
        auto row = blocks->step();
        if (!row) return row.error();
        auto bytes = *row ? blocks->blob(1) : ByteView{};
        Hash root;
        if (bytes.size() != root.size() || blocks->integer(0) != static_cast<std::int64_t>(n))
            return corrupt_at(n * kBlockSize + 1, "the root of its block of entries is missing");
        std::copy(bytes.begin(), bytes.end(), root.begin());
        tail_.tree.append_subtree(hasher_, kBlockLevel, root);
    }
    return {};
}

Status Loader::read_entry(std::uint64_t seq, ByteView leaf, ByteView hash) {
    auto recorded = check_entry(hasher_, seq, leaf, hash);
    if (!recorded) return recorded.error();
    tail_.last_time = recorded->at;
    if (recorded->event.type == EventType::rolled_back)
        again_ = recorded->event.data.text_or("origin");
    if (recorded->sn > 0) seen_[recorded->event.seal.str()] = {recorded->sn, seq};
    if (seq < open_from()) return {};
    Hash leaf_hash;
    std::copy(hash.begin(), hash.end(), leaf_hash.begin());
    tail_.tree.append(hasher_, leaf_hash);
    tail_.block.append(hasher_, leaf_hash);
    add_links(*recorded, tail_.links);
    return {};
}

Status Loader::read_entries() {
    auto entries = database_.prepare("SELECT seq, leaf, hash FROM entry WHERE seq>=? ORDER BY seq");
    if (!entries) return entries.error();
    auto from = std::min(open_from(), size_ > kLeastChecked ? size_ - kLeastChecked + 1 : 1);
    entries->bind(1, from);
    for (auto seq = from; seq <= size_; ++seq) {
        auto row = entries->step();
        if (!row) return row.error();
        if (!*row || entries->natural(0) != seq) return corrupt_at(seq, "the entry is missing");
        if (auto status = read_entry(seq, entries->blob(1), entries->blob(2)); !status)
            return status;
    }
    return {};
}

Status Loader::compare_root() {
    if (tail_.tree.root(hasher_) == root_) return {};
    return corrupt_at(open_from(),
                      "the entries from here on, or the block roots before, do not give "
                      "the stored root of the tree");
}

// Every chain's end must be the leaf it says; a chain that ends among the entries read must end
// there.
Status Loader::compare_heads() {
    for (const auto& [seal, head] : seen_) {
        auto known = tail_.heads.find(seal);
        if (known == tail_.heads.end() || known->second != head)
            return corrupt_at(head.seq, "the chain of seal " + seal + " is said to end elsewhere");
    }
    auto entry = database_.prepare("SELECT leaf, hash FROM entry WHERE seq=?");
    if (!entry) return entry.error();
    for (const auto& [seal, head] : tail_.heads) {
        if (seen_.contains(seal)) continue;
        auto row = entry->bind(1, head.seq).step();
        if (!row) return row.error();
        if (!*row) return corrupt_at(head.seq, "the last entry of seal " + seal + " is missing");
        auto recorded = check_entry(hasher_, head.seq, entry->blob(0), entry->blob(1));
        if (!recorded) return recorded.error();
        if (recorded->event.seal.str() != seal || recorded->sn != head.sn)
            return corrupt_at(head.seq, "the chain of seal " + seal + " does not end here");
        entry->reset();
    }
    return {};
}

Status Loader::read_birth() {
    auto entry = database_.prepare("SELECT leaf, hash FROM entry WHERE seq=1");
    if (!entry) return entry.error();
    auto row = entry->step();
    if (!row) return row.error();
    if (!*row) return corrupt_at(1, "the entry is missing");
    auto birth = check_entry(hasher_, 1, entry->blob(0), entry->blob(1));
    if (!birth) return birth.error();
    if (birth->event.type != EventType::ledger_created)
        return corrupt_at(1, "the first entry is not ledger.created");
    tail_.origin = birth->event.data.text_or("origin");
    tail_.simulated = birth->event.data.boolean_or("simulated");
    return {};
}

// Under which origin the ledger goes on: that of the newest rollback, if there was one. The open
// block was read; the full ones are looked up.
Status Loader::read_origin() {
    if (again_.empty()) {
        auto links = database_.prepare(
            "SELECT n, places FROM link WHERE kind=? AND id='rollback' ORDER BY n DESC LIMIT 1");
        if (!links) return links.error();
        auto row = links->bind(1, static_cast<std::int64_t>(By::type)).step();
        if (!row) return row.error();
        if (!*row || links->blob(1).empty()) return {};
        auto seq = links->natural(0) * kBlockSize + links->blob(1).back() + 1;
        auto entry = database_.prepare("SELECT leaf, hash FROM entry WHERE seq=?");
        if (!entry) return entry.error();
        auto found = entry->bind(1, seq).step();
        if (!found) return found.error();
        if (!*found) return corrupt_at(seq, "the entry is missing");
        auto again = check_entry(hasher_, seq, entry->blob(0), entry->blob(1));
        if (!again) return again.error();
        if (again->event.type != EventType::rolled_back)
            return corrupt_at(seq, "it is looked up as a rollback, and is none");
        again_ = again->event.data.text_or("origin");
    }
    tail_.origin = again_;
    return {};
}

}  // namespace

Error corrupt_at(std::uint64_t seq, const std::string& reason) {
    auto where = seq > 0 ? "entry " + std::to_string(seq) + ": " : std::string();
    Error error{Code::corrupt, where + reason, kRestoreRemedy};
    error.seq = static_cast<long>(seq);
    return error;
}

Result<leaf::Leaf> check_leaf(leaf::Hasher& hasher, std::uint64_t seq, ByteView leaf,
                              ByteView hash) {
    auto computed = hasher.leaf_hash(leaf);
    if (!std::equal(computed.begin(), computed.end(), hash.begin(), hash.end()))
        return corrupt_at(seq, "the stored hash is not that of the stored bytes");
    auto decoded = leaf::decode(leaf);
    if (!decoded) return corrupt_at(seq, decoded.error().detail);
    if (decoded->seq != seq)
        return corrupt_at(seq, "its leaf says seq " + std::to_string(decoded->seq));
    return decoded;
}

Result<Recorded> check_entry(leaf::Hasher& hasher, std::uint64_t seq, ByteView leaf,
                             ByteView hash) {
    auto checked = check_leaf(hasher, seq, leaf, hash);
    if (!checked) return checked.error();
    auto recorded = to_recorded(std::move(*checked));
    if (!recorded) return corrupt_at(seq, recorded.error().detail);
    return recorded;
}

Result<Tail> load_tail(Database& database, leaf::Hasher& hasher) {
    Snapshot snapshot(database);
    if (!snapshot.status()) return snapshot.status().error();
    return Loader(database, hasher).load();
}

}  // namespace seals::ledger
