#include "words/seal_acts.hpp"

#include <array>

namespace seals {
namespace {

using enum SealAct;
using enum EventType;
using S = SealState;

// clang-format off
constexpr auto kRows = std::to_array<SealActRow>({
    // act, verb, event, from, to, witnesses, approver, file, ends grants, leaves the house
    {enrol, "enrol", seal_enrolled, "registered", S::enrolled, 0, false, false, false, false, "入柜建档"},
    {activate, "activate", seal_activated, "enrolled", S::active, 2, false, false, false, false, "启用"},
    {suspend, "suspend", seal_suspended, "active", S::suspended, 0, false, false, false, false, "停用"},
    {resume, "resume", seal_resumed, "suspended", S::active, 0, false, false, false, false, "恢复启用"},
    {lose, "lost", seal_lost, "enrolled active suspended quarantined retired replaced sealed_away",
     S::lost, 0, false, false, true, false, "报失"},
    {publish, "notice", seal_notice_published, "lost", S::notice, 0, false, false, false, false, "公告"},
    {recover, "recover", seal_recovered, "lost notice", S::registered, 0, false, false, false, false, "找回"},
    {retire, "retire", seal_retired, "enrolled active suspended quarantined", S::retired, 0, false,
     false, true, false, "终止使用"},
    {seal_away, "seal-away", seal_sealed_away, "retired replaced", S::sealed_away, 0, false, false, true, false, "封存"},
    {surrender, "surrender", seal_surrendered, "retired replaced sealed_away notice", S::surrendered,
     0, false, false, true, true, "缴销"},
    {destroy, "destroy", seal_destroyed, "retired replaced sealed_away lost notice", S::destroyed, 2,
     true, true, true, true, "销毁"},
});
// clang-format on

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].act) != i) return false;
    return true;
}
static_assert(in_order(), "rows stand in the order of the enumeration");

}  // namespace

std::span<const SealActRow> seal_act_rows() {
    return kRows;
}

const SealActRow& row_of(SealAct act) {
    return kRows[static_cast<std::size_t>(act)];
}

std::optional<SealAct> seal_act_named(std::string_view verb) {
    for (const auto& row : kRows)
        if (row.verb == verb) return row.act;
    return std::nullopt;
}

bool may_begin(const SealActRow& row, SealState state) {
    auto name = name_of(state);
    auto rest = row.from;
    while (!rest.empty()) {
        auto end = rest.find(' ');
        if (rest.substr(0, end) == name) return true;
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + 1);
    }
    return false;
}

}  // namespace seals
