// One POST to a server outside the house, over HTTP or HTTPS. Bounded in time and size; follows no
// redirect; the server's certificate is checked against the machine's. Blocks; one thread at a
// time.
#pragma once

#include <cstddef>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace seals::web {

struct Post {
    std::string url;
    std::string type;  // of the body
    std::string body;
    std::string accept{};
    std::size_t most = 64U * 1024;  // bytes of an answer
    milliseconds deadline{30'000};
};

struct Answer {
    int status = 0;
    std::string type;  // without parameters, in lower case
    std::string body;
};

// Whatever the status. Code::invalid: it is no http or https URL; unavailable: not reached, or what
// came is longer than allowed; timeout.
Result<Answer> post(const Post& post);

}  // namespace seals::web
