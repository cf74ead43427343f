#include "words/event_types.hpp"

namespace seals {
namespace {

using enum EventType;
using enum EventClass;

constexpr std::array<EventRow, static_cast<std::size_t>(EventType::count_)> kRows{{
    {ledger_created, "ledger.created", fact, "format origin simulated", "", "ledger created",
     "账本已建立"},
    {policy_loaded, "policy.loaded", fact, "sha256 text", "", "policy loaded", "策略已载入"},
    {config_changed, "config.changed", fact, "sha256", "", "configuration changed", "配置已变更"},
    {device_booted, "device.booted", fact, "version clean slots down_from", "", "sealsd started",
     "设备已启动"},
    {device_shutdown, "device.shutdown", fact, "", "", "sealsd stopped in order", "设备已正常停止"},
    {clock_stepped, "clock.stepped", fact, "by_ms", "", "the clock stepped", "时钟跳变"},
    {clock_accepted, "clock.accepted", fact, "persons by_ms", "", "two persons accepted the clock",
     "时钟经两人确认"},
    {state_recorded, "state", fact, "full seals digest deviations", "", "state of every seal",
     "印章状态存证"},
    {person_registered, "person.registered", fact, "department role active", "name phone",
     "person registered", "人员已登记"},
    {person_changed, "person.changed", fact, "department role active", "name phone",
     "person changed", "人员信息已变更"},
    {person_pin_set, "person.pin_set", fact, "idempotency", "", "PIN set", "已设置 PIN"},
    {auth_failed, "auth.failed", fact, "factor failures", "", "identification failed",
     "身份验证失败"},
    {auth_locked_out, "auth.locked_out", fact, "until", "", "person locked out",
     "身份验证失败次数过多,已锁定"},
    {seal_registered, "seal.registered", fact,
     "type entity slot custodians filing_no replaces idempotency", "name basis", "seal registered",
     "印章已登记"},
    {seal_enrolled, "seal.enrolled", fact, "uid source witnesses approver idempotency", "basis",
     "seal enrolled with its tag", "印章已入柜建档"},
    {seal_activated, "seal.activated", fact, "source witnesses approver idempotency", "basis",
     "seal in use", "印章已启用"},
    {seal_taken, "seal.taken", fact, "slot requests due curfew", "", "seal taken", "印章已取出"},
    {seal_returned, "seal.returned", fact, "slot verdict", "", "seal returned and authenticated",
     "印章已归还并验真"},
    {seal_returned_unverified, "seal.returned_unverified", fact, "slot reason", "",
     "seal returned, not yet verified", "印章已放回·待核验"},
    {seal_missing, "seal.missing", fact, "slot reason", "", "seal is not where it should be",
     "印章应在未在"},
    {seal_unknown, "seal.unknown", fact, "slot reason", "", "nobody can tell where the seal is",
     "印章去向不明"},
    {seal_quarantined, "seal.quarantined", fact, "slot reason uid", "", "seal quarantined",
     "印章已隔离停用"},
    {seal_recalled, "seal.recalled", fact, "reason", "", "seal recalled", "印章已召回"},
    {seal_suspended, "seal.suspended", fact, "witnesses approver idempotency", "basis",
     "seal suspended", "印章已停用"},
    {seal_resumed, "seal.resumed", fact, "witnesses approver idempotency", "basis",
     "seal in use again", "印章已恢复启用"},
    {seal_lost, "seal.lost", fact, "witnesses approver idempotency", "basis", "seal reported lost",
     "印章已报失"},
    {seal_notice_published, "seal.notice_published", fact, "witnesses approver idempotency",
     "basis", "loss of the seal published", "印章遗失已公告"},
    {seal_recovered, "seal.recovered", fact, "witnesses approver idempotency", "basis",
     "lost seal is back; it must be enrolled anew", "印章已找回,待重新建档"},
    {seal_unquarantined, "seal.unquarantined", fact, "state persons idempotency", "basis",
     "seal released from quarantine", "印章已解除隔离"},
    {seal_retired, "seal.retired", fact, "witnesses approver idempotency", "basis", "seal retired",
     "印章已终止使用"},
    {seal_replaced, "seal.replaced", fact, "by open held idempotency", "basis",
     "seal replaced by another", "印章已换章"},
    {seal_sealed_away, "seal.sealed_away", fact, "witnesses approver idempotency", "basis",
     "seal sealed away", "印章已封存"},
    {seal_surrendered, "seal.surrendered", fact, "witnesses approver idempotency", "basis",
     "seal surrendered to its issuer", "印章已缴销"},
    {seal_destroyed, "seal.destroyed", fact, "witnesses approver idempotency", "basis",
     "seal destroyed", "印章已销毁"},
    {grant_revoked, "grant.revoked", fact, "reason", "", "grant revoked", "用印授权已撤销"},
    {custodian_changed, "custodian.changed", fact, "custodians handover", "", "custodians changed",
     "保管人已变更"},
    {handover_offered, "handover.offered", fact, "id kind seals to until by idempotency", "",
     "handover offered", "发起交接"},
    {handover_accepted, "handover.accepted", fact, "id inventory idempotency", "",
     "handover accepted", "交接已接收"},
    {handover_refused, "handover.refused", fact, "id idempotency", "reason", "handover refused",
     "交接被拒绝"},
    {handover_ended, "handover.ended", fact, "id", "", "handover ended", "代管到期"},
    {override_mechanical, "override.mechanical", fact, "id slot cause from", "",
     "opened without sealsd", "未经系统开柜"},
    {override_explained, "override.explained", fact, "id persons idempotency",
     "reason old_bag new_bag", "opening without sealsd explained", "未经系统开柜已说明"},
    {request_accepted, "request.accepted", fact,
     "source external_id applied_at lines due department applicant approvers idempotency",
     "title place applicant_name remark chain", "request accepted", "用印流程已受理"},
    {request_withdrawn, "request.withdrawn", fact, "source external_id known idempotency", "",
     "request withdrawn", "用印流程已撤销"},
    {request_held, "request.held", fact, "idempotency", "reason", "request held", "用印流程已暂挂"},
    {request_released, "request.released", fact, "idempotency", "reason", "request in force again",
     "用印流程已恢复"},
    {import_finished, "import.finished", fact,
     "kind sha256 accepted unchanged withdrawn left_out refused conflicts idempotency", "",
     "import finished", "导入完成"},
    {take_refused, "take.refused", fact, "rule requests text args idempotency", "", "take refused",
     "不予开柜"},
    {return_refused, "return.refused", fact, "rule text args idempotency", "", "return refused",
     "不予归还开柜"},
    {act_refused, "act.refused", fact, "act rule text args idempotency", "", "act refused",
     "不予办理"},
    {session_opened, "session.opened", fact, "kind slot requests factors second curfew idempotency",
     "", "session opened", "会话开始"},
    {session_closed, "session.closed", fact, "kind verdict code", "", "session closed", "会话结束"},
    {session_null, "session.null", fact, "kind slot", "", "opened, nothing moved", "空开"},
    {session_timeout, "session.timeout", fact, "kind stage", "", "session timed out", "会话超时"},
    {session_unknown, "session.unknown", fact, "kind slot", "",
     "outcome unknown after an interruption", "中断后结果不明"},
    {slot_unlock_cmd, "slot.unlock_cmd", release, "slot nonce pulse_ms", "", "slot unlock ordered",
     "下达开柜指令"},
    {slot_unlocked, "slot.unlocked", fact, "slot nonce", "", "lock line pulsed", "锁已脉冲"},
    {slot_unlock_abandoned, "slot.unlock_abandoned", fact, "slot nonce reason", "",
     "unlock abandoned, never fired", "开柜指令作废"},
    {slot_opened, "slot.opened", fact, "slot", "", "door opened", "柜门已打开"},
    {slot_closed, "slot.closed", fact, "slot", "", "door shut", "柜门已关闭"},
    {slot_forced, "slot.forced", fact, "slot", "", "door opened by force", "柜门被强行打开"},
    {slot_left_open, "slot.left_open", fact, "slot", "", "door left open", "柜门未关"},
    {slot_checked, "slot.checked", fact, "slot reading", "",
     "slot read again after a forced opening", "格口已复核"},
    {verify_tag_ok, "verify.tag_ok", fact, "slot uid", "", "tag authenticated", "标签验真通过"},
    {verify_tag_failed, "verify.tag_failed", fact, "slot uid reading reason", "",
     "tag failed authentication", "标签验真不通过"},
    {verify_tag_unreadable, "verify.tag_unreadable", fact, "slot reason", "", "tag not readable",
     "标签未能读取"},
    {inventory_started, "inventory.started", fact, "id slots since_last recount_of", "",
     "a person began an inventory", "盘点开始"},
    {inventory_blind_entry, "inventory.blind_entry", fact, "id rows recount_of", "",
     "what a person found by eye", "盲盘录入"},
    {inventory_finished, "inventory.finished", fact,
     "id items duration_ms reading_ms slot_max_ms blind since_last recount_of idempotency", "",
     "inventory finished", "盘点完成"},
    {inventory_missed, "inventory.missed", fact, "full due missed", "",
     "no inventory was made in time", "盘点逾期未做"},
    {reconcile_run, "reconcile.run", fact,
     "id source from to sha256 items_sha256 totals idempotency", "",
     "export reconciled with the ledger", "对账完成"},
    {discrepancy_explained, "discrepancy.explained", fact,
     "run source external_id seal class idempotency", "reason figures", "discrepancy explained",
     "对账差异已说明"},
    {alert_raised, "alert.raised", fact, "alert severity slot", "", "alert raised", "报警"},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].type) != i) return false;
    return true;
}
static_assert(in_order(), "rows stand in the order of the enumeration");

}  // namespace

std::span<const EventRow> event_rows() {
    return kRows;
}

const EventRow& row_of(EventType type) {
    return kRows[static_cast<std::size_t>(type)];
}

std::optional<EventType> event_type_named(std::string_view name) {
    for (const auto& row : kRows)
        if (row.name == name) return row.type;
    return std::nullopt;
}

}  // namespace seals
