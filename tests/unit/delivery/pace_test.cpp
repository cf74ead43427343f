#include "delivery/pace.hpp"

#include "catch.hpp"

using namespace seals;
using namespace seals::delivery;

TEST_CASE("spans are numbers with a unit; waits double up to six hours") {
    CHECK(read_span("500ms") == milliseconds{500});
    CHECK(read_span("7d") == milliseconds{7 * 86'400'000LL});
    CHECK(read_span("90") == milliseconds{90'000});
    for (const auto* wrong : {"", "s", "-1s", "1w", "1 s", "9999999999s"})
        CHECK_FALSE(read_span(wrong));
    CHECK(wait_after(1, milliseconds{60'000}) == milliseconds{60'000});
    CHECK(wait_after(3, milliseconds{60'000}) == milliseconds{240'000});
    CHECK(wait_after(1'000'000, milliseconds{60'000}) == milliseconds{6 * 3'600'000});
    CHECK(wait_after(5, milliseconds{86'400'000}) == milliseconds{86'400'000});
}
