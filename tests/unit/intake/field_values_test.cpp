#include "reading.hpp"

using namespace intake_test;

namespace {

enum Column : std::size_t {
    kId,
    kWho,
    kName,
    kDept,
    kWhen,
    kSealName,
    kSeal,
    kTitle,
    kCopies,
    kOut,
    kPlace,
    kDue,
    kChain,
    kStatus,
    kRemark
};

std::vector<std::string> seals_of(const wire::RequestRecord& request) {
    std::vector<std::string> seals;
    for (const auto& line : request.lines)
        seals.push_back(line.seal);
    return seals;
}

std::string take_out_line(const std::string& place, const std::string& due) {
    return "YY-1,E1038,,,2026-11-14 09:21,,YZ-0032,合同,2,是," + place + "," + due +
           ",,审批通过,\n";
}

}  // namespace

TEST_CASE("several seals in a cell are told apart whatever stands between them") {
    const std::vector<std::string> both{"YZ-0001", "YZ-0002"};
    for (std::string between :
         {";", "；", ",", "，", "、", "/", "|", " ", "\n", " ； ", "\r\n", "　", ";\n"})
        CHECK(seals_of(good(kSeal, "YZ-0001" + between + "YZ-0002")) == both);
    CHECK(seals_of(good(kSeal, "YZ-0001;YZ-0002;YZ-0001;")) == both);
    CHECK(seals_of(good(kSeal, "ＹＺ－０００１、YZ–0002")) == both);
}

TEST_CASE("seal names without numbers are refused, naming the numbers' column") {
    CHECK(fault_field(kSeal, "") == "印章编号");
    CHECK(fault_field(kSeal, "-") == "印章编号");
    CHECK(read_one(kSeal, "").fault->reason.find("合同专用章") != std::string::npos);
}

TEST_CASE("copies are whole numbers of at least one, however they are typed") {
    for (std::string text : {"2", "２", "2份", "2 份", "共2份", "2.0", "二", "两份", "贰",
                             "一式两份", "一式2份", "02", " 2 "})
        CHECK(good(kCopies, text).lines[0].copies == 2);
    CHECK(good(kCopies, "1,000").lines[0].copies == 1000);
    CHECK(good(kCopies, "1，000").lines[0].copies == 1000);
    CHECK(good(kCopies, "十").lines[0].copies == 10);
    CHECK(good(kCopies, "十二").lines[0].copies == 12);
    CHECK(good(kCopies, "二十").lines[0].copies == 20);
    CHECK(good(kCopies, "一百零五").lines[0].copies == 105);
    CHECK(good(kCopies, "两千").lines[0].copies == 2000);
    for (std::string text : {"0", "-1", "1.5", "", "x", "2+1", "1,00", "2 3", "十百", "一二",
                             "10000", "99999999999999999999", "约2份", "2-3", "无"})
        CHECK(fault_field(kCopies, text) == "用印份数");
}

TEST_CASE("copies may be given per seal") {
    auto items = read(kHeadings +
                      "YY-1,E1,,,2026-11-14 9:21,,YZ-1 YZ-2,合同,\"3;1\",否,,,,审批通过,\n"
                      "YY-2,E1,,,2026-11-14 9:21,,YZ-1 YZ-2 YZ-3,合同,\"3;1\",否,,,,审批通过,\n"
                      "YY-3,E1,,,2026-11-14 9:21,,YZ-1 YZ-1,合同,\"3;1\",否,,,,审批通过,\n");
    REQUIRE(items.size() == 3);
    CHECK(items[0].request->lines[0].copies == 3);
    CHECK(items[0].request->lines[1].copies == 1);
    CHECK(items[1].fault->field == "用印份数");
    CHECK(items[2].fault->field == "用印份数");
}

TEST_CASE("a missing or impossible id is refused by name") {
    CHECK(fault_field(kId, "") == "流程编号");
    CHECK(fault_field(kId, "　") == "流程编号");
    CHECK(fault_field(kId, "2.02611E+11") == "流程编号");
    CHECK(fault_field(kId, "a/b") == "流程编号");
    CHECK(fault_field(kId, "a b") == "流程编号");
    CHECK(fault_field(kWho, "") == "申请人工号");
    CHECK(fault_field(kWho, "2.02611E+11") == "申请人工号");
    CHECK(fault_field(kSeal, std::string(97, 'x')) == "印章编号");
    CHECK(good(kId, "ＹＹ－１").external_id == "YY-1");
    CHECK(good(kId, "=\"007\"").external_id == "007");
    CHECK(good(kId, "'007").external_id == "007");
    CHECK(good(kId, "\tYY-9\t").external_id == "YY-9");
    CHECK(good(kWho, "Ｅ１０３８").applicant == "E1038");
    CHECK(read_one(kCopies, "0").key == "YY-1");  // the key of a refused record is told
}

