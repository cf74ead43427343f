// Texts of copies of the ledger: backup and restore.
#include "words/cli_texts.hpp"

namespace seals {
namespace {

constexpr TextRow kRows[] = {
    {"verb.ledger.backup", "copy the ledger while sealsd runs, and verify the copy",
     "在线备份账本并核验"},
    {"verb.ledger.restore", "put a backup in the place of the ledger; sealsd must be down",
     "恢复账本(须先停止 sealsd)"},
    {"opt.out.backup", "also copy it there; whoever runs this must be able to read it",
     "另存一份到该文件(须有读取权限)"},
    {"opt.file.backup", "the backup", "备份文件"},
    {"opt.newer", "another copy of the ledger, or a dump, with entries that FILE lacks",
     "含有缺失条目的较新账本副本或导出文件"},
    {"opt.new_origin", "entries are lost for good: go on under a new origin, and say so",
     "缺失条目无法找回:启用新标识并如实记录"},
    {"opt.basis.origin", "what happened, and who decided it; with --new-origin",
     "情况说明与决定人(与 --new-origin 同用)"},

    {"fact.backup", "backup", "备份文件"},
    {"fact.sha256", "sha256", "SHA-256"},
    {"fact.replaced", "old ledger", "原账本"},
    {"backup.running", "copying the ledger, then verifying the copy …", "正在备份并核验账本…"},
    {"backup.copied", "copied to {0}", "已另存至 {0}"},
    {"backup.key_apart",
     "PIN hashes and tag keys are in it: keep it where only the cabinet's owner reads it. The "
     "device's key is not: keep device.key apart",
     "备份含 PIN 摘要与标签密钥,请妥善保管;不含设备私钥,device.key 请另行保存"},
    {"backup.out_failed",
     "the backup was made and is in {0}: have it copied by who may read it (root, or the user of "
     "sealsd)",
     "备份已完成,位于 {0}:请由有读取权限的用户(root 或 sealsd)复制"},
    {"usage.restore_basis", "--new-origin needs --basis: what happened, and who decided it",
     "--new-origin 须同时给出 --basis(情况说明与决定人)"},
    {"restore.running", "verifying the backup, then putting it in place …", "正在核验并恢复…"},
    {"restore.appended", "{0} entries came from the newer copies", "{0} 条记录取自较新副本"},
    {"restore.without_texts",
     "{0} entries came from a dump, which has no names, titles, PINs and tag keys: import persons "
     "and requests again, set new PINs, and enrol again what was enrolled in them",
     "{0} 条记录取自导出文件,不含姓名、标题、PIN 与标签密钥:请重新导入、重设 PIN 并重新登记标签"},
    {"restore.new_origin",
     "it goes on under a new origin, with a new key from the next start on: tell the witnesses, "
     "and "
     "whoever verifies, both (`sealctl evidence key`)",
     "已启用新标识,下次启动将生成新密钥:请告知见证方与核验方(sealctl evidence key)"},
    {"restore.nothing_held",
     "no checkpoint of it is held here, so nobody here can tell whether more was once signed: a "
     "witness or a receipt can. If so, restore again with --newer or --new-origin",
     "本机没有存证点可供比对,无法判断是否曾有更多记录:请向见证方或凭条核对;如有缺失,请用 --newer "
     "或 "
     "--new-origin 重新恢复"},
    {"restore.next", "start sealsd, then: sealctl verify --files",
     "请启动 sealsd,并执行 sealctl verify --files"},
    {"verify.later_origin",
     "the ledger was restored short and goes on under {0}; what this checkpoint counts was kept",
     "账本曾回退恢复,现用标识 {0};本存证点所含条目均已保留"},
    {"verify.lost",
     "the ledger was restored short and goes on under {0}, without entries that this checkpoint "
     "counts",
     "账本曾回退恢复,现用标识 {0},缺少本存证点所含的部分条目"},
    {"verify.lost.remedy",
     "its rollback entry says what was lost, and why: `sealctl event list --type rollback`",
     "回退原因与缺失范围见账本条目:sealctl event list --type rollback"},
    {"restore.no_answer", "sealsd --restore ended without an answer; what it said stands above",
     "sealsd --restore 未给出结果,原因见上"},
    {"restore.no_answer.remedy",
     "nothing is half done: what was begun is finished or taken away by the next start or restore",
     "不会留下半成品:下次启动或恢复时自动完成或清除"},
};

}  // namespace

std::span<const TextRow> cli_backup_rows() {
    return kRows;
}

}  // namespace seals
