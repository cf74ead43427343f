#include "find.hpp"

#include <algorithm>

namespace seals::sealctl {
namespace {

constexpr int kNowhere = 100;

std::string folded(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

// How far from a sure find: 0 is the id itself.
int distance(const Value& seal, const std::string& word) {
    auto id = folded(seal.text_or("id"));
    auto name = folded(seal.text_or("name"));
    auto entity = folded(seal.text_or("entity"));
    auto in_name = name.find(word);
    if (id == word) return 0;
    // The old number finds its successor too, and the new one what it replaced.
    if (folded(seal.text_or("replaces")) == word || folded(seal.text_or("replaced_by")) == word)
        return 1;
    if (id.ends_with(word)) return 1;
    if (id.starts_with(word)) return 2;
    if (in_name != std::string::npos && name.ends_with(word)) return 3;  // "合同专用章" is its kind
    if (in_name == 0) return 4;
    if (in_name != std::string::npos) return 5;
    if (id.find(word) != std::string::npos) return 6;
    if (entity.find(word) != std::string::npos) return 7;
    return kNowhere;
}

}  // namespace

Value::Array find_seals(const Value::Array& seals, const std::vector<std::string>& words) {
    std::vector<std::pair<int, const Value*>> found;
    for (const auto& seal : seals) {
        int sum = 0;
        for (const auto& word : words)
            sum += distance(seal, folded(word));
        bool everywhere = std::all_of(words.begin(), words.end(), [&](const auto& word) {
            return distance(seal, folded(word)) < kNowhere;
        });
        if (everywhere) found.emplace_back(sum, &seal);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Value::Array out;
    for (const auto& [sum, seal] : found)
        out.push_back(*seal);
    return out;
}

}  // namespace seals::sealctl
