// sealctl report: what it asks for, and that nothing is printed that is not whole and right.
#include "commands/table.hpp"
#include "fake_daemon.hpp"
#include "parse.hpp"

namespace seals::sealctl {
namespace {

constexpr const char* kAsked =
    "GET /v1/reports/handover?from=2026-03-01T16%3A00%3A00.000Z&to=2026-03-31T15%3A59%3A59.999Z";

std::string head(int rows) {
    return R"({"kind":"handover","from":"2026-03-01T16:00:00.000Z",)"
           R"("to":"2026-03-31T15:59:59.999Z","rows":)" +
           std::to_string(rows) +
           R"(,"origin":"acme/c1","simulated":false,"ledger":{"root":"cm9vdA==","size":7}})"
           "\n";
}
constexpr const char* kRow =
    R"({"number":1,"id":"H1","handover":"permanent","state":"done","seal":"YZ-1","seal_name":"公章",)"
    R"("entity":"甲","from_person":{"id":"E1","name":"赵一"},"to_person":{"id":"E2","name":""},)"
    R"("offered":"2026-03-02T01:00:00.000Z","open":0,"seq":5})"
    "\n";

std::string end(int rows, int open) {
    return R"({"code":"ok","totals":{"rows":)" + std::to_string(rows) + R"(,"open":)" +
           std::to_string(open) + R"(},"size":7,"root":"cm9vdA=="})" + "\n";
}

struct Reporting {
    FakeDaemon daemon;
    explicit Reporting(const std::string& stream) {
        daemon.answer(kAsked, {200, stream, "application/x-ndjson"});
    }
    auto run(const char* format) {
        return run_sealctl({"report", "handover", "--from", "2026-03-02", "--to", "2026-03-31",
                            "--format", format},
                           daemon.socket());
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a report is of days in Beijing, and in each format says the same") {
    Reporting reporting(head(1) + kRow + end(1, 0));
    auto csv = reporting.run("csv");
    CHECK(csv.exit == 0);
    CHECK(has(csv.out, "1,H1,长期移交,已完成,YZ-1,公章,甲,赵一(E1),E2,,2026-03-02 09:00,,,5\r\n"));
    auto txt = reporting.run("txt");
    CHECK(has(txt.out, "第 1 页/共 1 页"));
    CHECK(has(txt.out, "累    计:1 行,未了结 0"));
    CHECK(has(txt.out, "账本规模 7  根哈希 cm9vdA=="));
    auto json = json_of(reporting.run("json").out);
    CHECK(json.find("items")->array()->size() == 1);
    CHECK(json.find("ledger")->integer_or("size") == 7);
    CHECK(json.find("totals")->integer_or("rows") == 1);
    CHECK(json.text_or("kind") == "handover");
    CHECK(has(reporting.run("html").out, "共 1 页"));
}

TEST_CASE("rows that do not add up to what sealsd told are not printed") {
    for (const auto& stream :
         {head(1) + kRow + end(1, 1), head(2) + kRow + end(1, 0), head(1) + kRow + end(2, 0)}) {
        Reporting reporting(stream);
        auto outcome = reporting.run("csv");
        CHECK(outcome.exit == 70);
        CHECK(outcome.out.empty());
        CHECK(has(outcome.err, "do not add up"));
    }
}

TEST_CASE("of a report that breaks off nothing is printed") {
    Reporting reporting(head(1) + kRow);
    auto outcome = reporting.run("txt");
    CHECK(outcome.exit == 8);
    CHECK(outcome.out.empty());
    Reporting failing(head(1) + kRow +
                      R"({"title":"x","detail":"little room","code":"unavailable"})" + "\n");
    outcome = failing.run("txt");
    CHECK(outcome.exit == 8);
    CHECK(outcome.out.empty());
    CHECK(has(outcome.err, "little room"));
}

TEST_CASE("a word after a verb is never taken for another verb") {
    for (const char* word : {"handover", "inventory", "status"}) {
        auto parsed = parse(commands(), {"search", word, "--seal", "take"}, Language::en);
        REQUIRE(parsed);
        CHECK(parsed->command->path == "search");
        CHECK(parsed->arguments.one("WORD") == word);
        CHECK(parsed->arguments.one("--seal") == "take");
    }
    auto parsed = parse(commands(), {"--json", "inventory", "list"}, Language::en);
    REQUIRE(parsed);
    CHECK(parsed->command->path == "inventory list");
    auto wrong = parse(commands(), {"report", "a", "b"}, Language::en);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().detail.find('\x01') == std::string::npos);
}

}  // namespace seals::sealctl
