#include "evidence/timestamp.hpp"

#include <fstream>

#include "catch.hpp"
#include "some_authority.hpp"

using namespace seals;
using namespace seals::evidence;

namespace {

constexpr std::time_t kFrom = 1'790'000'000;
constexpr std::time_t kAt = kFrom + 3600;
const std::string kText = "example.com/cab-1\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

Code code_of(const Result<CheckedStamp>& checked) {
    return checked ? Code::ok : checked.error().code;
}

}  // namespace

TEST_CASE("a time stamp of a pinned authority is right, and stays so as it is kept") {
    SomeAuthority authority(kFrom);
    auto query = timestamp_query(kText);
    REQUIRE(query);
    auto reply = authority.reply(*query, kAt);
    for (const auto& pinned : {authority.root(), authority.own(), authority.folder()}) {
        auto authorities = Authorities::load(pinned);
        REQUIRE(authorities);
        auto checked = check_reply(reply, kText, *authorities, *query);
        REQUIRE(checked);
        CHECK(checked->stamp.time == Instant{kAt * 1000});
        CHECK(checked->stamp.accuracy == milliseconds{1500});
        CHECK(checked->stamp.serial == "1234");
        CHECK(checked->stamp.policy == "1.2.3.4.1");
        CHECK(checked->stamp.authority == "CN=Some Authority");
        auto kept = check_timestamp(checked->reply, kText, pinned);
        REQUIRE(kept);
        CHECK(kept->time == checked->stamp.time);
        CHECK(code_of(check_reply(checked->reply, kText, *authorities)) == Code::ok);
    }
}

TEST_CASE("two queries of one text differ: a reply to one is no reply to the other") {
    SomeAuthority authority(kFrom);
    auto one = timestamp_query(kText), other = timestamp_query(kText);
    REQUIRE(one);
    REQUIRE(other);
    CHECK(*one != *other);
    auto authorities = Authorities::load(authority.root());
    auto checked = check_reply(authority.reply(*one, kAt), kText, *authorities, *other);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == Code::corrupt);
    CHECK(checked.error().detail.find("nonce") != std::string::npos);
}

TEST_CASE("a reply for another text, or by a stranger, or out of its time, is refused by name") {
    SomeAuthority authority(kFrom), stranger(kFrom);
    auto query = timestamp_query(kText);
    auto authorities = Authorities::load(authority.root());
    auto reply = authority.reply(*query, kAt);

    auto other = check_reply(reply, kText + "x", *authorities);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == Code::corrupt);
    CHECK(other.error().detail.find("another hash") != std::string::npos);

    auto unknown = check_reply(stranger.reply(*query, kAt), kText, *authorities);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == Code::corrupt);
    CHECK(unknown.error().detail.find("pinned") != std::string::npos);

    auto late = check_reply(authority.reply(*query, kFrom + 2 * 86'400), kText, *authorities);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Code::corrupt);
    CHECK(late.error().detail.find("expired") != std::string::npos);
    CHECK(code_of(check_reply(authority.reply(*query, kFrom - 60), kText, *authorities)) ==
          Code::corrupt);
}

// OpenSSL makes no stamp with such a certificate, so it is told afterwards that it signed.
TEST_CASE("a certificate that is not for time stamps alone signs none") {
    SomeAuthority authority(kFrom);
    auto query = timestamp_query(kText);
    auto reply = authority.reply(*query, kAt);
    for (const char* usage : {"critical,serverAuth", "timeStamping"}) {
        SomeAuthority wrong(kFrom, usage);
        auto authorities = Authorities::load(wrong.root());
        REQUIRE(authorities);
        CHECK(code_of(check_reply(reply, kText, *authorities)) == Code::corrupt);
    }
}

TEST_CASE("a refusal says what the authority said") {
    SomeAuthority authority(kFrom);
    auto authorities = Authorities::load(authority.root());
    auto refused = check_reply(authority.reply(as_bytes("garbage"), kAt), kText, *authorities);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::unavailable);
    CHECK(refused.error().detail.find("status 2") != std::string::npos);
}

TEST_CASE("no cut and no altered byte of a reply passes for a time stamp") {
    SomeAuthority authority(kFrom);
    auto query = timestamp_query(kText);
    auto authorities = Authorities::load(authority.root());
    auto reply = authority.reply(*query, kAt);
    for (std::size_t size = 0; size < reply.size(); size += 7)
        CHECK_FALSE(check_reply(ByteView(reply).first(size), kText, *authorities));
    auto longer = reply;
    longer.push_back(0);
    CHECK(code_of(check_reply(longer, kText, *authorities)) == Code::invalid);
    CHECK(code_of(check_reply(Bytes(kMostTimestamp + 1, 0x30), kText, *authorities)) ==
          Code::invalid);
    // Some bytes are nobody's word (the certificates that come along); what passes says the same.
    for (std::size_t at = 0; at < reply.size(); at += 3) {
        auto altered = reply;
        altered[at] ^= 0x01;
        auto checked = check_reply(altered, kText, *authorities, *query);
        if (checked) {
            CHECK(checked->stamp.time == Instant{kAt * 1000});
            CHECK(checked->stamp.serial == "1234");
        }
    }
}

TEST_CASE("where no certificate is, none is pinned") {
    SomeAuthority authority(kFrom);
    CHECK(Authorities::load("/nonexistent").error().code == Code::invalid);
    std::ofstream(authority.folder() + "/empty") << "";
    CHECK_FALSE(Authorities::load(authority.folder() + "/empty"));
}
