// sealctl against a daemon of canned replies: what it sends, prints and exits with.
#include "fake_daemon.hpp"

namespace seals::sealctl {
namespace {

constexpr const char* kRefused =
    R"({"type":"urn:seals:problem:refused","title":"A rule said no","status":409,)"
    R"("detail":"no request was named","code":"refused","rule":"R01",)"
    R"("remedy":"have it approved","seq":4})";
constexpr const char* kOpened = R"({"session":"s-1","seal":"YZ-1","slot":"7","seq":5})";

std::string session_stream(const std::string& code, const std::string& verdict) {
    return R"({"seq":6,"type":"slot.opened","session":"s-1","data":{"slot":"7"}})"
           "\n\n"  // a heartbeat between
           R"({"seq":7,"type":"slot.closed","session":"s-1","data":{"slot":"7"}})"
           "\n" +
           (R"({"id":"s-1","kind":"return","state":"closed","verdict":")" + verdict) +
           R"(","code":")" + code + "\"}\n";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("a take sends its PIN from a file in the body, a fresh key, and follows the visit") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/seals/YZ-1/take", {201, kOpened});
    daemon.answer("GET /v1/sessions/s-1?follow=1",
                  {200, session_stream("ok", "taken"), "application/x-ndjson"});
    auto pin = daemon.file("pin", "4711\nnot this\n");
    auto outcome =
        run_sealctl({"take", "YZ-1", "--request", "R1", "R2", "--person", "E1", "--pin-file", pin},
                    daemon.socket());
    CHECK(outcome.exit == 0);
    CHECK(has(outcome.out, "slot 7 is unlocked"));
    CHECK(has(outcome.out, "door opened\ndoor shut\n"));
    auto take = daemon.asked().front();
    CHECK(json_of(take.body) ==
          json_of(R"({"requests":["R1","R2"],"person":"E1",)"
                  R"("factors":[{"kind":"pin","value":"4711"}],"second":null})"));
    CHECK(has(take.head, "Idempotency-Key: "));
    CHECK(has(take.head, "Accept-Language: en"));
}

TEST_CASE("the exit status of a visit is that of its session") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/seals/YZ-1/return", {201, kOpened});
    for (auto [code, verdict, exit] :
         {std::tuple{"ok", "returned", 0}, {"no", "forged", 1}, {"timeout", "no_door", 9}}) {
        daemon.answer("GET /v1/sessions/s-1?follow=1",
                      {200, session_stream(code, verdict), "application/x-ndjson"});
        CHECK(run_sealctl({"return", "YZ-1", "--person", "E1"}, daemon.socket()).exit == exit);
    }
    auto quiet =
        run_sealctl({"return", "YZ-1", "--person", "E1", "--no-follow", "--json"}, daemon.socket());
    CHECK(quiet.exit == 0);
    CHECK(quiet.out == std::string(kOpened) + "\n");
}

TEST_CASE("with --json a visit is NDJSON: the reply, its events, the session last") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/seals/YZ-1/return", {201, kOpened});
    daemon.answer("GET /v1/sessions/s-1?follow=1",
                  {200, session_stream("no", "forged"), "application/x-ndjson"});
    auto outcome = run_sealctl({"return", "YZ-1", "--person", "E1", "--json"}, daemon.socket());
    CHECK(outcome.exit == 1);
    std::vector<Value> lines;
    for (std::size_t at = 0; at < outcome.out.size();) {
        auto end = outcome.out.find('\n', at);
        lines.push_back(json_of(outcome.out.substr(at, end - at)));
        at = end + 1;
    }
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].text_or("session") == "s-1");
    CHECK(lines[1].text_or("type") == "slot.opened");
    CHECK(lines[3].text_or("code") == "no");
}

TEST_CASE("a refusal names its rule and remedy on stderr, and is the body with --json") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/seals/YZ-1/take", {409, kRefused, "application/problem+json"});
    auto told = run_sealctl({"take", "YZ-1", "--person", "E1"}, daemon.socket());
    CHECK(told.exit == 5);
    CHECK(told.out.empty());
    CHECK(told.err ==
          "sealctl: no request was named\nrule: R01 no approved request, no seal\n"
          "remedy: have it approved\nrecorded: ledger entry 4\n");
    auto json = run_sealctl({"take", "YZ-1", "--person", "E1", "--json"}, daemon.socket());
    CHECK(json.exit == 5);
    CHECK(json.out == std::string(kRefused) + "\n");
    CHECK(json.err.empty());
}

