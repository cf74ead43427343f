#include "words/alert_types.hpp"

#include <algorithm>
#include <array>

namespace seals {
namespace {

using enum Severity;

constexpr auto kRows = std::to_array<AlertTypeRow>({
    {"slot_forced", critical, "door opened by force", "柜门被强行打开",
     "go to the cabinet; see who is there, run `sealctl inventory`, keep the camera's pictures",
     "立即到现场查看,盘点并保留监控录像", "0c5e036c8eb34f87adc7b8fca8e12687"},
    {"seal_missing", critical, "seal missing from its slot", "印章应在未在",
     "look for it at once: ask the last visitor, count every slot; report it lost when it is not "
     "found",
     "立即查找并盘点;查无下落按遗失处理", "c0f5c19d403e4609b75b9ba4347215cc"},
    {"seal_wrong_or_extra", critical, "wrong or foreign tag in a slot", "格口内标签不符",
     "open the slot with a custodian, put each seal into its own slot, run `sealctl inventory`",
     "由保管人开柜,各归原位后盘点", "2ea1a21ca9b7413eb470ce03f12585ab"},
    {"authenticity_failed", critical, "tag failed authentication, seal quarantined",
     "标签验真不通过,印章已隔离停用",
     "keep the seal and its tag as they are; have an examiner look; two persons release or retire "
     "it",
     "保持原状,送检;由两人解除隔离或停用", "17f05f995ace4cae91b8b6c048515e88"},
    {"tag_clone_suspected", critical, "one tag seen in two places: a copy is suspected",
     "同一标签出现在两处,疑似复制",
     "compare both tags with the seal's record; suspend the seal until it is cleared up",
     "与建档记录比对两枚标签,查明前停用该印章", "4802c0306d89471c846817b4d5a2df3c"},
    {"mass_removal", critical, "too many seals out in a short time: nothing more is given out",
     "短时间内大量印章离柜,已停止出柜",
     "find the seals; then two persons of different departments run `sealctl cabinet release`",
     "查明印章去向后,由不同部门两人解除冻结", "0ffdda523cb64b57af4c85d43731b477"},
    {"custody_unknown", critical, "nobody can tell where a seal is", "印章去向不明",
     "open the slot with a custodian and look; return the seal, or report it lost",
     "由保管人开柜查看;归还或按遗失处理", "059eb854aa894c499701e9e3eebb980f"},
    {"presumed_lost", critical, "seal overdue for so long that it is presumed lost",
     "逾期过久,推定遗失",
     "reach the holder and his superior today; else report the seal lost and publish a notice",
     "当日联系持有人及其上级;否则报失并公告", "e7c0fe2acc6148ff8f0923c21cc15ac9"},
    {"overdue", high, "seal overdue", "印章逾期未还",
     "call the holder; have the seal returned, or the request extended",
     "联系持有人归还,或办理延期", "29f549d2356d43488ccd14124b76fbb6"},
    {"recall_ignored", high, "seal still out after it was called back", "召回后仍未归还",
     "call the holder: what lent the seal was withdrawn", "联系持有人立即归还:所依据流程已撤销",
     "a00373668b58472aaca7854020eab9c3"},
    {"revoked_while_out", high, "request withdrawn while the seal is out", "借出期间流程被撤销",
     "call the holder back; find out whether the seal was used meanwhile",
     "召回印章,核查期间是否已用印", "3dbb75b50dde4ed4b242b407240603f4"},
    {"curfew", high, "seal out past the curfew", "超过归柜时限仍未归还",
     "have the seal brought back tonight, or sealed up by two persons", "当晚归还,或由两人封存",
     "2429ca09f0ba4deb9a223617abb1046e"},
    {"forbidden_together", critical, "seals that must never be in one hand are in one",
     "同一人同时持有禁止并持的印章", "take one of the seals back at once", "立即收回其中一枚",
     "c6bd721c30924ee2b3836d07f933af82"},
    {"handover_unconfirmed", medium, "handover offered and not accepted", "交接未确认",
     "let the receiver accept it in person, or withdraw the offer", "由接收人当面确认,或撤回交接",
     "7b4cb39d51a24c77826eb02acd1763ac"},
    {"leaver_holding", high, "somebody who has left keeps or holds a seal",
     "离职人员仍保管或持有印章", "hand the seal over, or have it returned, today",
     "当日办理交接或归还", "747622f4f52148edb5cfda5059d013ec"},
    {"excess_impression", critical, "more was stamped than was granted", "超批准用印",
     "find the sheets that were stamped beyond the grant; have them approved, or recover and void "
     "them",
     "追查超出批准的用印页;补办审批,或收回作废", "a3f8f0b50dd34d9fb1b1a04ea6a2b5d3"},
    {"breakglass_used", high, "a seal is used in an emergency, without approval", "应急用印",
     "have a request approved for it and cure it: `sealctl request cure`", "尽快补办审批流程并核销",
     "5c0b0d0a4f6a4d6b9cc4a6f6f8a3c6f1"},
    {"breakglass_uncured", high,
     "an emergency was not cured in time: its seal is given out no more",
     "应急用印逾期未补办,该印章停止出柜",
     "have a request approved for it and cure it: `sealctl request cure`",
     "补办审批流程并核销后恢复出柜", "e2a7d1c94b1849a7a3f2f3b5d0c1e4b7"},
    {"counts_mismatch", critical, "the uses do not add up to the counts of their lines",
     "用印次数与登记不符",
     "run `sealctl verify`, then `sealctl use prove`; keep the ledger as it is and compare",
     "执行 `sealctl verify` 与 `sealctl use prove`,保留账本原状并核对",
     "9d5f7d2c1a7b4f0d8e6c3b2a1f0e9d8c"},
    {"mechanical_override", high, "cabinet opened by its key", "机械钥匙开柜",
     "count every slot, and have the key's holder explain", "盘点并由钥匙持有人书面说明",
     "3cedfb6f13d14a728137b1b67f09304b"},
    {"left_open", medium, "door left open", "柜门未关", "shut the door; the slot is then read",
     "关好柜门,系统随后复核", "6e85c0deab3148748f96af5837260dd9"},
    {"lock_fault", medium, "lock does not do what it was ordered", "锁具故障",
     "look at lock and wiring of the slot; `sealctl status` tells what answers",
     "检查该格口锁具与接线", "4047dd31d32548dc96997de514bee731"},
    {"auth_bruteforce", high, "repeated failed identifications", "多次身份验证失败",
     "ask the person; when it was somebody else, have a new PIN set",
     "向本人核实;如系他人所为,重设 PIN", "766afa3027194deca8688f8b06712367"},
    {"null_sessions", medium, "slots opened for nothing again and again", "同一人多次空开",
     "ask the person why", "向本人了解原因", "13c8480e4f1542e7b3550bad5777edca"},
    {"inventory_mismatch", high, "count found a slot not as it should be", "盘点不符",
     "clear up each slot that the inventory names; count again", "逐格查明后复盘",
     "d73e3f2958d94fb0b8dd2b226a0af155"},
    {"inventory_unreadable", medium, "slot unreadable in counts in a row", "连续盘点未能读取",
     "open the slot with a custodian; renew tag or reader", "由保管人开柜查看,更换标签或读卡器",
     "58c8862d873c47e0b458f67d78b6431f"},
    {"inventory_missed", high, "count not made when it was due", "逾期未盘点",
     "run `sealctl inventory`, and see why its timer did not", "立即盘点并检查定时任务",
     "25f1be1296dd4f8f91d06b98dffcc951"},
    {"reconcile_unmatched", medium, "requests and records do not match", "对账有未匹配项",
     "explain each open line: `sealctl reconcile`", "逐项查明并说明原因",
     "42f670dd02cf43ee88e5dd23485fe56a"},
    {"clock_step", medium, "the clock stepped", "时钟跳变",
     "see what set it; let two persons accept the clock when releases stop",
     "查明原因;如停止开柜,由两人确认时钟", "56c03c4e2d6f4365b12c673bffbfb9af"},
    {"disk_low", medium, "little room left on the ledger's disk", "磁盘空间不足",
     "free space, or move the ledger to a larger disk", "清理空间或更换磁盘",
     "144cea3f54504b4a8e3b8caae180ca04"},
    {"device_silent", medium, "device does not answer", "设备无应答",
     "check its cable and its service; `sealctl status` names it", "检查连线与服务",
     "e01c6a85275d48a7aa5eebfccc799721"},
    {"cron_silent", medium, "job that reports here is silent", "定时任务未按时报到",
     "see why it does not run; forget it with `sealctl alert heartbeat NAME --every 0`",
     "检查该任务;停用的任务以 --every 0 注销", "5b31a6ad95854f79ab9ce82389215d1a"},
    {"file_altered", high, "a photo or document of the record is missing or altered",
     "存证照片或文件缺失或被改动",
     "`sealctl verify --files` names it and the entry that vouches for it; bring it back from a "
     "backup",
     "用 `sealctl verify --files` 查明文件与账本序号,从备份恢复",
     "7c1d5a90b2e84f6fa3d1c9e8475b60d2"},
    {"approval_due", low, "application waits for an approval", "用印申请待审批",
     "let who holds the post look at it: `sealctl request show`, then `request approve` or "
     "`request reject`",
     "由该岗位任职人查看后审批:`sealctl request show`,再 `request approve` 或 `request reject`",
     "e17098245949a37ed45530470cb9dffc"},
    {"report_failed", medium, "results of requests do not reach the OA", "用印结果未能回传 OA",
     "`sealctl outbox list` says which and why; mend it, then `sealctl outbox retry ID`, or waive",
     "用 `sealctl outbox list` 查看原因,修复后 `sealctl outbox retry ID`,或免于回传",
     "b2f0a4c1d95e4c7e9a63f1087d2c5be4"},
});

constexpr std::array<std::string_view, 4> kSeverities{"low", "medium", "high", "critical"};

}  // namespace

std::span<const AlertTypeRow> alert_type_rows() {
    return kRows;
}

const AlertTypeRow* alert_type_named(std::string_view name) {
    auto found =
        std::find_if(kRows.begin(), kRows.end(), [&](const auto& row) { return row.name == name; });
    return found == kRows.end() ? nullptr : &*found;
}

std::string_view name_of(Severity severity) {
    return kSeverities[static_cast<std::size_t>(severity)];
}

int syslog_priority_of(std::string_view severity) {
    auto found = std::find(kSeverities.begin(), kSeverities.end(), severity);
    constexpr int kNotice = 5;
    return found == kSeverities.end() ? kNotice
                                      : kNotice - static_cast<int>(found - kSeverities.begin());
}

std::string_view alert_text(Language language, std::string_view type) {
    const auto* row = alert_type_named(type);
    if (row == nullptr) return type;
    return language == Language::zh_CN ? row->zh : row->en;
}

std::string_view alert_remedy(Language language, std::string_view type) {
    const auto* row = alert_type_named(type);
    if (row == nullptr) return {};
    return language == Language::zh_CN ? row->remedy_zh : row->remedy_en;
}

}  // namespace seals
