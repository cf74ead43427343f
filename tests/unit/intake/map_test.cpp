#include "intake/map.hpp"

#include "reading.hpp"

using namespace intake_test;

TEST_CASE("a map names columns and words of another OA") {
    auto items = read(
        "单子,人,何时,章,什么,几份,怎样\nA-1,E1,2026-11-14 09:21,YZ-1,合同,1,走完\n",
        Kind::requests,
        "[columns]\nexternal_id = \"单子\"\napplicant = [\"谁\", \"人\"]\napplied_at = "
        "\"何时\"\nseal = \"章\"\n"
        "title = \"什么\"\ncopies = \"几份\"\nstatus = \"怎样\"\n[status]\napproved = [\"走完\"]\n"
        "[format]\ntimezone = \"UTC\"\nsource = \"ecology\"\ndelimiter = \"comma\"\n");
    REQUIRE(items.size() == 1);
    REQUIRE(items[0].request);
    CHECK(items[0].request->external_id == "A-1");
    CHECK(items[0].request->status == "approved");
    CHECK(items[0].request->source == "ecology");
    CHECK(to_rfc3339(items[0].request->applied_at) == "2026-11-14T09:21:00.000Z");
}

TEST_CASE("a map's words come before the built-in ones") {
    auto text = kHeadings + request_line(13, "完成");
    CHECK(read(text)[0].request->status == "approved");
    CHECK(read(text, Kind::requests, "[status]\npending = \"完成\"\n")[0].request->status ==
          "pending");
}

TEST_CASE("a mapped column takes the place of the built-in one") {
    auto text =
        "流程编号,单号,申请人工号,申请时间,印章编号,文件名称,份数,状态\nLC,DH,E1,2026-11-14,YZ-1,"
        "合同,1,通过\n";
    CHECK(read(text)[0].request->external_id == "LC");
    CHECK(
        read(text, Kind::requests, "[columns]\nexternal_id = \"单号\"\n")[0].request->external_id ==
        "DH");
    CHECK_THAT(read_error(text, Kind::requests, "[columns]\nexternal_id = \"没有\"\n").detail,
               ContainsSubstring("external_id"));
}

TEST_CASE("what a map may not hold is an error with its line") {
    struct Bad {
        const char* text;
        int line;
        const char* says;
    };
    for (const auto& bad :
         {Bad{"[columns]\nexternal = \"单号\"\n", 2, "external"}, Bad{"[colums]\n", 1, "colums"},
          Bad{"\n\ntimezone = \"UTC\"\n", 3, "timezone"},
          Bad{"[format]\ndelimiter = \"x\"\n", 2, "delimiter"},
          Bad{"[status]\napproved = 3\n", 2, "approved"},
          Bad{"[status]\napproved = []\n", 2, "approved"},
          Bad{"[status]\napproved = [\"好\"]\nrejected = [\"好\"]\n", 3, "both"},
          Bad{"[status\n", 1, "TOML"}, Bad{"[format]\nsource = \"a b\"\n", 2, "source"}}) {
        INFO(bad.text);
        auto map = parse_map(bad.text);
        REQUIRE_FALSE(map);
        CHECK(map.error().code == Code::invalid);
        CHECK(map.error().line == bad.line);
        CHECK_THAT(map.error().detail, ContainsSubstring(bad.says));
    }
    CHECK(parse_map(""));
}

TEST_CASE("the caller's source goes before the map's, the map's zone before the caller's") {
    auto job = job_for(Kind::requests, "[format]\nsource = \"ecology\"\ntimezone = \"UTC\"\n");
    auto text = kHeadings + request_line();
    auto items = try_read(text, job);
    REQUIRE(items);
    CHECK((*items)[0].request->source == "ecology");
    CHECK(to_rfc3339((*items)[0].request->applied_at) == "2026-11-14T09:21:00.000Z");
    job.source = "dingtalk";
    CHECK((*try_read(text, job))[0].request->source == "dingtalk");
    job.map = {};
    job.timezone = "Mars/Olympus";
    CHECK_FALSE(try_read(text, job));
}
