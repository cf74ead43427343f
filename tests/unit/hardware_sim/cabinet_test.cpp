// sealsd-sim as a process: its tags, doors, faults, and that it outlives its own death.
#include "hardware/sim/cabinet.hpp"

#include "hardware/sim/lines.hpp"
#include "hardware/sim/tag_reader.hpp"
#include "rig.hpp"
#include "tag/reading.hpp"

using namespace seals;
using namespace seals::test;
using tag::Fault;
using tag::Found;

namespace {

tag::Keyring ring_of(const helper::SimTag& known) {
    return {{known.uid, {known.seal, known.key}}};
}

tag::Reading read_slot(sim::TagReader& reader, SlotNo slot, const tag::Keyring& ring,
                       milliseconds within = 2s) {
    auto deadline = helper::deadline_in(within);
    return tag::read_tag([&](ByteView apdu) { return reader.transmit(slot, apdu, deadline); },
                         ring);
}

}  // namespace

TEST_CASE("each kind of simulated tag reads as what it is") {
    Rig rig;
    auto ring = ring_of(rig.enrol("YZ-0001", 1));
    sim::TagReader reader(rig.sim_socket);
    CHECK(read_slot(reader, 1, ring).found == Found::authentic);
    CHECK(read_slot(reader, 2, ring).found == Found::absent);

    rig.verb("insert", {"2", "clone:YZ-0001"});
    auto clone = read_slot(reader, 2, ring);
    CHECK(clone.found == Found::failed);
    CHECK(clone.seal == SealId("YZ-0001"));
    CHECK(clone.fault == Fault::wrong_key);
    rig.verb("insert", {"2", "foreign"});
    CHECK(read_slot(reader, 2, ring).found == Found::foreign);
    rig.verb("insert", {"2", "dead"});
    auto dead = read_slot(reader, 2, ring);
    CHECK(dead.found == Found::unreadable);
    CHECK(dead.fault == Fault::no_bytes);
    CHECK(*reader.present(2, helper::deadline_in(1s)));

    auto start = std::chrono::steady_clock::now();
    rig.verb("insert", {"3", "slow:YZ-0001"});
    CHECK(read_slot(reader, 3, ring, 5s).found == Found::authentic);
    CHECK(std::chrono::steady_clock::now() - start >= 1500ms);
    CHECK(read_slot(reader, 1, ring).found == Found::absent);  // one body, one place
}

TEST_CASE("a reader that hangs delays no other slot's, and reads again when it is well") {
    Rig rig;
    auto ring = ring_of(rig.enrol("YZ-0001", 1));
    rig.verb("insert", {"2", "foreign"});
    rig.verb("fault", {"1", "reader-hang"});
    sim::TagReader stuck(rig.sim_socket), other(rig.sim_socket);
    tag::Reading reading;
    std::thread waiting([&] { reading = read_slot(stuck, 1, ring, 700ms); });
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i)
        CHECK(read_slot(other, 2, ring).found == Found::foreign);
    CHECK(std::chrono::steady_clock::now() - start < 600ms);
    waiting.join();
    CHECK(reading.found == Found::unreadable);
    CHECK(reading.fault == Fault::no_answer);
    rig.verb("fault", {"1", "clear"});
    CHECK(read_slot(stuck, 1, ring).found == Found::authentic);
    rig.verb("fault", {"1", "reader-gone"});
    CHECK(read_slot(stuck, 1, ring).fault == Fault::no_reader);
}

