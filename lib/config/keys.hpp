// THE table of keys of seals.toml: parsing, defaults, errors, policy text and the check of the
// manual all go by it. Constant data.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.hpp"

namespace seals::config {

enum class Kind { text, number, flag, list, grant, person };

using Target = std::variant<std::string*, std::int64_t*, bool*, std::vector<std::string>*, Grant*,
                            std::map<std::int64_t, std::string>*>;

// Which way a policy key loosens: with a greater number, a later time or more items; with less of
// them; a flag by being false (less).
enum class Looser { unknown, more, less };

inline constexpr std::string_view kNoDefault = "\x01";  // the key must be given

struct Key {
    std::string_view section;
    std::string_view name;  // "UID" stands for any uid
    Kind kind;
    std::string_view fallback;  // default as text; of a list: its items with commas between
    std::string_view about;
    Target (*at)(Config&);  // of a repeated section: in the last one
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::string_view one_of{};  // "a|b" for texts and lists of a closed set
    bool policy = false;        // part of the policy text
    Looser looser = Looser::unknown;

    bool required() const { return fallback == kNoDefault; }
};

std::span<const Key> keys();
const Key* find_key(std::string_view section, std::string_view name);
bool known_section(std::string_view section);
bool is_repeated(std::string_view section);  // written as [[section]], one for each
std::string_view kind_name(Kind kind);       // "a string", for messages and the manual

}  // namespace seals::config
