// Texts of the scene of a use: who, when, where, which seal, what, how often, by whose leave.
#include "words/cli_texts.hpp"

namespace seals {
namespace {

constexpr TextRow kRows[] = {
    {"verb.use.show", "show one use: who, when, where, which seal, what, with photos",
     "查看一次用印的现场"},
    {"opt.scene_format", "text (default), or html: one page to print and sign",
     "text(默认)或 html(可打印签字的一页)"},
    {"opt.scene_photos",
     "folder that has the photos, named by their hash; they are put into the page",
     "照片所在目录(以哈希命名),照片嵌入页面"},
    {"usage.scene", "{0} is no format of a scene; write text or html",
     "没有 {0} 格式;可用:text、html"},

    {"scene.title", "Scene of use {0}", "用印现场记录 {0}"},
    {"scene.who", "who", "何人"},
    {"scene.when", "when", "何时"},
    {"scene.where", "where", "何地"},
    {"scene.seal", "which seal", "何章"},
    {"scene.document", "what", "何文件"},
    {"scene.counts", "how often", "次数"},
    {"scene.approval", "by whose leave", "审批"},
    {"scene.custody", "the seal meanwhile", "取还与验真"},
    {"scene.unusual", "not as usual", "异常"},
    {"scene.photos", "photos", "现场照片"},
    {"scene.entries", "in the ledger", "账本记录"},
    {"scene.stamped_by", "stamped by", "盖印人"},
    {"scene.witness", "supervised by", "监印人"},
    {"scene.applicant", "applied for by", "申请人"},
    {"scene.taken_by", "taken by", "取章人"},
    {"scene.returned_by", "returned by", "归还人"},
    {"scene.at", "stamped", "用印时间"},
    {"scene.recorded", "recorded", "登记时间"},
    {"scene.taken", "taken", "取出时间"},
    {"scene.due", "due", "应还时间"},
    {"scene.returned", "returned", "归还时间"},
    {"scene.place", "place", "用印地点"},
    {"scene.cabinet_place", "not told: where the cabinet stands", "未另行登记(印章柜所在地)"},
    {"scene.seal_name", "seal", "印章"},
    {"scene.entity", "of", "所属单位"},
    {"scene.filing", "filing number", "备案号"},
    {"scene.name", "document", "文件名称"},
    {"scene.number", "its number", "文件编号"},
    {"scene.counterpart", "other party", "往来单位"},
    {"scene.pages", "pages", "页数"},
    {"scene.file", "its hash (SHA-256)", "文件哈希(SHA-256)"},
    {"scene.made", "stamped here", "本次盖印"},
    {"scene.granted", "granted on the line", "本行批准"},
    {"scene.left", "left on the line", "本行剩余"},
    {"scene.count_of", "{0}, cross-page {1}", "{0} 次,骑缝 {1} 次"},
    {"scene.request", "request", "流程编号"},
    {"scene.line", "line", "流程行"},
    {"scene.department", "department", "申请部门"},
    {"scene.applied", "applied", "申请时间"},
    {"scene.chain", "approved by", "审批链"},
    {"scene.step", "step {0}", "第 {0} 步"},
    {"scene.basis", "basis", "依据"},
    {"scene.put_in_by", "put in by", "办理人"},
    {"scene.verdict_out", "tag when taken", "取章验真"},
    {"scene.verdict_back", "tag when returned", "还章验真"},
    {"scene.out", "still out", "尚未归还"},
    {"scene.excess", "{0} beyond the grant: {1}", "超批准 {0} 次:{1}"},
    {"scene.late", "recorded after the seal was back", "补登(归还后登记)"},
    {"scene.void", "void since {0}, by {1}: {2}", "{0} 由 {1} 作废:{2}"},
    {"scene.child", "adds to line {0}: {1}", "补盖(原第 {0} 行):{1}"},
    {"scene.paper", "put in on paper, not yet matched", "纸质补录,待核销"},
    {"scene.paper_matched", "put in on paper, in the OA {0}", "纸质补录,已核销至 {0}"},
    {"scene.emergency", "emergency, not yet cured", "应急用印,待补办"},
    {"scene.emergency_cured", "emergency, cured by {0}", "应急用印,已由 {0} 补办"},
    {"scene.before", "before", "用印前"},
    {"scene.after", "after", "用印后"},
    {"scene.no_photos", "none", "无"},
    {"scene.altered", "the file at hand is not the one that was recorded",
     "现有文件与登记的哈希不符"},
    {"scene.checked_by", "checked by", "复核"},
    {"scene.size", "ledger of {0} entries", "账本规模 {0}"},
};

}  // namespace

std::span<const TextRow> cli_scene_rows() {
    return kRows;
}

}  // namespace seals
