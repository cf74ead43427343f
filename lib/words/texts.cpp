#include "words/texts.hpp"

#include <algorithm>
#include <array>

#include "words/terms.hpp"

namespace seals {
namespace {

constexpr auto kRows = std::to_array<TextRow>({
    {"request.none", "no request was named", "没有已审批的用印流程"},
    {"request.unknown", "request {0} is not known", "用印流程 {0} 不存在或未审批"},
    {"request.foreign", "request {0} has no line for seal {1}", "用印流程 {0} 未包含印章 {1}"},
    {"request.early", "request {0} is valid from {1}", "用印流程 {0} 自 {1} 起有效"},
    {"request.expired", "request {0} expired at {1}", "用印流程 {0} 已于 {1} 过期"},
    {"request.withdrawn", "request {0} was withdrawn", "用印流程 {0} 已撤销"},
    {"request.used_up", "request {0} is used up (approved {1}, used {2})",
     "用印流程 {0} 次数已用完(批准 {1},已用 {2})"},
    {"request.not_user", "{0} is neither a user of request {1} nor a custodian of the seal",
     "{0} 不是流程 {1} 的用印人或该印章的保管人"},
    {"person.unknown", "person {0} is not known", "人员 {0} 未登记"},
    {"person.left", "person {0} is no longer active", "人员 {0} 已离职"},
    {"factor.missing", "{0} gave no {1}", "{0} 未提供{1}"},
    {"factor.not_set", "{0} has no {1} yet", "{0} 尚未设置{1}"},
    {"factor.wrong", "the {1} of {0} is wrong", "{0} 的{1}不正确"},
    {"factor.locked", "{0} is locked out until {1}", "{0} 已锁定,至 {1}"},
    {"seal.not_active", "seal {0} is {1}", "印章 {0} 状态为 {1}"},
    {"seal.held", "seal {0} is held by {1}", "该印章由 {1} 持有"},
    {"seal.session", "seal {0} has an open session", "印章 {0} 正在办理取还"},
    {"seal.not_in_slot", "seal {0} is not known to be in its slot ({1})", "印章 {0} 不在格口({1})"},
    {"seal.no_slot", "seal {0} has no slot in this cabinet", "印章 {0} 在本柜没有格口"},
    {"seal.not_out", "seal {0} is not out", "印章 {0} 未借出"},
    {"seal.not_holder", "seal {0} is held by {1}", "印章 {0} 由 {1} 持有"},
    {"seal.unknown", "nobody knows where seal {0} is; only a custodian may bring it back",
     "印章 {0} 去向不明,只能由保管人放回"},
    {"slot.frozen", "slot {0} waits until door and tag are read again", "格口 {0} 等待复核"},
    {"slot.open", "the door of slot {0} is open", "格口 {0} 柜门未关"},
    {"slot.session", "{0} has an open session on slot {1}", "{0} 在格口 {1} 有未完成的取还"},
    {"seal.wrong_state", "seal {0} is {1}; {2} begins in {3}",
     "印章 {0} 状态为 {1},{2} 须在 {3} 状态下办理"},
    {"act.witnesses", "{0} needs {1} witnesses, {2} were named",
     "{0} 须有 {1} 名见证人,现有 {2} 名"},
    {"act.approver", "{0} needs a person who approves", "{0} 须有批准人"},
    {"act.same_person", "{0} cannot be there in two parts", "{0} 不得兼任两个角色"},
    {"act.approver_keeps", "{0} keeps the seal and cannot approve", "{0} 为保管人,不得批准"},
    {"act.file", "{0} needs a file: the final impression", "{0} 须附最终印模文件"},
    {"act.no_tag", "the tag of a real seal is personalised at a reader first",
     "实物印章须先在读卡器上写入标签"},
    {"seal.out", "seal {0} is out, held by {1}", "印章 {0} 已借出,由 {1} 持有"},
    {"seal.still_in", "seal {0} is still in its slot", "印章 {0} 仍在格口内"},
    {"seal.same", "seal {0} cannot replace itself", "印章 {0} 不能替换自身"},
    {"second.missing", "seals of type {0} need a second person", "{0} 类印章须第二人到场"},
    {"second.same", "the second is {0}", "第二人即为 {0} 本人"},
    {"second.department", "{0} and {1} are of one department ({2})", "{0} 与 {1} 同属 {2}"},
    {"second.no_department", "the department of {0} is not known", "{0} 的部门不明"},
    {"calendar.closed", "it is {0}; seals are used {1}", "现在 {0};用印时间为 {1}"},
    {"held.most", "{0} holds {1} seals; {2} is the most", "{0} 已持有 {1} 枚印章,上限 {2} 枚"},
    {"held.together", "{0} would hold {1} together", "{0} 将同时持有 {1}"},
    {"request.approver", "{0} approved request {1}", "{0} 为流程 {1} 的审批人"},
    {"request.held", "request {0} is held", "用印流程 {0} 已暂挂"},
    {"request.revoked", "the grant of request {0} on seal {1} was revoked ({2})",
     "用印流程 {0} 对印章 {1} 的授权已撤销({2})"},
    {"request.ended", "request {0} has ended ({1})", "用印流程 {0} 已办理完毕({1})"},
    {"request.lends", "seal {1} is out under request {0}", "印章 {1} 仍凭流程 {0} 借出"},
    {"request.in_visit", "a visit under request {0} goes on", "流程 {0} 正在办理取还"},
    {"request.never_taken", "nothing was taken under request {0}", "流程 {0} 尚未取章"},
    {"request.over", "request {0} is {1}", "用印流程 {0} 状态为 {1}"},
    {"override.open", "slot {0} was opened without sealsd and no full inventory came after it",
     "格口 {0} 曾未经系统开启,此后尚未全柜盘点"},
    {"handover.not_custodian", "{0} is no custodian of seal {1}", "{0} 不是印章 {1} 的保管人"},
    {"handover.keeps_already", "{0} keeps seal {1} already", "{0} 已是印章 {1} 的保管人"},
    {"handover.nothing", "{0} keeps no seal", "{0} 名下没有保管的印章"},
    {"handover.open", "seal {0} has an open handover ({1})", "印章 {0} 有未完成的交接({1})"},
    {"handover.state", "handover {0} is {1}", "交接 {0} 状态为 {1}"},
    {"handover.receiver", "handover {0} is for {1}", "交接 {0} 的接收人为 {1}"},
    {"handover.party", "{0} is no party of handover {1}", "{0} 不是交接 {1} 的当事人"},
    {"handover.holds", "{0} holds seal {1}", "{0} 仍持有印章 {1}"},
    {"handover.parties", "{0} cannot be there in two parts", "{0} 不得兼任两个角色"},
    {"handover.over", "the end lies before now", "结束时间已过"},
    {"count.none", "no clean blind count of seal {0} since the offer",
     "交接发起后印章 {0} 尚无盲盘无误的记录"},
    {"inventory.keeper", "{0} keeps seal {1}, which is to be counted",
     "{0} 是所盘印章 {1} 的保管人"},
    {"baseline.kind", "inventory {0} is no full one that a person counted",
     "盘点 {0} 不是由人员完成的全面盘点"},
    {"baseline.old", "inventory {0} is not the newest full one, or is older than half an hour",
     "盘点 {0} 不是最近一次全面盘点,或已超过半小时"},
    {"baseline.slot", "inventory {0} found slot {1} {2}", "盘点 {0} 中格口 {1} 为{2}"},
    {"baseline.touched", "something has happened to slot {0} since inventory {1}",
     "盘点 {1} 之后格口 {0} 又有变动"},
    {"baseline.counter", "{0} made inventory {1} and cannot witness it",
     "{0} 是盘点 {1} 的盘点人,不得兼任监盘人"},
    {"cabinet.frozen", "the cabinet is frozen since {0}: too many seals left it",
     "印章柜自 {0} 起冻结:短时间内大量印章离柜"},
    {"alert.own", "alert {0} is about {1}", "报警 {0} 涉及 {1} 本人"},
    {"alert.who", "alert {0} is about {1}, and who closes it did not show who he is",
     "报警 {0} 涉及 {1},关闭人未验证身份"},
    {"hold.stands", "request {0} is under legal hold already", "用印流程 {0} 已在证据保全中"},
    {"hold.none", "request {0} is not under legal hold", "用印流程 {0} 未设证据保全"},
    {"erase.active", "{0} has not left", "{0} 未离职"},
    {"erase.done", "the data of {0} is erased already", "{0} 的个人信息已删除"},
    {"erase.holds", "{0} holds seal {1}", "{0} 仍持有印章 {1}"},
    {"erase.keeps", "{0} keeps seal {1}", "{0} 仍保管印章 {1}"},
    {"erase.visit", "{0} has an open session", "{0} 有未完成的取还"},
    {"erase.handover", "{0} stands in handover {1}, which is open", "{0} 有未完成的交接 {1}"},
    {"erase.himself", "{0} does not act in his own erasure", "{0} 不得办理本人信息的删除"},
    {"erase.held", "{1} requests that {0} had a part in are under legal hold: {2}",
     "{0} 涉及的 {1} 条用印流程在证据保全中:{2}"},
    {"release.department", "{0} and {1} are not of two departments",
     "{0} 与 {1} 不属于两个不同部门"},
    {"request.superseded", "request {0} grants nothing: {1} stands for it",
     "用印流程 {0} 已由 {1} 替代,不再授权"},
    {"use.not_lent", "seal {0} is not out under request {1}", "印章 {0} 并非凭流程 {1} 借出"},
    {"use.too_late", "seal {0} came back at {1}: too long ago to record a use",
     "印章 {0} 已于 {1} 归还,超过补登期限"},
    {"use.before", "seal {0} was taken at {1}, after the use",
     "印章 {0} 于 {1} 才取出,晚于用印时间"},
    {"use.too_many",
     "line {1} of request {0} grants {2} impressions, {3} are used: {4} are too many",
     "流程 {0} 第 {1} 行次数不足(批准 {2},已用 {3},本次 {4})"},
    {"use.too_many_cross",
     "line {1} of request {0} grants {2} cross-page impressions, {3} are used: {4} are too many",
     "流程 {0} 第 {1} 行骑缝次数不足(批准 {2},已用 {3},本次 {4})"},
    {"use.not_entitled", "{0} may not stamp under request {1}", "{0} 无权依流程 {1} 盖印"},
    {"use.own_witness", "{0} stamps and cannot supervise", "{0} 为盖印人,不得兼任监印人"},
    {"use.no_witness", "seals of type {0} are used under a supervisor's eyes",
     "{0} 类印章须监印人在场"},
    {"use.no_photo", "uses of type {0} need a photo", "{0} 类印章用印须留影"},
    {"use.no_document", "uses of type {0} need the stamped document", "{0} 类印章用印须附文件"},
    {"use.voided", "use {0} was voided at {1}", "用印记录 {0} 已于 {1} 作废"},
    {"use.not_stamper", "{0} neither stamped use {1} nor keeps its seal",
     "{0} 既非用印记录 {1} 的盖印人,也非该印章保管人"},
    {"extend.own", "{0} applied for request {1} or stamps under it",
     "{0} 为流程 {1} 的申请人或用印人"},
    {"paper.own", "{0} applied or will take the seal", "{0} 为申请人或取章人"},
    {"emergency.type", "seals of type {0} are not used in an emergency", "{0} 类印章不得应急用印"},
    {"emergency.count", "{0} impressions were asked for, {1} are the most",
     "申请 {0} 次,应急上限 {1} 次"},
    {"emergency.open", "seal {0} has an emergency that is not cured ({1})",
     "印章 {0} 有未补办的应急用印({1})"},
    {"emergency.uncured", "the emergency {1} of seal {0} was to be cured until {2}",
     "印章 {0} 的应急用印 {1} 应于 {2} 前补办"},
    {"match.not_paper", "request {0} came from the OA", "流程 {0} 来自 OA,无需核销"},
    {"match.again", "it is matched already, to {1}", "已核销至 {1}"},
    {"match.taken", "number {0} is matched to {1}", "编号 {0} 已核销给 {1}"},
    {"match.used", "request {0} was used by itself", "流程 {0} 已自行用印"},
    {"cure.too_few", "request {0} grants {1} impressions, {2} were made",
     "流程 {0} 批准 {1} 次,实际已盖 {2} 次"},
    {"take_out.supervisor", "request {0} names no supervisor for the way", "流程 {0} 未载明陪同人"},
    {"take_out.reason", "request {0} gives no reason for taking the seal out",
     "流程 {0} 未载明外带事由"},
    {"application.no_chain",
     "seal {0} is of type {1}, for which nothing is applied for here: no [[approval]] covers it",
     "印章 {0} 为 {1} 类,本柜未设该类的审批链"},
    {"application.two_chains",
     "seals {0} and {1} go up different chains; apply for each on its own",
     "印章 {0} 与 {1} 适用不同的审批链,请分别申请"},
    {"application.too_many", "{0} impressions are more than may be applied for here ({1})",
     "共 {0} 次,超过本柜可申请的上限({1})"},
    {"application.take_out", "a take-out here names its reason and its supervisor",
     "外带申请须写明事由与陪同人"},
    {"application.supervisor", "{0} uses the seal and cannot be the supervisor of the take-out",
     "{0} 为用印人,不得兼任陪同人"},
    {"application.pending", "application {0} is not approved yet; it waits for {1}",
     "用印申请 {0} 尚未审批完成,待 {1} 审批"},
    {"application.rejected", "application {0} was rejected", "用印申请 {0} 未通过审批"},
    {"application.not_applicant", "{0} did not apply for {1}", "{0} 不是申请 {1} 的申请人"},
    {"approval.own", "{0} applied for {1}", "{0} 为申请 {1} 的申请人"},
    {"approval.user", "{0} is to use the seal under {1}", "{0} 为申请 {1} 的用印人"},
    {"approval.nobody",
     "nobody can decide {0} at {1}: whoever holds the post or stands in for it has left, applied, "
     "is to use the seal, or decided another step; name another person in [[post]] {2}",
     "申请 {0} 在 {1} 节点无人可审:任职人及代理人已离职、为申请人或用印人,或已审批其他节点;"
     "请在 [[post]] {2} 任命其他人员"},
    {"approval.twice", "{0} decided another step of {1}", "{0} 已审批申请 {1} 的其他节点"},
    {"approval.turn", "{0} waits for {1}; the turn of {2} comes later",
     "申请 {0} 现待 {1} 审批,尚未轮到 {2}"},
    {"approval.not_holder", "{0} neither holds post {1} nor stands in for it (application {2})",
     "{0} 不是岗位 {1} 的任职人或代理人(申请 {2})"},
    {"approval.holder_there",
     "{0} stands in for post {1}, and {2}, who holds it, is there; say for whom with --for",
     "{0} 为岗位 {1} 的代理人,任职人 {2} 在岗;代其审批请用 --for 注明"},
    {"clock.untrusted", "the clock cannot be trusted ({0})", "时钟不可信({0})"},
});

const TextRow* row_named(std::string_view key) {
    for (auto rows : {text_rows(), status_text_rows()})
        for (const auto& row : rows)
            if (row.key == key) return &row;
    return nullptr;
}

const RuleRow* rule_with_id(std::string_view id) {
    auto rows = rule_rows();
    auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string fill(std::string_view text, const std::vector<std::string>& args) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool place = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}';
        auto index = place ? static_cast<std::size_t>(text[i + 1] - '0') : 10;
        if (!place || index > 9) {
            out += text[i];
            continue;
        }
        if (index < args.size()) out += args[index];
        i += 2;
    }
    return out;
}

