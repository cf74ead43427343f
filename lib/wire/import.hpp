// Records of an import, as sealsd-intake hands them to sealsd and as POST bodies carry them.
#pragma once

#include "wire/schema.hpp"

namespace seals::wire {

struct PersonRecord {
    std::string id;          // 工号
    std::string name;        // 姓名 (personal: vault)
    std::string department;  // 部门
    std::string phone;       // 手机 (personal: vault)
    std::string role;  // 角色: custodian (印章管理员), auditor (审计), staff (员工), admin
    bool active = true;  // 状态: 在职
    static constexpr auto fields() {
        return std::tuple{
            field("id", &PersonRecord::id, kRequired, "the person's number in the firm"),
            field("name", &PersonRecord::name, kRequired, "the person's name"),
            field("department", &PersonRecord::department, kOptional, "department"),
            field("phone", &PersonRecord::phone, kOptional, "telephone number"),
            field("role", &PersonRecord::role, kOptional, "what the person is to the cabinet",
                  "staff|custodian|auditor|admin"),
            field("active", &PersonRecord::active, kOptional, "false once the person has left")};
    }
};

struct SealRecord {
    std::string id;                       // 印章编号
    std::string name;                     // 印章名称
    std::string type;                     // 类型: official, contract, finance, ...
    std::string entity;                   // 所属单位
    std::string slot;                     // 格口
    std::vector<std::string> custodians;  // 保管人工号; first is A, second is B
    std::string filing_no;                // 备案号, 13 digits, leading zeros kept
    std::string state;                    // active (在用) or registered
    static constexpr auto fields() {
        return std::tuple{
            field("id", &SealRecord::id, kRequired, "seal number"),
            field("name", &SealRecord::name, kRequired, "seal name"),
            field("type", &SealRecord::type, kRequired, "official, contract, finance, ..."),
            field("entity", &SealRecord::entity, kOptional, "the company that owns it"),
            field("slot", &SealRecord::slot, kOptional, "its home slot"),
            field("custodians", &SealRecord::custodians, kOptional,
                  "persons who keep it, A then B"),
            field("filing_no", &SealRecord::filing_no, kOptional, "13-digit filing number"),
            field("state", &SealRecord::state, kOptional, "in use or only registered",
                  "active|registered")};
    }
};

struct RequestRecordLine {
    std::string seal;
    std::int64_t copies = 1;            // 份数, at least 1
    std::optional<std::int64_t> count;  // 盖印次数; default copies × impressions_per_copy
    std::int64_t cross_page = 0;        // 骑缝次数
    std::vector<std::string> users;     // default: the applicant
    std::optional<Instant> valid_from;  // default: applied_at
    std::optional<Instant> valid_to;    // default: + request.window_days, or the due time
    static constexpr auto fields() {
        return std::tuple{
            field("seal", &RequestRecordLine::seal, kRequired, "seal number"),
            field("copies", &RequestRecordLine::copies, kRequired, "number of copies, at least 1"),
            field("count", &RequestRecordLine::count, kOptional,
                  "impressions; default from copies"),
            field("cross_page", &RequestRecordLine::cross_page, kOptional,
                  "cross-page impressions"),
            field("users", &RequestRecordLine::users, kOptional, "who may use; default: applicant"),
            field("valid_from", &RequestRecordLine::valid_from, kOptional, "start of the window"),
            field("valid_to", &RequestRecordLine::valid_to, kOptional, "end of the window")};
    }
};

struct TakeOut {
    std::string place;
    Instant due;
    std::string reason;      // 外带事由
    std::string supervisor;  // 陪同人, person id
    static constexpr auto fields() {
        return std::tuple{
            field("place", &TakeOut::place, kRequired, "where the seal goes"),
            field("due", &TakeOut::due, kRequired, "when it must be back"),
            field("reason", &TakeOut::reason, kOptional, "why it leaves the house"),
            field("supervisor", &TakeOut::supervisor, kOptional, "person who goes with it")};
    }
};

struct RequestRecord {
    std::string source;          // name of the OA
    std::string external_id;     // the OA's own number, a string
    std::string status;          // approved, withdrawn, pending, rejected
    std::string applicant;       // person id
    std::string applicant_name;  // as the export spells it; "" when it has no such column
    std::string department;
    Instant applied_at;
    std::string title;
    std::optional<TakeOut> take_out;
    std::vector<RequestRecordLine> lines;
    std::string chain;  // approvers as exported, e.g. "甲>乙>丙"
    std::string remark;
    static constexpr auto fields() {
        return std::tuple{
            field("source", &RequestRecord::source, kRequired, "name of the OA"),
            field("external_id", &RequestRecord::external_id, kRequired, "the OA's number"),
            field("status", &RequestRecord::status, kRequired, "what the OA decided",
                  "approved|withdrawn|pending|rejected"),
            field("applicant", &RequestRecord::applicant, kRequired, "person id of the applicant"),
            field("applicant_name", &RequestRecord::applicant_name, kOptional, "name as exported"),
            field("department", &RequestRecord::department, kOptional, "applicant's department"),
            field("applied_at", &RequestRecord::applied_at, kRequired, "time of application"),
            field("title", &RequestRecord::title, kRequired, "document or subject"),
            field("take_out", &RequestRecord::take_out, kOptional, "place and due, when taken out"),
            field("lines", &RequestRecord::lines, kRequired, "one per seal"),
            field("chain", &RequestRecord::chain, kOptional, "approvers as exported"),
            field("remark", &RequestRecord::remark, kOptional, "remark as exported")};
    }
};

struct RecordFault {
    std::string field;
    std::string reason;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("field", &RecordFault::field, kRequired, "field or heading"),
            wire::field("reason", &RecordFault::reason, kRequired, "what is wrong with it")};
    }
};

// One record of a file: exactly one of fault, person, seal, request is set.
struct ImportItem {
    std::int64_t line = 0;    // physical line where the record starts, 1-based
    std::int64_t record = 0;  // 1-based, header not counted
    std::optional<RecordFault> fault;
    std::string key;  // external_id, person or seal id where it could be read, for counting
    std::optional<PersonRecord> person;
    std::optional<SealRecord> seal;
    std::optional<RequestRecord> request;
    static constexpr auto fields() {
        return std::tuple{field("line", &ImportItem::line, kRequired, "physical line"),
                          field("record", &ImportItem::record, kRequired, "record number"),
                          field("fault", &ImportItem::fault, kOptional, "why it is refused"),
                          field("key", &ImportItem::key, kOptional, "the record's key"),
                          field("person", &ImportItem::person, kOptional, "a person"),
                          field("seal", &ImportItem::seal, kOptional, "a seal"),
                          field("request", &ImportItem::request, kOptional, "a request")};
    }
};

}  // namespace seals::wire
