// sealsd-bolt and its guard, as processes. The cabinet's pulse trace is the witness.
#include <list>

#include <sys/socket.h>

#include "rig.hpp"

using namespace seals;
using namespace seals::test;
using helper::BoltFrame;
using helper::Refusal;

namespace {

// Lines that confirm everything and whose contacts rattle as fast as a socket takes it.
class RestlessLines {
  public:
    explicit RestlessLines(const std::string& path) : listener_(*helper::listen_unix(path, 0600)) {
        thread_ = std::thread([this] {
            auto accepting = loop_.readable(listener_.get(), [this] { accept(); });
            loop_.run();
            streams_.clear();
        });
    }
    ~RestlessLines() {
        loop_.post([this] { loop_.stop(); });
        thread_.join();
    }
    void rattle(SlotNo slot, int times) {
        loop_.post([this, slot, times] {
            for (int i = 0; i < times; ++i)
                send(*follower_, helper::SimFrame::contact_edge,
                     encode(helper::SimEdge{slot, i % 2 == 0, loop::boottime_ms()}));
        });
    }

  private:
    static void send(helper::FrameStream& stream, helper::SimFrame kind, const Bytes& payload) {
        stream.send(static_cast<std::uint8_t>(kind), payload);
    }
    void accept() {
        Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        auto place = streams_.emplace(streams_.end());
        *place = std::make_unique<helper::FrameStream>(
            loop_, std::move(socket),
            helper::FrameStream::Calls{
                [this, place](const helper::Frame& frame) { take(**place, frame); }, [] {}},
            helper::FrameStream::Limits{});
    }
    void take(helper::FrameStream& stream, const helper::Frame& frame) {
        if (frame.kind == static_cast<std::uint8_t>(helper::SimFrame::contact_follow)) {
            follower_ = &stream;
            return send(stream, helper::SimFrame::contacts,
                        helper::encode_contacts(std::vector<bool>(8)));
        }
        helper::PayloadReader reader(frame.payload);
        auto slot = reader.u16();
        bool active = reader.u8() != 0;
        send(stream, helper::SimFrame::line_is,
             encode(helper::SimLine{slot, {}, active, loop::boottime_ms()}));
    }

    loop::Loop loop_;
    Fd listener_;
    std::list<std::unique_ptr<helper::FrameStream>> streams_;
    helper::FrameStream* follower_ = nullptr;
    std::thread thread_;
};

}  // namespace

TEST_CASE("an order fires once, for as long as it said, and its repetition is refused") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    auto order = order_for(3, 60ms);
    CHECK(client.fires(order));
    auto done = client.next_of(BoltFrame::done);
    REQUIRE(done);
    CHECK(helper::decode_done(done->payload)->nonce == order.nonce);
    CHECK(client.refusal_of(order) == Refusal::repeated);
    auto pulses = rig.pulses();
    REQUIRE(pulses.size() == 1);
    CHECK(pulses[0].text_or("slot") == "3");
    CHECK(pulses[0].integer_or("active_ms") >= 55);
    CHECK(pulses[0].integer_or("active_ms") < 400);
    CHECK_FALSE(rig.any_line_active());
}

TEST_CASE("no order that is late, far ahead, too long or for no slot moves a line") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    CHECK(client.refusal_of(order_for(1, 60ms, -1ms)) == Refusal::late);
    CHECK(client.refusal_of(order_for(1, 60ms, 5s)) == Refusal::far_future);
    CHECK(client.refusal_of(order_for(1, 1001ms)) == Refusal::ceiling);
    CHECK(client.refusal_of(order_for(1, 0ms)) == Refusal::ceiling);
    CHECK(client.refusal_of(order_for(0, 60ms)) == Refusal::unknown_slot);
    CHECK(client.refusal_of(order_for(9, 60ms)) == Refusal::unknown_slot);
    CHECK(rig.pulses().empty());
    CHECK_FALSE(rig.any_line_active());
}

