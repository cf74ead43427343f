#include "notice.hpp"

#include "catch.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::alertd;

TEST_CASE("a notice is the alert as it is now, or what its event says of it") {
    auto event = *wire::parse_json(
        R"({"seq":12,"time":"2026-11-25T01:02:03.004Z","type":"alert.raised","seal":"S1",)"
        R"("data":{"id":"A1","alert":"slot_forced","severity":"critical","slot":"3"}})");
    Cabinet cabinet{"firm/cab-1", false, {}};
    auto bare = *wire::parse_json(notice_of(event, {}, cabinet, Language::en).json);
    CHECK(bare.text_or("id") == "A1");
    CHECK(bare.text_or("type") == "slot_forced");
    CHECK(bare.text_or("seal") == "S1");
    CHECK(bare.text_or("slot") == "3");
    CHECK(bare.text_or("node") == "firm/cab-1");
    CHECK(bare.text_or("text") == "door opened by force");
    CHECK(bare.integer_or("seq") == 12);
    auto alert = *wire::parse_json(R"({"id":"A1","type":"slot_forced","state":"acknowledged"})");
    auto notice = notice_of(event, alert, cabinet, Language::zh_CN);
    auto now = *wire::parse_json(notice.json);
    CHECK(now.text_or("state") == "acknowledged");
    CHECK(now.text_or("text") == "柜门被强行打开");
    CHECK(notice.json.ends_with("}\n"));
    CHECK(notice.seq == 12);
    CHECK(to_rfc3339(notice.time) == "2026-11-25T01:02:03.004Z");
}

TEST_CASE("a notice of an application names the request, the post and who may decide") {
    auto event = *wire::parse_json(
        R"({"seq":9,"time":"2026-11-25T01:02:03.004Z","type":"alert.raised","request":"SQ-2026-000001",)"
        R"("data":{"id":"A1","alert":"approval_due","severity":"low","about":"SQ-2026-000001 gm",)"
        R"("post":"gm","post_title":"总经理","persons":["E1","E2"]}})");
    auto alert = *wire::parse_json(R"({"id":"A1","type":"approval_due","state":"open"})");
    auto told =
        *wire::parse_json(notice_of(event, alert, {"firm/cab-1", false, {}}, Language::en).json);
    CHECK(told.text_or("request") == "SQ-2026-000001");
    CHECK(told.text_or("post") == "gm");
    CHECK(told.text_or("post_title") == "总经理");
    CHECK(told.texts_or("persons") == std::vector<std::string>{"E1", "E2"});
    CHECK(told.text_or("text") == "application waits for an approval");
}
