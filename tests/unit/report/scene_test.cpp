#include "report/scene.hpp"

#include "report/fields.hpp"
#include "rows.hpp"

namespace seals::report {
namespace {

Value object(std::initializer_list<std::pair<const char*, Value>> members) {
    Value out{Value::Object{}};
    for (const auto& [name, value] : members)
        out.add(name, value);
    return out;
}

Value reply() {
    auto document = object({{"name", "合同<一>"}, {"number", "HT-1"}, {"pages", 3}});
    auto use = object({{"id", "2026-cab-1-000007"},
                       {"request", "REQ-1"},
                       {"line", 1},
                       {"seal", "YZ-1"},
                       {"by", "E1"},
                       {"witness", "E3"},
                       {"count", 3},
                       {"cross_page", 1},
                       {"excess", 1},
                       {"excess_reason", "多盖一页"},
                       {"at", "2026-03-02T01:05:00.000Z"},
                       {"recorded", "2026-03-02T01:06:00.000Z"},
                       {"document", document},
                       {"before", Value::Array{std::string(64, 'a')}},
                       {"after", Value::Array{std::string(64, 'b')}}});
    auto line = object({{"count", 2}, {"cross_page", 1}, {"remaining", 0}});
    auto request = object({{"source", "oa"},
                           {"applicant", "E2"},
                           {"chain", "赵一>王总"},
                           {"approvers", Value::Array{"E1"}},
                           {"lines", Value::Array{line}}});
    auto loan = object({{"person", "E1"}, {"taken", "2026-03-02T01:00:00.000Z"}});
    auto entry = [](int seq, const char* type, const char* time) {
        return object({{"seq", seq}, {"type", type}, {"time", time}, {"person", "E1"}});
    };
    return object(
        {{"use", use},
         {"request", request},
         {"seal", object({{"name", "合同专用章"}, {"entity", "御海集团"}})},
         {"loan", loan},
         {"entries", Value::Array{entry(40, "seal.taken", "2026-03-02T01:00:00.000Z"),
                                  entry(44, "use.recorded", "2026-03-02T01:06:00.000Z"),
                                  entry(50, "verify.tag_ok", "2026-03-02T02:00:00.000Z")}},
         {"size", 60}});
}

std::string fact_of(const Scene& scene, const std::string& name) {
    for (const auto& group : scene.groups)
        for (const auto& fact : group.facts)
            if (fact.name == name) return fact.text;
    return "none";
}

SceneWords words(Language language) {
    auto person = [](const std::string& id) {
        return (id == "E1" ? "赵一" : id == "E2" ? "钱二" : "孙三") + ("(" + id + ")");
    };
    return {language, person, exact_moment_text};
}

TEST_CASE("a scene tells who, when, where, which seal, what, how often, by whose leave") {
    auto scene = scene_of(reply(), words(Language::zh_CN));
    CHECK(scene.title == "用印现场记录 2026-cab-1-000007");
    CHECK(fact_of(scene, "盖印人") == "赵一(E1)");
    CHECK(fact_of(scene, "监印人") == "孙三(E3)");
    CHECK(fact_of(scene, "用印时间") == "2026-03-02 09:05:00");
    CHECK(fact_of(scene, "归还时间") == "尚未归还");
    CHECK(fact_of(scene, "用印地点").starts_with("未另行登记"));
    CHECK(fact_of(scene, "印章") == "YZ-1 合同专用章");
    CHECK(fact_of(scene, "文件名称") == "合同<一>");
    CHECK(fact_of(scene, "本次盖印") == "3 次,骑缝 1 次");
    CHECK(fact_of(scene, "本行批准") == "2 次,骑缝 1 次");
    CHECK(fact_of(scene, "审批链") == "赵一(E1)、王总(工号不详)");
    CHECK(fact_of(scene, "还章验真") == "标签验真通过 #50");
    CHECK(fact_of(scene, "异常") == "超批准 1 次:多盖一页");
    REQUIRE(scene.photos.size() == 2);
    CHECK(scene.photos[0].label == "用印前");
    CHECK(scene.entries.size() == 3);
    CHECK(fact_of(scene_of(reply(), words(Language::en)), "supervised by") == "孙三(E3)");
}

TEST_CASE("a page shows the photos that are at hand, and names those that were altered") {
    auto scene = scene_of(reply(), words(Language::zh_CN));
    auto page = scene_html(scene, Language::zh_CN, [](const std::string& sha256) {
        Picture picture;
        if (sha256.front() == 'a')
            picture = {"image/png", "AAAA"};
        else
            picture.altered = true;
        return picture;
    });
    CHECK(page.find("<img alt=\"用印前\" src=\"data:image/png;base64,AAAA\">") !=
          std::string::npos);
    CHECK(page.find("与登记的哈希不符") != std::string::npos);
    CHECK(page.find(std::string(64, 'b')) != std::string::npos);
    CHECK(page.find("合同&lt;一&gt;") != std::string::npos);
    CHECK(page.find("SIMULATED") == std::string::npos);
    scene.simulated = true;
    CHECK(scene_html(scene, Language::zh_CN, [](const auto&) {
              return Picture{};
          }).find("SIMULATED") != std::string::npos);
}

TEST_CASE("a scene of which little is known is a page all the same") {
    auto scene = scene_of(object({{"use", object({{"id", "X"}})}}), words(Language::zh_CN));
    CHECK(scene.id == "X");
    CHECK(scene_html(scene, Language::zh_CN, [](const auto&) { return Picture{}; }).find("无") !=
          std::string::npos);
}

}  // namespace
}  // namespace seals::report
