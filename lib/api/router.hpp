// Router: from method and path to the row of the table. A literal segment goes before a {name}.
// Built once; then const, any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/row.hpp"
#include "base/result.hpp"

namespace seals::api {

struct Match {
    std::size_t row = 0;
    std::map<std::string, std::string> params;
};

struct NoMatch {
    int status = 404;   // or 405
    std::string allow;  // for 405: "GET, POST"
};

class Router {
  public:
    explicit Router(std::span<const Row> rows);

    // `segments` decoded, as in Target.
    std::variant<Match, NoMatch> match(std::string_view method,
                                       const std::vector<std::string>& segments) const;

  private:
    struct Pattern {
        Method method;
        std::vector<std::string> segments;
    };
    std::vector<Pattern> patterns_;
};

}  // namespace seals::api
