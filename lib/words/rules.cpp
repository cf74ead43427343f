#include "words/rules.hpp"

#include <array>

namespace seals {
namespace {

using enum Rule;

constexpr std::array<RuleRow, static_cast<std::size_t>(Rule::count_)> kRows{{
    {approved_request, "R01", "no approved request, no seal", "有流程用印,无流程不用印",
     "have the request approved in the OA, import it, and try again", "在 OA 完成审批并导入后重试"},
    {request_window, "R02", "only inside the request's window", "流程有效期内用印",
     "apply for a new request, or wait until the window opens", "重新申请,或在有效期内办理"},
    {request_not_withdrawn, "R03", "a withdrawn request opens nothing", "已撤销流程不得用印",
     "apply for a new request", "重新申请"},
    {entitled_person, "R04", "only a user of the request or a custodian of the seal",
     "用印人或保管人取章", "let a user named in the request or a custodian of the seal take it",
     "由流程载明的用印人或该印章保管人办理"},
    {active_person, "R05", "the person is known and active", "人员已登记且在职",
     "import the person list, or let another person act", "导入人员名单,或由其他人员办理"},
    {identified, "R06", "the person is identified", "身份验证",
     "give the right factor (PIN); a custodian and an administrator can set a new one",
     "提供正确的身份凭证(PIN);如遗忘,由管理员会同保管人重置"},
    {not_locked_out, "R07", "no lock-out after failed identifications", "验证失败锁定",
     "wait until the lock-out ends", "等待锁定结束后重试"},
    {seal_in_use, "R08", "only a seal in use", "启用状态的印章",
     "have the seal activated, or released from quarantine by two persons",
     "办理启用;隔离的印章由两人解除"},
    {seal_in_slot, "R09", "the seal is in its slot", "印章在柜",
     "run an inventory and clear up where the seal is", "盘点并查明印章去向"},
    {not_granted_elsewhere, "R10", "a seal is granted once at a time", "一章一借",
     "wait until the seal is returned", "等待印章归还"},
    {one_slot_per_person, "R11", "one open slot per person at a time", "一人一格",
     "finish the open session first", "先完成正在办理的取还"},
    {trusted_clock, "R12", "no release on an untrusted clock", "时钟可信",
     "synchronise the clock, or let two persons accept it", "校准时钟,或由两人确认时钟"},
    {count_left, "R13", "impressions are left", "次数未用完", "apply for more in the OA",
     "在 OA 申请补盖"},
    {slot_ready, "R14", "the slot is shut and its last session settled", "格口就绪",
     "shut the door, and let the slot be read again", "关好柜门,等待系统复核该格口"},
    {own_loan, "R15", "returned by who holds it or by a custodian", "持有人或保管人归还",
     "let the holder or a custodian of the seal return it", "由持有人或该印章保管人归还"},
    {something_out, "R16", "only a seal that is out can be returned", "已借出的印章方可归还",
     "look at `sealctl seal show`: it is not out", "查看印章状态:该印章未借出"},
    {independent_counter, "R47", "who keeps a seal does not count it",
     "审用分离:保管人不得盘点所管印章",
     "let a person count who keeps none of the seals that are counted",
     "由不保管所盘印章的其他人员盘点"},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].rule) != i) return false;
    return true;
}
static_assert(in_order(), "rows stand in the order of the enumeration");

}  // namespace

std::span<const RuleRow> rule_rows() {
    return kRows;
}

const RuleRow& row_of(Rule rule) {
    return kRows[static_cast<std::size_t>(rule)];
}

}  // namespace seals
