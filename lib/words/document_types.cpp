#include "words/document_types.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace seals {
namespace {

// Before the contracts stand those whose names often contain the word for one.
constexpr auto kRows = std::to_array<DocumentTypeRow>({
    {"劳动人事", "劳动合同 劳务 入职 离职 在职 聘用 录用 社保 工资"},
    {"授权委托", "授权 委托书 power-of-attorney"},
    {"投标文件", "投标 标书 招标 tender"},
    {"合同协议", "合同 协议 订单 契约 合作备忘 contract agreement"},
    {"财务票据", "发票 收据 付款 对账 报销 支票 票据 银行 invoice"},
    {"证明", "证明 证书 certificate"},
    {"函件", "函 letter"},
    {"申请报告", "申请 报告 报表 请示 report"},
    {"公文", "通知 决议 决定 批复 纪要 公告 制度"},
    {"其他", ""},
});

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool occurs(std::string_view words, std::string_view text) {
    while (!words.empty()) {
        auto end = words.find(' ');
        if (text.find(words.substr(0, end)) != std::string_view::npos) return true;
        words = end == std::string_view::npos ? std::string_view{} : words.substr(end + 1);
    }
    return false;
}

}  // namespace

std::span<const DocumentTypeRow> document_type_rows() {
    return kRows;
}

std::string_view document_type_of(std::string_view name) {
    auto text = lower(name);
    for (const auto& row : kRows)
        if (occurs(row.words, text)) return row.zh;
    return kRows.back().zh;
}

}  // namespace seals
