#include "leaf_source.hpp"

#include <algorithm>

namespace seals::sealctl {
namespace {

constexpr std::uint64_t kEnd = UINT64_MAX;
constexpr std::uint64_t kWindow = 2'000;  // entries that are looked through first, going back
constexpr std::size_t kPage = 500;

Error without_sense() {
    return internal("sealsd answered with something that is no list of leaves");
}

std::optional<evidence::GivenLeaf> given_of(const Value& item) {
    auto bytes = from_base64(item.text_or("leaf"));
    if (!bytes) return std::nullopt;
    evidence::GivenLeaf given{std::move(*bytes), {}};
    for (const auto& text : item.texts_or("hashes")) {
        auto hash = from_base64(text);
        if (!hash || hash->size() != Hash{}.size()) return std::nullopt;
        std::copy(hash->begin(), hash->end(), given.proof.emplace_back().begin());
    }
    return given;
}

// By these the custody before a period is known.
bool tells_custody(const std::string& type) {
    return type == "seal.taken" || type == "seal.returned" || type == "seal.enrolled";
}

}  // namespace

std::vector<evidence::GivenLeaf> LeafSet::all() const {
    std::vector<evidence::GivenLeaf> out;
    for (const auto& [seq, leaf] : leaves)
        out.push_back(leaf);
    return out;
}

// The checkpoint that all proofs lead to, signed by the key that sealsd names.
Status LeafSource::open() {
    auto reply = context_.daemon.get("/v1/checkpoint", kLong);
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    set_.about = std::move(reply->body);
    auto key = leaf::parse_vkey(set_.about.text_or("key"));
    if (!key) return key.error();
    auto opened = leaf::open_checkpoint(set_.about.text_or("note"), *key);
    if (!opened) return opened.error();
    set_.checkpoint = opened->checkpoint;
    return {};
}

Result<Value> LeafSource::page(std::uint64_t after, std::size_t limit, const Filter& filter,
                               bool proofs) {
    auto query = filter;
    query.emplace_back("after", std::to_string(after));
    query.emplace_back("limit", std::to_string(limit));
    query.emplace_back("size", std::to_string(set_.checkpoint.size));
    if (!proofs) query.emplace_back("proofs", "0");
    auto reply = context_.daemon.get(client::with_query("/v1/leaves", query), kLong);
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    const auto* items = reply->body.find("items");
    if (items == nullptr || items->array() == nullptr) return without_sense();
    return std::move(reply->body);
}

Status LeafSource::take(std::uint64_t after, std::uint64_t to, const Filter& filter) {
    for (;;) {
        auto most = static_cast<std::size_t>(std::min<std::uint64_t>(kPage, to - after));
        auto reply = page(after, most, filter, true);
        if (!reply) return reply.error();
        for (const auto& item : *reply->find("items")->array()) {
            auto seq = static_cast<std::uint64_t>(item.integer_or("seq"));
            if (seq > to) return {};
            auto given = given_of(item);
            if (!given) return without_sense();
            set_.leaves.insert_or_assign(seq, std::move(*given));
        }
        auto next = leaf::parse_natural(reply->text_or("next"));
        if (!next || *next >= to || *next <= after) return {};
        after = *next;
        context_.print.progress(
            context_.text("statement.fetching", {std::to_string(set_.leaves.size())}));
    }
}

Result<std::vector<LeafSource::Brief>> LeafSource::look(std::uint64_t after, std::uint64_t to,
                                                        const Filter& filter) {
    std::vector<Brief> out;
    for (;;) {
        auto reply = page(after, kPage, filter, false);
        if (!reply) return reply.error();
        for (const auto& item : *reply->find("items")->array()) {
            auto seq = static_cast<std::uint64_t>(item.integer_or("seq"));
            if (seq > to) return out;
            auto given = given_of(item);
            auto decoded = given ? leaf::decode(given->bytes) : Result<leaf::Leaf>(without_sense());
            if (!decoded) return decoded.error();
            out.push_back({seq, std::move(*decoded)});
        }
        auto next = leaf::parse_natural(reply->text_or("next"));
        if (!next || *next >= to || *next <= after) return out;
        after = *next;
    }
}

Result<Instant> LeafSource::time_at(std::uint64_t seq) {
    auto reply = page(seq - 1, 1, {}, false);
    if (!reply) return reply.error();
    const auto& items = *reply->find("items")->array();
    auto given = items.empty() ? std::nullopt : given_of(items.front());
    auto decoded = given ? leaf::decode(given->bytes) : Result<leaf::Leaf>(without_sense());
    if (!decoded) return decoded.error();
    return decoded->t;
}

// The first entry from `from` to `to` that is not before that moment; to + 1: none. Its time only
// rises in there.
Result<std::uint64_t> LeafSource::first_at(Instant at, std::uint64_t from, std::uint64_t to) {
    auto end = to + 1;
    while (from < end) {
        auto middle = from + (end - from) / 2;
        auto time = time_at(middle);
        if (!time) return time.error();
        if (*time < at)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

// An accepted clock may set the ledger's time back.
Status LeafSource::find_segments() {
    segments_.assign(1, 1);
    auto accepted = look(0, kEnd, {{"type", "clock.accepted"}});
    if (!accepted) return accepted.error();
    for (const auto& one : *accepted)
        segments_.push_back(one.seq);
    return {};
}

// Every entry that has a time within the period lies in there.
Result<std::pair<std::uint64_t, std::uint64_t>> LeafSource::range_of(
    const evidence::Period& period) {
    std::pair<std::uint64_t, std::uint64_t> range{set_.checkpoint.size + 1, 0};
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        auto from = segments_[i];
        auto to = i + 1 < segments_.size() ? segments_[i + 1] - 1 : set_.checkpoint.size;
        if (to < from) continue;
        auto first = first_at(period.from, from, to);
        if (!first) return first.error();
        auto after = first_at(period.to + milliseconds{1}, from, to);
        if (!after) return after.error();
        if (*first <= to) range.first = std::min(range.first, *first);
        if (*after > from) range.second = std::max(range.second, *after - 1);
    }
    return range;
}

// The last full state leaf before that entry from which on a state leaf said, before that moment,
// that the seal lay there; else the last one at all; 0: there is none.
Result<std::uint64_t> LeafSource::full_before(const std::string& seal, std::uint64_t seq,
                                              Instant at) {
    for (auto window = kWindow;; window *= 4) {
        auto from = seq > window ? seq - window : 0;
        auto states = look(from, seq, {{"type", "state"}});
        if (!states) return states.error();
        evidence::StateBook book;
        std::uint64_t full = 0, found = 0;
        for (const auto& one : *states) {
            if (one.leaf.t > at) continue;
            if (one.leaf.data.boolean_or("full")) full = one.seq;
            if (book.take(one.leaf)) continue;
            auto state = book.of(seal);
            if (state && state->in_order()) found = full;
        }
        if (found > 0 || from == 0) return found > 0 ? found : full;
    }
}

// The seal's leaves before that entry, back to one that says where it was.
Status LeafSource::take_chain_before(const std::string& seal, std::uint64_t seq) {
    if (seq < 2) return {};
    for (auto window = kWindow;; window *= 4) {
        auto from = seq > window ? seq - window : 0;
        auto chain = look(from, seq - 1, {{"seal", seal}});
        if (!chain) return chain.error();
        std::uint64_t told = 0;
        for (const auto& one : *chain)
            if (tells_custody(one.leaf.type)) told = one.seq;
        if (told == 0 && from > 0) continue;
        return take(told > 0 ? told - 1 : from, seq - 1, {{"seal", seal}});
    }
}

// Entry 1, every baseline, and where none has the seal, its enrolment and activation.
Status LeafSource::take_origins(const std::string& seal, std::uint64_t before) {
    if (auto status = take(0, 1, {}); !status) return status;
    if (auto status = take(0, kEnd, {{"type", "baseline.recorded"}}); !status) return status;
    if (auto status = take(0, kEnd, {{"type", "rollback"}}); !status) return status;
    return take(0, before, {{"seal", seal}, {"type", "seal.enrolled,seal.activated"}});
}

Status LeafSource::take_boot(std::uint64_t before) {
    auto boots = look(0, before, {{"type", "device.booted"}});
    if (!boots) return boots.error();
    if (boots->empty()) return {};
    return take(boots->back().seq - 1, boots->back().seq, {});
}

// Where enough stands behind the period: three state leaves from after it, or the newest entry.
Result<std::uint64_t> LeafSource::end_after(std::uint64_t seq, Instant at) {
    auto after = seq;
    for (int states = 0; states < 3;) {
        auto reply = page(after, 3, {{"type", "state"}}, false);
        if (!reply) return reply.error();
        const auto& items = *reply->find("items")->array();
        auto next = leaf::parse_natural(reply->text_or("next"));
        if (items.empty() && !next) return set_.checkpoint.size;
        for (const auto& item : items) {
            auto given = given_of(item);
            auto decoded = given ? leaf::decode(given->bytes) : Result<leaf::Leaf>(without_sense());
            if (!decoded) return decoded.error();
            after = decoded->seq;
            if (decoded->t >= at && ++states == 3) return after;
        }
        if (!next) return set_.checkpoint.size;
        after = std::max(after, *next);
    }
    return after;
}

Result<LeafSet> LeafSource::around(const std::string& seal, const evidence::Period& period) {
    if (auto status = open(); !status) return status.error();
    if (auto status = find_segments(); !status) return status.error();
    auto range = range_of(period);
    if (!range) return range.error();
    auto last = std::max(range->second, std::min(range->first, set_.checkpoint.size));
    auto first = full_before(seal, std::min(range->first, set_.checkpoint.size), period.from);
    if (!first) return first.error();
    if (*first == 0) first = std::min<std::uint64_t>(range->first, last);
    auto end = end_after(last, period.to);
    if (!end) return end.error();
    if (auto s = take_origins(seal, *first); !s) return s.error();
    if (auto s = take_boot(*first); !s) return s.error();
    if (auto s = take_chain_before(seal, *first); !s) return s.error();
    if (auto s = take(*first - 1, *end, {}); !s) return s.error();
    context_.print.progress("");
    return std::move(set_);
}

Result<LeafSet> LeafSource::chain(const std::string& seal, const evidence::Period& period) {
    if (auto status = open(); !status) return status.error();
    if (auto status = find_segments(); !status) return status.error();
    auto range = range_of(period);
    if (!range) return range.error();
    auto first = std::min(range->first, set_.checkpoint.size);
    if (auto s = take(0, 1, {}); !s) return s.error();
    if (auto s = take_boot(first); !s) return s.error();
    if (auto s = take_chain_before(seal, first); !s) return s.error();
    if (auto s = take(first > 0 ? first - 1 : 0, kEnd, {{"seal", seal}}); !s) return s.error();
    auto newest = full_before(seal, set_.checkpoint.size, Instant{INT64_MAX});
    if (!newest) return newest.error();
    if (*newest > 0)
        if (auto s = take(*newest - 1, kEnd, {{"type", "state"}}); !s) return s.error();
    context_.print.progress("");
    return std::move(set_);
}

}  // namespace seals::sealctl
