#include "metrics.hpp"

#include <set>
#include <sstream>

#include "catch.hpp"

using namespace seals;
using namespace seals::sealctl;

namespace {

Value some_status() {
    Value ledger = Value::Object{{"part", "ledger"}, {"state", "ok"}};
    Value locks = Value::Object{{"part", "lo\"ck\\s\n"}, {"state", "fault"}};
    Value counts = Value::Object{{"persons", 7}, {"in_slot", 3}, {"out", 1}, {"sessions", 2}};
    return Value::Object{
        {"version", "1.2"},
        {"origin", "a.example/cab"},
        {"simulated", true},
        {"uptime_ms", 1500},
        {"ledger_size", 115},
        {"indexed", 114},
        {"inventory", Value::Object{{"discrepancies", 2}, {"due", "2026-11-27T00:00:00.000Z"}}},
        {"attention", Value::Array{Value::Object{{"kind", "overdue"}}}},
        {"slots", 41},
        {"counts", counts},
        {"parts", Value::Array{ledger, locks}}};
}

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("metrics say what the status says") {
    auto text = metrics_of(some_status());
    for (const char* line :
         {"seals_up 1", "seals_build{version=\"1.2\",origin=\"a.example/cab\"} 1",
          "seals_simulated 1", "seals_uptime_seconds 1.5", "seals_ledger_entries 115",
          "seals_indexed_entries 114", "seals_slots 41", "seals_persons 7", "seals_visits 2",
          "seals_seals{place=\"in_slot\"} 3", "seals_seals{place=\"out\"} 1",
          "seals_seals{place=\"quarantined\"} 0", "seals_inventory_discrepancies 2",
          "seals_inventory_due_seconds 1795737600", "seals_attention{kind=\"overdue\"} 1",
          "seals_attention{kind=\"frozen\"} 0", "seals_part_state{part=\"ledger\",state=\"ok\"} 1",
          "seals_part_state{part=\"ledger\",state=\"fault\"} 0"}) {
        INFO(line << " in\n" << text);
        CHECK(has_line(text, line));
    }
}

TEST_CASE("labels are escaped, so that no text can forge a sample") {
    CHECK(has_line(metrics_of(some_status()),
                   R"(seals_part_state{part="lo\"ck\\s\n",state="fault"} 1)"));
}

TEST_CASE("a daemon that does not answer is a metric, and nothing is made up for the others") {
    auto text = metrics_of(Value{});
    CHECK(has_line(text, "seals_up 0"));
    CHECK(text.find("seals_ledger") == std::string::npos);
    CHECK(text.ends_with("# EOF\n"));
}

TEST_CASE("every family is told once, as a gauge, before its samples") {
    std::istringstream lines(metrics_of(some_status()));
    std::set<std::string> told;
    std::string line, family;
    while (std::getline(lines, line)) {
        if (line.starts_with("# HELP ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
            CHECK(told.insert(family).second);
        } else if (line.starts_with("# TYPE ")) {
            CHECK(line == "# TYPE " + family + " gauge");
        } else if (line != "# EOF") {
            CHECK(line.substr(0, line.find_first_of("{ ")) == family);
        }
    }
}
