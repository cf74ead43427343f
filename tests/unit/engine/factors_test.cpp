#include "engine/factors.hpp"

#include "engine/pin.hpp"
#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using rules::FactorOutcome;
using seals::test::faults;

namespace {

// One with the PIN 2468, set as the API sets it: the hash goes to the vault beside the event.
struct Door {
    World world;
    House house{world};
    Factors factors{house.loop, *house.engine};
    std::string hash;

    Door() {
        house.furnish();
        auto made = hash_pin("2468");
        REQUIRE(made);
        hash = *made;
        rules::SetPin set{PersonId("ann"), {}};
        auto bytes = as_bytes(hash);
        house.run(set, ledger::Secret{"pin", "ann", Bytes(bytes.begin(), bytes.end())});
    }
    // A take as the API makes it; its outcome is put into `ends` when it is recorded.
    void take(const char* pin, std::vector<Outcome>& ends, const char* person = "ann") {
        factors.check(
            PersonId(person), {{"pin", pin}},
            [this, &ends, person](std::vector<rules::FactorChecked> found,
                                  std::function<void()> finish) {
                checked.push_back(found.empty() ? -1 : static_cast<int>(found[0].outcome));
                auto command = House::take_of("S1", "R1", person);
                command.factors = std::move(found);
                house.engine->submit({command, device_actor(), [&ends, finish](Outcome o) {
                                          finish();
                                          ends.push_back(std::move(o));
                                      }});
            });
    }
    std::vector<int> checked;
};

constexpr int kWrong = static_cast<int>(FactorOutcome::wrong);
constexpr int kOk = static_cast<int>(FactorOutcome::ok);

}  // namespace

TEST_CASE("a PIN has 4 to 64 characters without spaces, and no message shows it") {
    for (const auto* good : {"1234", "correct-horse", "密码一二"})
        CHECK(check_pin_form(good));
    CHECK(check_pin_form(std::string(64, 'x')));
    for (const auto& bad :
         {std::string("123"), std::string(65, 'x'), std::string("12 34"), std::string("12\n34"),
          std::string("1234\x7f"), std::string("12\0 34", 6)}) {
        auto status = check_pin_form(bad);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == Code::invalid);
        CHECK(status.error().field == "pin");
        CHECK(status.error().detail.find(bad) == std::string::npos);
    }
}

TEST_CASE("a PIN hash is yescrypt with a salt of its own and matches its PIN only") {
    auto one = hash_pin("2468"), two = hash_pin("2468");
    REQUIRE((one && two));
    CHECK(one->starts_with("$y$"));
    CHECK(*one != *two);
    CHECK(pin_matches("2468", *one));
    CHECK(pin_matches("2468", *two));
    CHECK_FALSE(pin_matches("2469", *one));
    CHECK_FALSE(pin_matches("", *one));
    CHECK_FALSE(pin_matches(std::string("2468\0x", 6), *one));
    for (const auto* junk : {"", "*0", "x", "$y$", "2468"})
        CHECK_FALSE(pin_matches("2468", junk));
}

TEST_CASE("a person's attempts are checked one after the other, and lock-out stops the checking") {
    Door door;
    std::vector<Outcome> ends;
    for (int i = 0; i < 6; ++i)
        door.take("0000", ends);
    REQUIRE(door.house.until([&] { return ends.size() == 6; }));
    CHECK(door.checked == std::vector<int>{kWrong, kWrong, kWrong, -1, -1, -1});
    CHECK(door.house.count(EventType::auth_failed) == 3);
    CHECK(door.house.count(EventType::auth_locked_out) == 1);
    std::vector<Outcome> after;
    door.take("2468", after);  // the right one does not help now
    REQUIRE(door.house.until([&] { return after.size() == 1; }));
    CHECK(door.checked.back() == -1);
    CHECK(after[0].error->code == Code::refused);
    door.world.clock.pass(House::policy().lockout + milliseconds{1});
    door.take("2468", after);
    REQUIRE(door.house.until([&] { return after.size() == 2; }));
    CHECK(door.checked.back() == kOk);
}

TEST_CASE("one person's attempts keep nobody else waiting") {
    Door door;
    std::vector<Outcome> ends;
    std::function<void()> hold;
    door.factors.check(PersonId("ann"), {{"pin", "0000"}},
                       [&](const auto&, std::function<void()> finish) { hold = finish; });
    door.take("0000", ends, "ann");
    door.take("0000", ends, "carl");
    REQUIRE(door.house.until([&] { return hold && ends.size() == 1; }));
    door.house.idle(milliseconds{100});
    CHECK(ends.size() == 1);  // ann's second still waits for the end of the first
    hold();
    REQUIRE(door.house.until([&] { return ends.size() == 2; }));
}

TEST_CASE("a wrong PIN is recorded before it is answered") {
    Door door;
    std::vector<Outcome> ends;
    faults().sync_ms = 150;
    door.take("0000", ends);
    REQUIRE(door.house.until([&] { return door.house.engine->busy(); }));
    door.house.idle(milliseconds{50});
    CHECK(ends.empty());
    REQUIRE(door.house.until([&] { return ends.size() == 1; }));
    CHECK(door.house.count(EventType::auth_failed) == 1);
    REQUIRE(ends[0].error);
    CHECK(ends[0].error->code == Code::refused);
}

TEST_CASE("neither a PIN nor its hash stands in any leaf or view") {
    Door door;
    std::vector<Outcome> ends;
    door.take("13579", ends);
    door.take("2468", ends);
    REQUIRE(door.house.until([&] { return ends.size() == 2; }));
    door.house.rest();
    auto& reader = door.house.store->reader();
    REQUIRE(*reader.secret("pin", "ann"));  // it is in the vault
    auto salt = door.hash.substr(4, 12);
    auto size = door.house.store->size();
    for (std::uint64_t seq = 1; seq <= size; ++seq) {
        auto bytes = reader.leaf(seq);
        REQUIRE(bytes);
        std::string text(as_text(*bytes));
        for (const std::string& secret :
             {std::string("13579"), std::string("\"2468"), door.hash, salt, std::string("$y$")})
            CHECK(text.find(secret) == std::string::npos);
    }
    auto rows = reader.live_rows(door.world.clock.read().utc);
    REQUIRE(rows);
    for (const auto& row : *rows)
        if (row.kind == "person") {
            CHECK(row.body->find("pin") == nullptr);
            CHECK(row.body->text_or("has_pin", "-") == "-");
        }
}

TEST_CASE("a person without a PIN is told so, an unknown one is not checked") {
    Door door;
    std::vector<Outcome> ends;
    door.take("2468", ends, "carl");
    REQUIRE(door.house.until([&] { return ends.size() == 1; }));
    CHECK(door.checked.back() == static_cast<int>(FactorOutcome::not_set));
    door.take("2468", ends, "nobody");
    REQUIRE(door.house.until([&] { return ends.size() == 2; }));
    CHECK(door.checked.back() == -1);
    CHECK(door.house.count(EventType::auth_failed) == 0);
}
