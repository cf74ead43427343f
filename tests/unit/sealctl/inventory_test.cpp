// sealctl inventory: what it sends, and how it tells a count.
#include "fake_daemon.hpp"

namespace seals::sealctl {
namespace {

constexpr const char* kCounted =
    R"({"id":"I1","node":"acme/c1","time":"2026-11-27T01:02:03.000Z","person":"E9","blind":true,)"
    R"("since_last":false,"recount_of":null,"recounts":[],"slots":3,)"
    R"("summary":{"present":2,"out":1},"discrepancies":0,"mismatches":1,"duration_ms":2440,)"
    R"("slot_max_ms":40,"code":"no","seq":12,"items":[)"
    R"({"slot":"1","seal":"YZ-1","entity":"e","verdict":"present","busy":false,)"
    R"("entered":"YZ-1","result":"agrees"},)"
    R"({"slot":"2","seal":"YZ-2","entity":"e","verdict":"present","busy":false,)"
    R"("entered":null,"result":"not_counted"},)"
    R"({"slot":"3","seal":"YZ-3","entity":"e","verdict":"out","busy":true,)"
    R"("entered":"","result":"agrees"}]})";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Counting {
    FakeDaemon daemon;
    Counting() {
        daemon.answer("POST /v1/inventories", {201, kCounted});
        daemon.answer("GET /v1/seals?limit=500", {200, R"({"items":[],"next":null})"});
    }
    auto run(std::vector<std::string> words) {
        return run_sealctl(std::move(words), daemon.socket());
    }
};

}  // namespace

TEST_CASE("a blind count sends the person, the factors and the rows with their lines") {
    Counting counting;
    auto pin = counting.daemon.file("pin", "4711\n");
    auto file = counting.daemon.file("blind.csv", "格口,印章\n1,YZ-1\n\n3,\n");
    auto outcome =
        counting.run({"inventory", "--person", "E9", "--pin-file", pin, "--blind", file});
    CHECK(outcome.exit == 1);
    CHECK(json_of(counting.daemon.asked().front().body) ==
          json_of(R"({"person":"E9","factors":[{"kind":"pin","value":"4711"}],"blind":[)"
                  R"({"slot":"1","seal":"YZ-1","line":2},{"slot":"3","seal":"","line":4}],)"
                  R"("since_last":false,"recount":null})"));
    CHECK(has(outcome.out, "not_counted"));
    CHECK(has(outcome.out, "1 of 3 slots do not match"));
    CHECK(has(outcome.out, "--recount I1"));
}

TEST_CASE("nothing of what should be there is asked for or told before the entry is sent") {
    Counting counting;
    auto file = counting.daemon.file("blind.csv", "slot,seal\n1,YZ-1\n1,YZ-2\n");
    auto outcome = counting.run({"inventory", "--person", "E9", "--blind", file});
    CHECK(outcome.exit == 3);
    CHECK(has(outcome.err, "line 3"));
    CHECK(outcome.out.empty());
    CHECK(counting.daemon.asked().empty());
}

TEST_CASE("a brief count is one line, in both languages, with the count's exit status") {
    Counting counting;
    auto english = counting.run({"inventory", "--brief"});
    CHECK(english.exit == 1);
    CHECK(english.out ==
          "inventory I1: 3 slots, 2 present, 1 out, 0 discrepancies, 1 blind mismatches, 2.4 s\n");
    CHECK(counting.daemon.asked().size() == 1);  // no names are fetched for one line
    auto chinese = counting.run({"inventory", "--brief", "--lang", "zh_CN"});
    CHECK(chinese.out == "盘点 I1:格口 3,在柜 2,借出 1,差异 0,盲盘不符 1,用时 2.4 秒\n");
}

TEST_CASE("the Chinese table has the heads of the form") {
    Counting counting;
    auto outcome = counting.run({"inventory", "--lang", "zh_CN"});
    for (const char* head : {"格口", "账面", "实盘", "结论", "差异"})
        CHECK(has(outcome.out, head));
    CHECK(has(outcome.out, "未盘"));
    CHECK(has(outcome.out, "办理中"));
}

TEST_CASE("a blind count without a person, and a recount without an entry, are wrong usage") {
    Counting counting;
    CHECK(counting.run({"inventory", "--blind", "x"}).exit == 2);
    CHECK(counting.run({"inventory", "--recount", "I1", "--person", "E9"}).exit == 2);
    CHECK(counting.daemon.asked().empty());
}

TEST_CASE("the history is one page, newest first as it comes") {
    Counting counting;
    counting.daemon.answer("GET /v1/inventories?limit=2",
                           {200, std::string(R"({"next":"I1","items":[)") + kCounted + "]}"});
    counting.daemon.answer("GET /v1/persons/E9", {200, R"({"id":"E9","name":"Ann"})"});
    auto outcome = counting.run({"inventory", "list", "--limit", "2"});
    CHECK(outcome.exit == 0);
    CHECK(has(outcome.out, "I1"));
    CHECK(has(outcome.out, "full, blind"));
    CHECK(counting.run({"inventory", "list", "--limit", "0"}).exit == 2);
}

TEST_CASE("showing an inventory exits 0, whatever it found") {
    Counting counting;
    counting.daemon.answer("GET /v1/inventories/I1", {200, kCounted});
    auto outcome = counting.run({"inventory", "show", "I1"});
    CHECK(outcome.exit == 0);
    CHECK(has(outcome.out, "acme/c1"));
    CHECK(has(outcome.out, "not_counted"));
}

}  // namespace seals::sealctl
