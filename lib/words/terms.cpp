#include "words/terms.hpp"

#include <array>

namespace seals {
namespace {

constexpr auto kSealStates = std::to_array<TermRow>({{"registered", "已登记"},
                                                     {"enrolled", "已入柜建档"},
                                                     {"active", "启用"},
                                                     {"suspended", "停用"},
                                                     {"quarantined", "隔离"},
                                                     {"lost", "报失"},
                                                     {"notice", "公告中"},
                                                     {"retired", "终止使用"},
                                                     {"replaced", "已换章"},
                                                     {"sealed_away", "封存"},
                                                     {"surrendered", "缴销"},
                                                     {"destroyed", "销毁"}});
constexpr auto kCustodies = std::to_array<TermRow>({{"in_slot", "在柜"},
                                                    {"in_hand", "在手"},
                                                    {"returned_unverified", "待核验"},
                                                    {"quarantined", "隔离"},
                                                    {"at_issuer", "在发证机关"},
                                                    {"gone", "已销毁"},
                                                    {"unknown", "去向不明"}});
constexpr auto kRequestStates = std::to_array<TermRow>({{"received", "已接收"},
                                                        {"accepted", "已受理"},
                                                        {"in_progress", "用印中"},
                                                        {"held", "暂挂"},
                                                        {"fulfilled", "已完成"},
                                                        {"part_fulfilled", "部分完成"},
                                                        {"reported", "已回传"},
                                                        {"closed", "已关闭"},
                                                        {"rejected", "已拒收"},
                                                        {"withdrawn", "已撤回"},
                                                        {"revoked", "批后撤销"},
                                                        {"expired", "已过期"},
                                                        {"superseded", "已被替代"}});
constexpr auto kRequestOutcomes = std::to_array<TermRow>({{"fulfilled", "全部用印"},
                                                          {"part_fulfilled", "部分用印"},
                                                          {"unused", "已批未用"},
                                                          {"withdrawn", "已撤回"}});
constexpr auto kLineModes = std::to_array<TermRow>({{"on_site", "现场用印"}, {"take_out", "外带"}});
constexpr auto kHandoverKinds = std::to_array<TermRow>(
    {{"permanent", "长期移交"}, {"temporary", "临时移交"}, {"absence", "缺勤代管"}});
constexpr auto kHandoverStates = std::to_array<TermRow>(
    {{"offered", "待接收"}, {"in_force", "代管中"}, {"done", "已完成"}, {"refused", "已拒绝"}});
constexpr auto kVerdicts = std::to_array<TermRow>({{"present", "在柜·已验真"},
                                                   {"present_weak", "在柜·仅识别编号(未验真)"},
                                                   {"out", "借出·未到期"},
                                                   {"overdue", "逾期未还"},
                                                   {"missing", "应在未在"},
                                                   {"wrong_seal", "错放"},
                                                   {"foreign_tag", "非本柜标签"},
                                                   {"forged", "标签验真不通过"},
                                                   {"unreadable", "未能读取(不计在柜,不计缺失)"},
                                                   {"returned_unverified", "已放回·待核验"},
                                                   {"empty", "空格口(应空)"}});
constexpr auto kBlindResults = std::to_array<TermRow>(
    {{"agrees", "一致"}, {"differs", "不一致"}, {"not_counted", "未盘"}, {"unproved", "无法比对"}});
constexpr auto kAlertStates =
    std::to_array<TermRow>({{"open", "未处理"}, {"acknowledged", "已确认"}, {"closed", "已关闭"}});
constexpr auto kSessionVerdicts =
    std::to_array<TermRow>({{"taken", "已取出"},
                            {"returned", "已归还并验真"},
                            {"null", "未取章,已记为空开"},
                            {"returned_unverified", "已放回·待核验"},
                            {"forged", "标签验真不通过,印章已隔离停用"},
                            {"foreign_tag", "非本柜标签"},
                            {"wrong_seal", "错放"},
                            {"unreadable", "未能读取"},
                            {"missing", "应在未在"},
                            {"no_door", "柜门未打开"},
                            {"abandoned", "未开柜"},
                            {"unknown", "结果不明"}});
constexpr auto kLineClassRows = std::to_array<TermRow>({{"matched", "相符"},
                                                        {"over_approved", "超批准用印"},
                                                        {"without_request", "无流程用印"},
                                                        {"approved_unused", "已批未用"},
                                                        {"not_returned", "尚未归还"},
                                                        {"content_differs", "内容不一致"},
                                                        {"paper_pending", "纸质补录待核销"}});
constexpr auto kLineStateRows =
    std::to_array<TermRow>({{"matched", "相符"}, {"explained", "已说明"}, {"open", "待处理"}});
constexpr auto kLineDetails = std::to_array<TermRow>({{"", ""},
                                                      {"no_request", "借用无流程"},
                                                      {"not_in_export", "OA 导出中没有"},
                                                      {"withdrawn_in_oa", "OA 已撤回"},
                                                      {"pending_in_oa", "OA 审批中"},
                                                      {"rejected_in_oa", "OA 未通过"},
                                                      {"used_more", "实际次数超过批准次数"},
                                                      {"taken_more", "取出次数超过批准次数"},
                                                      {"export_contradicts", "OA 导出前后矛盾"},
                                                      {"withdrawn_here", "本柜已撤销"},
                                                      {"fields", "字段不一致"},
                                                      {"out", "借出中"},
                                                      {"overdue", "逾期未还"},
                                                      {"paper", "纸质补录"},
                                                      {"not_received", "本柜未收到"},
                                                      {"window_open", "有效期内未用"},
                                                      {"window_over", "过期未用"},
                                                      {"other_period", "属其他对账期"}});

template <class E, std::size_t N>
std::string_view name_in(const std::array<TermRow, N>& rows, E value) {
    return rows[static_cast<std::size_t>(value)].name;
}

}  // namespace

std::span<const TermRow> seal_states() {
    return kSealStates;
}
std::span<const TermRow> custodies() {
    return kCustodies;
}
std::span<const TermRow> request_states() {
    return kRequestStates;
}
std::span<const TermRow> request_outcomes() {
    return kRequestOutcomes;
}
std::span<const TermRow> line_modes() {
    return kLineModes;
}
std::span<const TermRow> handover_kinds() {
    return kHandoverKinds;
}
std::span<const TermRow> handover_states() {
    return kHandoverStates;
}
std::span<const TermRow> verdicts() {
    return kVerdicts;
}
std::span<const TermRow> blind_results() {
    return kBlindResults;
}
std::span<const TermRow> alert_states() {
    return kAlertStates;
}
std::span<const TermRow> session_verdicts() {
    return kSessionVerdicts;
}
std::span<const TermRow> line_classes() {
    return kLineClassRows;
}
std::span<const TermRow> line_states() {
    return kLineStateRows;
}
std::span<const TermRow> line_details() {
    return std::span(kLineDetails).subspan(1);  // all but none
}

std::string_view name_of(SealState value) {
    return name_in(kSealStates, value);
}
std::string_view name_of(Custody value) {
    return name_in(kCustodies, value);
}
std::string_view name_of(RequestState value) {
    return name_in(kRequestStates, value);
}
std::string_view name_of(RequestOutcome value) {
    return name_in(kRequestOutcomes, value);
}
std::string_view name_of(LineMode value) {
    return name_in(kLineModes, value);
}
std::string_view name_of(HandoverKind value) {
    return name_in(kHandoverKinds, value);
}
std::string_view name_of(HandoverState value) {
    return name_in(kHandoverStates, value);
}
std::string_view name_of(Verdict value) {
    return name_in(kVerdicts, value);
}
std::string_view name_of(BlindResult value) {
    return name_in(kBlindResults, value);
}

bool is_discrepancy(Verdict verdict) {
    return verdict != Verdict::present && verdict != Verdict::present_weak &&
           verdict != Verdict::out && verdict != Verdict::empty;
}

bool is_mismatch(BlindResult result) {
    return result == BlindResult::differs || result == BlindResult::not_counted;
}
std::string_view name_of(AlertState value) {
    return name_in(kAlertStates, value);
}

std::string_view name_of(LineClass value) {
    return name_in(kLineClassRows, value);
}
std::string_view name_of(LineState value) {
    return name_in(kLineStateRows, value);
}
std::string_view name_of(LineDetail value) {
    return name_in(kLineDetails, value);
}

}  // namespace seals
