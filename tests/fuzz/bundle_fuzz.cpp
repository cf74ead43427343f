// rooms: evidence
// Archives from hostile bytes: opening, listing and checking one never breaks, and stays bounded.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "evidence/bundle.hpp"
#include "evidence/zip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace seals;
    int fd = ::memfd_create("bundle", MFD_CLOEXEC);
    if (fd < 0 || ::write(fd, bytes, size) != static_cast<ssize_t>(size)) std::abort();
    auto path = "/proc/self/fd/" + std::to_string(fd);
    if (auto zip = evidence::ZipReader::open(path, {64, 1U << 20, 4U << 20, 1100})) {
        for (const auto& entry : zip->entries()) {
            if (!evidence::is_plain_name(entry.name)) std::abort();
            if (auto read = zip->read(entry.name, 1U << 16); read && read->size() != entry.size)
                std::abort();
        }
        (void)evidence::check_bundle(path, {}, {});
    }
    ::close(fd);
    return 0;
}
