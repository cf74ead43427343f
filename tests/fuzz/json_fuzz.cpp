// rooms: wire
// A body from outside: what parse_json accepts is dumped and read again as the same value, and what
// reads as a request is written and read again as the same request.
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "wire/import.hpp"
#include "wire/json.hpp"

namespace {

using namespace seals;

void want(bool truth) {
    if (!truth) std::abort();
}

void read_request(const Value& value) {
    auto request = wire::read<wire::RequestRecord>(value);
    if (!request) {
        want(request.error().code == Code::invalid && !request.error().detail.empty());
        return;
    }
    auto written = wire::write(*request);
    auto again = wire::read<wire::RequestRecord>(written);
    want(bool(again) && wire::write(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto value = wire::parse_json(as_text({data, size}));
    if (!value) {
        want(value.error().code == Code::invalid && valid_utf8(value.error().detail));
        return 0;
    }
    auto text = wire::dump_json(*value);
    want(valid_utf8(text));
    auto again = wire::parse_json(text);
    want(bool(again) && *again == *value);
    read_request(*value);
    return 0;
}
