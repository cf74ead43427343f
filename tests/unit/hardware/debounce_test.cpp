#include "hardware/debounce.hpp"

#include "catch.hpp"

using namespace seals::hardware;

TEST_CASE("a chattering contact gives one edge, at the moment of its first change") {
    Debounce contact(20);
    contact.reset(Door::shut);
    for (int ms = 0; ms <= 100; ++ms) {
        contact.see(ms % 2 == 0 ? Door::open : Door::shut, 1000 + ms);
        CHECK_FALSE(contact.settle(7, 1000 + ms));
    }
    CHECK(contact.due() == 1120);
    CHECK_FALSE(contact.settle(7, 1119));
    auto edge = contact.settle(7, 1120);
    REQUIRE(edge);
    CHECK(edge->slot == 7);
    CHECK(edge->door == Door::open);
    CHECK(edge->mono_ms == 1000);
    CHECK_FALSE(contact.settle(7, 2000));
    CHECK_FALSE(contact.due());
}

TEST_CASE("a glitch that falls back tells nothing") {
    Debounce contact(20);
    contact.reset(Door::shut);
    contact.see(Door::open, 10);
    contact.see(Door::shut, 12);
    CHECK_FALSE(contact.settle(1, 100));
    CHECK(contact.door() == Door::shut);
}
