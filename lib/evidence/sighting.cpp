#include "evidence/sighting.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace seals::evidence {
namespace {

// They say nothing of where the seal is.
constexpr std::array<std::string_view, 15> kQuiet{
    "take.refused",   "return.refused",  "act.refused",    "session.opened",
    "session.closed", "session.timeout", "verify.tag_ok",  "slot.unlock_abandoned",
    "slot.checked",   "seal.recalled",   "seal.suspended", "seal.resumed",
    "seal.activated", "seal.retired",    "seal.replaced"};
constexpr std::array<std::string_view, 12> kQuietKinds{
    "alert.",    "use.",    "custodian.", "handover.",    "grant.",    "request.",
    "approval.", "counts.", "reconcile.", "discrepancy.", "evidence.", "legalhold."};
constexpr std::array<std::string_view, 5> kOpened{"slot.unlock_cmd", "slot.unlocked", "slot.opened",
                                                  "slot.closed", "session.unknown"};
constexpr std::array<std::string_view, 3> kForced{"slot.forced", "slot.left_open",
                                                  "override.mechanical"};
constexpr std::array<std::string_view, 13> kDevice{
    "device.booted",  "device.shutdown", "device.silent",     "device.answering", "clock.stepped",
    "clock.accepted", "selftest.ok",     "selftest.failed",   "policy.loaded",    "config.changed",
    "key.rotated",    "rollback",        "override.explained"};

template <std::size_t N>
bool has(const std::array<std::string_view, N>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

Effect effect_of(const leaf::Leaf& leaf) {
    if (leaf.type == "seal.returned")
        return leaf.data.text_or("verdict") == "present" ? Effect::seen : Effect::other;
    // A visit for nothing ends with the tag authentic behind the shut door.
    if (leaf.type == "session.null")
        return leaf.data.text_or("kind") == "take" ? Effect::seen : Effect::other;
    if (leaf.type == "seal.taken") return Effect::taken;
    if (has(kOpened, leaf.type)) return Effect::opened;
    if (has(kForced, leaf.type)) return Effect::forced;
    if (has(kQuiet, leaf.type)) return Effect::none;
    bool quiet = std::any_of(kQuietKinds.begin(), kQuietKinds.end(),
                             [&](auto kind) { return leaf.type.starts_with(kind); });
    return quiet ? Effect::none : Effect::other;
}

std::string counted_as(const leaf::Leaf& leaf, const std::string& seal) {
    const auto* items = leaf.type == "inventory.finished" ? leaf.data.find("items") : nullptr;
    if (items == nullptr || items->array() == nullptr) return {};
    for (const auto& item : *items->array())
        if (item.text_or("seal") == seal && !item.boolean_or("busy"))
            return item.text_or("verdict");
    return {};
}

bool is_of_device(const std::string& type) {
    return has(kDevice, type);
}

bool begins_series(const leaf::Leaf& leaf, const std::string& seal) {
    auto witnessed = leaf.data.texts_or("witnesses").size() >= 2;
    if (leaf.type == "baseline.recorded") {
        auto seals = leaf.data.texts_or("seals");
        return witnessed && std::find(seals.begin(), seals.end(), seal) != seals.end();
    }
    bool act = leaf.type == "seal.enrolled" || leaf.type == "seal.activated";
    return act && leaf.seal == seal && witnessed;
}

}  // namespace seals::evidence
