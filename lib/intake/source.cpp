#include "intake/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace seals::intake {

Result<std::size_t> FdSource::read_at(std::int64_t offset, std::span<char> into) const {
    std::size_t have = 0;
    while (have < into.size()) {
        auto got = ::pread(fd_, into.data() + have, into.size() - have,
                           offset + static_cast<std::int64_t>(have));
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unavailable(std::string("reading the file: ") + std::strerror(errno));
        have += static_cast<std::size_t>(got);
    }
    return have;
}

Result<std::size_t> TextSource::read_at(std::int64_t offset, std::span<char> into) const {
    auto from = std::min(static_cast<std::size_t>(offset), text_.size());
    return text_.copy(into.data(), into.size(), from);
}

}  // namespace seals::intake
