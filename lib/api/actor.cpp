#include "api/actor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <grp.h>
#include <sys/socket.h>

namespace seals::api {
namespace {

Status read_groups(int fd, std::vector<gid_t>& to) {
    to.resize(32);
    auto size = static_cast<socklen_t>(to.size() * sizeof(gid_t));
    int rc = ::getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, to.data(), &size);
    if (rc != 0 && errno == ERANGE) {  // `size` now says how much there is
        to.resize(size / sizeof(gid_t));
        rc = ::getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, to.data(), &size);
    }
    if (rc != 0) return internal(std::string("SO_PEERGROUPS: ") + std::strerror(errno));
    to.resize(size / sizeof(gid_t));
    return {};
}

Result<gid_t> gid_named(const std::string& name) {
    std::vector<char> room(1024);
    group entry{};
    group* found = nullptr;
    int rc = 0;
    while ((rc = ::getgrnam_r(name.c_str(), &entry, room.data(), room.size(), &found)) == ERANGE)
        room.resize(room.size() * 2);
    if (found != nullptr) return entry.gr_gid;
    return Error{Code::invalid,
                 rc == 0 ? "group \"" + name + "\" does not exist on this machine"
                         : "group \"" + name + "\" cannot be looked up: " + std::strerror(rc),
                 "create it with: groupadd --system " + name, "roles"};
}

template <class T>
bool holds(const std::vector<T>& items, const T& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

bool grants(const Roles::Grant& grant, const Peer& peer, const std::optional<PersonId>& person) {
    if (holds(grant.uids, peer.uid) || holds(grant.gids, peer.gid)) return true;
    if (person && holds(grant.persons, person->text)) return true;
    return std::any_of(peer.groups.begin(), peer.groups.end(),
                       [&](gid_t gid) { return holds(grant.gids, gid); });
}

}  // namespace

Result<Peer> peer_of(int fd) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return internal(std::string("SO_PEERCRED: ") + std::strerror(errno));
    Peer peer{credentials.uid, credentials.gid, credentials.pid, {}};
    if (auto status = read_groups(fd, peer.groups); !status) return status.error();
    return peer;
}

std::string_view name_of(Role role) {
    return kRoles[static_cast<std::size_t>(role)].name;
}

std::optional<Role> role_named(std::string_view name) {
    for (const auto& row : kRoles)
        if (row.name == name) return row.role;
    return std::nullopt;
}

std::vector<std::string> RoleSet::names() const {
    std::vector<std::string> out;
    for (const auto& row : kRoles)
        if (has(row.role)) out.emplace_back(row.name);
    return out;
}

Result<Roles> resolve_roles(const RoleMap& map) {
    Roles roles;
    roles.person_of = map.person_of;
    for (std::size_t i = 0; i < kRoleCount; ++i) {
        const auto& from = map.grants[i];
        std::vector<RoleMap::Scoped> parts{{from.groups, from.uids, from.persons, {}}};
        parts.insert(parts.end(), from.scoped.begin(), from.scoped.end());
        for (const auto& part : parts) {
            auto& to = roles.grants[i].emplace_back();
            to.uids = part.uids;
            to.persons = part.persons;
            to.entities = part.entities;
            for (const auto& name : part.groups) {
                auto gid = gid_named(name);
                if (!gid) return gid.error();
                to.gids.push_back(*gid);
            }
        }
    }
    return roles;
}

Status Caller::check(Role needed) const {
    if (roles.has(needed)) return {};
    auto name = std::string(name_of(needed));
    std::string has;
    for (const auto& role : roles.names())
        has += (has.empty() ? "" : ", ") + role;
    return Error{Code::denied,
                 "uid " + std::to_string(peer.uid) + " needs the role \"" + name + "\" and has " +
                     (has.empty() ? "none" : has),
                 "join a group that [roles] in seals.toml names for \"" + name +
                     "\", or have an administrator add this uid there"};
}

bool Caller::covers(Role role, const std::string& entity) const {
    const auto& scope = entities[static_cast<std::size_t>(role)];
    return scope.empty() || scope.contains(entity);
}

Status Caller::check_entity(Role role, const std::string& entity) const {
    if (covers(role, entity)) return {};
    return Error{Code::denied,
                 "the role \"" + std::string(name_of(role)) + "\" of uid " +
                     std::to_string(peer.uid) + " does not cover " + entity,
                 "ask somebody whose role covers that entity; [roles] in seals.toml says who"};
}

Actor Caller::actor() const {
    if (person) return {person->text, "person"};
    return {std::to_string(peer.uid), "uid"};
}

Caller identify(const Peer& peer, const Roles& roles) {
    Caller caller{peer, {}, std::nullopt};
    if (auto found = roles.person_of.find(peer.uid); found != roles.person_of.end())
        caller.person = PersonId(found->second);
    for (const auto& row : kRoles) {
        auto role = static_cast<std::size_t>(row.role);
        bool everywhere = false;
        for (const auto& grant : roles.grants[role]) {
            if (!grants(grant, peer, caller.person)) continue;
            caller.roles.add(row.role);
            everywhere = everywhere || grant.entities.empty();
            caller.entities[role].insert(grant.entities.begin(), grant.entities.end());
        }
        if (everywhere) caller.entities[role].clear();
    }
    return caller;
}

}  // namespace seals::api
