#include "tag/reading.hpp"

#include "catch.hpp"
#include "tag/reader_side.hpp"
#include "tag/tag_side.hpp"

using namespace seals;
using namespace seals::tag;

namespace {

const Bytes kUid{0x04, 1, 2, 3, 4, 5, 6};
const Bytes kOther{0x04, 9, 9, 9, 9, 9, 9};
const Key kKey{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
const Keyring kRing{{kUid, {SealId("YZ-0032"), kKey}}};

// A tag behind a wire on which a hostile hand may change each answer. `step` counts the answers.
struct Wire {
    TagSide tag;
    std::function<Result<Bytes>(int step, Bytes answer)> hand = [](int, Bytes answer) {
        return answer;
    };
    int step = 0;
    Reading read() {
        return read_tag(
            [this](ByteView apdu) -> Result<Bytes> { return hand(step++, tag.answer(apdu)); },
            kRing);
    }
};

Wire authentic() {
    return {TagSide(kUid, kKey)};
}
// Every answer of that step becomes `answer`.
Reading with_answer(int at, Result<Bytes> answer) {
    auto wire = authentic();
    wire.hand = [&](int step, Bytes real) -> Result<Bytes> {
        return step == at ? answer : Result<Bytes>(std::move(real));
    };
    return wire.read();
}
constexpr int kSteps = 5;  // UID, SELECT, two of authentication, GetCardUID

}  // namespace

TEST_CASE("the enrolled tag is authentic, in five exchanges") {
    auto wire = authentic();
    auto reading = wire.read();
    CHECK(reading.found == Found::authentic);
    CHECK(reading.seal == SealId("YZ-0032"));
    CHECK(reading.uid == kUid);
    CHECK(reading.fault == Fault::none);
    CHECK(wire.step == kSteps);
}

TEST_CASE("a clone with another key fails after one attempt") {
    Key other = kKey;
    other[5] ^= 1;
    Wire wire{TagSide(kUid, other)};
    auto reading = wire.read();
    CHECK(reading.found == Found::failed);
    CHECK(reading.seal == SealId("YZ-0032"));
    CHECK(reading.fault == Fault::wrong_key);
    CHECK(wire.step == 4);
}

TEST_CASE("an unknown tag is foreign and gets no attempt at all") {
    Wire wire{TagSide(kOther, kKey)};
    CHECK(wire.read().found == Found::foreign);
    CHECK(wire.step == 1);
}

TEST_CASE("a tag that shouts a known UID but proves another fails") {
    Wire wire{TagSide(kOther, kKey)};
    wire.hand = [](int step, Bytes answer) -> Result<Bytes> {
        if (step > 0) return answer;
        auto lie = kUid;
        lie.insert(lie.end(), {0x90, 0x00});
        return lie;
    };
    auto reading = wire.read();
    CHECK(reading.found == Found::failed);
    CHECK(reading.fault == Fault::wrong_uid);
}

TEST_CASE("an answer of nothing but success proves nothing") {
    auto reading = with_answer(3, [] {
        Bytes zeros(32, 0);
        zeros.insert(zeros.end(), {0x91, 0x00});
        return zeros;
    }());
    CHECK(reading.found == Found::failed);
    CHECK(reading.fault == Fault::wrong_answer);
    CHECK(with_answer(3, Bytes{0x91, 0x00}).found == Found::unreadable);
    CHECK(with_answer(3, Bytes{0x90, 0x00}).found == Found::unreadable);
}

TEST_CASE("replayed answers of a former session fail") {
    std::vector<Bytes> tape;
    auto wire = authentic();
    wire.hand = [&](int, Bytes answer) {
        tape.push_back(answer);
        return answer;
    };
    REQUIRE(wire.read().found == Found::authentic);
    int step = 0;
    auto all = read_tag(
        [&](ByteView) -> Result<Bytes> { return tape.at(static_cast<std::size_t>(step++)); },
        kRing);
    CHECK(all.found == Found::failed);
    CHECK(all.fault == Fault::wrong_answer);
    auto uid = with_answer(4, tape[4]);
    CHECK(uid.found == Found::failed);
    CHECK(uid.fault == Fault::wrong_mac);
}

TEST_CASE("whatever a tag answers at whatever step, it is never taken for authentic") {
    const std::vector<Bytes> answers{{},
                                     {0x90},
                                     {0x90, 0x00},
                                     {0x91, 0x00},
                                     {0x91, 0xaf},
                                     Bytes(34, 0),
                                     Bytes(65'536, 0x90),
                                     Bytes(258, 0),
                                     Bytes(18, 0xff),
                                     Bytes(26, 1)};
    for (int step = 0; step < kSteps; ++step)
        for (const auto& answer : answers) {
            if (step == 1 && answer == Bytes{0x90, 0x00}) continue;  // SELECT's right answer
            auto reading = with_answer(step, answer);
            INFO("step " << step << " answer of " << answer.size() << " bytes");
            CHECK(reading.found != Found::authentic);
            CHECK(reading.found != Found::absent);
        }
}

TEST_CASE("each kind of broken answer has its name") {
    CHECK(with_answer(0, Error{Code::not_found, "no tag"}).found == Found::absent);
    for (int step = 1; step < kSteps; ++step) {
        CHECK(with_answer(step, Error{Code::not_found, ""}).fault == Fault::vanished);
        CHECK(with_answer(step, Error{Code::timeout, ""}).fault == Fault::no_answer);
        CHECK(with_answer(step, Error{Code::unavailable, ""}).fault == Fault::no_reader);
        CHECK(with_answer(step, Bytes{}).fault == Fault::no_bytes);
        CHECK(with_answer(step, Bytes(65'536, 0)).fault == Fault::too_long);
        CHECK(with_answer(step, Bytes{0x91}).fault == Fault::bad_length);
        CHECK(with_answer(step, Bytes{}).found == Found::unreadable);
    }
    CHECK(with_answer(0, Bytes{1, 2, 3, 0x90, 0x00}).fault == Fault::bad_length);
    CHECK(with_answer(0, Bytes{0x63, 0x00}).fault == Fault::bad_status);
    CHECK(with_answer(2, Bytes{0x91, 0xad}).fault == Fault::delayed);
    CHECK(with_answer(2, Bytes{0x91, 0x9d}).fault == Fault::locked);
    CHECK(with_answer(2, Bytes{0x91, 0xad}).found == Found::unreadable);
    CHECK(with_answer(1, Bytes{0x6a, 0x82}).fault == Fault::no_application);
    CHECK(with_answer(1, Bytes{0x6a, 0x82}).found == Found::failed);
    CHECK(with_answer(2, Bytes{0x91, 0x40}).fault == Fault::no_such_key);
}

TEST_CASE("a tag that asks for patience is not asked again") {
    auto wire = authentic();
    wire.hand = [](int step, Bytes answer) -> Result<Bytes> {
        return step >= 2 ? Bytes{0x91, 0xad} : answer;
    };
    CHECK(wire.read().found == Found::unreadable);
    CHECK(wire.step == 3);
}

TEST_CASE("one changed bit anywhere in the proof or in the UID's message fails") {
    for (int at : {3, 4}) {
        auto size = at == 3 ? 32U : 24U;
        for (std::size_t byte = 0; byte < size; ++byte) {
            // TI and the capabilities are not compared, they enter the session's keys and MACs
            auto wire = authentic();
            wire.hand = [&](int step, Bytes answer) -> Result<Bytes> {
                if (step == at) answer.at(byte) ^= 0x10;
                return answer;
            };
            auto found = wire.read().found;
            INFO("step " << at << " byte " << byte);
            if (at == 3 && byte >= 20)
                CHECK((found == Found::failed || found == Found::authentic));
            else
                CHECK(found == Found::failed);
        }
    }
}

TEST_CASE("the tag's side survives every length of every command and keeps no session over them") {
    TagSide tag(kUid, kKey);
    for (int ins = 0; ins < 256; ++ins)
        for (std::size_t size = 0; size < 60; ++size) {
            Bytes apdu{0x90, static_cast<std::uint8_t>(ins), 0, 0, static_cast<std::uint8_t>(size)};
            apdu.resize(5 + size, 0x5a);
            CHECK(tag.answer(apdu).size() >= 2);
        }
    for (std::size_t size = 0; size < 300; ++size)
        CHECK(tag.answer(Bytes(size, 0xff)).size() >= 2);
    Wire wire{std::move(tag)};
    CHECK(wire.read().found == Found::authentic);
}
