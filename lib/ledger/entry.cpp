#include "ledger/entry.hpp"

#include <algorithm>

#include <sys/random.h>

#include "ledger/nfc.hpp"

namespace seals::ledger {
namespace {

// `words` is a list with single spaces between.
bool lists(std::string_view words, std::string_view word) {
    for (auto at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
        auto end = at + word.size();
        bool starts = at == 0 || words[at - 1] == ' ';
        if (starts && (end == words.size() || words[end] == ' ') && !word.empty()) return true;
    }
    return false;
}

// The table of event types is what outside readers go by, so nothing beyond it is written.
Status check_members(const leaf::Leaf& leaf, const EventRow& row) {
    if (const auto* members = leaf.data.object())
        for (const auto& [name, value] : *members)
            if (!lists(row.data, name))
                return Error{Code::corrupt, leaf.type + " has no data member \"" + name + "\""};
    for (const auto& [field, hash] : leaf.c)
        if (!lists(row.personal, field))
            return Error{Code::corrupt, leaf.type + " has no personal text \"" + field + "\""};
    return {};
}

Result<leaf::Salt> random_salt() {
    leaf::Salt salt;
    if (getrandom(salt.data(), salt.size(), 0) != static_cast<ssize_t>(salt.size()))
        return unavailable("the kernel gives no random bytes");
    return salt;
}

Status commit_personal(leaf::Hasher& hasher, const rules::Event& event, Entry& entry,
                       leaf::Leaf& leaf) {
    for (const auto& [field, text] : event.personal) {
        auto nfc = to_nfc(text);
        if (!nfc) return internal("personal text \"" + field + "\": " + nfc.error().detail);
        auto salt = random_salt();
        if (!salt) return salt.error();
        leaf.c.emplace_back(field, hasher.commitment(*salt, *nfc));
        entry.personal.push_back({field, *salt, std::move(*nfc)});
    }
    std::sort(entry.personal.begin(), entry.personal.end(),
              [](const auto& a, const auto& b) { return a.field < b.field; });
    return {};
}

// Members in the order in which the leaf's bytes give them back: so that what an append returns is
// what a replay will read, without reading it now.
void sort_members(Value& value) {
    if (auto* items = value.array())
        for (auto& item : *items)
            sort_members(item);
    auto* members = value.object();
    if (members == nullptr) return;
    std::sort(members->begin(), members->end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [name, member] : *members)
        sort_members(member);
}

leaf::Leaf to_leaf(const rules::Event& event, const Place& place) {
    leaf::Leaf leaf;
    leaf.seq = place.seq;
    leaf.t = event.at;
    leaf.boot = place.stamp.boot;
    leaf.mono = place.stamp.mono_ms;
    leaf.type = row_of(event.type).name;
    leaf.actor = event.actor;
    leaf.session = event.session.str();
    leaf.seal = event.seal.str();
    leaf.sn = place.sn;
    leaf.sp = place.sp;
    leaf.person = event.person.str();
    leaf.request = event.request.str();
    leaf.doc = event.doc;
    leaf.img = event.img;
    const auto* members = event.data.object();
    if (members == nullptr || !members->empty()) leaf.data = event.data;
    sort_members(leaf.data);
    return leaf;
}

void add_link(By by, const std::string& id, std::uint64_t seq, std::vector<Link>& out) {
    if (!id.empty()) out.push_back({by, id, seq});
}

}  // namespace

Result<Entry> make_entry(leaf::Hasher& hasher, const rules::Event& event, const Place& place) {
    Entry entry;
    auto leaf = to_leaf(event, place);
    if (auto status = commit_personal(hasher, event, entry, leaf); !status) return status.error();
    auto bytes = leaf::encode(leaf);
    if (!bytes) return internal(leaf.type + ": " + bytes.error().detail);
    auto recorded = to_recorded(std::move(leaf));
    if (!recorded) return internal(recorded.error().detail);
    entry.recorded = std::move(*recorded);
    for (const auto& [field, salt, text] : entry.personal)
        entry.recorded.event.personal.emplace_back(field, text);
    entry.leaf = std::move(*bytes);
    entry.hash = hasher.leaf_hash(entry.leaf);
    return entry;
}

Result<Recorded> to_recorded(leaf::Leaf leaf) {
    auto type = event_type_named(leaf.type);
    if (!type) return Error{Code::corrupt, "unknown event type \"" + leaf.type + "\""};
    if (auto status = check_members(leaf, row_of(*type)); !status) return status.error();
    Recorded out;
    out.seq = leaf.seq;
    out.at = leaf.t;
    out.boot = std::move(leaf.boot);
    out.mono = leaf.mono;
    out.sn = leaf.sn;
    out.sp = leaf.sp;
    auto& event = out.event;
    event.type = *type;
    event.at = leaf.t;
    event.actor = std::move(leaf.actor);
    event.session = SessionId{std::move(leaf.session)};
    event.seal = SealId{std::move(leaf.seal)};
    event.person = PersonId{std::move(leaf.person)};
    event.request = RequestId{std::move(leaf.request)};
    event.doc = std::move(leaf.doc);
    event.img = std::move(leaf.img);
    event.data = std::move(leaf.data);
    return out;
}

void add_links(const Recorded& recorded, std::vector<Link>& out) {
    const auto& event = recorded.event;
    add_link(By::session, event.session.str(), recorded.seq, out);
    add_link(By::seal, event.seal.str(), recorded.seq, out);
    add_link(By::request, event.request.str(), recorded.seq, out);
    add_link(By::type, std::string(row_of(event.type).name), recorded.seq, out);
}

}  // namespace seals::ledger
