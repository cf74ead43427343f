#include "ledger/verify.hpp"

#include <algorithm>

#include "leaf/tree.hpp"
#include "ledger/audit.hpp"
#include "ledger/checkpoint_check.hpp"
#include "ledger/compare.hpp"
#include "ledger/schema.hpp"
#include "ledger/sqlite.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {
namespace {

constexpr std::uint64_t kChunk = 4096;  // entries per read transaction

// Findings travel as Code::corrupt with a seq; everything else is a failure to read.
class Verification {
  public:
    Verification(Database database, const VerifyOptions& options)
        : database_(std::move(database)), options_(options) {}

    Result<Report> run();

  private:
    Status all();
    Status read_head();
    Status read_to(std::uint64_t last);
    Status read_chunk(std::uint64_t last);
    Status load_vault(std::uint64_t last);
    Status check(ByteView leaf, ByteView hash);
    Status check_full(ByteView leaf, ByteView hash);
    Status end_block(const Hash& root);
    Status check_root();

    bool full() const { return options_.depth == Depth::full; }
    Status bad(const std::string& reason) const { return corrupt_at(next_, reason); }

    Database database_;
    const VerifyOptions& options_;
    leaf::Hasher hasher_;
    Report report_;
    std::uint64_t next_ = 1;  // the entry that is looked at
    leaf::Frontier tree_;     // of the full blocks
    leaf::Frontier block_;    // of the open one
    Audit audit_{database_, hasher_};
    CheckpointCheck checkpoints_{database_};
    std::vector<std::pair<std::uint64_t, Personal>> vault_;  // of the chunk, by seq
    std::size_t vault_at_ = 0;
    std::optional<Statement> block_root_;
};

Result<Report> Verification::run() {
    auto status = all();
    if (!status && status.error().code != Code::corrupt) return status.error();
    report_.ok = bool(status);
    if (!status) {
        // SQLite's own complaint about a damaged page names no entry: it is the one we were at.
        auto at = next_ <= report_.size ? next_ : 0;
        auto seq = status.error().seq.value_or(static_cast<long>(at));
        report_.first_bad = FirstBad{static_cast<std::uint64_t>(seq), status.error().detail};
    }
    return report_;
}

// Most of it in short reads while the writer goes on; the rest, and the comparisons, in one state.
Status Verification::all() {
    if (auto status = read_head(); !status) return status;
    if (auto status = read_to(report_.size); !status) return status;
    Snapshot snapshot(database_);
    if (!snapshot.status()) return snapshot.status();
    if (auto status = read_head(); !status) return status;
    if (auto status = read_to(report_.size); !status) return status;
    if (auto status = check_root(); !status) return status;
    if (auto status = checkpoints_.beyond(report_.size); !status || !full()) return status;
    return compare_tables(database_, audit_, report_.size, {options_.rows, options_.dropped});
}

Status Verification::read_head() {
    auto tree = read_tree(database_);
    if (!tree) return tree.error();
    if (!*tree) return bad("the tree's size and root are missing");
    report_.size = (*tree)->size;
    report_.root = (*tree)->root;
    return {};
}

Status Verification::read_to(std::uint64_t last) {
    while (next_ <= last) {
        if (options_.cancel != nullptr && options_.cancel->load())
            return unavailable("the verification was cancelled");
        if (auto status = read_chunk(std::min(last, next_ + kChunk - 1)); !status) return status;
        if (options_.progress) options_.progress(next_ - 1, last);
    }
    return {};
}

Status Verification::read_chunk(std::uint64_t last) {
    std::optional<Snapshot> snapshot;  // vault text and entries of one state
    if (!database_.in_transaction()) snapshot.emplace(database_);
    if (snapshot && !snapshot->status()) return snapshot->status();
    if (full())
        if (auto status = load_vault(last); !status) return status;
    if (auto status = checkpoints_.load(next_, last); !status) return status;
    auto entries = database_.prepare("SELECT seq, leaf, hash FROM entry WHERE seq>=? ORDER BY seq");
    if (!entries) return entries.error();
    entries->bind(1, next_);
    for (; next_ <= last; ++next_) {
        auto row = entries->step();
        if (!row) return row.error();
        if (!*row || entries->natural(0) != next_) return bad("the entry is missing");
        if (auto s = check(entries->blob(1), entries->blob(2)); !s) return s;
    }
    return {};
}

Status Verification::load_vault(std::uint64_t last) {
    vault_.clear();
    vault_at_ = 0;
    auto texts = database_.prepare(
        "SELECT seq, field, salt, text FROM personal WHERE seq>=? AND seq<=? ORDER BY seq, field");
    if (!texts) return texts.error();
    texts->bind(1, next_).bind(2, last);
    for (;;) {
        auto row = texts->step();
        if (!row) return row.error();
        if (!*row) return {};
        Personal text{std::string(texts->text(1)), {}, std::string(texts->text(3))};
        auto salt = texts->blob(2);
        // A salt of another length opens nothing; left at zeros it will not open the commitment.
        if (salt.size() == text.salt.size()) std::copy(salt.begin(), salt.end(), text.salt.begin());
        vault_.emplace_back(texts->natural(0), std::move(text));
    }
}

Status Verification::check(ByteView leaf, ByteView hash) {
    if (full()) {
        if (auto status = check_full(leaf, hash); !status) return status;
    } else {
        auto computed = hasher_.leaf_hash(leaf);
        if (!std::equal(computed.begin(), computed.end(), hash.begin(), hash.end()))
            return bad("the stored hash is not that of the stored bytes");
    }
    Hash leaf_hash;
    std::copy_n(hash.begin(), leaf_hash.size(), leaf_hash.begin());
    block_.append(hasher_, leaf_hash);
    if (checkpoints_.due(next_)) {
        auto whole = tree_;
        whole.append_tree(hasher_, block_);
        if (auto status = checkpoints_.compare(next_, whole.root(hasher_)); !status) return status;
    }
    if (block_.size() < kBlockSize) return {};
    return end_block(block_.root(hasher_));
}

Status Verification::check_full(ByteView leaf, ByteView hash) {
    auto checked = check_leaf(hasher_, next_, leaf, hash);
    if (!checked) return checked.error();
    std::vector<Personal> texts;
    for (; vault_at_ < vault_.size() && vault_[vault_at_].first == next_; ++vault_at_)
        texts.push_back(std::move(vault_[vault_at_].second));
    auto recorded = audit_.take(std::move(*checked), texts);
    if (!recorded) return recorded.error();
    checkpoints_.learn(*recorded);
    if (!options_.replay) return {};
    auto status = options_.replay(*recorded);
    if (status) return status;
    bool no_verdict =
        status.error().code == Code::unavailable || status.error().code == Code::timeout;
    return no_verdict ? status : bad("the rules cannot replay it: " + status.error().detail);
}

// An entry that was changed together with its hash is seen here, 256 entries wide.
Status Verification::end_block(const Hash& root) {
    if (!block_root_) {
        auto prepared = database_.prepare("SELECT root FROM block WHERE n=?");
        if (!prepared) return prepared.error();
        block_root_ = std::move(*prepared);
    }
    auto n = next_ / kBlockSize - 1;
    block_root_->reset();
    auto row = block_root_->bind(1, n).step();
    if (!row) return row.error();
    auto stored = *row ? block_root_->blob(0) : ByteView{};
    bool same = std::equal(root.begin(), root.end(), stored.begin(), stored.end());
    block_root_->reset();
    auto first = n * kBlockSize + 1;
    if (!same)
        return corrupt_at(first, "entries " + std::to_string(first) + " to " +
                                     std::to_string(next_) +
                                     " do not give the stored root of their block");
    tree_.append_subtree(hasher_, kBlockLevel, root);
    block_ = {};
    return {};
}

// The open block's entries have no root of their own: they are part of the tree's alone.
Status Verification::check_root() {
    auto beyond = database_.number(
        "SELECT count(*) FROM entry WHERE seq>=" + std::to_string(next_) + " OR seq<1");
    if (!beyond) return beyond.error();
    if (*beyond > 0) return bad("there are entries that the tree does not count");
    auto blocks = database_.number("SELECT count(*) FROM block");
    if (!blocks) return blocks.error();
    auto open_from = tree_.size() + 1;
    if (static_cast<std::uint64_t>(*blocks) != tree_.size() / kBlockSize)
        return corrupt_at(open_from, "there are roots of blocks that are not full");
    auto whole = tree_;
    whole.append_tree(hasher_, block_);
    if (whole.root(hasher_) != report_.root)
        return corrupt_at(open_from, "the entries do not give the stored root of the tree");
    return {};
}

}  // namespace

Result<Report> verify(const std::string& path, const VerifyOptions& options) {
    auto database = Database::open(path, Access::read, options.options.vfs);
    if (!database) return database.error();
    auto version = schema_version(*database);
    if (!version && version.error().code == Code::corrupt)
        return Report{false, 0, {}, FirstBad{1, version.error().detail}};
    if (!version) return version.error();
    return Verification(std::move(*database), options).run();
}

}  // namespace seals::ledger