TEST_CASE("no PIN from anywhere sends no factor") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/seals/YZ-1/take", {409, kRefused, "application/problem+json"});
    auto pin = daemon.file("empty", "");
    CHECK(
        run_sealctl({"take", "YZ-1", "--person", "E1", "--pin-file", pin}, daemon.socket()).exit ==
        3);
    CHECK(daemon.asked().empty());
    CHECK(run_sealctl({"take", "YZ-1", "--person", "E1", "--pin-fd", "77"}, daemon.socket()).exit ==
          3);
}

TEST_CASE("the key that is given is the key that is sent") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/seals/YZ-1/return", {201, kOpened});
    run_sealctl({"return", "YZ-1", "--person", "E1", "--no-follow", "--idempotency-key", "k-1"},
                daemon.socket());
    CHECK(has(daemon.asked().front().head, "Idempotency-Key: k-1"));
    auto wrong = run_sealctl({"return", "YZ-1", "--person", "E1", "--idempotency-key", "a b"},
                             daemon.socket());
    CHECK(wrong.exit == 2);
}

TEST_CASE("a daemon that is not there exits 8, also as problem+json") {
    auto told = run_sealctl({"status"}, "/tmp/no-such-folder/api.sock");
    CHECK(told.exit == 8);
    CHECK(has(told.err, "sealctl: "));
    CHECK(has(told.err, "remedy: "));
    auto json = run_sealctl({"status", "--json"}, "/tmp/no-such-folder/api.sock");
    CHECK(json.exit == 8);
    CHECK(json_of(json.out).text_or("code") == "unavailable");
    CHECK(run_sealctl({"sim", "trace"}, "/tmp/no-such-folder/api.sock").exit == 8);
}

TEST_CASE("an import sends the file whole and tells each line that did not go in") {
    FakeDaemon daemon;
    daemon.answer(
        "POST /v1/imports",
        {200, R"({"accepted":2,"unchanged":1,"withdrawn":0,"left_out":3,"refused":[{"line":4,)"
              R"("record":3,"field":"申请时间","reason":"no time"}],"conflicts":[{"line":9,)"
              R"("record":8,"external_id":"YY-9","field":"title"}],"refused_count":5,)"
              R"("conflict_count":1,"dry_run":true,"code":"no"})"});
    auto file = daemon.file("oa.csv", "流程编号\r\nYY-1\r\n");
    auto map = daemon.file("map.toml", "[columns]\n");
    auto outcome = run_sealctl({"request", "import", file, "--dry-run", "--map", map, "--source",
                                "oa2", "--format", "csv"},
                               daemon.socket());
    CHECK(outcome.exit == 1);
    CHECK(daemon.uploaded() == "流程编号\r\nYY-1\r\n");
    auto body = json_of(daemon.last().body);
    CHECK(body.text_or("kind") == "requests");
    CHECK(body.text_or("sha256") == std::string(64, 'a'));
    CHECK(body.text_or("map") == "[columns]\n");
    CHECK(body.text_or("source") == "oa2");
    CHECK(body.text_or("format") == "csv");
    CHECK(body.boolean_or("dry_run"));
    CHECK(has(outcome.out, "dry run"));
    CHECK(has(outcome.out, "accepted 2, unchanged 1, withdrawn 0, left out 3"));
    CHECK(has(outcome.out, "   4       3  申请时间  no time\n"));
    CHECK(has(outcome.out, "… and 4 more"));
    CHECK(has(outcome.out, "YY-9"));
    CHECK(run_sealctl({"seal", "import", "/no/such/file"}, daemon.socket()).exit == 3);
}

TEST_CASE("lists go on to their last page, and are one JSON document") {
    FakeDaemon daemon;
    daemon.answer("GET /v1/events?limit=500",
                  {200, R"({"items":[{"seq":1,"type":"state"}],"next":"1"})"});
    daemon.answer("GET /v1/events?limit=500&after=1",
                  {200, R"({"items":[{"seq":2,"type":"state"}],"next":null})"});
    daemon.answer("GET /v1/events?after=1&limit=500",
                  {200, R"({"items":[{"seq":2,"type":"state"}],"next":null})"});
    auto outcome = run_sealctl({"event", "list", "--json"}, daemon.socket());
    CHECK(outcome.exit == 0);
    CHECK(outcome.out ==
          R"({"items":[{"seq":1,"type":"state"},{"seq":2,"type":"state"}],"next":null})"
          "\n");
}

