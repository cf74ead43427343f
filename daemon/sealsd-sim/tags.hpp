// Tags: the simulated tags as they answer. A name says what a tag is: "T:<seal>" the enrolled one,
// "slow:<seal>" the same body with a slow chip, "clone:<seal>" its UID with another key, "foreign",
// "dead". One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "tag/tag_side.hpp"
#include "world.hpp"

namespace seals::simd {

struct TagName {
    enum class Kind { authentic, slow, clone, foreign, dead };
    Kind kind = Kind::foreign;
    std::string seal{};

    static std::optional<TagName> of(std::string_view text);
    bool bears_seal() const { return kind != Kind::foreign && kind != Kind::dead; }
};

// The same thing, which can lie in one place only: T:x and slow:x are one body.
bool same_body(std::string_view a, std::string_view b);

class Tags {
  public:
    explicit Tags(const World& world) : world_(world) {}

    // Code::invalid: no such kind; Code::not_found: no such seal was enrolled.
    Status check(std::string_view name) const;
    Bytes answer(SlotNo slot, const std::string& name, ByteView apdu);  // empty: it is silent
    void forget(const std::string& seal);                               // its key changed

  private:
    std::optional<tag::TagSide> make(SlotNo slot, const TagName& name) const;

    const World& world_;
    std::map<std::string, tag::TagSide> sides_;
};

}  // namespace seals::simd
