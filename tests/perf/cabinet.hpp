// A simulated cabinet for measuring: started and stopped by the project's own scripts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::perf {

class Cabinet {
  public:
    explicit Cabinet(std::string folder) : folder_(std::move(folder)) {}
    ~Cabinet() { down(); }

    bool up(int slots, const std::string& environment = {});
    void down();
    bool stock();  // persons E1, E2 (PIN 2222), seals YZ-1 … YZ-4, requests REQ-1 … REQ-4
    Result<Value> call(const std::string& method, const std::string& path,
                       const Value& body = {}) const;
    long pid(const std::string& program) const;
    const std::string& folder() const { return folder_; }
    std::string socket() const { return folder_ + "/api.sock"; }

  private:
    std::string folder_;
    bool up_ = false;
};

double seconds_of(const std::function<void()>& work);
int run(const std::string& command);
Value request_record(const std::string& id, const std::string& seal);
double memory_mib(long pid);  // resident now
// The most that was resident while `work` ran in this process, beyond what was before.
double memory_mib_of(const std::function<void()>& work);
double cpu_seconds(long pid);  // used so far

}  // namespace seals::perf