TEST_CASE("an OA's words are read as what they mean, unknown ones are refused by name") {
    for (std::string word : {"审批通过", "已通过", "通过", "同意", "已完成", "完成", "已归档",
                             " 审批通过 ", "【审批通过】"})
        CHECK(good(kStatus, word).status == "approved");
    for (std::string word : {"已撤销", "撤销", "已撤回", "撤回", "作废"})
        CHECK(good(kStatus, word).status == "withdrawn");
    for (std::string word : {"审批中", "待审批", "处理中"})
        CHECK(good(kStatus, word).status == "pending");
    for (std::string word : {"已驳回", "驳回", "拒绝", "不同意", "不通过"})
        CHECK(good(kStatus, word).status == "rejected");
    for (std::string word : {"", "已结束", "未知", "审批通过?x"})
        CHECK(fault_field(kStatus, word) == "流程状态");
}

TEST_CASE("validation comes before status") {
    for (std::string status : {"审批中", "已驳回", "已撤销"}) {
        auto items = read(kHeadings + "YY-1,E1,,,2026-13-45,,YZ-1,合同,1,否,,,," + status + ",\n");
        REQUIRE(items[0].fault);
        CHECK(items[0].fault->field == "申请时间");
    }
}

TEST_CASE("a separate verdict decides what finished means") {
    auto line = [](const std::string& status, const std::string& result) {
        return read(
            "审批编号,审批状态,审批结果,发起人工号,发起时间,印章编号,标题,份数\n"
            "2026," +
            status + "," + result + ",E1,2026-11-14 09:21,YZ-1,合同,1\n")[0];
    };
    CHECK(line("已完成", "同意").request->status == "approved");
    CHECK(line("已完成", "拒绝").request->status == "rejected");
    CHECK(line("已结束", "同意").request->status == "approved");
    CHECK(line("审批中", "").request->status == "pending");
    CHECK(line("已撤销", "同意").request->status == "withdrawn");
    CHECK(line("已结束", "").fault->field == "审批状态");
    CHECK(line("已完成", "哈").fault->field == "审批结果");
}

TEST_CASE("taking out is read from yes and no in their spellings") {
    for (std::string no : {"否", "N", "no", "false", "0", "×", "", "无", "ｎ"})
        CHECK_FALSE(good(kOut, no).take_out);
    for (std::string yes : {"是", "Y", "yes", "TRUE", "1", "√"}) {
        auto items = read(kHeadings + "YY-1,E1,,,2026-11-14 09:21,,YZ-1,合同,2," + yes +
                          ",北京,2026-11-15 09:21,,审批通过,\n");
        REQUIRE(items[0].request);
        REQUIRE(items[0].request->take_out);
        CHECK(items[0].request->take_out->place == "北京");
        CHECK(to_rfc3339(items[0].request->take_out->due) == "2026-11-15T01:21:00.000Z");
    }
    CHECK(fault_field(kOut, "也许") == "是否外带");
}

TEST_CASE("a take-out without place or due, or due before it was asked for, is refused by name") {
    auto field = [](const std::string& place, const std::string& due) {
        auto item = read(kHeadings + take_out_line(place, due))[0];
        REQUIRE(item.fault);
        return item.fault->field;
    };
    CHECK(field("", "2026-11-15 09:21") == "外带地点");
    CHECK(field("无", "2026-11-15 09:21") == "外带地点");
    CHECK(field("北京", "") == "预计归还时间");
    CHECK(field("北京", "2026-02-30") == "预计归还时间");
    CHECK(field("北京", "2026-11-13 09:21") == "预计归还时间");
    CHECK(field("北京", "2026-11-14 09:21") == "预计归还时间");
    auto same_day = read(kHeadings + take_out_line("北京", "2026-11-14"))[0];
    REQUIRE(same_day.request);  // a due date without a time means until its end
    CHECK(to_rfc3339(same_day.request->take_out->due) == "2026-11-14T15:59:59.000Z");
}