TEST_CASE("a list whose second page fails still closes its JSON, and fails") {
    FakeDaemon daemon;
    daemon.answer("GET /v1/seals?limit=500",
                  {200, R"({"items":[{"id":"YZ-1","name":"公章"}],"next":"YZ-1"})"});
    auto outcome = run_sealctl({"seal", "list", "--json"}, daemon.socket());
    CHECK(outcome.exit == 6);
    CHECK(json_of(outcome.out).find("items")->array()->size() == 1);
    CHECK(has(outcome.err, "no such thing"));
}

TEST_CASE("those who have left are listed with --all only") {
    FakeDaemon daemon;
    daemon.answer("GET /v1/persons?limit=500",
                  {200, R"({"items":[{"id":"E1","active":true},{"id":"E2","active":false}],)"
                        R"("next":null})"});
    CHECK_FALSE(has(run_sealctl({"person", "list"}, daemon.socket()).out, "E2"));
    CHECK(has(run_sealctl({"person", "list", "--all"}, daemon.socket()).out, "E2"));
    daemon.answer("GET /v1/requests?all=1&limit=500", {200, R"({"items":[],"next":null})"});
    CHECK(run_sealctl({"request", "list", "--all"}, daemon.socket()).exit == 0);
}

TEST_CASE("the code in a body decides the exit, and what was found is told") {
    FakeDaemon daemon;
    daemon.answer("POST /v1/verify",
                  {200, R"({"ok":false,"size":9,"root":"x","first_bad":{"seq":7,)"
                        R"("reason":"its hash differs"},"code":"corrupt"})"});
    auto corrupt = run_sealctl({"verify"}, daemon.socket());
    CHECK(corrupt.exit == 10);
    CHECK(has(corrupt.out, "first bad entry: 7, its hash differs"));
    daemon.answer("POST /v1/inventories",
                  {201, R"({"id":"i-1","items":[{"slot":"1","seal":"YZ-1","verdict":"missing"}],)"
                        R"("summary":{"missing":1},"duration_ms":2400,"seq":3,"code":"no"})"});
    auto counted = run_sealctl({"inventory", "--lang", "zh_CN"}, daemon.socket());
    CHECK(counted.exit == 1);
    CHECK(has(counted.out, "应在未在"));
    CHECK(has(counted.out, "用时 2.4 秒"));
}

TEST_CASE("Chinese output follows the locale and shows names before numbers") {
    FakeDaemon daemon;
    daemon.answer("GET /v1/persons/E1038", {200, R"({"id":"E1038","name":"何涵"})"});
    daemon.answer("GET /v1/events?limit=500",
                  {200, R"({"items":[{"seq":9,"time":"2026-11-25T09:30:00.000Z","type":)"
                        R"("seal.taken","seal":"YZ-1","person":"E1038","data":{"slot":"7",)"
                        R"("due":1797240600000}}],"next":null})"});
    auto outcome = run_sealctl({"event", "list"}, daemon.socket(), "zh_CN.UTF-8");
    CHECK(has(outcome.out, "2026-11-25 17:30:00  印章已取出  YZ-1"));
    CHECK(has(outcome.out, "何涵(E1038)"));
    CHECK(has(outcome.out, "7 号格口, 应于 2026-12-14 17:30:00 前归还"));
}

TEST_CASE("search sends its words and times as the API wants them") {
    FakeDaemon daemon;
    run_sealctl({"search", "合同", "刘氏", "--from", "2026-11-01", "--to", "2026-11-02", "--seal",
                 "YZ-1", "--limit", "5", "--lang", "zh_CN"},
                daemon.socket());
    CHECK(has(daemon.last().line,
              "GET /v1/search?q=%E5%90%88%E5%90%8C%20%E5%88%98%E6%B0%8F"
              "&from=2026-10-31T16%3A00%3A00.000Z&to=2026-11-02T15%3A59%3A59.999Z"
              "&seal=YZ-1&limit=5"));
    CHECK(run_sealctl({"search", "x", "--from", "yesterday"}, daemon.socket()).exit == 2);
}

TEST_CASE("what follows prints events as they come and ends with the daemon's problem") {
    FakeDaemon daemon;
    daemon.answer("GET /v1/events?follow=1",
                  {200,
                   R"({"seq":1,"type":"device.booted","data":{"version":"9"}})"
                   "\n\n"
                   R"({"detail":"closing down","code":"unavailable","status":503})"
                   "\n",
                   "application/x-ndjson"});
    auto outcome = run_sealctl({"event", "follow"}, daemon.socket());
    CHECK(outcome.exit == 8);
    CHECK(has(outcome.out, "1  sealsd started  9\n"));
    CHECK(has(outcome.err, "closing down"));
}

}  // namespace
}  // namespace seals::sealctl
