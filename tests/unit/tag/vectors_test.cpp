// Published vectors: AN12196 and AN10922 as quoted by independent implementations.
#include "catch.hpp"
#include "tag/aes.hpp"
#include "tag/reader_side.hpp"
#include "tag/session.hpp"
#include "tag/tag_side.hpp"

using namespace seals;
using namespace seals::tag;

namespace {

Bytes hex(std::string_view text) {
    return from_hex(text).value();
}
Block block(std::string_view text) {
    auto run = hex(text);
    Block out{};
    REQUIRE(run.size() == out.size());
    std::copy(run.begin(), run.end(), out.begin());
    return out;
}
Bytes run(const auto& bytes) {
    return Bytes(bytes.begin(), bytes.end());
}

// Answers one after another, and keeps what it was asked.
struct Script {
    std::vector<Bytes> answers;
    std::vector<Bytes> asked{};
    Transmit transmit() {
        return [this](ByteView apdu) -> Result<Bytes> {
            asked.push_back(to_bytes(apdu));
            return answers.at(asked.size() - 1);
        };
    }
};

struct FirstVector {
    std::uint8_t key_no;
    const char *rnd_a, *challenge, *rnd_b, *cipher, *proof, *ti, *enc, *mac;
};
const FirstVector kFirst[] = {
    {0, "13C5DB8A5930439FC3DEF9A4C675360F", "A04C124213C186F22399D33AC2A30215",
     "B9E2FC789B64BF237CCCAA20EC7E6E48",
     "35C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D",
     "3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F08120663", "9D00C4DF",
     "1309C877509E5A215007FF0ED19CA564", "4C6626F5E72EA694202139295C7A7FC7"},
    {3, "B98F4C50CF1C2E084FD150E33992B048", "B875CEB0E66A6C5CD00898DC371F92D1",
     "91517975190DCEA6104948EFA3085C1B",
     "FF0306E47DFBC50087C4D8A78E88E62DE1E8BE457AA477C707E2F0874916A8B1",
     "0CC9A8094A8EEA683ECAAC5C7BF20584206D0608D477110FC6B3D5D3F65C3A6A", "7614281A",
     "7A93D6571E4B180FCA6AC90C9A7488D4", "FC4AF159B62E549B5812394CAB1918CC"},
};

}  // namespace

TEST_CASE("the reader's side of EV2First agrees with the published exchanges") {
    for (const auto& v : kFirst) {
        auto first = hex(v.challenge);
        first.insert(first.end(), {0x91, 0xaf});
        auto second = hex(v.proof);
        second.insert(second.end(), {0x91, 0x00});
        Script script{{first, second}};
        auto out = authenticate(script.transmit(), v.key_no, Key{}, block(v.rnd_a));
        CHECK(out.fault == Fault::none);
        CHECK(run(out.session.ti) == hex(v.ti));
        CHECK(run(out.session.keys.enc) == hex(v.enc));
        CHECK(run(out.session.keys.mac) == hex(v.mac));
        REQUIRE(script.asked.size() == 2);
        CHECK(script.asked[0] == Bytes{0x90, 0x71, 0, 0, 2, v.key_no, 0, 0});
        auto cipher = Bytes{0x90, 0xaf, 0, 0, 0x20};
        auto sent = hex(v.cipher);
        cipher.insert(cipher.end(), sent.begin(), sent.end());
        cipher.push_back(0);
        CHECK(script.asked[1] == cipher);
    }
}

TEST_CASE("the tag's side of EV2First agrees with the published exchanges") {
    for (const auto& v : kFirst) {
        TagSide::Chance chance{[&] { return block(v.rnd_b); },
                               [&] {
                                   auto ti = hex(v.ti);
                                   ti.resize(16);
                                   Block out{};
                                   std::copy(ti.begin(), ti.end(), out.begin());
                                   return out;
                               }};
        TagSide tag(hex("04958CAA5C5E80"), Key{}, v.key_no, chance);
        CHECK(tag.answer(hex("00A4040C07D2760000850101")) == hex("9000"));
        CHECK(tag.answer(Bytes{0x90, 0x71, 0, 0, 2, v.key_no, 0, 0}) ==
              hex(std::string(v.challenge) + "91AF"));
        CHECK(tag.answer(hex("90AF000020" + std::string(v.cipher) + "00")) ==
              hex(std::string(v.proof) + "9100"));
    }
}

