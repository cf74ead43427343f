#include "ledger/recent.hpp"

#include <algorithm>
#include <array>

#include "leaf/canonical.hpp"
#include "ledger/tail.hpp"

namespace seals::ledger {
namespace {

constexpr std::size_t kSlotBytes = 950;

void put_number(Bytes& out, std::uint64_t number) {
    std::array<std::uint8_t, 8> digits;
    for (auto& digit : digits) {
        digit = static_cast<std::uint8_t>(number >> 56);
        number <<= 8;
    }
    out.insert(out.end(), digits.begin(), digits.end());
}

void put_bytes(Bytes& out, ByteView bytes) {
    put_number(out, bytes.size());
    out.insert(out.end(), bytes.begin(), bytes.end());
}

// Takes numbers and byte strings off the front; `ok` turns false when they are not there.
struct Unpacker {
    ByteView rest;
    bool ok = true;

    std::uint64_t number() {
        ok = ok && rest.size() >= 8;
        if (!ok) return 0;
        std::uint64_t out = 0;
        for (auto byte : rest.first(8))
            out = out << 8 | byte;
        rest = rest.subspan(8);
        return out;
    }
    ByteView bytes() {
        auto size = number();
        ok = ok && size <= rest.size();
        if (!ok) return {};
        auto out = rest.first(size);
        rest = rest.subspan(size);
        return out;
    }
    std::string text() { return std::string(as_text(bytes())); }
};

}  // namespace

Result<KeptRow> kept_form(const Row& row) {
    KeptRow kept{stored_life(row), {}};
    if (!row.body) return kept;
    auto body = leaf::encode_value(*row.body);
    if (!body) return internal("view " + row.kind + "/" + row.id + ": " + body.error().detail);
    kept.body = std::move(*body);
    return kept;
}

Result<Row> to_row(const RowKey& key, const KeptRow& kept) {
    Row row{key.first, key.second, false, {}, {}};
    set_life(row, kept.life);
    auto body = leaf::decode_value(*kept.body);
    if (!body)
        return Error{Code::corrupt, "view " + row.kind + "/" + row.id + ": " + body.error().detail,
                     kRestoreRemedy};
    row.body = std::move(*body);
    return row;
}

void Recent::merge(Recent later) {
    for (auto& [seal, head] : later.heads)
        heads[seal] = head;
    for (auto& [key, row] : later.rows)
        rows[key] = std::move(row);
}

Bytes Recent::pack() const {
    Bytes out;
    put_number(out, heads.size());
    for (const auto& [seal, head] : heads) {
        put_bytes(out, as_bytes(seal));
        put_number(out, head.sn);
        put_number(out, head.seq);
    }
    put_number(out, rows.size());
    for (const auto& [key, row] : rows) {
        put_bytes(out, as_bytes(key.first));
        put_bytes(out, as_bytes(key.second));
        put_number(out, static_cast<std::uint64_t>(row.life));
        put_number(out, row.body ? 1 : 0);
        if (row.body) put_bytes(out, *row.body);
    }
    out.resize((out.size() + kSlotBytes - 1) / kSlotBytes * kSlotBytes);
    return out;
}

Result<Recent> Recent::unpack(ByteView bytes) {
    Recent out;
    Unpacker in{bytes};
    for (auto left = in.number(); left > 0 && in.ok; --left) {
        auto seal = in.text();
        auto sn = in.number();
        out.heads[seal] = {sn, in.number()};
    }
    for (auto left = in.number(); left > 0 && in.ok; --left) {
        auto kind = in.text();
        auto id = in.text();
        KeptRow row{static_cast<std::int64_t>(in.number()), {}};
        if (in.number() != 0) row.body = to_bytes(in.bytes());
        out.rows[{kind, id}] = std::move(row);
    }
    bool zeros = std::all_of(in.rest.begin(), in.rest.end(), [](auto byte) { return byte == 0; });
    if (!in.ok || !zeros || in.rest.size() >= kSlotBytes)
        return Error{Code::corrupt, "what the latest commits changed of the views is not readable"};
    return out;
}

Result<std::optional<TreeState>> read_tree(Database& database) {
    auto tree = database.prepare("SELECT size, root FROM tree");
    if (!tree) return tree.error();
    auto row = tree->step();
    if (!row) return row.error();
    TreeState out;
    auto root = *row ? tree->blob(1) : ByteView{};
    if (root.size() != out.root.size()) return std::optional<TreeState>{};
    out.size = tree->natural(0);
    std::copy(root.begin(), root.end(), out.root.begin());
    return std::optional{out};
}

Result<RecentCommits> read_recent(Database& database) {
    auto settled = database.number("SELECT seq FROM head WHERE seal=''");
    if (!settled) return settled.error();
    auto commits = database.prepare("SELECT body, n FROM recent ORDER BY n");
    if (!commits) return commits.error();
    RecentCommits out;
    out.last = static_cast<std::uint64_t>(std::max<std::int64_t>(*settled, 0));
    for (;; ++out.count) {
        auto row = commits->step();
        if (!row) return row.error();
        if (!*row) return out;
        auto recent = Recent::unpack(commits->blob(0));
        if (!recent) return recent.error();
        out.sum.merge(std::move(*recent));
        out.last = commits->natural(1);
    }
}

Status RecentCache::prepare(Database& database) {
    if (slot_) return {};
    auto settled = database.prepare("SELECT seq FROM head WHERE seal=''");
    if (!settled) return settled.error();
    auto slot = database.prepare("SELECT n, body FROM ring WHERE slot=?");
    if (!slot) return slot.error();
    settled_ = std::move(*settled);
    slot_ = std::move(*slot);
    return {};
}

// false: commit n has not been written, or is settled and gone.
Result<bool> RecentCache::take_slot(std::uint64_t n) {
    auto row = slot_->bind(1, n % kSettleEvery).step();
    if (!row) return row.error();
    if (!*row || slot_->natural(0) != n) return false;
    auto recent = Recent::unpack(slot_->blob(1));
    if (!recent) return recent.error();
    sum_.merge(std::move(*recent));
    return true;
}

Status RecentCache::refresh(Database& database) {
    if (auto status = prepare(database); !status) return status;
    auto row = settled_->step();
    std::uint64_t settled = row && *row ? settled_->natural(0) : 0;
    settled_->reset();
    if (!row) return row.error();
    if (settled != from_) {
        sum_ = {};
        from_ = last_ = settled;
    }
    for (;; ++last_) {
        auto more = take_slot(last_ + 1);
        slot_->reset();
        if (!more) return more.error();
        if (!*more) return {};
    }
}

void RecentCache::adopt(std::uint64_t n, Recent recent) {
    if (n != last_ + 1) return;
    sum_.merge(std::move(recent));
    last_ = n;
}

Result<std::map<std::string, Head>> read_heads(Database& database, const Recent& recent) {
    auto heads = database.prepare("SELECT seal, sn, seq FROM head WHERE seal<>''");
    if (!heads) return heads.error();
    std::map<std::string, Head> out;
    for (;;) {
        auto row = heads->step();
        if (!row) return row.error();
        if (!*row) break;
        out[std::string(heads->text(0))] = {heads->natural(1), heads->natural(2)};
    }
    for (const auto& [seal, head] : recent.heads)
        out[seal] = head;
    return out;
}

}  // namespace seals::ledger