TEST_CASE("a place given without a word on taking out is not passed over") {
    CHECK(read(kHeadings +
               "YY-1,E1,,,2026-11-14 09:21,,YZ-1,合同,2,,北京,2026-11-15 09:21,,审批通过,\n")[0]
              .fault->field == "是否外带");
    auto without_column = read(
        "流程编号,申请人工号,申请时间,印章编号,文件名称,份数,流程状态,外带地点,预计归还时间\n"
        "1,E1,2026-11-14 09:21,YZ-1,合同,1,已归档,上海,2026-11-20\n"
        "2,E1,2026-11-14 09:21,YZ-1,合同,1,已归档,,\n");
    CHECK(without_column[0].request->take_out->place == "上海");
    CHECK_FALSE(without_column[1].request->take_out);
}

TEST_CASE("an order in a remark is a remark") {
    auto request = good(kRemark, "请盖骑缝章");
    CHECK(request.remark == "请盖骑缝章");
    CHECK(request.lines[0].cross_page == 0);
    CHECK_FALSE(request.lines[0].count);
}

TEST_CASE("a title keeps its newlines, quotes and full-width signs") {
    CHECK(good(kTitle, "保密协议(\r\n甲方，\"急件\"２０２６)").title ==
          "保密协议(\n甲方，\"急件\"２０２６)");
    CHECK(fault_field(kTitle, "") == "文件名称");
    CHECK(fault_field(kTitle, std::string(5000, 'x')) == "文件名称");
}

TEST_CASE("impressions, users and window are read where the OA has them") {
    auto head = kHeadings.substr(0, kHeadings.size() - 1) +
                ",盖印次数,骑缝次数,用印人工号,有效期起,有效期止\n";
    auto tail = [&](const std::string& more) {
        auto line = request_line();
        return read(head + line.substr(0, line.size() - 1) + "," + more + "\n")[0];
    };
    auto item = tail("6次,2,E1;E2,2026-11-15,2026-11-20");
    REQUIRE(item.request);
    const auto& line = item.request->lines[0];
    CHECK(line.count == 6);
    CHECK(line.cross_page == 2);
    CHECK(line.users == std::vector<std::string>{"E1", "E2"});
    CHECK(to_rfc3339(*line.valid_from) == "2026-11-14T16:00:00.000Z");
    CHECK(to_rfc3339(*line.valid_to) == "2026-11-20T15:59:59.000Z");
    CHECK(tail("0,,,,").fault->field == "盖印次数");
    CHECK(tail(",-1,,,").fault->field == "骑缝次数");
    CHECK(tail(",,,2026-11-20,2026-11-15").fault->field == "有效期止");
    CHECK(tail(",,,,2026-11-13").fault->field == "有效期止");
}

TEST_CASE("persons are refused for an unknown role or state, never guessed") {
    auto line = [](const std::string& text) {
        return read("工号,姓名,部门,手机,角色,状态\n" + text + "\n", Kind::persons)[0];
    };
    CHECK(line("E1,甲,,,系统管理员,").person->role == "admin");
    CHECK(line("E1,甲,,,审计员,在职").person->role == "auditor");
    CHECK(line("E1,甲,,,,").person->role == "staff");
    CHECK_FALSE(line("E1,甲,,,员工,已离职").person->active);
    CHECK(line("E1,甲,,１３８,员工,").person->phone == "138");
    CHECK(line("E1,甲,,,董事长,").fault->field == "角色");
    CHECK(line("E1,甲,,,员工,出差").fault->field == "状态");
    CHECK(line("E1,,,,员工,").fault->field == "姓名");
    CHECK(line(",甲,,,员工,").fault->field == "工号");
    CHECK(line("E1,甲,,1.38E+10,员工,").fault->field == "手机");
}

TEST_CASE("seals are refused for a bad filing number or state") {
    auto line = [](const std::string& text) {
        return read("印章编号,印章名称,类型,所属单位,格口,保管人工号,备案号,状态\n" + text + "\n",
                    Kind::seals)[0];
    };
    auto both = line("YZ-1,公章,official,某公司,1号,E1、E2,００１２３４５６７８９０１,已登记");
    REQUIRE(both.seal);
    CHECK(both.seal->custodians == std::vector<std::string>{"E1", "E2"});
    CHECK(both.seal->filing_no == "0012345678901");
    CHECK(both.seal->state == "registered");
    CHECK(both.seal->slot == "1");
    CHECK(line("YZ-1,公章,official,,,,,").seal->filing_no.empty());
    CHECK(line("YZ-1,公章,official,,,,12345678901,在用").fault->field == "备案号");
    CHECK(line("YZ-1,公章,official,,,,279281202236X,在用").fault->field == "备案号");
    CHECK(line("YZ-1,公章,official,,,,,停用").fault->field == "状态");
    CHECK(line("YZ-1,公章,,,,,,在用").fault->field == "类型");
    CHECK(line("YZ-1,,official,,,,,在用").fault->field == "印章名称");
}
