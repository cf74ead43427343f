#include "config/config.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <unistd.h>

#include "base/id.hpp"
#include "catch.hpp"
#include "config/keys.hpp"

using namespace seals;
using namespace seals::config;

namespace {

const std::string kNode = "[node]\norganisation = \"example.org\"\nid = \"cab-1\"\n";
const std::string kSim = kNode + "simulated = true\n";
const std::string kSlot = "[[slot]]\nid = \"1\"\n";
const std::string kReal =
    kNode + "[[slot]]\nid = \"1\"\nlock = \"l1\"\ncontact = \"c1\"\nreader = \"r1\"\n";

Config good(const std::string& text) {
    auto config = parse(text, "seals.toml");
    INFO((config ? "" : config.error().detail));
    REQUIRE(config);
    return *config;
}

Error bad(const std::string& text) {
    INFO(text);
    auto config = parse(text, "seals.toml");
    REQUIRE_FALSE(config);
    CHECK(config.error().code == Code::invalid);
    CHECK_THAT(config.error().detail, ContainsSubstring("seals.toml"));
    CHECK_FALSE(config.error().remedy.empty());
    return config.error();
}

}  // namespace

TEST_CASE("a short file gets every default of the table") {
    auto config = good(kSim + kSlot);
    CHECK(config.origin() == "example.org/cab-1/sim");
    CHECK(config.node.timezone == "Asia/Shanghai");
    CHECK(config.paths.state == "/var/lib/sealsd");
    CHECK(config.api_socket() == "/run/sealsd/api.sock");
    CHECK(config.socket_group == "seals");
    CHECK(config.request.window_days == 30);
    CHECK(config.request.impressions_per_copy == 1);
    CHECK(config.session.door_timeout_ms == 20'000);
    CHECK(config.session.left_open_ms == 30'000);
    CHECK(config.session.presence_poll_ms == 150);
    CHECK(config.auth.factors_take == std::vector<std::string>{"pin"});
    CHECK(config.auth.failures == 5);
    CHECK(config.auth.window_minutes == 10);
    CHECK(config.auth.lockout_minutes == 15);
    CHECK(config.policy.take_by_take_out == "either");
    CHECK(config.pulse_ms == 300);
    REQUIRE(config.slots.size() == 1);
    CHECK(config.roles.viewer.groups.empty());
}

TEST_CASE("what the file says stands instead of the default") {
    auto config = good(kSim +
                       "timezone = \"Etc/GMT+8\"\n[session]\ndoor_timeout_ms = 1500\n"
                       "[policy]\ntake_by_on_site = \"custodian\"\n[roles]\n"
                       "viewer = {groups = [\"seals\"], uids = [0, 1000]}\n"
                       "[roles.admin]\npersons = [\"E1001\"]\n[persons]\n"
                       "\"1000\" = \"E1001\"\n[[slot]]\nid = \"7\"\n[[slot]]\nid = \"8\"\n");
    CHECK(config.session.door_timeout_ms == 1500);
    CHECK(config.policy.take_by_on_site == "custodian");
    CHECK(config.roles.viewer.groups == std::vector<std::string>{"seals"});
    CHECK(config.roles.viewer.uids == std::vector<std::int64_t>{0, 1000});
    CHECK(config.roles.admin.persons == std::vector<std::string>{"E1001"});
    CHECK(config.persons.at(1000) == "E1001");
    CHECK(config.slots[1].id == "8");
    CHECK(good(kReal).origin() == "example.org/cab-1");
}

TEST_CASE("an unknown section or key is an error with its line") {
    auto section = bad(kSim + kSlot + "\n[sesion]\nx = 1\n");
    CHECK(section.line == 8);
    CHECK_THAT(section.detail, ContainsSubstring("seals.toml:8: unknown section \"sesion\""));
    auto key = bad(kSim + "[session]\ndoor_timeout = 1\n" + kSlot);
    CHECK_THAT(key.detail,
               ContainsSubstring("seals.toml:6: unknown key \"door_timeout\" in [session]"));
    CHECK(key.field == "session.door_timeout");
    CHECK(bad(kSim + kSlot + "colour = \"red\"\n").line == 7);
    CHECK(bad(kSim + "[roles]\nviewer = {group = [\"a\"]}\n" + kSlot).line == 6);
}

TEST_CASE("a wrong type, range or choice is an error with its line") {
    CHECK_THAT(bad(kNode + "simulated = \"yes\"\n" + kSlot).detail,
               ContainsSubstring("seals.toml:4: node.simulated must be true or false"));
    CHECK_THAT(bad(kSim + "[lock]\npulse_ms = 5\n" + kSlot).detail,
               ContainsSubstring("seals.toml:6: lock.pulse_ms must be from 10 to 2000"));
    CHECK(bad(kSim + "[lock]\npulse_ms = 300.0\n" + kSlot).line == 6);
    CHECK_THAT(bad(kSim + "[policy]\ntake_by_on_site = \"anybody\"\n" + kSlot).detail,
               ContainsSubstring("none of either|user|custodian"));
    CHECK(bad(kSim + "[auth]\nfactors_take = \"pin\"\n" + kSlot).line == 6);
    CHECK(bad(kSim + "[auth]\nfactors_take = [\"pin\", \"face\"]\n" + kSlot).line == 6);
    CHECK(bad(kSim + "[auth]\nfactors_take = [\"pin\", \"pin\"]\n" + kSlot).line == 6);
    CHECK_THAT(bad(kSim + "[auth]\nfactors_return = []\n" + kSlot).detail,
               ContainsSubstring("seals.toml:6: auth.factors_return must name"));
    CHECK(bad(kSim + "[roles]\nviewer = {uids = [-1]}\n" + kSlot).line == 6);
    CHECK(bad(kSim + "[roles]\nviewer = {uids = [4294967295]}\n" + kSlot).line == 6);
    CHECK(bad(kSim + "[persons]\nbob = \"E1\"\n" + kSlot).line == 6);
    CHECK(bad("node = 3\n").line == 1);
    CHECK(bad("slot = 3\n" + kSim).field == "slot");
    CHECK(bad("[slot]\nid = \"1\"\n" + kSim).field == "slot");
}

TEST_CASE("what is no TOML is an error with its line") {
    CHECK(bad(kSim + "[[slot]\n").line == 5);
    CHECK(bad("[node]\nid = \"a\"\nid = \"b\"\n").line == 3);
    CHECK(bad("\xff\xfe").line == 1);
    CHECK_FALSE(parse(std::string(2 * 1024 * 1024, '\n'), "seals.toml"));
    std::string deep = "x = " + std::string(10'000, '[');
    CHECK_FALSE(parse(deep, "seals.toml"));
}

TEST_CASE("a key that has no default must be there") {
    CHECK_THAT(bad("[node]\nid = \"a\"\n" + kSlot).detail,
               ContainsSubstring("node.organisation is missing"));
    CHECK_THAT(bad(kSlot).detail, ContainsSubstring("is missing"));
    CHECK_THAT(bad(kSim + "[[slot]]\nlock = \"x\"\n").detail,
               ContainsSubstring("seals.toml:5: slot.id is missing"));
    CHECK_THAT(bad("").detail, ContainsSubstring("is missing"));
}

TEST_CASE("slots are at least one, numbered once, and wired on real hardware") {
    CHECK_THAT(bad(kSim).detail, ContainsSubstring("there is no slot"));
    CHECK_THAT(bad(kSim + kSlot + kSlot).detail, ContainsSubstring("slot 1 is there twice"));
    for (const char* id : {"0", "01", "1000", "A1", ""})
        CHECK(bad(kSim + "[[slot]]\nid = \"" + id + "\"\n").field == "slot.id");
    CHECK_THAT(bad(kNode + kSlot).detail, ContainsSubstring("slot 1 has no lock"));
    CHECK_THAT(bad(kReal + "[[slot]]\nid = \"2\"\nlock = \"l1\"\ncontact = \"c2\"\n"
                           "reader = \"r2\"\n")
                   .detail,
               ContainsSubstring("\"l1\" is wired twice"));
}

TEST_CASE("names that would break the origin or a path are refused") {
    for (const char* name : {"", "a b", "a+b", "a/b", "印"})
        CHECK(bad("[node]\nid = \"a\"\norganisation = \"" + std::string(name) + "\"\n" + kSlot)
                  .field == "node.organisation");
    CHECK(bad(kSim + "timezone = \"../../etc/passwd\"\n" + kSlot).field == "node.timezone");
    CHECK(bad(kSim + "[paths]\nrun = \"run\"\n" + kSlot).field == "paths.run");
    CHECK(bad(kSim + "[paths]\nrun = \"/" + std::string(100, 'x') + "\"\n" + kSlot).field ==
          "paths.run");
}

TEST_CASE("on a real ledger who brings requests in may not act on them") {
    const char* by_uid = "[roles]\nbridge = {uids = [7]}\noperator = {uids = [6, 7]}\n";
    const char* by_group =
        "[roles]\nbridge = {groups = [\"oa\"]}\ncustodian = {groups = [\"oa\"]}\n";
    const char* by_person =
        "[roles]\nbridge = {uids = [7]}\noperator = {persons = [\"E1\"]}\n[persons]\n7 = \"E1\"\n";
    for (const char* roles : {by_uid, by_group, by_person}) {
        auto error = bad(kReal + roles);
        CHECK(error.field == "roles.bridge");
        CHECK(error.line.has_value());
        good(kSim + kSlot + roles);
    }
    good(kReal + "[roles]\nbridge = {uids = [7]}\noperator = {uids = [6]}\n");
}

TEST_CASE("a role for a person whom no uid is would be without effect and is refused") {
    auto error = bad(kSim + kSlot + "[roles]\nviewer = {persons = [\"E1\"]}\n");
    CHECK(error.field == "roles.viewer");
    CHECK(bad(kSim + kSlot + "[persons]\n7 = \"E 1\"\n").field == "persons");
}

TEST_CASE("a time of day is a time of day, and what comes third comes after the second") {
    for (const auto* text : {"24:00", "8:30", "08:60", "08.30", "\\\"", ""})
        CHECK(bad(kSim + kSlot + "[alert]\noverdue_morning = \"" + text + "\"\n").field ==
              "alert.overdue_morning");
    CHECK(good(kSim + kSlot + "[alert]\noverdue_morning = \"23:59\"\n").alert.overdue_morning ==
          "23:59");
    CHECK(bad(kSim + kSlot + "[alert]\noverdue_again_minutes = 200\n").field ==
          "alert.overdue_third_minutes");
}

TEST_CASE("the policy text follows the policy and nothing else") {
    auto plain = good(kSim + kSlot);
    auto same = good(kSim + "[socket]\ngroup = \"x\"\n[[slot]]\nid = \"9\"\n");
    auto other = good(kSim + "[auth]\nfailures = 3\n" + kSlot);
    CHECK(plain.policy_text() == same.policy_text());
    CHECK(plain.policy_text() != other.policy_text());
    CHECK_THAT(plain.policy_text(), ContainsSubstring("auth.factors_take = [\"pin\"]\n"));
    CHECK_THAT(other.policy_text(), ContainsSubstring("auth.failures = 3\n"));
    CHECK(other.policy_value().find("auth")->integer_or("failures") == 3);
    CHECK(plain.policy_value().find("node") == nullptr);
}

TEST_CASE("a file that is not there is unavailable, one that is there is read") {
    auto absent = load("/nonexistent/seals.toml");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == Code::unavailable);
    CHECK_FALSE(load("/tmp"));
    std::string name = "/tmp/seals-config-XXXXXX";
    ::close(::mkstemp(name.data()));
    std::ofstream(name) << kSim << kSlot;
    CHECK(load(name));
    std::ofstream(name, std::ios::app) << "x = 1\n";
    auto wrong = load(name);
    REQUIRE_FALSE(wrong);
    CHECK_THAT(wrong.error().detail, ContainsSubstring(name.substr(5) + ":7: "));
    ::unlink(name.c_str());
}

TEST_CASE("the table is sound: no key twice, every default fits its own row") {
    std::set<std::string> seen;
    for (const auto& key : keys()) {
        auto name = std::string(key.section) + "." + std::string(key.name);
        INFO(name);
        CHECK(seen.insert(name).second);
        CHECK_FALSE(key.about.empty());
        if (key.kind == Kind::number) {
            auto number = std::stoll(std::string(key.fallback));
            CHECK(number >= key.least);
            CHECK(number <= key.most);
        }
        bool checked = key.section == "calendar" || key.section == "curfew" ||
                       key.section == "alert" || key.section == "post" ||
                       key.section == "retention";  // by check()
        if (key.policy) CHECK((key.kind != Kind::text || !key.one_of.empty() || checked));
    }
}
