// sealsd's end of bolt.sock, against the real bolt.
#include "rig.hpp"

using namespace seals;
using namespace seals::test;
using Kind = helper::UnlockOutcome::Kind;

namespace {

struct Caller {
    loop::Loop loop;
    helper::BoltClient bolt;
    explicit Caller(const std::string& path) : bolt(loop, path) {}

    bool run_until(const std::function<bool()>& holds, milliseconds within = 4s) {
        auto end = std::chrono::steady_clock::now() + within;
        while (!holds() && std::chrono::steady_clock::now() < end)
            loop.run_once(5ms);
        return holds();
    }
    helper::UnlockOutcome unlock(
        const helper::UnlockOrder& order, const std::function<void()>& meanwhile = [] {}) {
        std::optional<helper::UnlockOutcome> outcome;
        bolt.unlock(order, [&](helper::UnlockOutcome got) { outcome = got; });
        CHECK_FALSE(outcome);
        meanwhile();
        REQUIRE(run_until([&] { return outcome.has_value(); }));
        return *outcome;
    }
};

}  // namespace

TEST_CASE("the outcome of an order is fired, refused with its reason, or lost") {
    Rig rig;
    Caller caller(rig.bolt_socket);
    auto none = caller.unlock(order_for(1, 50ms));
    CHECK(none.kind == Kind::refused);
    CHECK(none.reason == helper::Refusal::no_link);

    rig.start_bolt();
    REQUIRE(caller.run_until([&] { return caller.bolt.up(); }));
    auto before = loop::boottime_ms();
    auto fired = caller.unlock(order_for(1, 50ms));
    CHECK(fired.kind == Kind::fired);
    CHECK(fired.mono_ms >= before);
    CHECK(fired.mono_ms <= loop::boottime_ms());
    auto late = caller.unlock(order_for(2, 50ms, -5ms));
    CHECK(late.kind == Kind::refused);
    CHECK(late.reason == helper::Refusal::late);

    auto stopped = caller.unlock(order_for(3, 50ms), [&] { rig.bolt.signal(SIGSTOP); });
    if (stopped.kind != Kind::fired) CHECK(stopped.kind == Kind::lost);
    rig.bolt.signal(SIGCONT);
    rig.bolt.kill();
    CHECK(eventually([&] { return !rig.any_line_active(); }));
    CHECK(rig.pulses().size() <= 2);
}

TEST_CASE("an order whose bolt dies before it answers is lost, and the next bolt serves again") {
    Rig rig;
    rig.start_bolt();
    Caller caller(rig.bolt_socket);
    bool up = false;
    int snapshots = 0;
    caller.bolt.on_link([&](bool now) { up = now; });
    caller.bolt.on_contacts([&](const helper::ContactSnapshot& all) {
        CHECK(all.doors.size() == 8);
        ++snapshots;
    });
    REQUIRE(caller.run_until([&] { return up && snapshots >= 1; }));
    rig.bolt.signal(SIGSTOP);
    auto lost = caller.unlock(order_for(1, 50ms), [&] { rig.bolt.kill(); });
    CHECK(lost.kind == Kind::lost);
    REQUIRE(caller.run_until([&] { return !up; }));
    rig.start_bolt();
    REQUIRE(caller.run_until([&] { return up; }));
    CHECK(caller.unlock(order_for(1, 50ms)).kind == Kind::fired);
    CHECK(rig.pulses().size() <= 1);
}

TEST_CASE("edges and the end of a pulse are told") {
    Rig rig;
    rig.start_bolt();
    Caller caller(rig.bolt_socket);
    std::vector<helper::ContactEdge> edges;
    std::optional<helper::Done> done;
    caller.bolt.on_contact([&](helper::ContactEdge edge) { edges.push_back(edge); });
    caller.bolt.on_done([&](helper::Done now) { done = now; });
    REQUIRE(caller.run_until([&] { return caller.bolt.up(); }));
    auto order = order_for(4, 40ms);
    CHECK(caller.unlock(order).kind == Kind::fired);
    REQUIRE(caller.run_until([&] { return done.has_value(); }));
    CHECK(done->nonce == order.nonce);
    rig.verb("open", {"4"});
    rig.verb("status");
    REQUIRE(caller.run_until([&] { return edges.size() == 1; }));
    rig.verb("shut", {"4"});
    REQUIRE(caller.run_until([&] { return edges.size() == 2; }));
    CHECK(edges[0].door == helper::DoorState::open);
    CHECK(edges[1].door == helper::DoorState::shut);
    CHECK(edges[1].mono_ms > edges[0].mono_ms);
}