TEST_CASE("the world survives the death of its process") {
    Rig rig;
    auto known = rig.enrol("YZ-0001", 1);
    rig.enrol("YZ-0002", 2);
    rig.verb("remove", {"2"});
    rig.verb("insert", {"5", "clone:YZ-0001"});
    rig.verb("open", {"3"});
    rig.verb("fault", {"4", "jam"});
    rig.verb("clock", {"-90"});
    rig.verb("person", {"auto"});
    auto before = rig.verb("status");
    rig.sim.kill();
    rig.start_sim();
    CHECK(rig.verb("status") == before);
    CHECK(before.integer_or("clock_offset_ms") == -90'000);
    CHECK(rig.slot(3).integer_or("forced") == 1);
    sim::TagReader reader(rig.sim_socket);
    CHECK(read_slot(reader, 1, ring_of(known)).found == Found::authentic);
}

TEST_CASE("a line stays driven over the death of the cabinet's process and is traced once") {
    Rig rig;
    sim::Locks locks(rig.sim_socket);
    auto since = locks.energise(3);
    REQUIRE(since);
    rig.sim.kill();
    rig.start_sim();
    CHECK(rig.any_line_active());
    CHECK(locks.idle(3));
    REQUIRE(rig.pulses().size() == 1);
    CHECK(rig.pulses()[0].integer_or("mono") == *since);
    rig.sim.kill();
    rig.start_sim();
    CHECK_FALSE(rig.any_line_active());
    CHECK(rig.pulses().size() == 1);
    CHECK(locks.energise(99).error().code == Code::not_found);
}

TEST_CASE("a pulse unlatches until the door was open and shut, and never a jammed one") {
    Rig rig;
    sim::Locks locks(rig.sim_socket);
    REQUIRE(locks.energise(1));
    REQUIRE(locks.idle(1));
    CHECK_FALSE(rig.slot(1).boolean_or("latched", true));
    CHECK_FALSE(rig.verb("open", {"1"}).boolean_or("forced", true));
    rig.verb("shut", {"1"});
    CHECK(rig.slot(1).boolean_or("latched"));
    CHECK(rig.verb("open", {"1"}).boolean_or("forced"));

    rig.verb("fault", {"2", "jam"});
    REQUIRE(locks.energise(2));
    REQUIRE(locks.idle(2));
    CHECK(rig.slot(2).boolean_or("latched"));
    CHECK(rig.verb("open", {"2"}).boolean_or("forced"));
    CHECK(rig.pulses().size() == 2);

    rig.verb("fault", {"3", "no-open"});
    CHECK(helper::sim_verb(rig.sim_socket, "open", {"3"}).error().code == Code::no);
    rig.verb("open", {"4"});
    rig.verb("fault", {"4", "no-shut"});
    CHECK(helper::sim_verb(rig.sim_socket, "shut", {"4"}).error().code == Code::no);
    CHECK(rig.slot(4).text_or("door") == "open");
}

TEST_CASE("the automatic person takes what lies there, and brings it back") {
    Rig rig;
    rig.enrol("YZ-0001", 1);
    rig.enrol("YZ-0002", 2);
    rig.verb("person", {"auto"});
    sim::Locks locks(rig.sim_socket);
    auto visit = [&](SlotNo slot) {
        REQUIRE(locks.energise(slot));
        REQUIRE(locks.idle(slot));
        REQUIRE(eventually([&] { return rig.slot(slot).boolean_or("latched"); }));
        CHECK(rig.slot(slot).text_or("door") == "shut");
    };
    visit(1);
    visit(2);
    CHECK(rig.slot(1).text_or("tag", "none") == "none");
    visit(1);
    visit(2);
    CHECK(rig.slot(1).text_or("tag") == "T:YZ-0001");
    CHECK(rig.slot(2).text_or("tag") == "T:YZ-0002");
    CHECK(rig.slot(1).integer_or("forced") == 0);
}

TEST_CASE("a wrong verb is refused with what would be right") {
    Rig rig;
    auto code = [&](const std::string& verb, const std::vector<std::string>& args) {
        auto result = helper::sim_verb(rig.sim_socket, verb, args);
        REQUIRE_FALSE(result);
        CHECK_FALSE(result.error().detail.empty());
        return result.error().code;
    };
    CHECK(code("open", {"9"}) == Code::not_found);
    CHECK(code("open", {"x"}) == Code::invalid);
    CHECK(code("open", {}) == Code::invalid);
    CHECK(code("explode", {}) == Code::invalid);
    CHECK(code("insert", {"1", "T:nobody"}) == Code::not_found);
    CHECK(code("insert", {"1", "ghost"}) == Code::invalid);
    CHECK(code("fault", {"1", "fire"}) == Code::invalid);
    CHECK(code("clock", {"soon"}) == Code::invalid);
    CHECK(code("remove", {"1"}) == Code::no);
    auto gone = helper::sim_verb(rig.dir + "/nobody.sock", "status", {});
    CHECK(gone.error().code == Code::unavailable);
}

TEST_CASE("sealsd's hand enrols, latches, relays and follows the clock") {
    Rig rig;
    loop::Loop loop;
    sim::Cabinet cabinet(loop, rig.sim_socket);
    std::vector<helper::SimClock> clocks;
    cabinet.on_clock([&](helper::SimClock clock) { clocks.push_back(clock); });
    auto run_until = [&](const std::function<bool()>& holds) {
        for (int i = 0; i < 1000 && !holds(); ++i)
            loop.run_once(5ms);
        return holds();
    };
    REQUIRE(run_until([&] { return clocks.size() == 1; }));
    CHECK(clocks[0].steps == 0);

    std::vector<bool> done;
    auto note = [&](const Status& status) { done.push_back(bool(status)); };
    helper::SimTag tag{SealId("YZ-0009"), {4, 7, 7, 7, 7, 7, 7}, {1}, 2};
    cabinet.enrol(tag, note);
    cabinet.enrol(tag, note);
    tag.home = 77;
    cabinet.enrol(tag, note);
    REQUIRE(run_until([&] { return done.size() == 3; }));
    CHECK(done == std::vector<bool>{true, true, false});
    CHECK(rig.slot(2).text_or("tag") == "T:YZ-0009");

    sim::Locks locks(rig.sim_socket);
    REQUIRE(locks.energise(2));
    REQUIRE(locks.idle(2));
    cabinet.relatch(2, note);
    REQUIRE(run_until([&] { return done.size() == 4; }));
    CHECK(rig.slot(2).boolean_or("latched"));

    std::optional<Result<Value>> stepped;
    cabinet.verb("clock", {"+30"}, [&](Result<Value> result) { stepped = std::move(result); });
    REQUIRE(run_until([&] { return stepped.has_value() && clocks.size() == 2; }));
    CHECK(clocks[1].offset_ms == 30'000);
    CHECK(clocks[1].steps == 1);
    CHECK(helper::sim_clock(rig.sim_socket)->offset_ms == 30'000);

    rig.sim.signal(SIGSTOP);
    stepped.reset();
    cabinet.verb("status", {}, [&](Result<Value> result) { stepped = std::move(result); });
    rig.sim.kill();
    REQUIRE(run_until([&] { return stepped.has_value(); }));
    CHECK((*stepped).error().code == Code::unavailable);
}

TEST_CASE("a frame that is not of the protocol costs its sender the connection only") {
    Rig rig;
    for (std::uint8_t kind = 0; kind < 50; ++kind)
        for (std::size_t size : {0U, 1U, 2U, 40U}) {
            auto socket = helper::connect_unix(rig.sim_socket);
            REQUIRE(eventually([&] {  // it has not taken all the former ones yet
                if (!socket) socket = helper::connect_unix(rig.sim_socket);
                return bool(socket);
            }));
            (void)helper::write_frame(socket->get(), kind, Bytes(size, 0xff),
                                      helper::deadline_in(1s));
        }
    CHECK(rig.verb("status").find("slots")->array()->size() == 8);
}
