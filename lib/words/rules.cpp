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
    {count_left, "R13", "impressions are left", "次数未用完",
     "have more approved (`sealctl request extend`), or apply anew", "办理补盖或重新申请"},
    {slot_ready, "R14", "the slot is shut and its last session settled", "格口就绪",
     "shut the door, and let the slot be read again", "关好柜门,等待系统复核该格口"},
    {own_loan, "R15", "returned by who holds it or by a custodian", "持有人或保管人归还",
     "let the holder or a custodian of the seal return it", "由持有人或该印章保管人归还"},
    {something_out, "R16", "only a seal that is out can be returned", "已借出的印章方可归还",
     "look at `sealctl seal show`: it is not out", "查看印章状态:该印章未借出"},
    {life_in_order, "R17", "a seal's life goes step by step", "印章状态依序变更",
     "SEAL STATES in seals-api(7) says what may come next", "按印章状态流程依序办理"},
    {other_persons, "R18", "witnesses and approver are other persons", "见证人、批准人须另有其人",
     "name enough other persons, each with a PIN", "另请足够的见证人、批准人,并各自验证身份"},
    {seal_at_hand, "R19", "the seal is where the act needs it", "印章须在办理所需位置",
     "return the seal first; to surrender or destroy it, take it out under an approved request",
     "先归还印章;缴销、销毁须先凭外带流程取出"},
    {second_person, "R20", "two persons, the second from another department",
     "双人用印,第二人须为其他部门",
     "let an active person of another department identify as the second (--second)",
     "由其他部门的在职人员作为第二人验证身份(--second)"},
    {calendar, "R21", "only inside the hours of use", "用印时间",
     "come back inside the hours of use", "在规定的用印时间内办理"},
    {max_held, "R22", "no more seals at once than the limit", "同时持章数量上限",
     "return a seal first", "先归还已持有的印章"},
    {forbid_together, "R23", "some seals are never in one hand", "不得同时持有的印章",
     "return the others first, or let another person take it", "先归还其他印章,或由另一人领取"},
    {separate_approval, "R24", "who approved does not stamp", "审用分离",
     "let another user of the request or a custodian take it", "由其他用印人或保管人办理"},
    {counted_after_override, "R25", "an inventory after an opening without sealsd",
     "未经系统开柜后须先盘点", "run `sealctl inventory`, and explain the opening",
     "先执行全柜盘点,并补充说明"},
    {request_not_held, "R26", "a held request opens nothing", "暂挂流程不得用印",
     "`sealctl request release` once the reason is cleared", "查清后恢复该流程"},
    {handover_in_order, "R27", "a handover is offered, then accepted", "交接须双方确认",
     "`sealctl handover list` shows what is open", "用 `sealctl handover list` 查看待办交接"},
    {blind_count, "R28", "custodians change only after a clean blind count", "换人须盲盘无误",
     "run `sealctl inventory --blind FILE --person ID` after the offer, by another than who hands "
     "over",
     "交接发起后由移交人以外的人员盲盘且无差异"},
    {use_under_loan, "R29", "a use belongs to a seal that is out under its request",
     "用印须在借出期间、凭所借流程", "take the seal under that request first",
     "先凭该流程取章,再登记用印"},
    {supervised_use, "R30", "a supervisor is there where the policy asks", "监印到场",
     "name the supervisor (--witness) and give that person's PIN",
     "由监印人到场并验证身份(--witness)"},
    {scene_photo, "R31", "a photo of the scene where the policy asks", "用印留影",
     "take a photo of the stamped page and attach it (--photo)", "拍摄已用印页并附上(--photo)"},
    {document_attached, "R32", "the stamped document where the policy asks", "用印文件须留存",
     "attach the file that was stamped (--document)", "附上所用印的文件(--document)"},
    {paper_by_others, "R33", "two other persons put a paper request in", "纸质补录须由另两人办理",
     "let two persons act who neither applied nor will take the seal",
     "由申请人、取章人以外的两人办理"},
    {breakglass_small, "R34", "an emergency is one seal, few impressions, few minutes",
     "应急用印限一章、限次、限时", "ask for less, or wait for the approval",
     "减少次数,或等待流程审批"},
    {breakglass_cured, "R35", "an emergency is cured in time", "应急用印须限期补办流程",
     "have a request approved for it, then `sealctl request cure`",
     "补办审批流程后执行 `sealctl request cure`"},
    {chain_in_order, "R36", "the posts of the chain approve, one after the other",
     "依审批链逐级审批",
     "`sealctl request show` tells whose turn it is: the holder of that post, or his delegate",
     "用 `sealctl request show` 查看审批链;由当前节点的任职人或其代理人审批"},
    {own_application, "R37", "nobody approves his own application", "不得审批本人的申请",
     "let another holder of the post, or his delegate, decide", "由该岗位其他任职人或代理人审批"},
    {use_stands, "R38", "a use is voided once", "用印记录仅可作废一次",
     "look at `sealctl use show`: it was voided already", "查看用印记录:已作废"},
    {request_ends_once, "R39", "a request ends once", "流程办理完毕后不得变更",
     "return what is out under it first; once it has ended, apply for a new request",
     "先归还凭该流程借出的印章;已办结的,重新申请"},
    {complete_take_out, "R40", "a take-out has its reason, place, supervisor and end",
     "外带要素齐全", "complete the application in the OA: reason, place, supervisor, due",
     "在 OA 补齐外带事由、地点、陪同人、归还时间"},
    {cabinet_not_frozen, "R41", "a frozen cabinet gives out nothing", "冻结的印章柜停止出柜",
     "find the seals that left; then two persons of different departments run `sealctl cabinet "
     "release`",
     "查明已离柜印章后,由不同部门两人解除冻结"},
    {others_alert, "R42", "nobody closes an alert about himself", "不得自行关闭涉及本人的报警",
     "let another person close it, with that person's PIN", "由其他人员凭 PIN 关闭"},
    {two_departments, "R43", "two persons of different departments release the cabinet",
     "由不同部门两人解除冻结", "let a second person of another department act as well",
     "由另一部门的第二人会同办理"},
    {matched_once, "R44", "a paper request is matched once, to one number of the OA",
     "纸质补录仅可核销一次", "look at `sealctl request show`: it is matched already",
     "查看该流程:已核销"},
    {independent_counter, "R47", "who keeps a seal does not count it",
     "审用分离:保管人不得盘点所管印章",
     "let a person count who keeps none of the seals that are counted",
     "由不保管所盘印章的其他人员盘点"},
    {legal_hold, "R48", "what is under legal hold is neither purged nor erased",
     "证据保全期间不得清除或删除",
     "wait until the hold ends: `sealctl evidence holds` lists them; who set it ends it with "
     "`sealctl evidence unhold`",
     "待保全解除后办理:`sealctl evidence holds` 列出,`sealctl evidence unhold` 解除"},
    {erase_leavers, "R49", "only a person who has left and keeps nothing is erased",
     "仅可删除已离职且无保管、无借用人员的个人信息",
     "let his seals be returned and handed over, and the person be marked as left, then again",
     "先归还并交接其印章、将其标记为离职,再办理"},
    {clean_baseline, "R50", "a baseline is a full count just made, all seals in place",
     "期初盘点须为刚完成的全面盘点且印章全部在柜",
     "bring every seal back, settle what `sealctl inventory` finds, and count again",
     "将印章全部归位、处理盘点差异后重新盘点"},
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
