#include "engine/feed.hpp"

#include "catch.hpp"

using namespace seals;
using namespace seals::engine;

namespace {

std::vector<ledger::Recorded> entries(std::uint64_t from, std::uint64_t to) {
    std::vector<ledger::Recorded> out(to - from + 1);
    for (auto& entry : out)
        entry.seq = from++;
    return out;
}

}  // namespace

TEST_CASE("every subscriber gets every entry in order, from when it subscribed") {
    Feed feed;
    std::vector<std::uint64_t> first, second;
    auto one = feed.subscribe([&](const ledger::Recorded& entry) { first.push_back(entry.seq); });
    feed.publish(entries(1, 2));
    auto two = feed.subscribe([&](const ledger::Recorded& entry) { second.push_back(entry.seq); });
    feed.publish(entries(3, 5));
    CHECK(first == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
    CHECK(second == std::vector<std::uint64_t>{3, 4, 5});
}

TEST_CASE("a subscription that is gone is called no more, moved ones live on") {
    Feed feed;
    int calls = 0;
    Subscription kept;
    {
        auto one = feed.subscribe([&](const auto&) { ++calls; });
        auto two = feed.subscribe([&](const auto&) { calls += 10; });
        kept = std::move(two);
    }
    feed.publish(entries(1, 1));
    CHECK(calls == 10);
    kept = Subscription();
    feed.publish(entries(2, 2));
    CHECK(calls == 10);
}

TEST_CASE("a call may end its own subscription, or another's, or make one") {
    Feed feed;
    std::vector<std::string> calls;
    Subscription one, two, three;
    one = feed.subscribe([&](const auto&) {
        calls.emplace_back("one");
        two = Subscription();
        three = feed.subscribe([&](const auto&) { calls.emplace_back("three"); });
        one = Subscription();
    });
    two = feed.subscribe([&](const auto&) { calls.emplace_back("two"); });
    feed.publish(entries(1, 1));
    CHECK(calls == std::vector<std::string>{"one"});
    feed.publish(entries(2, 2));
    CHECK(calls == std::vector<std::string>{"one", "three"});
}

TEST_CASE("a subscription may outlive its feed") {
    Subscription kept;
    {
        Feed feed;
        kept = feed.subscribe([](const auto&) {});
    }
    kept = Subscription();
}
