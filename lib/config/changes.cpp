#include "config/changes.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <set>

#include "base/text.hpp"
#include "config/keys.hpp"

namespace seals::config {
namespace {

using Lines = std::map<std::string, std::string, std::less<>>;

Lines lines_of(std::string_view text) {
    Lines lines;
    for (auto line : split(text, '\n')) {
        auto at = line.find(" = ");
        if (at != std::string_view::npos) lines.emplace(line.substr(0, at), line.substr(at + 3));
    }
    return lines;
}

// Zero means no limit where the key says so: then it is the loosest number there is.
std::int64_t number_in(const std::string& text, const Key& key) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    bool no_limit = number == 0 && key.about.find("0: no limit") != std::string_view::npos;
    return no_limit ? std::numeric_limits<std::int64_t>::max() : number;
}

std::set<std::string> items_in(std::string_view text) {
    std::set<std::string> items;
    if (text.size() < 2) return items;
    for (auto item : split(text.substr(1, text.size() - 2), ','))
        if (!trimmed(item).empty()) items.emplace(trimmed(item));
    return items;
}

Direction of_numbers(const Key& key, const Change& change) {
    auto now = number_in(change.now, key), next = number_in(change.next, key);
    bool looser = key.looser == Looser::more ? next > now : next < now;
    return looser ? Direction::looser : Direction::tighter;
}

// Items that came and items that went: both at once are neither.
Direction of_lists(const Key& key, const Change& change) {
    auto now = items_in(change.now), next = items_in(change.next);
    bool grew = !std::includes(now.begin(), now.end(), next.begin(), next.end());
    bool shrank = !std::includes(next.begin(), next.end(), now.begin(), now.end());
    if (!grew && !shrank) return Direction::other;  // in another order
    if (key.looser == Looser::more) return grew ? Direction::looser : Direction::tighter;
    return shrank ? Direction::looser : Direction::tighter;
}

Direction direction_of(const Key& key, const Change& change) {
    if (key.looser == Looser::unknown) return Direction::other;
    if (key.kind == Kind::number) return of_numbers(key, change);
    if (key.kind == Kind::list) return of_lists(key, change);
    if (key.kind == Kind::flag)
        return change.next == "false" ? Direction::looser : Direction::tighter;
    // Times of day: as texts they sort.
    bool later = change.next > change.now;
    return later == (key.looser == Looser::more) ? Direction::looser : Direction::tighter;
}

// The key of "post.gm.title"; null when the line is of no repeated section.
const Key* key_of_part(const std::string& line) {
    auto first = line.find('.'), last = line.rfind('.');
    auto section = std::string_view(line).substr(0, first);
    if (first == last || !is_repeated(section)) return nullptr;
    return find_key(section, std::string_view(line).substr(last + 1));
}

// A chain that comes is a new way to a grant. Whether a post's own limit comes or goes depends on
// where it stands in its chains.
Direction direction_of_part(const Key& key, const Change& change) {
    bool chain = key.section == "approval";
    if (change.now.empty()) return chain ? Direction::looser : Direction::other;
    if (change.next.empty()) return Direction::other;
    bool limit = key.kind == Kind::number && !chain && (change.now == "0" || change.next == "0");
    return limit ? Direction::other : direction_of(key, change);
}

void add_parts(const Lines& before, const Lines& after, std::vector<Change>& changes) {
    auto all = before;
    all.insert(after.begin(), after.end());
    auto text_in = [](const Lines& lines, const std::string& name) {
        auto found = lines.find(name);
        return found == lines.end() ? std::string{} : found->second;
    };
    for (const auto& item : all) {
        const auto& name = item.first;
        const auto* key = key_of_part(name);
        if (key == nullptr) continue;
        Change change{name, text_in(before, name), text_in(after, name), Direction::other};
        if (change.now == change.next) continue;
        change.direction = direction_of_part(*key, change);
        changes.push_back(std::move(change));
    }
}

}  // namespace

std::vector<Change> policy_changes(std::string_view in_force, const Config& next) {
    auto before = lines_of(in_force);
    auto after = lines_of(next.policy_text());
    std::vector<Change> changes;
    for (const auto& key : keys()) {
        if (!key.policy || is_repeated(key.section)) continue;
        auto name = std::string(key.section) + "." + std::string(key.name);
        Change change{name, before[name], after[name], Direction::other};
        if (change.now == change.next) continue;
        if (!change.now.empty()) change.direction = direction_of(key, change);
        changes.push_back(std::move(change));
    }
    add_parts(before, after, changes);
    return changes;
}

}  // namespace seals::config
