// The fields of the three kinds of list: their API names, whether a list must have them, and the
// headings that offices give them. THE table: header mapping, JSON keys, the map file's keys and
// the manual all come from it. Pure, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seals::intake {

enum class Kind { persons, seals, requests };
std::string_view name_of(Kind kind);
std::optional<Kind> kind_named(std::string_view name);

enum class Need { required, optional };

struct FieldRow {
    std::string_view name;      // API name, and key of a map's [columns]
    Need need;                  // required: a list without this column is refused as a whole
    std::string_view headings;  // folded, "|" between; the ones in front win
    std::string_view about;     // for the manual
};

namespace person {
enum Field : std::size_t { id, name, department, phone, role, active, kCount };
}
namespace seal {
enum Field : std::size_t { id, name, type, entity, slot, custodians, filing_no, state, kCount };
}
namespace request {
enum Field : std::size_t {
    external_id,
    applicant,
    applied_at,
    seal,
    title,
    copies,
    take_out,
    place,
    due,
    status,
    result,
    applicant_name,
    department,
    seal_name,
    chain,
    remark,
    count,
    cross_page,
    users,
    valid_from,
    valid_to,
    out_reason,
    supervisor,
    source,
    kCount
};
}

inline constexpr std::array<FieldRow, person::kCount> kPersonFields{{
    {"id", Need::required, "工号|员工工号|人员工号|员工编号|人员编号|职工号|账号|用户编号",
     "the person's number in the firm"},
    {"name", Need::required, "姓名|员工姓名|人员姓名|用户姓名|名字", "the person's name"},
    {"department", Need::optional, "部门|所属部门|部门名称|所在部门", "department"},
    {"phone", Need::optional, "手机|手机号|手机号码|电话|联系电话|联系方式|电话号码",
     "telephone number"},
    {"role", Need::optional, "角色|印章角色|系统角色|用户角色|岗位角色",
     "what the person is to the cabinet; empty: staff"},
    {"active", Need::optional, "状态|在职状态|人员状态|员工状态|用户状态|是否在职",
     "in the firm or left; empty: in the firm"},
}};

inline constexpr std::array<FieldRow, seal::kCount> kSealFields{{
    {"id", Need::required, "印章编号|印章编码|印章号|印章代码|编号", "seal number"},
    {"name", Need::required, "印章名称|印章全称|名称", "seal name"},
    {"type", Need::required, "类型|印章类型|印章类别|类别|印章种类",
     "official, contract, finance, ..."},
    {"entity", Need::optional, "所属单位|所属公司|所属主体|单位|单位名称|公司|用章单位",
     "the company that owns it"},
    {"slot", Need::optional, "格口|格口号|格口编号|柜格|柜格号|存放格口", "its home slot"},
    {"custodians", Need::optional, "保管人工号|保管人编号|保管员工号|保管人员工号|管理员工号",
     "the numbers of the persons who keep it, A then B"},
    {"filing_no", Need::optional, "备案号|备案编号|公安备案号|印章备案号|备案编码|防伪编码",
     "13-digit filing number"},
    {"state", Need::optional, "状态|印章状态|使用状态|启用状态",
     "in use or only registered; empty: registered"},
}};

inline constexpr std::array<FieldRow, request::kCount> kRequestFields{{
    {"external_id", Need::required,
     "流程编号|审批编号|申请编号|申请单号|流程单号|用印申请编号|用印编号|单据编号|单据号|表单编号|"
     "审批单号|实例编号|业务编号|流程号|单号|编号",
     "the OA's own number of the request"},
    {"applicant", Need::required,
     "申请人工号|申请人编号|申请人账号|申请人id|申请工号|发起人工号|发起人编号|发起人账号|"
     "提交人工号|"
     "经办人工号|员工工号|员工编号|工号",
     "the applicant's number in the firm"},
    {"applied_at", Need::required,
     "申请时间|申请日期|发起时间|发起日期|提交时间|提交日期|申请提交时间|创建时间|创建日期",
     "time of application"},
    {"seal", Need::required, "印章编号|印章编码|印章号|印章代码|用印印章编号|印章id|seal_id|seals",
     "one seal number or several"},
    {"title", Need::required,
     "文件名称|用印文件名称|用印文件|文件标题|文件名|流程标题|申请标题|标题|主题|用印事由|事由|"
     "subject",
     "document or subject"},
    {"copies", Need::required, "用印份数|份数|文件份数|盖章份数|申请份数|盖印份数|用印数量|数量",
     "number of copies"},
    {"take_out", Need::optional,
     "是否外带|是否外带用印|是否外带印章|是否带出|是否外借|是否借出|是否外出用印|外带|外借",
     "whether the seal leaves the house"},
    {"place", Need::optional,
     "外带地点|外带地址|外带目的地|带出地点|外借地点|外出地点|外带用印地点", "where it goes"},
    {"due", Need::optional,
     "预计归还时间|预计归还日期|预计归还|计划归还时间|计划归还日期|拟归还时间|拟归还日期|"
     "应归还时间|"
     "应还时间|归还期限",
     "when it must be back"},
    {"status", Need::optional, "流程状态|审批状态|单据状态|申请状态|当前状态|状态",
     "what the OA says of the request"},
    {"result", Need::optional, "审批结果|流程结果|最终结果|审批结论",
     "the OA's verdict, where it stands apart from the status"},
    {"applicant_name", Need::optional, "申请人|申请人姓名|发起人|发起人姓名|提交人|经办人|姓名",
     "the applicant's name as exported"},
    {"department", Need::optional, "申请部门|申请人部门|发起部门|发起人部门|所属部门|部门",
     "the applicant's department"},
    {"seal_name", Need::optional, "印章名称|用印印章|用印名称|印章",
     "seal names; the numbers count"},
    {"chain", Need::optional, "审批链|审批人|审批流程|审批记录|审批节点|审批人员",
     "approvers as exported"},
    {"remark", Need::optional, "备注|备注说明|备注信息|说明", "remark; never read as an order"},
    {"count", Need::optional, "盖印次数|用印次数|盖章次数", "impressions; empty: from the copies"},
    {"cross_page", Need::optional, "骑缝次数|骑缝章次数|骑缝盖印次数", "cross-page impressions"},
    {"users", Need::optional, "用印人工号|实际用印人工号|盖印人工号",
     "the numbers of those who may use it; empty: the applicant"},
    {"valid_from", Need::optional, "用印有效期起|有效期起|有效期自|用印开始时间|用印开始日期",
     "start of the window; empty: time of application"},
    {"valid_to", Need::optional,
     "用印有效期止|有效期止|有效期至|用印截止时间|用印截止日期|用印结束时间", "end of the window"},
    {"take_out_reason", Need::optional, "外带事由|外带原因|外借事由|外出用印事由",
     "why it leaves the house"},
    {"supervisor", Need::optional, "陪同人工号|监印人工号|陪同人员工号|外带陪同人工号",
     "the number of who goes with it"},
    {"source", Need::optional, "", "name of the OA"},
}};

std::span<const FieldRow> fields_of(Kind kind);

// A heading as the table spells it: folded, without marks and brackets. The second form also leaves
// out what stands in brackets ("用印份数（份）").
std::string fold_heading(std::string_view heading);
std::string fold_heading_without_notes(std::string_view heading);

}  // namespace seals::intake
