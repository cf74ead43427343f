#include "intake/field.hpp"

#include <algorithm>

#include "intake/cell.hpp"

namespace seals::intake {
namespace {

constexpr std::array<std::string_view, 3> kKinds{"persons", "seals", "requests"};

// Signs that a heading carries for the eye only.
constexpr std::array<std::string_view, 27> kSigns{
    "*", ":", "_",  ".",  "(",  ")",  "[",  "]",  "<",  ">",  "\"", "'",  "#", "?",
    "!", ",", "【", "】", "《", "》", "「", "」", "〔", "〕", "、", "。", "“"};

std::string without_signs(std::string text) {
    for (auto sign : kSigns)
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at))
            text.erase(at, sign.size());
    return text;
}

}  // namespace

std::string_view name_of(Kind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_named(std::string_view name) {
    auto found = std::find(kKinds.begin(), kKinds.end(), name);
    if (found == kKinds.end()) return std::nullopt;
    return static_cast<Kind>(found - kKinds.begin());
}

std::span<const FieldRow> fields_of(Kind kind) {
    switch (kind) {
        case Kind::persons:
            return kPersonFields;
        case Kind::seals:
            return kSealFields;
        case Kind::requests:
            break;
    }
    return kRequestFields;
}

std::string fold_heading(std::string_view heading) {
    return without_signs(folded(clean(clip(heading, 256))));
}

std::string fold_heading_without_notes(std::string_view heading) {
    constexpr std::array<std::array<std::string_view, 2>, 4> kBrackets{
        {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}}};
    auto text = folded(clean(clip(heading, 256)));
    for (auto [open, shut] : kBrackets)
        for (auto from = text.find(open); from != std::string::npos; from = text.find(open)) {
            auto to = text.find(shut, from);
            if (to == std::string::npos) break;
            text.erase(from, to + shut.size() - from);
        }
    return without_signs(std::move(text));
}

}  // namespace seals::intake
