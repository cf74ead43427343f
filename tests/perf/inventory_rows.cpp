// A count of 60 slots beside the time that its tags take. All slots of demo-up's cabinet share one
// reader, so the tags' own time is the sum of their readings, as the reader's worker measures them.
#include <chrono>
#include <filesystem>
#include <thread>

#include "cabinet.hpp"
#include "cabinet_rows.hpp"
#include "helper/sim.hpp"

namespace seals::perf {
namespace {

using namespace std::chrono_literals;

constexpr int kSlots = 60, kSlow = 12;

bool stock(const Cabinet& cabinet) {
    Value keeper = Value::Object{{"id", "E1"}, {"name", "赵一"}, {"role", "custodian"}};
    if (!cabinet.call("POST", "/v1/persons", keeper)) return false;
    for (int n = 1; n <= kSlots; ++n) {
        auto number = std::to_string(n);
        Value seal = Value::Object{
            {"id", "YZ-" + number}, {"name", "合同专用章" + number},    {"type", "contract"},
            {"slot", number},       {"custodians", Value::Array{"E1"}}, {"state", "active"}};
        if (!cabinet.call("POST", "/v1/seals", seal)) return false;
    }
    for (int i = 0; i < 50; ++i) {  // until the simulated cabinet has made every tag
        auto counted = cabinet.call("POST", "/v1/inventories");
        if (counted && counted->text_or("code") == "ok") return true;
        std::this_thread::sleep_for(100ms);
    }
    return false;
}

// A chip in the slot that answers each command after 300 ms.
bool put_slow(const Cabinet& cabinet, int slot) {
    auto number = std::to_string(slot);
    auto socket = cabinet.folder() + "/sim.sock";
    return helper::sim_verb(socket, "remove", {number}) &&
           helper::sim_verb(socket, "insert", {number, "slow:YZ-" + number});
}

void add_count(Report& report, const Cabinet& cabinet, const std::string& what, Goal goal) {
    Result<Value> reply = Value{};
    auto span = seconds_of([&] { reply = cabinet.call("POST", "/v1/inventories"); });
    if (!reply) return report.failed(what, reply.error().detail);
    auto reading = static_cast<double>(reply->integer_or("reading_ms"));
    auto beside = std::to_string(static_cast<long>(span * 1000)) + " ms in all, tags " +
                  std::to_string(static_cast<long>(reading)) + " ms, " + reply->text_or("code");
    report.add({what, (span * 1000 - reading) / reading * 100, "%", goal, 5, beside});
}

}  // namespace

void measure_inventory(Report& report, const std::string& folder) {
    Cabinet cabinet(folder + "/count");
    std::filesystem::remove_all(cabinet.folder());
    if (!cabinet.up(kSlots) || !stock(cabinet))
        return report.failed("inventory", "the cabinet did not come up");
    add_count(report, cabinet, "inventory of 60 slots beyond the tags' time, tags at once",
              Goal::none);
    for (int slot = 1; slot <= kSlow; ++slot)
        if (!put_slow(cabinet, slot)) return report.failed("inventory", "no slow tag");
    add_count(report, cabinet, "inventory of 60 slots beyond the tags' time, 12 of them slow",
              Goal::most);
}

}  // namespace seals::perf