TEST_CASE("a line that is active, or has had its share, gets no second pulse") {
    Rig rig;
    rig.start_bolt({"--rest-ms", "60000"});
    RawBolt client(rig);
    CHECK(client.fires(order_for(2, 300ms)));
    CHECK(client.refusal_of(order_for(2, 300ms)) == Refusal::busy);
    REQUIRE(client.next_of(BoltFrame::done));
    CHECK(client.refusal_of(order_for(2, 300ms)) == Refusal::duty);
    CHECK(client.fires(order_for(4, 30ms)));
    REQUIRE(client.next_of(BoltFrame::done));
    CHECK(rig.pulses().size() == 2);
}

TEST_CASE("a stopped bolt fires nothing when it goes on") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    rig.bolt.signal(SIGSTOP);
    auto order = order_for(5, 100ms, 300ms);
    client.send(order);
    std::this_thread::sleep_for(400ms);
    rig.bolt.signal(SIGCONT);
    auto frame = client.next_of(BoltFrame::refused);
    REQUIRE(frame);
    CHECK(helper::decode_refused(frame->payload)->reason == Refusal::late);
    CHECK(rig.pulses().empty());
}

TEST_CASE("orders of a client that hung up are never carried out") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    rig.bolt.signal(SIGSTOP);
    for (SlotNo slot = 1; slot <= 8; ++slot)
        client.send(order_for(slot, 100ms, 490ms));
    client.hang_up();
    rig.bolt.signal(SIGCONT);
    RawBolt next(rig);  // bolt is through with the first one
    CHECK(rig.pulses().empty());
    CHECK_FALSE(rig.any_line_active());
}

TEST_CASE("when bolt is killed in a pulse its guard idles the line, and goes") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    auto guard = rig.bolt.only_child();
    REQUIRE(guard > 0);
    CHECK(client.fires(order_for(6, 700ms)));
    rig.bolt.kill();
    CHECK(eventually([&] { return rig.pulses().size() == 1; }));
    CHECK(rig.pulses().at(0).integer_or("active_ms") < 700 + 150);
    CHECK_FALSE(rig.any_line_active());
    CHECK(eventually([&] { return !alive(guard); }));
}

TEST_CASE("when bolt is stopped in a pulse its guard idles the line a little later") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    CHECK(client.fires(order_for(6, 200ms)));
    rig.bolt.signal(SIGSTOP);
    CHECK(eventually([&] { return rig.pulses().size() == 1; }));
    auto active = rig.pulses().at(0).integer_or("active_ms");
    CHECK(active >= 200);  // the guard counts from before the line was driven
    CHECK(active < 300 + 300);
    rig.bolt.signal(SIGCONT);
    REQUIRE(client.next_of(BoltFrame::done));
    CHECK(rig.pulses().size() == 1);
}

TEST_CASE("when the guard is killed bolt idles its lines and stops") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    CHECK(client.fires(order_for(7, 900ms)));
    ::kill(rig.bolt.only_child(), SIGKILL);
    CHECK(rig.bolt.wait() == 8);
    REQUIRE(rig.pulses().size() == 1);
    CHECK(rig.pulses()[0].integer_or("active_ms") < 900);
    CHECK_FALSE(rig.any_line_active());
}

TEST_CASE("with its guard stopped bolt energises nothing") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    auto guard = rig.bolt.only_child();
    ::kill(guard, SIGSTOP);
    CHECK(client.refusal_of(order_for(7, 100ms)) == Refusal::guard);
    CHECK(rig.bolt.wait() == 8);
    CHECK(rig.pulses().empty());
    ::kill(guard, SIGCONT);
}

TEST_CASE("the end of sealsd's connection, or of bolt, ends the pulse") {
    Rig rig;
    rig.start_bolt();
    {
        RawBolt client(rig);
        CHECK(client.fires(order_for(1, 900ms)));
    }
    CHECK(eventually([&] { return rig.pulses().size() == 1; }));
    RawBolt client(rig);
    CHECK(client.fires(order_for(2, 900ms)));
    rig.bolt.signal(SIGTERM);
    CHECK(rig.bolt.wait() == 0);
    REQUIRE(rig.pulses().size() == 2);
    for (const auto& pulse : rig.pulses())
        CHECK(pulse.integer_or("active_ms") < 800);
    CHECK_FALSE(rig.any_line_active());
}

TEST_CASE("all_idle ends what pulses") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    CHECK(client.fires(order_for(1, 900ms)));
    client.send_raw(static_cast<std::uint8_t>(BoltFrame::all_idle), {});
    CHECK(eventually([&] { return rig.pulses().size() == 1; }));
    CHECK(rig.pulses()[0].integer_or("active_ms") < 800);
}

