#include "cabinet_rows.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

#include "cabinet.hpp"
#include "client/client.hpp"
#include "engine/random.hpp"
#include "helper/bolt.hpp"
#include "helper/sim.hpp"
#include "loop/loop.hpp"
#include "loop/system_clock.hpp"
#include "poster.hpp"
#include "test_vfs.hpp"
#include "wire/json.hpp"

namespace seals::perf {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kClients = 32;
constexpr auto kSpan = 6s;
constexpr int kSyncMs = 5;

// Rows per second of plain SQLite in WAL mode, `batch` inserts of such a leaf per commit.
double bare_rate(const std::string& path, int batch) {
    test::register_test_vfs();
    test::faults().clear();
    test::faults().sync_ms = kSyncMs;
    sqlite3* db = nullptr;
    sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, test::kTestVfs);
    sqlite3_exec(db,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry(seq INTEGER "
                 "PRIMARY KEY, leaf BLOB)",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO entry(leaf) VALUES(?)", -1, &insert, nullptr);
    std::string leaf(700, 'x');
    long rows = 0;
    auto span = seconds_of([&] {
        auto end = Clock::now() + kSpan / 2;
        while (Clock::now() < end) {
            sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
            for (int i = 0; i < batch; ++i, ++rows) {
                sqlite3_bind_blob(insert, 1, leaf.data(), static_cast<int>(leaf.size()),
                                  SQLITE_STATIC);
                sqlite3_step(insert);
                sqlite3_reset(insert);
            }
            sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
        }
    });
    sqlite3_finalize(insert);
    sqlite3_close(db);
    test::faults().clear();
    return static_cast<double>(rows) / span;
}

// The text of a request around the number that makes its id (and title) unique.
std::pair<std::string, std::string> request_around(const std::string& client) {
    constexpr std::string_view kMark = "#";
    auto text = wire::dump_json(request_record(client + std::string(kMark), "YZ-1"));
    auto at = text.find(kMark);
    return {text.substr(0, at), text.substr(at + kMark.size())};
}

// Requests per second that `clients` threads have answered, each over a connection of its own.
double posted_rate(const Cabinet& cabinet, int clients, const std::string& mark) {
    std::atomic<long> answered{0};
    auto end = Clock::now() + kSpan;
    auto span = seconds_of([&] {
        std::vector<std::thread> threads;
        for (int c = 0; c < clients; ++c)
            threads.emplace_back([&, c] {
                Poster poster(cabinet.socket());
                auto client = mark + std::to_string(c) + "-";
                auto [before, after] = request_around(client);
                for (int n = 0; Clock::now() < end; ++n)
                    if (poster.post("/v1/requests", before + std::to_string(n) + after)) ++answered;
            });
        for (auto& thread : threads)
            thread.join();
    });
    return static_cast<double>(answered) / span;
}

// From the call to the answer that the line is active, over bolt.sock: the way to the line, and
// back.
std::vector<double> order_times(const std::string& folder, int count) {
    loop::Loop loop;
    helper::BoltClient bolt(loop, folder + "/bolt.sock");
    std::vector<double> times;
    for (int i = 0; i < 40 && !bolt.up(); ++i)
        loop.run_once(50ms);
    for (int n = 0; n < count && bolt.up(); ++n) {
        helper::UnlockOrder order;
        order.slot = static_cast<SlotNo>(1 + n % 4);
        auto random = engine::random_bytes(order.nonce.size());
        std::copy(random.begin(), random.end(), order.nonce.begin());
        order.pulse = 50ms;
        order.not_after_ms = loop::boottime_ms() + 400;
        bool answered = false;
        auto began = Clock::now();
        bolt.unlock(order, [&](const helper::UnlockOutcome& outcome) {
            answered = true;
            if (outcome.kind == helper::UnlockOutcome::Kind::fired)
                times.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - began).count());
        });
        while (!answered)
            loop.run_once(50ms);
        std::this_thread::sleep_for(120ms);
    }
    return times;
}

std::string fresh(const std::string& folder, const std::string& name) {
    auto path = folder + "/" + name;
    std::filesystem::remove_all(path);
    return path;
}

void measure_visit(Report& report, const Cabinet& cabinet) {
    (void)helper::sim_verb(cabinet.folder() + "/sim.sock", "person", {"auto"});
    Value factor = Value::Object{{"kind", "pin"}, {"value", "2222"}};
    Value body = Value::Object{
        {"requests", Value::Array{"REQ-1"}}, {"person", "E2"}, {"factors", Value::Array{factor}}};
    Result<Value> reply = Value{};
    auto span = seconds_of([&] { reply = cabinet.call("POST", "/v1/seals/YZ-1/take", body); });
    if (!reply)
        return report.failed("take: request to answer (line has fired)", reply.error().detail);
    report.add({"take: request to answer (PIN checked, recorded, line has fired)", span * 1000,
                "ms", Goal::none, 0, "once"});
}

}  // namespace

