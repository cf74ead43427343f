#include "leaf/note.hpp"

#include "catch.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/hash.hpp"
#include "leaf/key.hpp"

using namespace seals;
using namespace seals::leaf;

namespace {

// Made with Go's golang.org/x/mod/sumdb/note 0.7.0 from the seed 00 01 … 1f.
constexpr const char* kVkey =
    "example.com/cab-1+d9e4d474+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

SigningKey counting_key() {
    Bytes seed;
    for (int i = 0; i < 32; ++i)
        seed.push_back(static_cast<std::uint8_t>(i));
    return *SigningKey::from_seed(seed);
}

Checkpoint some_checkpoint() {
    Hasher hasher;
    return {"example.com/cab-1", 42, hasher.sha256(as_bytes("root"))};
}

PublicKey half_of(const SigningKey& key, const std::string& name, KeyType type = KeyType::signs) {
    return {name, type, key.public_key()};
}

}  // namespace

TEST_CASE("a public key is written as Go's sumdb/note writes it, and read back") {
    auto key = half_of(counting_key(), "example.com/cab-1");
    CHECK(key.vkey() == kVkey);
    auto read = parse_vkey(std::string(kVkey) + "\n");
    REQUIRE(read);
    CHECK(*read == key);
}

TEST_CASE("a public key that is not whole is refused") {
    std::string good = kVkey;
    for (const auto& bad :
         {std::string{}, good.substr(1), good + "\r\n", good + "=", "x" + good.substr(18),
          good.substr(0, 20) + "0" + good.substr(21), "a b" + good.substr(17)})
        CHECK_FALSE(parse_vkey(bad));
}

TEST_CASE("a signed checkpoint opens with its key, and with no other") {
    auto key = counting_key();
    auto checkpoint = some_checkpoint();
    auto note = signed_checkpoint(checkpoint, key);
    auto opened = open_checkpoint(note, half_of(key, checkpoint.origin));
    REQUIRE(opened);
    CHECK(opened->checkpoint == checkpoint);
    CHECK(write_note(opened->note) == note);
    auto other = SigningKey::generate();
    REQUIRE(other);
    CHECK(open_checkpoint(note, half_of(*other, checkpoint.origin)).error().code == Code::corrupt);
    CHECK(open_checkpoint(note, half_of(key, "example.com/cab-2")).error().code == Code::corrupt);
}

TEST_CASE("one changed byte of a checkpoint is found wherever it is") {
    auto key = counting_key();
    auto note = signed_checkpoint(some_checkpoint(), key);
    for (std::size_t at = 0; at < note.size(); ++at) {
        auto changed = note;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        INFO(at);
        CHECK_FALSE(open_checkpoint(changed, half_of(key, "example.com/cab-1")));
    }
}

TEST_CASE("a signature of a key that nobody knows neither helps nor hurts") {
    auto key = counting_key();
    auto stranger = SigningKey::generate();
    REQUIRE(stranger);
    auto checkpoint = some_checkpoint();
    Note note{checkpoint.text(),
              {sign_checkpoint(checkpoint, *stranger), sign_checkpoint(checkpoint, key)}};
    CHECK(open_checkpoint(write_note(note), half_of(key, checkpoint.origin)));
    note.signatures.pop_back();
    CHECK_FALSE(open_checkpoint(write_note(note), half_of(key, checkpoint.origin)));
}

TEST_CASE("a wrong signature beside a right one of the same key is refused") {
    auto key = counting_key();
    auto checkpoint = some_checkpoint();
    auto right = sign_checkpoint(checkpoint, key);
    auto wrong = right;
    wrong.bytes[5] ^= 1;
    Note note{checkpoint.text(), {right, wrong}};
    CHECK_FALSE(open_checkpoint(write_note(note), half_of(key, checkpoint.origin)));
}

TEST_CASE("a note with other line ends, spaces or a missing part is refused") {
    auto note = signed_checkpoint(some_checkpoint(), counting_key());
    std::string crlf;
    for (char c : note)
        crlf += c == '\n' ? "\r\n" : std::string(1, c);
    auto split = note.find("\n\n");
    for (const auto& bad : {crlf, note.substr(0, split), note.substr(0, split + 2), note + "\n",
                            note.substr(0, note.size() - 1), " " + note, note + "— x\n"})
        CHECK_FALSE(read_checkpoint(bad));
}

TEST_CASE("a checkpoint body has three lines and no other spelling") {
    auto text = some_checkpoint().text();
    CHECK(parse_checkpoint(text));
    auto root = to_base64(some_checkpoint().root);
    for (const auto& bad :
         {text + "extension\n", "example.com/cab-1\n042\n" + root + "\n",
          "example.com/cab-1\n+42\n" + root + "\n", "example.com/cab-1\n-1\n" + root + "\n",
          "example.com/cab-1\n9007199254740992\n" + root + "\n",
          "example.com/cab-1\n42\n" + root.substr(4) + "\n", "exa+mple\n42\n" + root + "\n",
          std::string("example.com/cab-1\n42\n")})
        CHECK_FALSE(parse_checkpoint(bad));
}

TEST_CASE("a cosignature tells its time, and binds witness, checkpoint and time") {
    auto witness = counting_key();
    auto checkpoint = some_checkpoint();
    auto signature = cosign(checkpoint, "witness.example/w1", witness, 1'764'000'000);
    auto key = half_of(witness, "witness.example/w1", KeyType::cosigns);
    auto time = check_cosignature(checkpoint, signature, key);
    REQUIRE(time);
    CHECK(*time == 1'764'000'000);
    auto other = checkpoint;
    ++other.size;
    CHECK_FALSE(check_cosignature(other, signature, key));
    for (std::size_t at = 0; at < signature.bytes.size(); ++at) {
        auto changed = signature;
        changed.bytes[at] ^= 1;
        CHECK_FALSE(check_cosignature(checkpoint, changed, key));
    }
    CHECK_FALSE(check_cosignature(checkpoint, signature,
                                  half_of(witness, "witness.example/w1", KeyType::signs)));
    auto read = parse_signature(
        write_signature(signature).substr(0, write_signature(signature).size() - 1));
    REQUIRE(read);
    CHECK(*read == signature);
}
