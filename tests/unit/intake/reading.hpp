// What the intake tests share: read a text or a file of the test data as one kind of list.
#pragma once

#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "intake/read.hpp"

namespace intake_test {

using namespace seals;
using namespace seals::intake;

inline std::string data(const std::string& name) {
    std::ifstream in(SEALS_TEST_DATA "/" + name, std::ios::binary);
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline Result<std::vector<wire::ImportItem>> try_read(std::string text, const Job& job) {
    std::vector<wire::ImportItem> items;
    TextSource source(std::move(text));
    auto done = read_export(source, job, [&](wire::ImportItem item) {
        items.push_back(std::move(item));
        return Status{};
    });
    if (!done) return done.error();
    return items;
}

inline Job job_for(Kind kind, const std::string& map = "") {
    Job job;
    job.kind = kind;
    auto parsed = parse_map(map);
    REQUIRE(parsed);
    job.map = std::move(*parsed);
    return job;
}

inline std::vector<wire::ImportItem> read(std::string text, Kind kind = Kind::requests,
                                          const std::string& map = "") {
    auto items = try_read(std::move(text), job_for(kind, map));
    if (!items) FAIL(items.error().detail);
    return std::move(*items);
}

inline Error read_error(std::string text, Kind kind = Kind::requests, const std::string& map = "") {
    auto items = try_read(std::move(text), job_for(kind, map));
    REQUIRE_FALSE(items);
    return items.error();
}

inline const std::string kHeadings =
    "流程编号,申请人工号,申请人,申请部门,申请时间,印章名称,印章编号,文件名称,用印份数,是否外带,"
    "外带地点,"
    "预计归还时间,审批链,流程状态,备注\n";

// One good request, with one cell put in the place of another.
inline std::string request_line(std::size_t column = 99, const std::string& cell = "") {
    std::vector<std::string> cells{
        "YY-1",       "E1038",   "何涵",     "人力资源部", "2026-11-14 09:21:00",
        "合同专用章", "YZ-0032", "劳动合同", "2",          "否",
        "",           "",        "甲>乙",    "审批通过",   ""};
    if (column < cells.size()) cells[column] = cell;
    std::string line;
    for (const auto& one : cells) {
        std::string doubled;
        for (char c : one)
            doubled += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += (line.empty() ? "\"" : ",\"") + doubled + "\"";
    }
    return line + "\n";
}

inline wire::ImportItem read_one(std::size_t column = 99, const std::string& cell = "") {
    auto items = read(kHeadings + request_line(column, cell));
    REQUIRE(items.size() == 1);
    return items[0];
}

inline std::string fault_field(std::size_t column, const std::string& cell) {
    auto item = read_one(column, cell);
    INFO(cell);
    REQUIRE(item.fault);
    CHECK_FALSE(item.fault->reason.empty());
    return item.fault->field;
}

inline wire::RequestRecord good(std::size_t column = 99, const std::string& cell = "") {
    auto item = read_one(column, cell);
    if (item.fault) FAIL(item.fault->reason);
    REQUIRE(item.request);
    return *item.request;
}

}  // namespace intake_test
