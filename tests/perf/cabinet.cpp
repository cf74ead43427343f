#include "cabinet.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <malloc.h>
#include <unistd.h>

#include "client/client.hpp"
#include "loop/system_clock.hpp"

namespace seals::perf {
namespace {

std::string in_quotes(const std::string& text) {
    return "'" + text + "'";
}

Value object(std::initializer_list<Value::Member> members) {
    return Value::Object(members);
}

}  // namespace

int run(const std::string& command) {
    return std::system(command.c_str());
}

bool Cabinet::up(int slots, const std::string& environment) {
    auto script = std::string(SEALS_SOURCE) + "/scripts/demo-up";
    up_ = run("QUIET=1 " + environment + " " + in_quotes(script) + " " + in_quotes(folder_) + " " +
              std::to_string(slots) + " >/dev/null 2>&1") == 0;
    return up_;
}

void Cabinet::down() {
    if (up_)
        run(in_quotes(std::string(SEALS_SOURCE) + "/scripts/demo-down") + " " + in_quotes(folder_) +
            " >/dev/null 2>&1");
    up_ = false;
}

Result<Value> Cabinet::call(const std::string& method, const std::string& path,
                            const Value& body) const {
    client::Client client(socket());
    client::Ask ask{method, path};
    if (!body.is_null()) ask.body = body;
    auto reply = client.call(ask);
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    return reply->body;
}

Value request_record(const std::string& id, const std::string& seal) {
    auto now = to_rfc3339(loop::SystemClock().read().utc);
    Value line = object({{"seal", seal}, {"copies", 1}});
    return object({{"source", "perf"},
                   {"external_id", id},
                   {"status", "approved"},
                   {"applicant", "E2"},
                   {"applied_at", now},
                   {"title", "设备采购合同(与某某科技有限公司,编号" + id + ")"},
                   {"lines", Value::Array{line}}});
}

bool Cabinet::stock() {
    bool ok = call("POST", "/v1/persons",
                   object({{"id", "E1"}, {"name", "赵一"}, {"role", "custodian"}})) &&
              call("POST", "/v1/persons", object({{"id", "E2"}, {"name", "钱二"}})) &&
              call("POST", "/v1/persons/E2/pin", object({{"pin", "2222"}}));
    for (int n = 1; n <= 4 && ok; ++n) {
        auto seal = "YZ-" + std::to_string(n);
        ok = call("POST", "/v1/seals",
                  object({{"id", seal},
                          {"name", "合同专用章" + std::to_string(n)},
                          {"type", "contract"},
                          {"slot", std::to_string(n)},
                          {"custodians", Value::Array{"E1"}},
                          {"state", "active"}})) &&
             call("POST", "/v1/requests", request_record("REQ-" + std::to_string(n), seal));
    }
    return ok;
}

long Cabinet::pid(const std::string& program) const {
    std::ifstream file(folder_ + "/" + program + ".pid");
    long pid = 0;
    file >> pid;
    return pid;
}

double seconds_of(const std::function<void()>& work) {
    auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

namespace {

double status_mib(const std::string& process, std::string_view member) {
    std::ifstream file("/proc/" + process + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(member))
            return std::strtod(line.c_str() + member.size(), nullptr) / 1024;
    return 0;
}

}  // namespace

double memory_mib(long pid) {
    return status_mib(std::to_string(pid), "VmRSS:");
}

// What earlier work freed goes back first, or it would hide what this work takes.
double memory_mib_of(const std::function<void()>& work) {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts from here
    auto before = status_mib("self", "VmRSS:");
    work();
    return status_mib("self", "VmHWM:") - before;
}

double cpu_seconds(long pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i)
        rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace seals::perf
