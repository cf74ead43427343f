// Rows as sealsd tells them, for the tests of the forms.
#pragma once

#include <string>

#include "catch.hpp"
#include "report/renderer.hpp"

namespace seals::report::test {

inline Value person(const char* id, const char* name) {
    Value out{Value::Object{}};
    out.add("id", id);
    out.add("name", name);
    return out;
}

inline Value register_row(std::int64_t number, const std::string& title = "采购合同") {
    Value loan{Value::Object{}};
    loan.add("person", person("E1", "赵一"));
    loan.add("taken", "2026-03-02T01:00:00.000Z");
    loan.add("returned", "2026-03-02T02:30:00.000Z");
    loan.add("verdict", "present");
    Value row{Value::Object{}};
    row.add("number", number);
    row.add("id", "2026-cab-1-" + std::to_string(1'000'000 + number).substr(1));
    row.add("at", "2026-03-02T01:05:30.000Z");
    row.add("seal", "YZ-1");
    row.add("seal_name", "合同专用章");
    row.add("entity", "御海集团");
    row.add("request", "REQ-1");
    row.add("external_id", "REQ-1");
    row.add("title", title);
    row.add("department", "市场部");
    row.add("applicant", person("E2", "钱二"));
    row.add("approvers", Value::Array{person("E1", "赵一")});
    row.add("chain", "部门:赵一>王总");
    row.add("stamped_by", Value::Array{person("E1", "赵一")});
    row.add("witnesses", Value::Array{person("E3", "孙三")});
    row.add("copies", 1);
    row.add("granted", 3);
    row.add("granted_cross_page", 1);
    row.add("impressions", number % 4 + 1);
    row.add("cross_page", number % 2);
    row.add("excess", number % 5 == 0 ? 1 : 0);
    row.add("excess_cross_page", 0);
    row.add("loans", Value::Array{loan});
    row.add("photos", Value::Array{std::string(64, 'a')});
    row.add("marks", Value::Array{});
    row.add("seqs", Value::Array{number + 10});
    return row;
}

inline Head head(ReportKind kind = ReportKind::use_register) {
    return {kind,
            Instant{1'772'380'800'000},
            Instant{1'775'059'199'999},
            "",
            "",
            "seals.test/cab-1",
            false,
            1234,
            "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="};
}

using Make = std::unique_ptr<Renderer> (*)(const Head&, Out);

// All that is rendered, the number of pages put in.
inline std::string rendered(Make make, const std::vector<Value>& rows, const Head& of = head()) {
    std::string all;
    auto renderer = make(of, [&](std::string_view text) { all += text; });
    for (const auto& row : rows)
        renderer->row(row);
    renderer->end();
    auto pages = std::to_string(renderer->pages());
    for (auto at = all.find(kPagesMark); at != std::string::npos; at = all.find(kPagesMark))
        all.replace(at, 1, pages);
    return all;
}

}  // namespace seals::report::test
