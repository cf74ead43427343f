#include "words/texts.hpp"

#include <algorithm>
#include <array>

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
    {"inventory.keeper", "{0} keeps seal {1}, which is to be counted",
     "{0} 是所盘印章 {1} 的保管人"},
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

std::string render(Language language, std::string_view key, const std::vector<std::string>& args) {
    if (key == kSeveral) return rendered_each(language, args);
    const auto* row = row_named(key);
    if (row == nullptr) return std::string(key);
    return fill(language == Language::zh_CN ? row->zh : row->en, args);
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

Error localise(Error error, Language language) {
    const auto* rule = rule_with_id(error.rule);
    if (language == Language::en || rule == nullptr || error.text.empty()) return error;
    auto why = render(language, error.text, error.args);
    error.remedy = rule->remedy_zh;
    error.detail = "不予开柜:" + why + "。依据:" + std::string(rule->id) + " " +
                   std::string(rule->name_zh) + "。解决办法:" + error.remedy + "。";
    if (error.seq) error.detail += "已登记(账本序号 " + std::to_string(*error.seq) + ")。";
    return error;
}

}  // namespace seals
