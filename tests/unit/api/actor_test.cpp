#include "api/actor.hpp"

#include <array>

#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "served.hpp"

using namespace seals;
using namespace seals::api;

namespace {

Roles::Grant& grant_of(Roles& roles, Role role) {
    auto& grants = roles.grants[static_cast<std::size_t>(role)];
    if (grants.empty()) grants.emplace_back();
    return grants.front();
}

// What a child with these groups and uid is answered. Only root may change them; anybody else asks
// as itself.
std::string ask_as(Served& served, uid_t uid, const std::vector<gid_t>& groups,
                   const std::string& request) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    ::chmod(std::filesystem::path(served.path()).parent_path().c_str(), 0755);
    ::chmod(served.path().c_str(), 0666);
    auto child = ::fork();
    if (child == 0) {
        bool root = ::geteuid() == 0;
        bool ready = !root || (::setgroups(groups.size(), groups.data()) == 0 &&
                               ::setgid(65534) == 0 && ::setuid(uid) == 0);
        if (!ready) ::_exit(1);
        RawClient client(served.path());
        client.send(request);
        auto reply = client.receive("}\n");
        [[maybe_unused]] auto wrote = ::write(pipe[1], reply.data(), reply.size());
        ::_exit(0);
    }
    ::close(pipe[1]);
    std::string reply;
    char c = 0;
    while (::read(pipe[0], &c, 1) == 1)
        reply.push_back(c);
    ::close(pipe[0]);
    ::waitpid(child, nullptr, 0);
    return reply;
}

}  // namespace

TEST_CASE("roles come from uid, from supplementary groups and from the person, and add up") {
    Roles roles;
    grant_of(roles, Role::viewer).gids = {4001};
    grant_of(roles, Role::operator_).uids = {1000};
    grant_of(roles, Role::auditor).persons = {"E1"};
    roles.person_of = {{1000, "E1"}};
    auto all = identify({1000, 100, 1, {7, 4001}}, roles);
    CHECK(all.roles.names() == std::vector<std::string>{"viewer", "operator", "auditor"});
    CHECK(all.actor() == Actor{"E1", "person"});
    auto primary = identify({1001, 4001, 1, {}}, roles);
    CHECK(primary.roles.names() == std::vector<std::string>{"viewer"});
    CHECK(primary.actor() == Actor{"1001", "uid"});
    auto root = identify({0, 0, 1, {0}}, roles);
    CHECK(root.roles.empty());
    auto denied = root.check(Role::admin);
    REQUIRE_FALSE(denied);
    CHECK(denied.error().code == Code::denied);
    CHECK_THAT(denied.error().detail, ContainsSubstring("\"admin\""));
    CHECK_THAT(denied.error().remedy, ContainsSubstring("[roles]"));
}

TEST_CASE("group names become numbers, and an unknown one is refused by name") {
    RoleMap map;
    map.grants[0].groups = {"root"};
    auto roles = resolve_roles(map);
    REQUIRE(roles);
    CHECK(roles->grants[0].front().gids == std::vector<gid_t>{0});
    map.grants[5].groups = {"no-such-group-here"};
    auto unknown = resolve_roles(map);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == Code::invalid);
    CHECK_THAT(unknown.error().detail, ContainsSubstring("no-such-group-here"));
    CHECK_THAT(unknown.error().remedy, ContainsSubstring("groupadd"));
}

TEST_CASE("the role table names each role once and both ways") {
    for (const auto& row : kRoles) {
        CHECK(name_of(row.role) == row.name);
        CHECK(role_named(row.name) == row.role);
    }
    CHECK_FALSE(role_named("root"));
}

TEST_CASE("the kernel's word on the peer's groups decides, more of them than fit at first") {
    std::vector<gid_t> groups;
    for (gid_t gid = 5000; gid < 5100; ++gid)
        groups.push_back(gid);
    auto own = groups;
    if (::geteuid() != 0) {
        own.resize(static_cast<std::size_t>(::getgroups(0, nullptr)));
        REQUIRE(::getgroups(static_cast<int>(own.size()), own.data()) >= 0);
        own.push_back(::getgid());
    }
    Roles roles;
    grant_of(roles, Role::viewer).gids = {own.back()};
    std::vector<Route> routes{{{Method::get, "/v1/x", Role::viewer, "for tests"},
                               [](Request request, Responder responder) {
                                   Value roles_held{request.caller.roles.names()};
                                   responder.reply(200, Value::Object{{"roles", roles_held}});
                               }}};
    Served served(std::move(routes), {}, roles);
    CHECK(ask_as(served, 65533, groups, get("/v1/x")).find(R"({"roles":["viewer"]})") !=
          std::string::npos);
    if (::geteuid() == 0)
        CHECK(ask_as(served, 65533, {5000}, get("/v1/x")).find(" 403 ") != std::string::npos);
}

TEST_CASE("a role with entities ends there, and one without covers everything") {
    RoleMap map;
    auto& custodian = map.grants[static_cast<std::size_t>(Role::custodian)];
    custodian.scoped.push_back({{}, {1000}, {}, {"east", "west"}});
    custodian.scoped.push_back({{}, {1001}, {}, {"north"}});
    custodian.uids = {1002};
    auto& viewer = map.grants[static_cast<std::size_t>(Role::viewer)];
    viewer.uids = {1000};
    viewer.scoped.push_back({{}, {1000}, {}, {"east"}});
    auto roles = resolve_roles(map);
    REQUIRE(roles);
    auto scoped = identify(Peer{1000, 1000, 1, {}}, *roles);
    CHECK(scoped.check(Role::custodian));
    CHECK(scoped.covers(Role::custodian, "east"));
    CHECK(scoped.covers(Role::custodian, "west"));
    CHECK_FALSE(scoped.covers(Role::custodian, "north"));
    CHECK(scoped.check_entity(Role::custodian, "north").error().code == Code::denied);
    CHECK(scoped.covers(Role::viewer, "north"));  // one grant without entities is enough
    auto everywhere = identify(Peer{1002, 1000, 1, {}}, *roles);
    CHECK(everywhere.covers(Role::custodian, "anything"));
    auto nobody = identify(Peer{1003, 1000, 1, {}}, *roles);
    CHECK_FALSE(nobody.check(Role::custodian));
}
