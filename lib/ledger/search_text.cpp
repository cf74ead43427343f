#include "ledger/search_text.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ledger/nfc.hpp"

namespace seals::ledger {
namespace {

constexpr std::size_t kMostWords = 16;
constexpr std::size_t kQueryBytes = 1024;

// Members of `data` that nobody looks for by their words.
bool is_searched(std::string_view member) {
    return member != "idempotency" && member != "nonce" && member != "text" && member != "digest";
}

void add_line(std::string& text, std::string_view piece) {
    if (piece.empty()) return;
    if (!text.empty()) text += '\n';
    text += piece;
}

void add_strings(std::string& text, const Value& value) {
    if (const auto* piece = value.string()) add_line(text, *piece);
    if (const auto* items = value.array())
        for (const auto& item : *items)
            add_strings(text, item);
    if (const auto* members = value.object())
        for (const auto& [name, member] : *members)
            if (is_searched(name)) add_strings(text, member);
}

// The ideographic space separates words as the plain one does.
std::string with_plain_spaces(std::string text) {
    constexpr std::string_view kWide = "\u3000";
    for (auto at = text.find(kWide); at != std::string::npos; at = text.find(kWide, at))
        text.replace(at, kWide.size(), " ");
    return text;
}

}  // namespace

Result<std::string> Names::name_of(const std::string& kind, const std::string& id) {
    if (id.empty()) return std::string();
    auto [known, is_new] = known_.try_emplace({kind, id});
    if (!is_new) return known->second;
    auto row = reader_.row(kind, id);
    if (!row) {
        known_.erase(known);
        return row.error();
    }
    if (*row && (*row)->body)
        known->second = (*row)->body->text_or(kind == "request" ? "title" : "name");
    return known->second;
}

Result<std::string> search_text(const Recorded& recorded, Names& names) {
    const auto& event = recorded.event;
    std::string text(row_of(event.type).name);
    for (const auto* id : {&event.seal.str(), &event.request.str(), &event.person.str(),
                           &event.session.str(), &event.actor.id, &event.doc})
        add_line(text, *id);
    const std::pair<const char*, const std::string*> kNamed[] = {{"person", &event.person.str()},
                                                                 {"seal", &event.seal.str()},
                                                                 {"request", &event.request.str()}};
    for (auto [kind, id] : kNamed) {
        auto name = names.name_of(kind, *id);
        if (!name) return name.error();
        add_line(text, *name);
    }
    for (const auto& [field, piece] : event.personal)
        add_line(text, piece);
    add_strings(text, event.data);
    return to_nfc(text);
}

Result<std::vector<std::string>> words_of(std::string_view query) {
    if (query.size() > kQueryBytes) return invalid("q", "the query is longer than 1024 bytes");
    auto text = to_nfc(query);
    if (!text) return invalid("q", text.error().detail);
    auto plain = with_plain_spaces(std::move(*text));
    std::replace_if(
        plain.begin(), plain.end(),
        [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7f; }, ' ');
    std::vector<std::string> words;
    for (auto word : split(plain, ' '))
        if (!word.empty()) words.emplace_back(word);
    if (words.empty()) return invalid("q", "the query has no word to look for");
    if (words.size() > kMostWords) return invalid("q", "the query has more than 16 words");
    return words;
}

bool contains_all(std::string_view text, const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return text.find(word) != std::string_view::npos;
    });
}

std::vector<std::pair<std::size_t, std::size_t>> highlights(std::string_view text,
                                                            const std::vector<std::string>& words) {
    std::vector<std::pair<std::size_t, std::size_t>> bytes;
    for (const auto& word : words)
        for (auto at = text.find(word); at != std::string_view::npos;
             at = text.find(word, at + word.size()))
            bytes.emplace_back(at, at + word.size());
    std::sort(bytes.begin(), bytes.end());
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (auto [from, to] : bytes) {
        auto start = count_code_points(text.substr(0, from));
        auto end = start + count_code_points(text.substr(from, to - from));
        if (!out.empty() && start <= out.back().second)
            out.back().second = std::max(out.back().second, end);
        else
            out.emplace_back(start, end);
    }
    return out;
}

}  // namespace seals::ledger
