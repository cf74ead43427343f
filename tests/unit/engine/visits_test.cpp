#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using rules::Stage;

namespace {

struct Visit : World {
    explicit Visit(HouseOptions options = {}) : house(*this, options) {
        house.furnish();
        house.tell_doors();
        house.idle(milliseconds{20});
        house.rest();
    }
    std::string take() {
        auto id = house.take().id;
        REQUIRE(house.until([&] { return house.stage(id) == Stage::unlocked; }));
        return id;
    }
    std::string verdict(const std::string& id) {
        REQUIRE(house.until([&] { return house.stage(id) == Stage::closed; }));
        house.rest();
        return house.session(id).verdict;
    }
    House house;
};

HouseOptions sweeping() {
    HouseOptions options;
    options.times.sweep = milliseconds{60};
    options.times.odd_time = milliseconds{20};
    return options;
}

}  // namespace

TEST_CASE("nobody opens the door: the visit times out, and the latch waits no longer") {
    Visit visit;
    auto id = visit.take();
    CHECK(visit.verdict(id) == "no_door");
    CHECK(visit.house.session(id).code == "timeout");
    CHECK(visit.ended == std::vector{SlotId("01")});
    CHECK(visit.orders.size() == 1);
}

TEST_CASE("a door that opens in time does not time out, however long it stays open") {
    Visit visit;
    auto id = visit.take();
    visit.house.open("01");
    visit.house.idle(milliseconds{350});
    CHECK(visit.house.stage(id) == Stage::open);
    CHECK(visit.house.count(EventType::session_timeout) == 0);
    CHECK(visit.house.alerts("left_open") == 1);  // told once
}

TEST_CASE("a door that is shut in time is never told to be left open") {
    Visit visit;
    auto id = visit.take();
    visit.house.open("01");
    visit.house.shut("01");
    CHECK(visit.verdict(id) == "null");
    visit.house.idle(milliseconds{300});
    CHECK(visit.house.alerts("left_open") == 0);
}

TEST_CASE("tags are looked at only while the door is open; the seal's leaving is recorded then") {
    Visit visit;
    auto before = visit.reads_of("01");
    auto id = visit.take();
    CHECK(visit.reads_of("01") == before);
    visit.house.open("01");
    REQUIRE(visit.house.until([&] { return visit.reads_of("01") > before + 2; }));
    CHECK(visit.house.count(EventType::seal_taken) == 0);
    visit.remove("01");
    REQUIRE(visit.house.until([&] { return visit.house.count(EventType::seal_taken) == 1; }));
    visit.house.shut("01");
    CHECK(visit.verdict(id) == "taken");
    auto after = visit.reads_of("01");
    visit.house.idle(milliseconds{150});
    CHECK(visit.reads_of("01") == after);
    CHECK(visit.house.count(EventType::seal_taken) == 1);
}

TEST_CASE("the reading after the door shut decides, whatever was seen before") {
    Visit visit;
    auto id = visit.take();
    auto tag = visit.tags.at(SlotId("01"));
    visit.house.open("01");
    visit.remove("01");
    REQUIRE(visit.house.until([&] { return visit.house.count(EventType::seal_taken) == 1; }));
    visit.put("01", tag);
    visit.house.shut("01");
    visit.verdict(id);
    CHECK_FALSE(visit.house.seal_of("S1").loan);
    CHECK(visit.house.seal_of("S1").custody == Custody::in_slot);
    CHECK(visit.house.fault() == "");
}

TEST_CASE("a return authenticates while open and again after the door shut") {
    Visit visit;
    auto tag = visit.tags.at(SlotId("01"));
    visit.house.take_out();
    auto id = visit.house.give_back().id;
    REQUIRE(visit.house.until([&] { return visit.house.stage(id) == Stage::unlocked; }));
    visit.house.open("01");
    visit.put("01", tag);
    REQUIRE(visit.house.until([&] { return visit.house.count(EventType::verify_tag_ok) == 1; }));
    CHECK(visit.house.seal_of("S1").loan);  // not before the door is shut
    auto reads = visit.reads_of("01");
    visit.house.shut("01");
    CHECK(visit.verdict(id) == "returned");
    CHECK(visit.reads_of("01") > reads);
    CHECK_FALSE(visit.house.seal_of("S1").loan);
}

TEST_CASE("a return that does not read is read again until it does") {
    Visit visit;
    auto tag = visit.tags.at(SlotId("01"));
    visit.house.take_out();
    auto id = visit.house.give_back().id;
    REQUIRE(visit.house.until([&] { return visit.house.stage(id) == Stage::unlocked; }));
    visit.house.open("01");
    visit.put("01", unreadable());
    visit.house.shut("01");
    CHECK(visit.verdict(id) == "returned_unverified");
    CHECK(visit.house.seal_of("S1").custody == Custody::returned_unverified);
    auto reads = visit.reads_of("01");
    REQUIRE(visit.house.until([&] { return visit.reads_of("01") >= reads + 3; }));
    CHECK(visit.house.count(EventType::verify_tag_unreadable) == 1);  // said once
    visit.put("01", tag);
    REQUIRE(visit.house.until([&] { return !visit.house.seal_of("S1").loan; }));
    visit.house.rest();
    CHECK(visit.house.count(EventType::seal_returned) == 1);
    reads = visit.reads_of("01");
    visit.house.idle(milliseconds{200});
    CHECK(visit.reads_of("01") == reads);  // and no further
}

