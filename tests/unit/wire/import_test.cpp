#include "wire/import.hpp"

#include <set>

#include "catch.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::wire;

namespace {

template <Struct T>
void check_field_list() {
    std::set<std::string_view> names;
    std::apply(
        [&](const auto&... field) {
            (
                [&] {
                    CHECK(names.insert(field.name).second);
                    CHECK_FALSE(field.about.empty());
                    for (char c : field.name)
                        CHECK((c == '_' || (c >= 'a' && c <= 'z')));
                }(),
                ...);
        },
        T::fields());
}

RequestRecord sample() {
    RequestRecord request;
    request.source = "oa";
    request.external_id = "YY-202611-00001";
    request.status = "approved";
    request.applicant = "E1038";
    request.applicant_name = "王\"小\n明";
    request.applied_at = *from_rfc3339("2026-11-25T09:30:00+08:00");
    request.title = "销售合同";
    request.take_out = TakeOut{"上海", *from_rfc3339("2026-11-27T18:00:00+08:00")};
    request.lines = {{"YZ-0032", 2, 4, 1, {"E1038", "E2"}, request.applied_at, std::nullopt},
                     {"YZ-0033", 1, std::nullopt, 0, {}, std::nullopt, std::nullopt}};
    return request;
}

}  // namespace

TEST_CASE("field names of import records are snake_case, unique and explained") {
    check_field_list<PersonRecord>();
    check_field_list<SealRecord>();
    check_field_list<RequestRecord>();
    check_field_list<RequestRecordLine>();
    check_field_list<TakeOut>();
    check_field_list<RecordFault>();
    check_field_list<ImportItem>();
}

TEST_CASE("a request record goes through JSON text and comes back the same") {
    ImportItem item{12, 3, std::nullopt, "YY-202611-00001", std::nullopt, std::nullopt, sample()};
    auto parsed = parse_json(dump_json(write(item)));
    REQUIRE(parsed);
    auto again = read<ImportItem>(*parsed);
    REQUIRE(again);
    CHECK(write(*again) == write(item));
    CHECK(again->request->lines.at(0).users == std::vector<std::string>{"E1038", "E2"});
    CHECK(again->request->take_out->place == "上海");
    CHECK_FALSE(again->request->lines.at(1).count);
}

TEST_CASE("a status or state outside its closed set is refused") {
    auto request = sample();
    request.status = "审批通过";
    auto refused = read<RequestRecord>(write(request));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "status");
    SealRecord seal{"YZ-1", "公章", "official", "", "", {}, "0100000000001", "burnt"};
    CHECK(read<SealRecord>(write(seal)).error().field == "state");
    seal.state = "active";
    auto kept = read<SealRecord>(write(seal));
    REQUIRE(kept);
    CHECK(kept->filing_no == "0100000000001");
}
