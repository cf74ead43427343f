#include "catch.hpp"
#include "config/config.hpp"

using namespace seals;
using namespace seals::config;

namespace {

const std::string kStart =
    "[node]\norganisation = \"example.org\"\nid = \"cab-1\"\nsimulated = true\n"
    "[[slot]]\nid = \"1\"\n";
const std::string kWitness =
    "[[witness]]\nname = \"example.com/w1\"\nkey = \"example.com/w1+755c1084+BOPH\"\n";

void refused(const std::string& text, const std::string& field) {
    INFO(text);
    auto config = parse(kStart + text, "seals.toml");
    REQUIRE_FALSE(config);
    CHECK(config.error().code == Code::invalid);
    CHECK(config.error().field == field);
}

}  // namespace

TEST_CASE("witnesses are named with their keys; nobody outside is asked unless it stands there") {
    auto none = parse(kStart, "seals.toml");
    REQUIRE(none);
    CHECK(none->witnesses.empty());
    CHECK(none->evidence.tsa_url.empty());
    auto some = parse(kStart + kWitness +
                          "url = \"https://w.example.com\"\n[evidence]\n"
                          "tsa_url = \"http://tsa.example.com/\"\n"
                          "tsa_ca = \"/etc/seals/tsa.pem\"\n",
                      "seals.toml");
    REQUIRE(some);
    REQUIRE(some->witnesses.size() == 1);
    CHECK(some->witnesses[0].name == "example.com/w1");
    CHECK(some->witnesses[0].url == "https://w.example.com");
    CHECK(some->evidence.tsa_ca == "/etc/seals/tsa.pem");
    CHECK(some->policy_text() == none->policy_text());
}

TEST_CASE("a witness without its key, named twice, or at no address is refused") {
    refused("[[witness]]\nname = \"example.com/w1\"\n", "witness.key");
    refused("[[witness]]\nname = \"example.com/w2\"\nkey = \"example.com/w1+755c1084+BOPH\"\n",
            "witness[0].key");
    refused(kWitness + kWitness, "witness[1].name");
    refused(kWitness + "url = \"ftp://w.example.com\"\n", "witness[0].url");
    refused(kWitness + "address = \"x\"\n", "witness.address");
    refused("[evidence]\ntsa_url = \"/run/tsa\"\n", "evidence.tsa_url");
}
