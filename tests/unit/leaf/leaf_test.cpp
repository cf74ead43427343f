#include "leaf/leaf.hpp"

#include <random>

#include "catch.hpp"
#include "leaf/canonical.hpp"

using namespace seals;
using namespace seals::leaf;

namespace {

std::string text_of(const Result<Bytes>& bytes) {
    REQUIRE(bytes);
    return std::string(as_text(*bytes));
}

std::string encoded(const Value& value) {
    return text_of(encode_value(value));
}

Result<Value> decoded(std::string_view text) {
    return decode_value(as_bytes(text));
}

Leaf small_leaf() {
    Leaf leaf;
    leaf.seq = 1;
    leaf.t = {1'795'651'200'004};
    leaf.boot = "b";
    leaf.mono = 5;
    leaf.type = "device.booted";
    leaf.actor = {"sealsd", "device"};
    return leaf;
}

Leaf full_leaf() {
    auto leaf = small_leaf();
    leaf.seq = 12;
    leaf.type = "seal.taken";
    leaf.session = "S-1";
    leaf.seal = "YZ-0032";
    leaf.sn = 3;
    leaf.sp = 9;
    leaf.person = "E1038";
    leaf.request = "YY-202611-00001";
    leaf.doc = std::string(64, 'a');
    leaf.img = {std::string(64, 'b'), std::string(64, 'c')};
    leaf.c = {{"name", std::string(64, 'd')}, {"title", std::string(64, 'e')}};
    leaf.data = Value{Value::Object{{"slot", Value{"A07"}}, {"due", Value{std::int64_t{1}}}}};
    return leaf;
}

// The small leaf's text with one piece of it replaced.
std::string with(std::string_view from, std::string_view to) {
    auto text = text_of(encode(small_leaf()));
    auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

Result<Leaf> read_leaf(std::string_view text) {
    return decode(as_bytes(text));
}

Value random_value(std::mt19937& random, int depth) {
    auto pick = random() % (depth > 3 ? 4U : 6U);
    if (pick == 0) return Value{};
    if (pick == 1) return Value{random() % 2 == 0};
    if (pick == 2) return Value{static_cast<std::int64_t>(random()) - (std::int64_t{1} << 31)};
    if (pick == 3) {
        std::string text;
        const char* const kPieces[] = {"a",    "\"",   "\\", "\n", "\x01",
                                       "\x1f", "\x7f", "印", "𠮷", "/"};
        for (auto i = random() % 6; i > 0; --i)
            text += kPieces[random() % 10];
        return Value{text};
    }
    if (pick == 4) {
        Value::Array items;
        for (auto i = random() % 4; i > 0; --i)
            items.push_back(random_value(random, depth + 1));
        return Value{items};
    }
    Value::Object members;
    for (auto i = random() % 4; i > 0; --i)
        members.emplace_back("k" + std::to_string(i), random_value(random, depth + 1));
    return Value{members};
}

}  // namespace

TEST_CASE("a leaf has exactly these bytes") {
    CHECK(text_of(encode(small_leaf())) ==
          R"({"actor":{"id":"sealsd","kind":"device"},"boot":"b","mono":5,"seq":1,)"
          R"("t":1795651200004,"type":"device.booted","v":1})");
    CHECK(
        text_of(encode(full_leaf())) ==
        R"({"actor":{"id":"sealsd","kind":"device"},"boot":"b","c":{"name":")" +
            std::string(64, 'd') + R"(","title":")" + std::string(64, 'e') +
            R"("},"data":{"due":1,"slot":"A07"},"doc":")" + std::string(64, 'a') + R"(","img":[")" +
            std::string(64, 'b') + R"(",")" + std::string(64, 'c') +
            R"("],"mono":5,"person":"E1038","request":"YY-202611-00001","seal":"YZ-0032",)"
            R"("seq":12,"session":"S-1","sn":3,"sp":9,"t":1795651200004,"type":"seal.taken","v":1})");
}

TEST_CASE("a leaf is read back as it was written") {
    for (auto leaf : {small_leaf(), full_leaf()}) {
        auto bytes = encode(leaf);
        REQUIRE(bytes);
        auto back = decode(*bytes);
        REQUIRE(back);
        CHECK(text_of(encode(*back)) == as_text(*bytes));
        CHECK(back->seal == leaf.seal);
        CHECK(back->c == leaf.c);
    }
}

