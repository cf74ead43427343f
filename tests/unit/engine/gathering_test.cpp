#include "engine/gathering.hpp"

#include "catch.hpp"

using namespace seals;
using namespace seals::engine;

TEST_CASE("a lone client never waits for company") {
    Gathering gathering;
    CHECK(gathering.patience(1) == milliseconds{0});
    gathering.committed(1, 0, milliseconds{30});
    CHECK(gathering.patience(1) == milliseconds{0});
}

TEST_CASE("where a commit is fast nobody waits") {
    Gathering gathering;
    gathering.committed(20, 12, milliseconds{2});
    CHECK(gathering.patience(1) == milliseconds{0});
}

TEST_CASE("after a slow commit commands wait for as many as there were, a part of that time") {
    Gathering gathering;
    gathering.committed(20, 12, milliseconds{6});
    CHECK(gathering.patience(12) == milliseconds{2});
    CHECK(gathering.patience(31) == milliseconds{2});
    CHECK(gathering.patience(32) == milliseconds{0});
}

TEST_CASE("nobody waits longer than 5 ms, however slow the disk") {
    Gathering gathering;
    gathering.committed(2, 0, milliseconds{900});
    CHECK(gathering.patience(1) == milliseconds{5});
}