TEST_CASE("session keys of a following authentication agree with AN12196") {
    auto rnd_b = decrypt_cbc(Key{}, Block{}, hex("A6A2B3C572D06C097BB8DB70463E22DC"));
    REQUIRE(rnd_b.size() == 16);
    Block b{};
    std::copy(rnd_b.begin(), rnd_b.end(), b.begin());
    auto a = block("60BE759EDA560250AC57CDDC11743CF6");
    auto keys = session_keys(Key{}, a, b);
    CHECK(run(keys.enc) == hex("4CF3CB41A22583A61E89B158D252FC53"));
    CHECK(run(keys.mac) == hex("5529860B2FC5FB6154B7F28361D30BF9"));
    Bytes ours = run(a);
    auto turned = rotated_left(b);
    ours.insert(ours.end(), turned.begin(), turned.end());
    CHECK(encrypt_cbc(Key{}, Block{}, ours) ==
          hex("BE7D45753F2CAB85F34BC60CE58B940763FE969658A532DF6D95EA2773F6E991"));
    CHECK(encrypt_cbc(Key{}, Block{}, rotated_left(a)) == hex("B888349C24B315EAB5B589E279C8263E"));
}

TEST_CASE("the proven UID agrees with the published GetCardUID") {
    Session session;
    session.keys = {block("2B4D963C014DC36F24F69A50A394F875"),
                    block("379D32130CE61705DD5FD8C36B95D764")};
    session.ti = {0xdf, 0x05, 0x55, 0x22};
    auto tag = session;
    Script script{{hex("70756055688505B52A5E26E59E329CD6595F672298EA41B79100")}};
    auto told = card_uid(script.transmit(), session);
    CHECK(told.fault == Fault::none);
    CHECK(told.uid == hex("04958CAA5C5E80"));
    CHECK(script.asked.at(0) == hex("90510000088E2C155ADDA99BE300"));
    ++tag.counter;
    CHECK(tag.encrypt_answer(hex("04958CAA5C5E80")) == hex("70756055688505B52A5E26E59E329CD6"));
}

TEST_CASE("MACs and ciphers of messages agree with the published ones") {
    Session plain;
    plain.keys.mac = block("8248134A386E86EB7FAF54A52E536CB6");
    plain.ti = {0x7a, 0x21, 0x08, 0x5e};
    CHECK(run(plain.command_mac(0xf5, hex("02"))) == hex("6597A457C8CD442C"));
    ++plain.counter;
    CHECK(run(plain.answer_mac(kOk, hex("0040EEEE000100D1FE001F00004400004400002000006A0000"))) ==
          hex("2A474282E7A47986"));

    Session full;
    full.keys = {block("7A93D6571E4B180FCA6AC90C9A7488D4"),
                 block("FC4AF159B62E549B5812394CAB1918CC")};
    full.ti = {0x76, 0x14, 0x28, 0x1a};
    auto cipher = hex("6B5E6804909962FC4E3FF5522CF0F843");
    auto header = hex("030000000A0000");
    auto iv = encrypt_block(full.keys.enc, block("A55A7614281A00000000000000000000"));
    auto plain_run = decrypt_cbc(full.keys.enc, iv, cipher);
    REQUIRE(plain_run.size() == 16);
    CHECK(plain_run[10] == 0x80);  // ten bytes of data, then the padding
    plain_run.resize(10);
    CHECK(full.encrypt_command(plain_run) == cipher);
    header.insert(header.end(), cipher.begin(), cipher.end());
    CHECK(run(full.command_mac(0x8d, header)) == hex("6C0C53315B9C73AA"));
    ++full.counter;
    CHECK(run(full.answer_mac(kOk, {})) == hex("C26D236E4A7C046D"));
}

TEST_CASE("diversified keys agree with AN10922, and short inputs are refused") {
    auto master = block("00112233445566778899AABBCCDDEEFF");
    auto [k1, k2] = subkeys(master);
    CHECK(run(k1) == hex("FBC9F75C9413C041DFEE452D3F0706D1"));
    CHECK(run(k2) == hex("F793EEB928278083BFDC8A5A7E0E0D25"));
    auto key = diversified(master, hex("04782E21801D803042F54E585020416275"));
    REQUIRE(key);
    CHECK(run(*key) == hex("A8DD63A3B89D54B37CA802473FDA9175"));
    for (std::size_t size = 0; size < 16; ++size)
        CHECK_FALSE(diversified(master, Bytes(size, 4)));
    CHECK_FALSE(diversified(master, Bytes(32, 4)));
    for (std::size_t size = 16; size < 32; ++size) {
        Bytes d(size + 1, 4);
        d[0] = 1;
        CHECK(*diversified(master, Bytes(size, 4)) == cmac(master, d));
    }
    CHECK(run(cmac(master, hex("0104782E21801D80"))) == hex("B3179E2D918AC5190815983B054B63AD"));
}
