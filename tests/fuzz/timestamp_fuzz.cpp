// rooms: base leaf evidence
// Any bytes as the reply of a time-stamping authority. Only the one stamp that the pinned authority
// ever made passes, however it is wrapped; everything else is an error that can be read.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <unistd.h>

#include "base/text.hpp"
#include "evidence/timestamp.hpp"

namespace {

using namespace seals;
using namespace seals::evidence;

// Made by openssl; what it signed is tests/fuzz/corpus/timestamp/reply. Its key is no more.
constexpr const char* kRoot = R"(
-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIUBBux/Xttn+/o2w0t+iE0zUQJCzYwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEUm9vdDAgFw0yNjExMjcyMjA1MDdaGA8yMTI2MTEwMzIyMDUw
N1owDzENMAsGA1UEAwwEUm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKgK
nnAYAPFxwpwM67/Upv8TEt/PK+ErCZpepLWccBgmiSMueQbnOlcg20OsPfVB5cRo
etVIKqq80KdGAclyNVijUzBRMB0GA1UdDgQWBBSE2cRiO5JAaKvcxOkDr0pzp/9n
7DAfBgNVHSMEGDAWgBSE2cRiO5JAaKvcxOkDr0pzp/9n7DAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIBqNO5+Q25JiXqUb9lOcpJ/9U99hntdn7Gza
ju14xskuAiAull9gK9ftQO3YDwkY8Y1FhlSh62SNI6595QjRbQ1OXw==
-----END CERTIFICATE-----
)";
constexpr const char* kText =
    "example.com/cab-1\n7\nS2k5EyOHxb8n669awSKBDOhm6wx79ECCNks1wG9xOqY=\n";

void want(bool truth) {
    if (!truth) std::abort();
}

const Authorities& pinned() {
    static const Authorities made = [] {
        static char path[] = "/tmp/timestamp-fuzz-XXXXXX";
        int fd = ::mkstemp(path);
        want(fd >= 0 && ::write(fd, kRoot, std::char_traits<char>::length(kRoot)) > 0);
        ::close(fd);
        std::atexit([] { ::unlink(path); });
        auto loaded = Authorities::load(path);
        want(bool(loaded));
        return *loaded;
    }();
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto checked = check_reply({data, size}, kText, pinned());
    if (!checked) {
        want(!checked.error().detail.empty() && valid_utf8(checked.error().detail));
        return 0;
    }
    want(checked->stamp.serial == "4E" && checked->stamp.policy == "1.2.3.4.1");
    want(bool(check_reply(checked->reply, kText, pinned())));
    return 0;
}
