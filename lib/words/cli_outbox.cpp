// What sealctl says of the end of requests and of telling it.
#include "words/cli_texts.hpp"

namespace seals {
namespace {

constexpr TextRow kRows[] = {
    {"verb.request.finish", "end a request with what was used so far; the rest is cancelled",
     "提前办结用印流程(余量作废)"},
    {"verb.outbox.list", "list results of requests that the OA was not told of yet",
     "未回传 OA 的用印结果列表"},
    {"verb.outbox.show", "show the result of a request, as the OA is told of it",
     "查看流程的用印结果(回传内容)"},
    {"verb.outbox.retry", "have a result told again at once, also one that was given up",
     "立即重新回传(含已放弃的)"},
    {"verb.outbox.waive", "say that a result need not be told", "免于回传用印结果"},
    {"opt.dead", "only those that were given up", "仅已放弃的"},
    {"opt.reason.waive", "why the OA need not be told", "免于回传的原因"},
    {"opt.reason.retry", "what was mended", "已作何修复"},
    {"opt.reason.finish", "why it ends before all is used", "提前办结的原因"},
    {"opt.person.waive", "who says so, with that person's PIN", "决定人工号(凭 PIN)"},
    {"act.request_finished", "request {0} has ended (ledger entry {1})",
     "流程 {0} 已办结(账本序号 {1})"},
    {"act.report_again", "the result of request {0} is told again (ledger entry {1})",
     "流程 {0} 的用印结果将重新回传(账本序号 {1})"},
    {"act.report_waived", "the result of request {0} need not be told (ledger entry {1})",
     "流程 {0} 已免于回传(账本序号 {1})"},
    {"state.report_waits", "waits", "待回传"},
    {"state.report_fails", "fails", "回传失败"},
    {"state.report_dead", "given up", "已放弃"},
    {"state.report_told", "told", "已回传"},
    {"state.report_waived", "waived", "免于回传"},
    {"state.report_closed", "closed", "已关闭"},
    {"state.report_number", "waits for the OA's number", "待核销流程编号"},
    {"note.uses_left_out", "{0} older uses are not shown", "另有较早用印 {0} 次未列出"},
    {"head.external_id", "OA number", "OA 流程编号"},
    {"head.outcome", "ended", "办结"},
    {"head.attempts", "attempts", "回传次数"},
    {"head.failure", "last failure", "最近失败原因"},
    {"head.granted", "granted", "批准"},
    {"head.excess", "excess", "超出"},
    {"head.stamped_by", "stamped by", "盖印人"},
    {"head.witness", "supervised by", "监印人"},
    {"head.impressions", "impressions", "实际次数"},
    {"head.exceptions", "exceptions", "异常"},
    {"fact.outcome", "ended", "办结结果"},
    {"fact.ended", "ended at", "办结时间"},
    {"fact.early", "ended early because", "提前办结原因"},
    {"fact.revision", "revision", "版本"},
    {"fact.key", "idempotency key", "幂等键"},
    {"fact.told", "told", "回传"},
    {"fact.failure", "last failure", "最近失败原因"},
    {"fact.receipt", "receipt (sha256)", "回执(sha256)"},
    {"fact.ledger", "ledger size, root hash", "账本规模、根哈希"},
};

}  // namespace

std::span<const TextRow> cli_outbox_rows() {
    return kRows;
}

}  // namespace seals
