#include "wire/json.hpp"

#include "base/value.hpp"
#include "intake/csv.hpp"
#include "reading.hpp"

using namespace intake_test;

namespace {

const std::string kApi =
    R"({"source":"csv","external_id":"YY-1","status":"approved","applicant":"E1038","applied_at":"2026-11-14T01:21:00Z",)"
    R"("title":"劳动合同","take_out":null,"lines":[{"seal":"YZ-0032","copies":2}]})";
const std::string kHeaded =
    R"({"流程编号":"YY-1","申请人工号":"E1038","申请时间":"2026年11月14日 09:21","印章编号":"YZ-0032","文件名称":"劳动合同",)"
    R"("用印份数":2,"是否外带":"否","流程状态":"审批通过"})";

wire::RequestRecord one(const std::string& text) {
    auto items = read(text);
    REQUIRE(items.size() == 1);
    if (items[0].fault) FAIL(items[0].fault->reason);
    return *items[0].request;
}

wire::RecordFault fault(const std::string& text) {
    auto items = read("[" + text + "]");
    REQUIRE(items.size() == 1);
    REQUIRE(items[0].fault);
    return *items[0].fault;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("API names and headings, JSON and NDJSON, give one record") {
    auto expected = wire::write(one("[" + kApi + "]"));
    for (const auto& text : {"[\n " + kHeaded + "\n]\n", kHeaded + "\n", kApi,
                             "{\"items\":[" + kApi + "],\"next\":null}",
                             "{ \"next\" : {\"a\":[1]} ,\n \"items\" : [\n" + kApi + "\n]}",
                             "\xef\xbb\xbf[" + kApi + "]"}) {
        INFO(text);
        CHECK(wire::write(one(text)) == expected);
    }
    CHECK(read("[]").empty());
    CHECK(read("{\"items\":[]}").empty());
}

TEST_CASE("a whole export reads the same as CSV, JSON and NDJSON") {
    auto csv = read(data("oa/requests.csv"));
    TextSource source(data("oa/requests.csv"));
    auto found = survey(source);
    auto reader = TextReader::open(source, *found);
    std::string text;
    while (*reader->read(text)) {
    }
    std::vector<std::vector<std::string>> rows;
    for (std::string_view rest = text; !rest.empty();) {
        auto scanned = scan_csv(rest, {});
        rows.push_back(scanned.record.cells);
        rest.remove_prefix(scanned.size);
    }
    std::string array = "[", lines;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        Value object{Value::Object{}};
        for (std::size_t c = 0; c < rows[i].size(); ++c)
            object.add(rows[0][c], rows[i][c]);
        array += (i == 1 ? "" : ",\n") + wire::dump_json_pretty(object);
        lines += wire::dump_json(object) + "\r\n";
    }
    for (const auto& items : {read(array + "]"), read(lines)}) {
        REQUIRE(items.size() == csv.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto same = items[i];
            same.line = csv[i].line;
            CHECK(wire::write(same) == wire::write(csv[i]));
        }
    }
}

TEST_CASE("values may be texts, numbers or lists") {
    CHECK(one(with(kHeaded, "\"YY-1\"", "202611140001")).external_id == "202611140001");
    CHECK(one(with(kHeaded, "\"2026年11月14日 09:21\"", "1794619260000")).applied_at ==
          one(kApi).applied_at);
    CHECK(one(with(kHeaded, "\"2026年11月14日 09:21\"", "46340.389583333")).applied_at ==
          one(kApi).applied_at);
    CHECK(one(with(kHeaded, ":2,", ":2.0,")).lines[0].copies == 2);
    CHECK(one(with(kHeaded, "\"YZ-0032\"", "[\"YZ-1\",\"YZ-2\"]")).lines.size() == 2);
    CHECK_FALSE(one(with(kHeaded, "\"否\"", "false")).take_out);
}

TEST_CASE("the API's take_out and lines are judged by the same rules") {
    auto out = one(with(kApi, "null", R"({"place":"北京","due":"2026-11-15 09:21"})"));
    REQUIRE(out.take_out);
    CHECK(out.take_out->place == "北京");
    CHECK(fault(with(kApi, "null", R"({"due":"2026-11-15"})")).field == "take_out.place");
    CHECK(fault(with(kApi, "null", R"({"place":"北京"})")).field == "take_out.due");
    CHECK(fault(with(kApi, "null", R"({"place":"北京","due":"2026-11-13"})")).field ==
          "take_out.due");
    CHECK(fault(with(kApi, "\"copies\":2", "\"copies\":0")).field == "lines[0].copies");
    CHECK(fault(with(kApi, "\"YZ-0032\"", "\"\"")).field == "lines[0].seal");
    CHECK(fault(with(kApi, "}]", "},{\"seal\":\"YZ-0032\",\"copies\":1}]")).field ==
          "lines[1].seal");
    CHECK(fault(with(kApi, R"([{"seal":"YZ-0032","copies":2}])", "3")).field == "lines");
    CHECK(fault(with(kApi, R"({"seal":"YZ-0032","copies":2})", "3")).field == "lines");
    CHECK(fault(with(kApi, "\"YY-1\"", "null")).field == "external_id");
    CHECK(fault(with(kApi, "\"approved\"", "\"maybe\"")).field == "status");
    CHECK(fault(with(kApi, "\"劳动合同\"", "{}")).field == "title");
}

TEST_CASE("a broken line of NDJSON costs itself only, and is placed") {
    auto items = read(kApi + "\n\n{\"external_id\": oops}\n" + kHeaded + "\n[1]\n7\n");
    REQUIRE(items.size() == 5);
    CHECK(items[0].request);
    CHECK(items[1].fault);
    CHECK(items[1].line == 3);
    CHECK(items[2].request);
    CHECK(items[2].line == 4);
    CHECK(items[2].record == 3);
    CHECK(items[3].fault);
    CHECK(items[4].fault);
}

TEST_CASE("records of an array are placed by the line where they start") {
    auto items = read("[\n" + kApi + ",\n\n  " + with(kApi, "YY-1", "YY-2") + "]");
    CHECK(items[0].line == 2);
    CHECK(items[1].line == 4);
    CHECK(items[1].record == 2);
}

TEST_CASE("a broken array is an error of the file with its line") {
    for (const auto& text :
         {"[" + kApi, "[" + kApi + "\n" + kApi + "]", "[" + kApi + ",", "{\"items\":[" + kApi}) {
        INFO(text);
        auto items = try_read(text, job_for(Kind::requests));
        REQUIRE_FALSE(items);
        CHECK(items.error().code == Code::invalid);
        CHECK(items.error().line);
    }
    auto job = job_for(Kind::requests);
    job.format = Format::json;
    CHECK_FALSE(try_read("流程编号,单号\n", job));
}

TEST_CASE("a huge record is one fault, in JSON too") {
    auto huge = with(kApi, "劳动合同", std::string(10 << 20, 'x'));
    auto items = read("[" + huge + "," + kApi + "]");
    REQUIRE(items.size() == 2);
    CHECK(items[0].fault);
    CHECK(items[1].request);
    auto lines = read(kApi + "\n" + huge + "\n" + kApi + "\n");
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].fault);
    CHECK(lines[2].request);
}

TEST_CASE("persons and seals come as JSON too") {
    auto person =
        read(R"([{"id":"E1","name":"甲","role":"custodian","active":false}])", Kind::persons)[0];
    REQUIRE(person.person);
    CHECK(person.person->role == "custodian");
    CHECK_FALSE(person.person->active);
    auto seal = read(
        R"([{"id":"YZ-1","name":"公章","type":"official","custodians":["E1","E2"],"slot":1,"state":"active"}])",
        Kind::seals)[0];
    REQUIRE(seal.seal);
    CHECK(seal.seal->custodians.size() == 2);
    CHECK(seal.seal->slot == "1");
}
