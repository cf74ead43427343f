// Half past eight: twelve persons take twelve seals at once. Each take is answered when its PIN is
// checked, its grant is on the disk and its line has fired.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cabinet.hpp"
#include "cabinet_rows.hpp"
#include "helper/sim.hpp"

namespace seals::perf {
namespace {

using namespace std::chrono_literals;

constexpr int kTakes = 12;

std::string number_of(int n) {
    return std::to_string(n);
}

// So many leaving at once would freeze the cabinet, as it should where nobody expects it.
void expect_a_rush(const Cabinet& cabinet) {
    std::ofstream config(cabinet.folder() + "/seals.toml", std::ios::app);
    config << "\n[alert]\nmass_removal_seals = 100\nmass_removal_percent = 100\n";
}

bool stock(const Cabinet& cabinet) {
    for (int n = 1; n <= kTakes; ++n) {
        auto person = "E" + number_of(n), seal = "YZ-" + number_of(n);
        Value who = Value::Object{{"id", person}, {"name", "用印人" + number_of(n)}};
        Value pin = Value::Object{{"pin", "2222"}};
        Value what = Value::Object{
            {"id", seal},           {"name", "合同专用章" + number_of(n)}, {"type", "contract"},
            {"slot", number_of(n)}, {"custodians", Value::Array{person}},  {"state", "active"}};
        bool ok = cabinet.call("POST", "/v1/persons", who) &&
                  cabinet.call("POST", "/v1/persons/" + person + "/pin", pin) &&
                  cabinet.call("POST", "/v1/seals", what);
        if (!ok) return false;
    }
    for (int n = 1; n <= kTakes; ++n) {
        auto record = request_record("REQ-" + number_of(n), "YZ-" + number_of(n));
        for (auto& [name, value] : *record.object())
            if (name == "applicant") value = "E" + number_of(n);
        if (!cabinet.call("POST", "/v1/requests", record)) return false;
    }
    for (int i = 0; i < 50; ++i) {
        auto counted = cabinet.call("POST", "/v1/inventories");
        if (counted && counted->text_or("code") == "ok") return true;
        std::this_thread::sleep_for(100ms);
    }
    return false;
}

Result<Value> take(const Cabinet& cabinet, int n) {
    Value factor = Value::Object{{"kind", "pin"}, {"value", "2222"}};
    Value body = Value::Object{{"requests", Value::Array{"REQ-" + number_of(n)}},
                               {"person", "E" + number_of(n)},
                               {"factors", Value::Array{factor}}};
    return cabinet.call("POST", "/v1/seals/YZ-" + number_of(n) + "/take", body);
}

}  // namespace

void measure_rush(Report& report, const std::string& folder) {
    constexpr const char* kRow = "12 takes of 12 seals at once: until the last is answered";
    Cabinet cabinet(folder + "/rush");
    std::filesystem::remove_all(cabinet.folder());
    if (!cabinet.up(kTakes)) return report.failed(kRow, "the cabinet did not come up");
    expect_a_rush(cabinet);
    cabinet.down();
    if (!cabinet.up(kTakes) || !stock(cabinet))
        return report.failed(kRow, "the cabinet could not be stocked");
    (void)helper::sim_verb(cabinet.folder() + "/sim.sock", "person", {"auto"});
    std::vector<Result<Value>> replies(kTakes, Result<Value>(Value{}));
    auto span = seconds_of([&] {
        std::vector<std::thread> threads;
        for (int n = 1; n <= kTakes; ++n)
            threads.emplace_back(
                [&, n] { replies[static_cast<std::size_t>(n - 1)] = take(cabinet, n); });
        for (auto& thread : threads)
            thread.join();
    });
    for (const auto& reply : replies)
        if (!reply) return report.failed(kRow, reply.error().detail);
    report.add({kRow, span, "s", Goal::most, 3, "all 12 granted"});
}

}  // namespace seals::perf
