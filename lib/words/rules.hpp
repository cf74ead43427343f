// THE table of rules that can refuse: id, name, and what would satisfy it, in both languages.
// A refusal names its rule; the manual lists them. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace seals {

enum class Rule {
    approved_request,
    request_window,
    request_not_withdrawn,
    entitled_person,
    active_person,
    identified,
    not_locked_out,
    seal_in_use,
    seal_in_slot,
    not_granted_elsewhere,
    one_slot_per_person,
    trusted_clock,
    count_left,
    slot_ready,
    own_loan,
    something_out,
    life_in_order,
    other_persons,
    seal_at_hand,
    second_person,
    calendar,
    max_held,
    forbid_together,
    separate_approval,
    counted_after_override,
    request_not_held,
    handover_in_order,
    blind_count,
    use_under_loan,
    supervised_use,
    scene_photo,
    document_attached,
    paper_by_others,
    breakglass_small,
    breakglass_cured,
    chain_in_order,
    own_application,
    use_stands,
    request_ends_once,
    complete_take_out,
    cabinet_not_frozen,
    others_alert,
    two_departments,
    matched_once,
    independent_counter,
    legal_hold,
    erase_leavers,
    clean_baseline,
    count_
};

struct RuleRow {
    Rule rule;
    std::string_view id;  // "R01"
    std::string_view name_en, name_zh;
    std::string_view remedy_en, remedy_zh;
};

std::span<const RuleRow> rule_rows();
const RuleRow& row_of(Rule rule);

}  // namespace seals
