#include "tags.hpp"

#include <array>

namespace seals::simd {
namespace {

using Kind = TagName::Kind;

struct KindRow {
    std::string_view prefix;
    Kind kind;
};
constexpr std::array<KindRow, 3> kOfSeals{
    {{"T:", Kind::authentic}, {"slow:", Kind::slow}, {"clone:", Kind::clone}}};

}  // namespace

std::optional<TagName> TagName::of(std::string_view text) {
    if (text == "foreign") return TagName{Kind::foreign};
    if (text == "dead") return TagName{Kind::dead};
    for (const auto& row : kOfSeals)
        if (text.starts_with(row.prefix) && text.size() > row.prefix.size())
            return TagName{row.kind, std::string(text.substr(row.prefix.size()))};
    return std::nullopt;
}

bool same_body(std::string_view a, std::string_view b) {
    auto left = TagName::of(a);
    auto right = TagName::of(b);
    if (!left || !right || !left->bears_seal() || left->seal != right->seal) return false;
    return (left->kind == Kind::clone) == (right->kind == Kind::clone);
}

Status Tags::check(std::string_view name) const {
    auto tag = TagName::of(name);
    if (!tag)
        return Error{Code::invalid, "there is no tag \"" + std::string(name) + "\"",
                     "say T:<seal>, clone:<seal>, slow:<seal>, foreign or dead", "tag"};
    if (tag->bears_seal() && !world_.enrolled.contains(tag->seal))
        return Error{Code::not_found, "no tag was enrolled for seal " + tag->seal,
                     "register or import the seal first"};
    return {};
}

std::optional<tag::TagSide> Tags::make(SlotNo slot, const TagName& name) const {
    if (name.kind == Kind::foreign) {
        // Not of our keyring: NXP's first byte, then letters that no generator of ours makes.
        Bytes uid{0x04,
                  'f',
                  'o',
                  'r',
                  'n',
                  static_cast<std::uint8_t>(slot >> 8),
                  static_cast<std::uint8_t>(slot & 0xff)};
        return tag::TagSide(std::move(uid), tag::Key{0x5a});
    }
    auto enrolled = world_.enrolled.find(name.seal);
    if (enrolled == world_.enrolled.end()) return std::nullopt;
    auto key = enrolled->second.key;
    if (name.kind == Kind::clone)
        for (auto& byte : key)
            byte ^= 0xa5;
    return tag::TagSide(enrolled->second.uid, key);
}

Bytes Tags::answer(SlotNo slot, const std::string& name, ByteView apdu) {
    auto tag = TagName::of(name);
    if (!tag || tag->kind == Kind::dead) return {};
    auto key = tag->kind == Kind::foreign ? "foreign " + std::to_string(slot) : name;
    auto side = sides_.find(key);
    if (side == sides_.end()) {
        auto fresh = make(slot, *tag);
        if (!fresh) return {};
        side = sides_.emplace(std::move(key), std::move(*fresh)).first;
    }
    return side->second.answer(apdu);
}

void Tags::forget(const std::string& seal) {
    for (const auto& row : kOfSeals)
        sides_.erase(std::string(row.prefix) + seal);
}

}  // namespace seals::simd