TEST_CASE("a leaf that breaks its own rules is neither written nor read") {
    auto refused = [](auto change, const char* field) {
        auto leaf = full_leaf();
        change(leaf);
        auto bytes = encode(leaf);
        REQUIRE_FALSE(bytes);
        CHECK(bytes.error().field == field);
    };
    refused([](Leaf& l) { l.v = 2; }, "v");
    refused([](Leaf& l) { l.seq = 0; }, "seq");
    refused([](Leaf& l) { l.seq = std::uint64_t{1} << 53; }, "seq");
    refused([](Leaf& l) { l.t.ms = -1; }, "t");
    refused([](Leaf& l) { l.mono = -1; }, "mono");
    refused([](Leaf& l) { l.boot.clear(); }, "boot");
    refused([](Leaf& l) { l.type.clear(); }, "type");
    refused([](Leaf& l) { l.actor.kind = "root"; }, "actor");
    refused([](Leaf& l) { l.actor.id.clear(); }, "actor");
    refused([](Leaf& l) { l.sn = 0; }, "sn");
    refused([](Leaf& l) { l.seal.clear(); }, "sn");
    refused([](Leaf& l) { l.sp = 0; }, "sp");
    refused([](Leaf& l) { l.sp = 12; }, "sp");
    refused([](Leaf& l) { l.sn = 13; }, "sn");
    refused([](Leaf& l) { l.doc = "A"; }, "doc");
    refused([](Leaf& l) { l.img.push_back(std::string(64, 'A')); }, "img");
    refused([](Leaf& l) { l.c[0].second.pop_back(); }, "c");
    refused([](Leaf& l) { l.data = Value{Value::Object{}}; }, "data");
    refused([](Leaf& l) { l.data = Value{"text"}; }, "data");
}

TEST_CASE("another spelling of a leaf is refused") {
    CHECK(read_leaf(with("", "")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\": 1")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\":01")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\":1.0")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\":\"1\"")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\":-1")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\":18446744073709551617")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seal\":\"\",\"seq\":1")));
    CHECK_FALSE(read_leaf(with("\"seq\":1", "\"seq\":1,\"seq\":1")));
    CHECK_FALSE(read_leaf(with("\"seq\":1,", "\"other\":1,\"seq\":1,")));
    CHECK_FALSE(read_leaf(with("\"mono\":5,", "")));
    CHECK_FALSE(read_leaf(with("\"t\":1795651200004,", "")));
    CHECK_FALSE(read_leaf(with(",\"v\":1", "")));
    CHECK_FALSE(read_leaf(with("\"boot\":\"b\",", "\"boot\":\"b\",\"data\":{},")));
    CHECK_FALSE(read_leaf(with("\"boot\":\"b\",", "\"boot\":\"b\",\"data\":null,")));
    CHECK_FALSE(read_leaf(with("\"boot\":\"b\",", "\"boot\":\"b\",\"c\":{},")));
    CHECK_FALSE(read_leaf(with("\"mono\":5,", "\"img\":[],\"mono\":5,")));
    CHECK_FALSE(read_leaf(with("\"boot\":\"b\"", "\"boot\":\"\\u0062\"")));
    CHECK_FALSE(read_leaf(with("\"id\":\"sealsd\",", "")));
    CHECK_FALSE(read_leaf(with("\"kind\":\"device\"", "\"kind\":\"device\",\"more\":1")));
    CHECK_FALSE(read_leaf(with("\"v\":1}", "\"v\":1} ")));
    CHECK_FALSE(read_leaf(with("\"v\":1}", "\"v\":1")));
    CHECK_FALSE(read_leaf(""));
    CHECK_FALSE(read_leaf("[]"));
}