namespace {

constexpr std::string_view kSeveral = "several";  // args: rule, key, number of args, args … each

std::string rendered_each(Language language, const std::vector<std::string>& args) {
    std::string out;
    for (std::size_t i = 0; i + 2 < args.size();) {
        std::size_t count = 0;
        for (char digit : args[i + 2])
            count = count * 10 + static_cast<std::size_t>(digit - '0');
        count = std::min(count, args.size() - i - 3);
        auto first = args.begin() + static_cast<std::ptrdiff_t>(i + 3);
        std::vector<std::string> own(first, first + static_cast<std::ptrdiff_t>(count));
        if (!out.empty()) out += language == Language::zh_CN ? ";" : "; ";
        out += render(language, args[i + 1], own) + " (" + args[i] + ")";
        i += 3 + count;
    }
    return out;
}

}  // namespace

std::span<const TextRow> text_rows() {
    return kRows;
}

namespace {

// Arguments that are words of ours, and so have a Chinese one.
struct TermPlace {
    std::string_view key;
    std::size_t arg;
    std::span<const TermRow> (*terms)();
};

constexpr TermPlace kTermPlaces[] = {
    {"request.over", 1, &request_states},    {"seal.not_active", 1, &seal_states},
    {"seal.not_in_slot", 1, &custodies},     {"seal.wrong_state", 1, &seal_states},
    {"handover.state", 1, &handover_states}, {"baseline.slot", 2, &verdicts}};

std::vector<std::string> in_chinese(std::string_view key, std::vector<std::string> args) {
    for (const auto& place : kTermPlaces) {
        if (place.key != key || place.arg >= args.size()) continue;
        for (const auto& term : place.terms())
            if (term.name == args[place.arg]) {
                args[place.arg] = term.zh;
                break;
            }
    }
    return args;
}

}  // namespace

