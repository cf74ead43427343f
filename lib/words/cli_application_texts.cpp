#include "words/cli_texts.hpp"

namespace seals {
namespace {

constexpr TextRow kRows[] = {
    // help
    {"verb.request.new", "apply for a use of seals; the policy's chain of posts decides",
     "自申请用印,逐级审批"},
    {"verb.request.approve", "approve the step at which an application waits", "审批通过用印申请"},
    {"verb.request.reject", "refuse an application, with a reason", "审批不通过用印申请"},
    {"opt.pending", "only applications that wait for an approval", "仅待审批的申请"},
    {"opt.person.withdraw", "of a pending application: who applied, with a PIN",
     "撤回待审批的申请:申请人工号(须验证 PIN)"},
    {"opt.person.apply", "who applies, with a PIN", "申请人工号(须验证 PIN)"},
    {"opt.seal.apply", "seal number; of several all get the same copies and counts",
     "印章编号;多枚时份数、次数相同"},
    {"opt.title", "document or subject", "文件名称或主题"},
    {"opt.copies", "number of copies (default 1)", "份数(默认 1)"},
    {"opt.count", "impressions (default from copies)", "盖印次数(默认按份数)"},
    {"opt.riding", "impressions across the edges of several pages (default 0)", "骑缝次数(默认 0)"},
    {"opt.user", "who may use the seal (default: who applies)", "用印人工号(默认为申请人)"},
    {"opt.document_number", "number of the document", "文件编号"},
    {"opt.counterpart", "the other party of the document", "往来单位"},
    {"opt.remark", "what it is for", "用印事由、备注"},
    {"opt.take_out", "where the seal goes, when it leaves the house", "外带地点(外带时)"},
    {"opt.due", "when it must be back; a date means its end", "预计归还时间(只写日期则至当日)"},
    {"opt.reason.take_out", "why it leaves the house", "外带事由"},
    {"opt.supervisor", "who goes with it", "陪同人工号"},
    {"opt.id.apply", "a number of your own (default: the cabinet's next)",
     "自定申请编号(默认由印章柜编号)"},
    {"opt.person.approve", "who decides, with a PIN", "审批人工号(须验证 PIN)"},
    {"opt.for", "the holder of the post in whose place a delegate decides",
     "代理审批时所代的任职人工号"},
    {"opt.opinion", "what is said to it", "审批意见"},

    // what is said
    {"usage.take_out", "a take-out needs {0} too: where to, until when, why, and with whom",
     "外带申请还须给出 {0}:地点、归还时间、事由、陪同人缺一不可"},
    {"application.received", "application {0} is received and waits for {1} (ledger entry {2})",
     "申请 {0} 已提交,待 {1} 审批(账本序号 {2})"},
    {"application.approved", "application {0}: approved; it waits for {1} now (ledger entry {2})",
     "申请 {0} 本节点审批通过,下一节点:{1}(账本序号 {2})"},
    {"application.accepted",
     "application {0} is approved in full; the seal may be taken (ledger entry {2})",
     "申请 {0} 已全部审批通过,可以取章(账本序号 {2})"},
    {"application.refused", "application {0} is rejected (ledger entry {2})",
     "申请 {0} 未通过审批(账本序号 {2})"},
    {"application.for", "{0} for {1}", "{0} 代 {1}"},
    {"application.appointed", "{0}, named later", "{0}(后任)"},
    {"approval.approved", "approved", "通过"},
    {"approval.refused", "refused", "未通过"},
    {"approval.due", "waiting", "待审批"},
    {"approval.later", "later", "未到"},
    {"head.step", "step", "节点"},
    {"head.post", "post", "岗位"},
    {"head.powers", "powers", "权限"},
    {"head.decided_at", "decided at", "审批时间"},
    {"head.opinion", "opinion", "审批意见"},
    {"fact.number", "document number", "文件编号"},
    {"fact.counterpart", "counterpart", "往来单位"},
};

}  // namespace

std::span<const TextRow> cli_application_rows() {
    return kRows;
}

}  // namespace seals
