#include "intake/vocabulary.hpp"

#include <array>
#include <span>
#include <unordered_map>

#include "base/text.hpp"
#include "intake/cell.hpp"

namespace seals::intake {
namespace {

struct WordRow {
    std::string_view meaning;
    std::string_view words;  // folded, "|" between
};

constexpr std::array kStatus{
    WordRow{"approved",
            "审批通过|已通过|通过|审核通过|审批已通过|同意|已同意|批准|已批准|已审批|审批完成|"
            "审批已完成|"
            "已完成|完成|办结|已办结|已归档|归档|approved|agree|agreed|passed|completed|finished|"
            "archived"},
    WordRow{"withdrawn",
            "已撤销|撤销|已撤回|撤回|申请人撤回|批后撤销|通过后撤销|作废|已作废|已取消|取消|已终止|"
            "终止|"
            "已删除|删除|withdrawn|revoked|reverted|canceled|cancelled|terminated|deleted"},
    WordRow{"pending",
            "审批中|待审批|处理中|待处理|审核中|待审核|流转中|进行中|运行中|会签中|办理中|待办|"
            "在办|未审批|"
            "草稿|待提交|未提交|已提交|pending|running|processing|inprogress|draft"},
    WordRow{
        "rejected",
        "已驳回|驳回|被驳回|审批驳回|已拒绝|拒绝|审批拒绝|不同意|未同意|未通过|不通过|审批不通过|"
        "审核不通过|未批准|不批准|已退回|退回|否决|已否决|rejected|refused|refuse|denied|declined"},
    WordRow{"ended", "已结束|结束|审批结束|流程结束|已结案|ended"},
};
constexpr std::array kYesNo{
    WordRow{"yes", "是|y|yes|true|t|1|√|✓|✔|☑|有|需要|外带|对"},
    WordRow{"no", "否|n|no|false|f|0|×|x|✗|✘|☐|□|没有|不需要|不外带|不|非|无"},
};
constexpr std::array kActive{
    WordRow{"yes", "在职|在岗|试用|试用期|正式|正常|启用|有效|active|enabled|是|true|1|y|yes"},
    WordRow{"no",
            "离职|已离职|离岗|退休|已退休|停用|禁用|已停用|已禁用|冻结|无效|注销|inactive|left|"
            "disabled|否|"
            "false|0|n|no"},
};
constexpr std::array kRoles{
    WordRow{"custodian", "印章管理员|印章保管员|印章保管人|保管人|保管员|印章管理人|custodian"},
    WordRow{"auditor", "审计|审计员|内审|内审员|审计人员|auditor"},
    WordRow{"admin", "系统管理员|admin|administrator"},
    WordRow{"staff", "员工|普通员工|职工|普通用户|staff|employee"},
};
constexpr std::array kSealStates{
    WordRow{"active", "在用|使用中|启用|已启用|active"},
    WordRow{"registered", "已登记|登记|未启用|registered"},
};

// The rows as one dictionary.
class Dictionary {
  public:
    explicit Dictionary(std::span<const WordRow> rows) {
        for (const auto& row : rows)
            for (auto word : split(row.words, '|'))
                meanings_.emplace(word, row.meaning);
    }
    std::optional<std::string> of(std::string_view text) const {
        auto found = meanings_.find(fold_word(text));
        if (found == meanings_.end()) return std::nullopt;
        return std::string(found->second);
    }
    std::optional<bool> flag(std::string_view text) const {
        auto meaning = of(text);
        if (!meaning) return std::nullopt;
        return *meaning == "yes";
    }

  private:
    std::unordered_map<std::string_view, std::string_view> meanings_;
};

}  // namespace

std::string fold_word(std::string_view text) {
    constexpr std::array<std::string_view, 12> kAround{"[",  "]", "(", ")",  "【", "】",
                                                       "。", ".", "!", "\"", "“",  "”"};
    auto word = folded(text);
    for (bool again = true; again;) {
        again = false;
        for (auto sign : kAround) {
            if (word.starts_with(sign)) word.erase(0, sign.size()), again = true;
            if (word.ends_with(sign)) word.erase(word.size() - sign.size()), again = true;
        }
    }
    return word;
}

std::optional<std::string> StatusWords::of(std::string_view text) const {
    if (auto own = own_.find(fold_word(text)); own != own_.end()) return own->second;
    static const Dictionary words(kStatus);
    return words.of(text);
}

std::optional<bool> yes_or_no(std::string_view text) {
    static const Dictionary words(kYesNo);
    return words.flag(text);
}

std::optional<bool> person_active(std::string_view text) {
    static const Dictionary words(kActive);
    return words.flag(text);
}

std::optional<std::string> person_role(std::string_view text) {
    static const Dictionary words(kRoles);
    return words.of(text);
}

std::optional<std::string> seal_state(std::string_view text) {
    static const Dictionary words(kSealStates);
    return words.of(text);
}

}  // namespace seals::intake
