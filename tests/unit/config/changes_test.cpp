#include "config/changes.hpp"

#include "catch.hpp"

using namespace seals;
using namespace seals::config;

namespace {

Config with(const std::string& text) {
    auto config = parse("[node]\norganisation = \"o\"\nid = \"c\"\nsimulated = true\n" + text +
                            "\n[[slot]]\nid = \"1\"\n",
                        "seals.toml");
    INFO((config ? "" : config.error().detail));
    REQUIRE(config);
    return *config;
}

Direction direction(const std::string& now, const std::string& next) {
    auto changes = policy_changes(with(now).policy_text(), with(next));
    REQUIRE(changes.size() == 1);
    return changes.front().direction;
}

}  // namespace

TEST_CASE("the same policy changes nothing") {
    CHECK(policy_changes(with("").policy_text(), with("")).empty());
}

TEST_CASE("a change is told as looser or tighter by the way its key loosens") {
    CHECK(direction("[auth]\nfailures = 5", "[auth]\nfailures = 9") == Direction::looser);
    CHECK(direction("[auth]\nfailures = 5", "[auth]\nfailures = 3") == Direction::tighter);
    CHECK(direction("[auth]\nlockout_minutes = 15", "[auth]\nlockout_minutes = 5") ==
          Direction::looser);
    CHECK(direction("[control]\nseparate_approval = true",
                    "[control]\nseparate_approval = false") == Direction::looser);
    CHECK(direction("[control]\ntwo_person_types = [\"official\"]",
                    "[control]\ntwo_person_types = []") == Direction::looser);
    CHECK(direction("[control]\ntwo_person_types = [\"official\"]",
                    "[control]\ntwo_person_types = [\"official\", \"finance\"]") ==
          Direction::tighter);
    CHECK(direction("[calendar]\nto = \"18:00\"", "[calendar]\nto = \"20:00\"") ==
          Direction::looser);
}

TEST_CASE("no limit is the loosest of numbers") {
    CHECK(direction("[control]\nmax_held = 3", "[control]\nmax_held = 0") == Direction::looser);
    CHECK(direction("[control]\nmax_held = 0", "[control]\nmax_held = 3") == Direction::tighter);
}

TEST_CASE("a list with one item swapped for another is looser: something is no longer asked") {
    CHECK(direction("[control]\nforbid_together = [\"a+b\"]",
                    "[control]\nforbid_together = [\"c+d\"]") == Direction::looser);
}

TEST_CASE("hours, dates and sets of types that are none are named with their line") {
    for (const auto* text :
         {"[calendar]\nfrom = \"8:30\"", "[calendar]\nfrom = \"25:00\"",
          "[calendar]\nfrom = \"19:00\"\nto = \"18:00\"", "[calendar]\nholidays = [\"1 May\"]",
          "[curfew]\nat = \"17:60\"", "[control]\nforbid_together = [\"official\"]",
          "[control]\ntwo_person_types = [\"a\\\"b\"]", "[calendar]\ndays = []",
          "[calendar]\ndays = [\"monday\"]"}) {
        INFO(text);
        auto config = parse(std::string("[node]\norganisation = \"o\"\nid = \"c\"\n"
                                        "simulated = true\n") +
                                text + "\n[[slot]]\nid = \"1\"\n",
                            "seals.toml");
        REQUIRE_FALSE(config);
        CHECK(config.error().detail.find("seals.toml:") == 0);
    }
}

TEST_CASE("a role may be several grants, some of them over entities only") {
    auto config =
        with("[roles]\noperator = [{ uids = [1] }, { uids = [2], entities = [\"east\"] }]");
    CHECK(config.roles.operator_.uids == std::vector<std::int64_t>{1});
    REQUIRE(config.roles.operator_.scoped.size() == 1);
    CHECK(config.roles.operator_.scoped[0].entities == std::vector<std::string>{"east"});
    auto one = with("[roles]\nviewer = { uids = [3], entities = [\"west\"] }");
    CHECK(one.roles.viewer.uids.empty());
    CHECK(one.roles.viewer.scoped.size() == 1);
}