TEST_CASE("a restart goes on reading a return that did not verify") {
    World world;
    rules::TagReading tag;
    {
        House house(world);
        house.furnish();
        tag = world.tags.at(SlotId("01"));
        house.take_out();
        auto id = house.give_back().id;
        REQUIRE(house.until([&] { return house.stage(id) == Stage::unlocked; }));
        house.open("01");
        world.put("01", unreadable());
        house.shut("01");
        REQUIRE(house.until([&] { return house.stage(id) == Stage::closed; }));
    }
    House house(world);
    house.boot();
    house.tell_doors();
    auto reads = world.reads_of("01");
    REQUIRE(house.until([&] { return world.reads_of("01") >= reads + 2; }));
    world.put("01", tag);
    REQUIRE(house.until([&] { return house.seal_of("S1").custody == Custody::in_slot; }));
}

TEST_CASE("a line that was refused abandons the visit, and nothing is unlocked") {
    Visit visit;
    visit.answer = {Fate::refused, "jammed"};
    auto id = visit.house.take().id;
    bool told = false;
    visit.house.visits->await_order(SessionId(id), [&] { told = true; });
    REQUIRE(visit.house.until([&] { return told; }));
    CHECK(visit.verdict(id) == "abandoned");
    CHECK(visit.house.session(id).reason == "jammed");
    CHECK(visit.house.count(EventType::slot_unlocked) == 0);
}

TEST_CASE("who waits for the order is told once, whichever came first, the door or the answer") {
    auto fate = GENERATE(Fate::fired, Fate::refused);
    Visit visit;
    visit.hold = true;
    auto id = visit.house.take().id;
    int told = 0;
    visit.house.visits->await_order(SessionId(id), [&] { ++told; });
    visit.house.open("01");
    visit.held.at(0)({fate, "why"});
    REQUIRE(visit.house.until([&] { return told > 0; }));
    CHECK(visit.house.session(id).answered);
    visit.house.shut("01");
    visit.verdict(id);
    CHECK(told == 1);
    bool late = false;  // over already: told at once, but not from within the call
    visit.house.visits->await_order(SessionId(id), [&] { late = true; });
    CHECK_FALSE(late);
    REQUIRE(visit.house.until([&] { return late; }));
}

TEST_CASE("a door that was forced freezes its slot until a reading tells what is so") {
    Visit visit;
    visit.house.open("01");
    CHECK(visit.house.count(EventType::slot_forced) == 1);
    CHECK(visit.house.slot_of("01").frozen);
    CHECK(visit.house.run(House::take_of()).error->code == Code::refused);
    visit.remove("01");
    visit.house.shut("01");
    REQUIRE(visit.house.until([&] { return !visit.house.slot_of("01").frozen; }));
    visit.house.rest();
    CHECK(visit.house.alerts("seal_missing") == 1);
    CHECK(visit.house.seal_of("S1").custody == Custody::unknown);
}

TEST_CASE("once a frozen slot is settled it is not read again, lest a bad reading doubt it") {
    Visit visit;
    visit.house.open("01");
    visit.house.shut("01");
    REQUIRE(visit.house.until([&] { return !visit.house.slot_of("01").frozen; }));
    auto reads = visit.reads_of("01");
    visit.put("01", unreadable());
    visit.house.idle(milliseconds{200});
    CHECK(visit.reads_of("01") == reads);
    CHECK(visit.house.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a sweep finds a seal that is gone, when a second reading says so too") {
    Visit visit(sweeping());
    visit.remove("01");
    REQUIRE(visit.house.until([&] { return visit.house.alerts("seal_missing") == 1; }));
    CHECK(visit.house.seal_of("S1").custody == Custody::unknown);
    visit.house.idle(milliseconds{150});
    CHECK(visit.house.alerts("seal_missing") == 1);
}

TEST_CASE("one absent reading among good ones is not believed by a sweep") {
    World world;
    struct Flicker : FakeCabinet {
        using FakeCabinet::FakeCabinet;
        int n = 0;
        void read(const SlotId& slot, std::function<void(rules::TagReading)> done) override {
            if (slot != SlotId("01") || ++n % 2 == 0)
                return FakeCabinet::read(slot, std::move(done));
            done({Kind::absent});
        }
    };
    House house(world);
    house.furnish();
    Flicker flicker(house.loop, world);
    auto times = sweeping().times;
    Visits visits(house.loop, *house.engine, flicker, times);
    REQUIRE(house.until([&] { return flicker.n >= 6; }));
    house.rest();
    CHECK(house.count(EventType::seal_missing) == 0);
    CHECK(house.seal_of("S1").custody == Custody::in_slot);
}

TEST_CASE("a seal is missing after as many readings, over as long, as the policy says") {
    auto options = sweeping();
    options.times.odd_reads = 4;
    options.times.odd_time = milliseconds{150};
    Visit visit(options);
    visit.remove("01");
    auto began = std::chrono::steady_clock::now();
    REQUIRE(visit.house.until([&] { return visit.house.alerts("seal_missing") == 1; }));
    CHECK(std::chrono::steady_clock::now() - began >= milliseconds{150});
    CHECK(visit.reads_of("01") >= 4);
}

TEST_CASE("a sweep leaves slots with a visit alone") {
    Visit visit(sweeping());
    visit.hold = true;
    visit.house.take();
    visit.house.idle(milliseconds{20});
    auto reads = visit.reads_of("01");
    auto others = visit.reads_of("02");
    REQUIRE(visit.house.until([&] { return visit.reads_of("02") >= others + 2; }));
    CHECK(visit.reads_of("01") == reads);
}