void measure_sockets(Report& report, const std::string& folder) {
    Cabinet cabinet(fresh(folder, "slow"));
    auto library = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() /
                   "lib/libseals_test_vfs_preload.so";
    auto faults = folder + "/slow.disk";
    run("echo 'sync_ms " + std::to_string(kSyncMs) + "' >" + faults);
    if (!cabinet.up(4, "LD_PRELOAD=" + library.string() + " SEALS_TEST_VFS=" + faults) ||
        !cabinet.stock())
        return report.failed("32 clients", "the cabinet did not come up");
    auto bare = bare_rate(fresh(folder, "bare.db"), kClients);
    auto many = posted_rate(cabinet, kClients, "M");
    auto one = posted_rate(cabinet, 1, "S");
    auto beside = "ours " + std::to_string(static_cast<long>(many)) + "/s, bare " +
                  std::to_string(static_cast<long>(bare)) + "/s";
    report.add({"32 clients through the socket / bare group commit, sync 5 ms", many / bare,
                "ratio", Goal::least, 0.60, beside});
    report.add({"32 clients / one client, sync 5 ms", many / one, "ratio", Goal::least, 5,
                "one " + std::to_string(static_cast<long>(one)) + "/s"});
}

void measure_takes(Report& report, const std::string& folder) {
    Cabinet cabinet(fresh(folder, "take"));
    if (!cabinet.up(4) || !cabinet.stock())
        return report.failed("take", "the cabinet did not come up");
    measure_visit(report, cabinet);
    // bolt serves one client: sealsd makes room for the measuring one.
    run("kill " + std::to_string(cabinet.pid("sealsd")));
    std::this_thread::sleep_for(1s);
    auto times = order_times(cabinet.folder(), 100);
    if (times.empty()) return report.failed("order to line active", "no order fired");
    report.add({"take: order sent to line active, answer included, median", median(times), "ms",
                Goal::most, 2, std::to_string(times.size()) + " orders"});
}

namespace {

std::int64_t lag_of(const Cabinet& cabinet) {
    auto status = cabinet.call("GET", "/v1/status");
    return status ? status->integer_or("ledger_size") - status->integer_or("indexed") : 0;
}

void measure_lag(Report& report, const Cabinet& cabinet) {
    std::atomic<bool> done{false};
    std::int64_t most = 0;
    std::thread watcher([&] {
        while (!done) {
            most = std::max(most, lag_of(cabinet));
            std::this_thread::sleep_for(20ms);
        }
    });
    auto rate = posted_rate(cabinet, kClients, "M");
    done = true;
    watcher.join();
    auto behind = seconds_of([&] {
        for (int i = 0; i < 3000 && lag_of(cabinet) > 0; ++i)
            std::this_thread::sleep_for(10ms);
    });
    report.add({"entries behind the index, 32 clients posting", static_cast<double>(most), "",
                Goal::none, 0,
                fmt::format("at most, at {:.0f}/s; all in {:.2f} s after the last", rate, behind)});
}

}  // namespace

void measure_rest(Report& report, const std::string& folder) {
    Cabinet cabinet(fresh(folder, "rest"));
    if (!cabinet.up(41) || !cabinet.stock())
        return report.failed("status", "the cabinet did not come up");
    std::this_thread::sleep_for(4s);
    auto sealctl = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "sealctl";
    std::vector<double> cold;
    for (int i = 0; i < 30; ++i)
        cold.push_back(1000 * seconds_of([&] {
                           run(sealctl.string() + " --socket " + cabinet.socket() +
                               " status >/dev/null 2>&1");
                       }));
    report.add({"sealctl status, cold, median (with the shell that starts it)", median(cold), "ms",
                Goal::most, 15});
    report.add(
        {"memory of an idle sealsd", memory_mib(cabinet.pid("sealsd")), "MiB", Goal::most, 24});
    report.add(
        {"memory of sealsd-bolt", memory_mib(cabinet.pid("sealsd-bolt")), "MiB", Goal::most, 4});
    auto before = cpu_seconds(cabinet.pid("sealsd"));
    std::this_thread::sleep_for(10s);
    report.add({"CPU of an idle sealsd, 41 slots",
                (cpu_seconds(cabinet.pid("sealsd")) - before) * 10, "%", Goal::most, 0.5,
                "over 10 s"});
    std::atomic<bool> done{false};
    std::vector<double> stalls;
    std::thread pinger([&] {
        client::Client client(cabinet.socket());
        while (!done) {
            stalls.push_back(1000 * seconds_of([&] { (void)client.get("/v1/status"); }));
            std::this_thread::sleep_for(2ms);
        }
    });
    posted_rate(cabinet, 8, "L");
    done = true;
    pinger.join();
    report.add({"longest answer to GET /v1/status under load (stall of the loop)",
                percentile(stalls, 1.0), "ms", Goal::most, 20, "8 clients posting"});
    measure_lag(report, cabinet);
}

void measure_start(Report& report, const std::string& folder, std::uint64_t events) {
    Cabinet cabinet(folder + "/start");
    auto what = "start to ready with " + std::to_string(events) + " events";
    if (!cabinet.up(41)) return report.failed(what, "the cabinet did not come up");
    run("kill " + std::to_string(cabinet.pid("sealsd")));
    std::this_thread::sleep_for(2s);
    bool up = false;
    auto span = seconds_of([&] { up = cabinet.up(41); });
    if (!up) return report.failed(what, "sealsd did not come up again");
    report.add({what, span * 1000, "ms", Goal::most, 300, "script and first status included"});
}

}  // namespace seals::perf
