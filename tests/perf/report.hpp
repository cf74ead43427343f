// Report: the rows of `make perf`, as a table for people and JSON lines for scripts.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace seals::perf {

enum class Goal { least, most, none };

struct Row {
    std::string what;
    double value = 0;
    std::string unit;
    Goal goal = Goal::none;
    double limit = 0;
    std::string beside{};  // the baseline of the same run, or how it was measured
};

class Report {
  public:
    void add(Row row);  // prints it at once: a long run shows where it is
    void failed(const std::string& what, const std::string& why);
    bool write_json(const std::string& path) const;

  private:
    std::vector<Row> rows_;
};

double median(std::vector<double> values);
double percentile(std::vector<double> values, double share);  // 0.99

}  // namespace seals::perf