TEST_CASE("a leaf of more than 65,535 bytes is neither written nor read") {
    auto leaf = small_leaf();
    leaf.data = Value{Value::Object{{"text", Value{std::string(65'535, 'x')}}}};
    CHECK(encode(leaf).error().code == Code::invalid);
    auto room = kMaxLeafBytes - text_of(encode(small_leaf())).size();
    auto around = std::string(R"("data":{"text":""},)").size();
    leaf.data = Value{Value::Object{{"text", Value{std::string(room - around, 'x')}}}};
    auto bytes = encode(leaf);
    REQUIRE(bytes);
    CHECK(bytes->size() == kMaxLeafBytes);
    CHECK(decode(*bytes));
    bytes->insert(bytes->end() - 1, ' ');
    CHECK_FALSE(decode(*bytes));
}

TEST_CASE("values have one spelling") {
    CHECK(encoded(Value{}) == "null");
    CHECK(encoded(Value{Value::Array{}}) == "[]");
    CHECK(encoded(Value{Value::Object{}}) == "{}");
    CHECK(encoded(Value{Value::Object{{"b", Value{1}}, {"a", Value{true}}, {"B", Value{}}}}) ==
          R"({"B":null,"a":true,"b":1})");
    CHECK(encoded(Value{std::string("\"\\/\b\f\n\r\t\x01\x1f\x7f印")}) ==
          "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f印\"");
    CHECK(encoded(Value{kMaxInteger}) == "9007199254740991");
    CHECK(encoded(Value{-kMaxInteger}) == "-9007199254740991");
}

TEST_CASE("what canonical JSON cannot hold is refused") {
    CHECK_FALSE(encode_value(Value{1.5}));
    CHECK_FALSE(encode_value(Value{kMaxInteger + 1}));
    CHECK_FALSE(encode_value(Value{-kMaxInteger - 1}));
    CHECK_FALSE(encode_value(Value{std::string("\xff")}));
    CHECK_FALSE(encode_value(Value{Value::Object{{"印", Value{1}}}}));
    CHECK_FALSE(encode_value(Value{Value::Object{{"a", Value{1}}, {"a", Value{1}}}}));
    Value deep{1};
    for (int i = 0; i < kMaxDepth; ++i)
        deep = Value{Value::Array{deep}};
    CHECK_FALSE(encode_value(deep));
}

TEST_CASE("text that is not canonical is not decoded") {
    for (const char* text : {"",
                             " ",
                             "1 ",
                             "01",
                             "-0",
                             "+1",
                             "1e3",
                             "9007199254740992",
                             "-",
                             "tru",
                             "nul",
                             "\"a",
                             "\"\\u0041\"",
                             "\"\\u001F\"",
                             "\"\\u000a\"",
                             "\"\\/\"",
                             "\"\\u00e9\"",
                             "\"\n\"",
                             "\"\\",
                             "\"\xed\xa0\x80\"",
                             "[1,]",
                             "[,1]",
                             "[1 ,2]",
                             "[1",
                             "{\"a\":1,}",
                             "{\"a\" :1}",
                             "{\"b\":1,\"a\":1}",
                             "{\"a\":1,\"a\":1}",
                             "{\"\":1}",
                             "{\"\xe5\x8d\xb0\":1}",
                             "{a:1}",
                             "{\"a\":}",
                             "{\"a\"",
                             "1.0",
                             "[1]]",
                             "\"\\ud83d\\ude00\"",
                             "\"\\u00"}) {
        INFO(text);
        CHECK_FALSE(decoded(text));
    }
    CHECK_FALSE(decoded(std::string(100'000, '[')));
    CHECK_FALSE(decoded(std::string(33, '[') + std::string(33, ']')));
    CHECK(decoded(std::string(32, '[') + std::string(32, ']')));
}

TEST_CASE("what is written is read back equal, and cut or bent bytes never break the reader") {
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i) {
        auto bytes = encode_value(random_value(random, 0));
        REQUIRE(bytes);
        auto back = decode_value(*bytes);
        REQUIRE(back);
        REQUIRE(*encode_value(*back) == *bytes);
        auto bent = *bytes;
        bent[random() % bent.size()] = static_cast<std::uint8_t>(random());
        if (auto other = decode_value(bent)) REQUIRE(*encode_value(*other) == bent);
        bent.resize(random() % bent.size());
        if (auto other = decode_value(bent)) REQUIRE(*encode_value(*other) == bent);
    }
}
