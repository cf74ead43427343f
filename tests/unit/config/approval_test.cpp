// Posts and chains: what is read, what is refused and where, what of it is policy.
#include "catch.hpp"
#include "config/changes.hpp"

using namespace seals;
using namespace seals::config;

namespace {

const std::string kHead =
    "[node]\norganisation = \"o\"\nid = \"c\"\nsimulated = true\n[[slot]]\nid = \"1\"\n";  // 6
                                                                                           // lines

std::string post(const std::string& id, const std::string& persons, const std::string& more = "") {
    return "[[post]]\nid = \"" + id + "\"\ntitle = \"岗 " + id + "\"\npersons = [" + persons +
           "]\n" + more;
}

std::string chain(const std::string& steps, const std::string& more = "") {
    return "[[approval]]\nsteps = [" + steps + "]\n" + more;
}

Config good(const std::string& text) {
    auto config = parse(kHead + text, "seals.toml");
    INFO((config ? "" : config.error().detail));
    REQUIRE(config);
    return *config;
}

Error bad(const std::string& text) {
    INFO(text);
    auto config = parse(kHead + text, "seals.toml");
    REQUIRE_FALSE(config);
    CHECK(config.error().code == Code::invalid);
    CHECK(config.error().line);
    CHECK_FALSE(config.error().remedy.empty());
    return config.error();
}

const std::string kTwo = post("head", "\"E1\"", "delegates = [\"E3\"]\npowers = \"本部门\"\n") +
                         post("gm", "\"E2\"", "max_impressions = 50\n");

std::vector<Change> changes(const std::string& now, const std::string& next) {
    return policy_changes(good(now).policy_text(), good(next));
}

Direction direction(const std::string& now, const std::string& next) {
    auto all = changes(now, next);
    REQUIRE(all.size() == 1);
    return all.front().direction;
}

}  // namespace

TEST_CASE("posts and chains are read with their defaults") {
    auto config = good(kTwo + chain("\"head\", \"gm\"", "types = [\"contract\"]\n") +
                       chain("\"gm\"", "max_impressions = 9\n"));
    REQUIRE(config.posts.size() == 2);
    CHECK(config.posts[0].title == "岗 head");
    CHECK(config.posts[0].powers == "本部门");
    CHECK(config.posts[0].delegates == std::vector<std::string>{"E3"});
    CHECK(config.posts[0].max_impressions == 0);
    CHECK(config.posts[1].max_impressions == 50);
    REQUIRE(config.approvals.size() == 2);
    CHECK(config.approvals[0].types == std::vector<std::string>{"contract"});
    CHECK(config.approvals[1].types.empty());
    CHECK(config.approvals[1].max_impressions == 9);
}

TEST_CASE("a chain of posts that are not there, or of none, is refused with its key and line") {
    auto unknown = bad(kTwo + chain("\"head\", \"boss\""));
    CHECK(unknown.field == "approval[0].steps");
    CHECK(unknown.line == 19);
    CHECK_THAT(unknown.detail, ContainsSubstring("seals.toml:19: ") && ContainsSubstring("boss"));
    CHECK_THAT(bad(kTwo + chain("")).detail, ContainsSubstring("the chain is empty"));
    CHECK_THAT(bad(kTwo + "[[approval]]\ntypes = [\"a\"]\n").detail,
               ContainsSubstring("approval.steps is missing"));
    auto second = bad(kTwo + chain("\"gm\"") + chain("\"x\"", "types = [\"a\"]\n"));
    CHECK(second.field == "approval[1].steps");
    CHECK(second.line == 21);
}

TEST_CASE("a chain that comes back to a post is refused") {
    auto error = bad(kTwo + chain("\"head\", \"gm\", \"head\""));
    CHECK_THAT(error.detail, ContainsSubstring("\"head\" twice"));
    CHECK(error.line == 19);
}

TEST_CASE("a post has an id of its own, a title and persons") {
    CHECK(bad(post("head", "")).field == "post[0].persons");
    CHECK(bad(post("a b", "\"E1\"")).field == "post[0].id");
    auto twice = bad(kTwo + post("gm", "\"E9\""));
    CHECK(twice.field == "post[2].id");
    CHECK(twice.line == 19);
    CHECK(bad(post("a", "\"E 1\"")).field == "post[0].persons");
    CHECK(bad(post("a", "\"E1\"", "delegates = [\"E1\"]\n")).field == "post[0].delegates");
    CHECK(bad("[[post]]\nid = \"a\"\ntitle = \"\"\npersons = [\"E1\"]\n").field == "post[0].title");
    CHECK(bad(post("a", "\"E1\"", "powers = \"x\\ny\"\n")).field == "post[0].powers");
    CHECK(bad(post("a", "\"E1\"", "powers = \"" + std::string(500, 'x') + "\"\n")).field ==
          "post[0].powers");
    CHECK(bad(post("a", "\"E1\"", "max_impressions = -1\n")).field == "post.max_impressions");
    CHECK(bad(post("a", "\"E1\"", "rank = 1\n")).line == 11);
    CHECK(bad("[post]\nid = \"a\"\n").field == "post");
}

