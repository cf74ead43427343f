// Poster: one client's connection that posts requests and reads the answers, and does nothing else:
// what is measured is sealsd, on a machine that it shares with its clients.
#pragma once

#include <string>

#include "base/fd.hpp"

namespace seals::perf {

class Poster {
  public:
    explicit Poster(const std::string& socket);
    explicit operator bool() const { return static_cast<bool>(socket_); }

    // true: answered with 200 or 201.
    bool post(const std::string& path, const std::string& body);

  private:
    bool receive();

    Fd socket_;
    std::string got_;
};

}  // namespace seals::perf
