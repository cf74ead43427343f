// Id<"seal">: a string that knows what it names, so that a seal's id is never passed for a
// person's.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace seals {

template <std::size_t N>
struct Noun {
    char text[N];
    constexpr Noun(const char (&from)[N]) { std::copy_n(from, N, text); }
};

template <Noun kNoun>
struct Id {
    std::string text;

    Id() = default;
    explicit Id(std::string from) : text(std::move(from)) {}
    explicit Id(std::string_view from) : text(from) {}
    explicit Id(const char* from) : text(from) {}

    bool empty() const { return text.empty(); }
    const std::string& str() const { return text; }
    friend auto operator<=>(const Id&, const Id&) = default;
};

using SealId = Id<"seal">;
using SlotId = Id<"slot">;
using PersonId = Id<"person">;
using RequestId = Id<"request">;
using SessionId = Id<"session">;

inline constexpr std::size_t kIdBytes = 96;  // longest id accepted anywhere, bytes of UTF-8

// An id that a person may type: 1..kIdBytes bytes of UTF-8, no control characters, no space or
// newline, no slash (it stands in a URL path).
bool valid_id(std::string_view text);

}  // namespace seals

template <seals::Noun kNoun>
struct std::hash<seals::Id<kNoun>> {
    std::size_t operator()(const seals::Id<kNoun>& id) const noexcept {
        return std::hash<std::string>{}(id.text);
    }
};