TEST_CASE("delegates that go in a circle are refused, others not") {
    auto two = bad(post("a", "\"E1\"", "delegates = [\"E2\"]\n") +
                   post("b", "\"E2\"", "delegates = [\"E1\"]\n"));
    CHECK(two.field == "post[0].delegates");
    CHECK(two.line == 11);
    CHECK_THAT(two.detail, ContainsSubstring("a, b"));
    CHECK_THAT(bad(post("a", "\"E1\"", "delegates = [\"E2\"]\n") +
                   post("b", "\"E2\"", "delegates = [\"E3\"]\n") +
                   post("c", "\"E3\"", "delegates = [\"E1\"]\n"))
                   .detail,
               ContainsSubstring("a, b, c"));
    good(post("a", "\"E1\"", "delegates = [\"E2\"]\n") +
         post("b", "\"E2\"", "delegates = [\"E1\", \"E9\"]\n"));
    good(post("a", "\"E1\"", "delegates = [\"E2\"]\n") + post("b", "\"E2\""));
}

TEST_CASE("for every step of a chain there is another person") {
    auto error = bad(post("a", "\"E1\"") + post("b", "\"E1\"") + chain("\"a\", \"b\""));
    CHECK(error.field == "approval[0].steps");
    good(post("a", "\"E1\"") + post("b", "\"E1\""));  // no chain has both
    good(post("a", "\"E1\", \"E2\"") + post("b", "\"E1\"") + chain("\"a\", \"b\""));
    good(post("a", "\"E1\"", "delegates = [\"E2\"]\n") + post("b", "\"E1\"") +
         chain("\"a\", \"b\""));
}

TEST_CASE("a type of seals has one chain") {
    CHECK(bad(kTwo + chain("\"gm\"") + chain("\"head\"")).field == "approval[1].types");
    CHECK(bad(kTwo + chain("\"gm\"", "types = [\"a\", \"b\"]\n") +
              chain("\"head\"", "types = [\"b\"]\n"))
              .line == 23);
    CHECK(bad(kTwo + chain("\"gm\"", "types = [\"a+b\"]\n")).field == "approval[0].types");
}

TEST_CASE("a policy that would not fit into its ledger entry is refused") {
    std::string text;
    for (int i = 0; i < 64; ++i) {
        std::string persons;
        for (int n = 0; n < 16; ++n)
            persons += (n == 0 ? "\"" : ", \"") + std::string(60, 'E') + std::to_string(n) + "\"";
        text += post("p" + std::to_string(i), persons);
    }
    CHECK_THAT(bad(text).detail, ContainsSubstring("56 KiB"));
}

TEST_CASE("posts and chains are policy, each under its name") {
    auto plain = good("");
    CHECK_THAT(plain.policy_text(), !ContainsSubstring("post."));
    auto config =
        good(kTwo + chain("\"head\", \"gm\"", "types = [\"contract\", \"x\"]\n") + chain("\"gm\""));
    auto text = config.policy_text();
    CHECK_THAT(text, ContainsSubstring("post.head.title = \"岗 head\"\n"));
    CHECK_THAT(text, ContainsSubstring("post.head.delegates = [\"E3\"]\n"));
    CHECK_THAT(text, ContainsSubstring("post.gm.max_impressions = 50\n"));
    CHECK_THAT(text, ContainsSubstring("approval.contract+x.steps = [\"head\", \"gm\"]\n"));
    CHECK_THAT(text, ContainsSubstring("approval.*.types = []\n"));
    CHECK(text.starts_with(plain.policy_text()));
    auto value = config.policy_value();
    CHECK(value.find("post")->find("gm")->integer_or("max_impressions") == 50);
    CHECK(value.find("approval")->find("*")->texts_or("steps") == std::vector<std::string>{"gm"});
}

TEST_CASE("where it can be told, a change of posts and chains is looser or tighter") {
    auto base = kTwo + chain("\"head\", \"gm\"");
    CHECK(changes(base, base).empty());
    CHECK(direction(base, kTwo + chain("\"gm\"")) == Direction::looser);
    CHECK(direction(kTwo + chain("\"gm\""), base) == Direction::tighter);
    CHECK(direction(base, kTwo + chain("\"gm\", \"head\"")) == Direction::other);
    CHECK(direction(kTwo + chain("\"gm\"", "max_impressions = 5\n"), kTwo + chain("\"gm\"")) ==
          Direction::looser);
    auto more = post("head", "\"E1\", \"E8\"", "delegates = [\"E3\"]\npowers = \"本部门\"\n") +
                post("gm", "\"E2\"", "max_impressions = 50\n") + chain("\"head\", \"gm\"");
    CHECK(direction(base, more) == Direction::looser);
    CHECK(direction(more, base) == Direction::tighter);
    auto limit = [](const char* n) {
        return post("a", "\"E1\"", std::string("max_impressions = ") + n + "\n") +
               post("b", "\"E2\"") + chain("\"a\", \"b\"");
    };
    CHECK(direction(limit("5"), limit("9")) == Direction::looser);
    CHECK(direction(limit("9"), limit("5")) == Direction::tighter);
    CHECK(direction(limit("0"), limit("5")) == Direction::other);
    for (const auto& change : changes(kTwo, base))  // a new way to a grant
        CHECK(change.direction == Direction::looser);
    for (const auto& change : changes(base, kTwo))
        CHECK(change.direction == Direction::other);
    CHECK(changes(kTwo, base).size() == 3);
}