TEST_CASE("a line that was left driven is idle when bolt is up") {
    Rig rig;
    {
        auto socket = helper::connect_unix(rig.sim_socket);
        REQUIRE(socket);
        REQUIRE(helper::write_frame(socket->get(), 1, Bytes{0, 4, 1}, helper::deadline_in(1s)));
        REQUIRE(helper::read_frame(socket->get(), helper::deadline_in(1s)));
    }
    CHECK(rig.any_line_active());  // who set it is gone: a chip keeps its level
    rig.start_bolt();
    CHECK_FALSE(rig.any_line_active());
    CHECK(rig.pulses().size() == 1);
}

TEST_CASE("a second client is sent away while the first is there") {
    Rig rig;
    rig.start_bolt();
    auto first = std::make_unique<RawBolt>(rig);
    auto second = helper::connect_unix(rig.bolt_socket);
    REQUIRE(second);
    auto got = helper::read_frame(second->get(), helper::deadline_in(2s));
    CHECK((!got || !*got));
    CHECK(first->fires(order_for(1, 20ms)));
    first.reset();
    RawBolt third(rig);
    CHECK(third.fires(order_for(2, 20ms)));
}

TEST_CASE("a frame that is not of the protocol costs the connection and moves nothing") {
    Rig rig;
    rig.start_bolt();
    auto good = encode(order_for(1, 100ms));
    for (std::size_t size = 0; size < good.size(); ++size) {
        RawBolt client(rig);
        client.send_raw(1, Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)));
        CHECK(client.hung_up());
    }
    for (std::uint8_t kind : Bytes{0, 3, 33, 255}) {
        RawBolt client(rig);
        client.send_raw(kind, good);
        CHECK(client.hung_up());
    }
    RawBolt client(rig);
    client.send_raw(1, Bytes(100'000, 0));
    CHECK(client.hung_up());
    CHECK(rig.pulses().empty());
    RawBolt last(rig);
    CHECK(last.fires(order_for(1, 20ms)));
}

TEST_CASE("a bouncing contact is told as one edge") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    rig.verb("fault", {"2", "bounce"});
    rig.verb("open", {"2"});
    auto frame = client.next_of(BoltFrame::contact);
    REQUIRE(frame);
    auto edge = helper::decode_contact(frame->payload);
    REQUIRE(edge);
    CHECK(edge->slot == 2);
    CHECK(edge->door == helper::DoorState::open);
    CHECK_FALSE(client.next(300ms));
}

TEST_CASE("a client that does not read its edges is told all doors when it reads again") {
    Rig rig;
    rig.sim.kill();
    RestlessLines lines(rig.sim_socket);
    rig.start_bolt({"--debounce-ms", "0"});
    RawBolt client(rig);
    lines.rattle(1, 20'001);  // more than socket and queue hold; the last edge opens
    std::this_thread::sleep_for(500ms);
    std::size_t edges = 0;
    auto door = helper::DoorState::unknown;
    bool resync = false;
    while (auto frame = client.next(500ms)) {
        if (auto edge = helper::decode_contact(frame->payload)) {
            ++edges;
            door = edge->door;
        }
        if (RawBolt::kind(*frame) != BoltFrame::contacts) continue;
        auto all = helper::decode_contacts(frame->payload);
        resync = all->resync;
        door = all->doors.at(0);
    }
    CHECK(edges < 20'001);
    CHECK(resync);
    CHECK(door == helper::DoorState::open);
    CHECK(client.fires(order_for(3, 20ms)));
}

TEST_CASE("when the lines come back, what they kept is idled and all doors are told") {
    Rig rig;
    rig.start_bolt();
    RawBolt client(rig);
    CHECK(client.first_door_becomes(helper::DoorState::shut));
    rig.sim.kill();
    CHECK(client.first_door_becomes(helper::DoorState::unknown));
    CHECK(client.refusal_of(order_for(1, 50ms)) == Refusal::no_lines);
    rig.start_sim();
    CHECK(client.first_door_becomes(helper::DoorState::shut));
    CHECK(client.fires(order_for(1, 20ms)));
}