std::string render(Language language, std::string_view key, const std::vector<std::string>& args) {
    if (key == kSeveral) return rendered_each(language, args);
    const auto* row = row_named(key);
    if (row == nullptr) return std::string(key);
    if (language == Language::zh_CN) return fill(row->zh, in_chinese(key, args));
    return fill(row->en, args);
}

Error refusal(Rule rule, std::string_view key, std::vector<std::string> args) {
    const auto& row = row_of(rule);
    Error error{Code::refused, render(Language::en, key, args), std::string(row.remedy_en)};
    error.rule = row.id;
    error.text = key;
    error.args = std::move(args);
    return error;
}

Error refusals(std::vector<Error> all) {
    auto joined = std::move(all.front());
    if (all.size() == 1) return joined;
    std::vector<std::string> args;
    all.front() = joined;
    for (auto& one : all) {
        args.insert(args.end(), {one.rule, one.text, std::to_string(one.args.size())});
        args.insert(args.end(), one.args.begin(), one.args.end());
    }
    joined.text = kSeveral;
    joined.args = std::move(args);
    joined.detail = render(Language::en, joined.text, joined.args);
    return joined;
}

Error localise(Error error, Language language, Refused refused) {
    const auto* rule = rule_with_id(error.rule);
    if (language == Language::en || rule == nullptr || error.text.empty()) return error;
    auto why = render(language, error.text, error.args);
    error.remedy = rule->remedy_zh;
    std::string form = refused == Refused::visit ? "不予开柜:" : "不予办理:";
    error.detail = form + why + "。依据:" + std::string(rule->id) + " " +
                   std::string(rule->name_zh) + "。解决办法:" + error.remedy + "。";
    if (error.seq) error.detail += "已登记(账本序号 " + std::to_string(*error.seq) + ")。";
    return error;
}

}  // namespace seals
