#include "engine/once.hpp"

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using seals::test::faults;

namespace {

// A client: what a take with that key comes to.
struct Client {
    House& house;
    Once& once;
    std::vector<std::string> told;  // "fresh SES", "recorded SES", "conflict", "failed"
    int ran = 0;

    void take(const char* key, const char* body = "b1", std::int64_t uid = 7) {
        rules::Idempotency mark{uid, key, body};
        once.enter(
            mark, {[this, mark] {
                       ++ran;
                       auto command = House::take_of();
                       command.idempotency = mark;
                       house.engine->submit({command, device_actor(), [this, mark](Outcome o) {
                                                 once.finished(mark);
                                                 told.push_back(o.events.empty() ? "failed"
                                                                                 : "fresh " + o.id);
                                             }});
                   },
                   [this](const ledger::Recorded& entry) {
                       told.push_back("recorded " + entry.event.session.str());
                   },
                   [this](const Error& error) {
                       CHECK(error.code == Code::conflict);
                       told.emplace_back("conflict");
                   }});
    }
    void wait(std::size_t answers) {
        REQUIRE(house.until([&] { return told.size() >= answers; }));
        house.rest();
    }
    bool has(const std::string& text) const {
        return std::find(told.begin(), told.end(), text) != told.end();
    }
};

}  // namespace

TEST_CASE("the same request while it runs waits, and names the same session") {
    World world;
    House house(world);
    house.furnish();
    Once once(*house.engine);
    Client client{house, once, {}};
    for (int i = 0; i < 3; ++i)
        client.take("k");
    client.wait(3);
    auto id = house.engine->state().sessions.begin()->first.str();
    CHECK(client.ran == 1);
    CHECK(client.has("fresh " + id));
    CHECK(std::count(client.told.begin(), client.told.end(), "recorded " + id) == 2);
    CHECK(world.orders.size() == 1);
}

TEST_CASE("a request that is recorded is answered from the record, also after a restart") {
    World world;
    std::string id;
    {
        House house(world);
        house.furnish();
        Once once(*house.engine);
        Client client{house, once, {}};
        client.take("k");
        client.wait(1);
        id = house.engine->state().sessions.begin()->first.str();
        client.take("k");
        client.wait(2);
        CHECK(client.told.back() == "recorded " + id);
    }
    House house(world);
    house.boot();
    Once once(*house.engine);
    Client client{house, once, {}};
    client.take("k");
    client.wait(1);
    CHECK(client.told.back() == "recorded " + id);
    CHECK(client.ran == 0);
    CHECK(world.orders.size() == 1);
}

TEST_CASE("the same key with another body is a conflict, running or recorded") {
    World world;
    House house(world);
    house.furnish();
    Once once(*house.engine);
    Client client{house, once, {}};
    client.take("k", "b1");
    client.take("k", "b2");
    CHECK(client.told == std::vector<std::string>{"conflict"});
    client.wait(2);
    client.take("k", "b2");
    client.wait(3);
    CHECK(client.told.back() == "conflict");
    CHECK(client.ran == 1);
}

TEST_CASE("keys belong to who sent them, and no key is no retry") {
    World world;
    House house(world);
    house.furnish();
    Once once(*house.engine);
    Client client{house, once, {}};
    client.take("k", "b1", 7);
    client.take("k", "b2", 8);
    client.take("", "b1");
    client.take("", "b1");
    client.wait(4);
    CHECK(client.ran == 4);
    CHECK_FALSE(client.has("conflict"));
}

TEST_CASE("a failure leaves no trace: the retry runs") {
    World world;
    House house(world);
    house.furnish();
    Once once(*house.engine);
    Client client{house, once, {}};
    faults().room = 0;
    for (int i = 0; i < 2000 && !house.ballast.spent(); ++i)
        house.person(("F" + std::to_string(i)).c_str());
    client.take("k");
    client.take("k");
    client.wait(2);
    CHECK(client.told == std::vector<std::string>{"failed", "failed"});
    CHECK(client.ran == 2);
    faults().room = -1;
    REQUIRE(house.ballast.take());
    client.take("k");
    client.wait(3);
    CHECK(client.ran == 3);
    CHECK(client.told.back().starts_with("fresh S"));
}

TEST_CASE("a refusal that is recorded answers its retry") {
    World world;
    House house(world);
    house.furnish();
    house.take_out();
    Once once(*house.engine);
    Client client{house, once, {}};
    client.take("k");
    client.wait(1);
    auto refused = house.count(EventType::take_refused);
    client.take("k");
    client.wait(2);
    CHECK(client.told.back() == "recorded ");
    CHECK(house.count(EventType::take_refused) == refused);
}

TEST_CASE("what a request asks for tells it from others; its factors do not") {
    auto body = [](const char* seal, const char* pin) {
        Value value{Value::Object{}};
        value.add("seal", seal);
        value.add("factors", pin);
        value.add("second_factors", pin);
        return value;
    };
    auto one = body_hash("take", body("S1", "1234"));
    CHECK(one == body_hash("take", body("S1", "9999")));
    CHECK(one != body_hash("take", body("S2", "1234")));
    CHECK(one != body_hash("return", body("S1", "1234")));
    CHECK(one.size() == 64);
}
