// Texts of what is kept and for how long: files, purge, legal hold, erasure.
#include "words/cli_texts.hpp"

namespace seals {
namespace {

constexpr TextRow kRows[] = {
    {"verb.evidence.hold", "keep all of a request: nothing of it is purged or erased",
     "设定证据保全:该流程的资料不得清除"},
    {"verb.evidence.unhold", "end a legal hold", "解除证据保全"},
    {"verb.evidence.holds", "list requests under legal hold", "证据保全清单"},
    {"verb.evidence.purge", "take away photos and documents whose term has passed",
     "清除保管期满的照片和文件"},
    {"verb.person.erase", "erase name, phone and PIN of a person who has left",
     "删除离职人员的姓名、电话和 PIN"},
    {"opt.files", "also read every photo and document that an entry names",
     "同时核对账本所列的全部照片和文件"},
    {"opt.request.hold", "request number", "流程编号"},
    {"opt.dry_run.purge", "only say what would go", "仅试算,不清除"},

    {"part.files", "files", "照片文件"},
    {"hold.set", "request {0} is under legal hold (ledger entry {1})",
     "流程 {0} 已设证据保全(账本序号 {1})"},
    {"hold.ended", "the legal hold of request {0} has ended (ledger entry {1})",
     "流程 {0} 的证据保全已解除(账本序号 {1})"},
    {"head.hold_basis", "basis", "依据"},
    {"head.hold_by", "set by", "设定人"},
    {"fact.legal_hold", "legal hold", "证据保全"},
    {"fact.erased", "data", "个人信息"},
    {"word.erased", "erased", "已删除"},

    {"head.retention_class", "class", "类别"},
    {"head.term", "term", "保管期限"},
    {"head.kept", "kept", "在期"},
    {"head.due_files", "past its term", "期满"},
    {"head.held_files", "held", "保全"},
    {"word.permanent", "permanent", "永久"},
    {"retention.scene", "scene: photos of a use", "用印现场照片"},
    {"retention.documents", "documents: stamped or on paper", "用印文件、纸质审批单"},
    {"retention.finance", "finance: of finance seals", "财务类用印文件"},
    {"retention.lists", "lists: of a seal's life", "印章清单与凭证"},
    {"purge.running", "looking through entries and files …", "正在查找期满文件…"},
    {"purge.would", "dry run: nothing was taken away", "试算:未清除任何文件"},
    {"purge.none", "nothing has passed its term", "没有期满文件"},
    {"purge.done", "{0} files purged (ledger entries {1})", "已清除 {0} 个文件(账本序号 {1})"},
    {"purge.wanted",
     "{0} more were sent again within the last hour, or came under hold just now: they stay this "
     "time",
     "另有 {0} 个一小时内重新上传或刚设保全,本次保留"},
    {"purge.left", "{0} files could not be taken away; the next run tries again, the log says why",
     "{0} 个文件未能删除,下次运行时重试,原因见日志"},

    {"erase.done", "the data of {0} is erased: {1} texts and the PIN (ledger entry {2})",
     "{0} 的个人信息已删除:{1} 项文本及 PIN(账本序号 {2})"},
    {"erase.backups",
     "backups made before still have it: destroy them, or keep them as the law says",
     "此前的备份仍含该信息:请销毁,或依法保管"},
    {"erase.mentioned",
     "{0} entries still have the name in a title, remark or reason, which are not only his: {1}",
     "仍有 {0} 条记录在标题、备注或事由中出现该姓名(非其本人信息,未删除):{1}"},
    {"erase.later",
     "the ledger's file still has it until it can be written anew; that is tried again by itself",
     "账本文件尚待重写,系统将自动重试"},

    {"verify.files.running", "recomputing the ledger, then reading every file …",
     "正在重算账本并核对文件…"},
    {"verify.files.ok", "ok: {0} files are there and whole; {1} more were purged",
     "文件核对通过,共 {0} 个;另有 {1} 个已按期清除"},
    {"verify.files.bad", "BAD: of {0} files {1} are missing and {2} altered",
     "文件核对不通过:共 {0} 个,缺失 {1} 个,改动 {2} 个"},
    {"verify.files.missing", "missing: {0}, named by ledger entry {1}", "缺失:{0},账本序号 {1}"},
    {"verify.files.altered", "altered: {0}, named by ledger entry {1}", "改动:{0},账本序号 {1}"},
    {"verify.files.strangers", "{0} files in the folder are named by no entry: {1}",
     "另有 {0} 个文件未见于账本:{1}"},
    {"verify.files.remedy", "remedy: bring these files back from a backup; `--files` again then",
     "解决办法:从备份恢复上述文件,再次核对"},
};

}  // namespace

std::span<const TextRow> cli_keeping_rows() {
    return kRows;
}

}  // namespace seals
