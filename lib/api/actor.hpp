// Who is asking: the peer of a Unix socket as the kernel tells it, and the roles and person that
// the configuration gives to it. Roles add up; nobody has one implicitly, root neither. Values;
// any thread, but resolve_roles() reads the group database and may block (start and reload only).
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace seals::api {

struct Peer {
    uid_t uid = static_cast<uid_t>(-1);
    gid_t gid = static_cast<gid_t>(-1);
    pid_t pid = 0;
    std::vector<gid_t> groups;  // supplementary
};

// SO_PEERCRED and SO_PEERGROUPS of a connected Unix socket.
Result<Peer> peer_of(int fd);

enum class Role { viewer, operator_, custodian, bridge, auditor, admin };
inline constexpr std::size_t kRoleCount = 6;

struct RoleRow {
    Role role;
    std::string_view name;   // as in the configuration
    std::string_view about;  // for the schema and the manual
};

inline constexpr std::array<RoleRow, kRoleCount> kRoles{{
    {Role::viewer, "viewer", "reads state, events and reports"},
    {Role::operator_, "operator", "takes, returns, imports, counts"},
    {Role::custodian, "custodian", "acts on seals and hands them over"},
    {Role::bridge, "bridge", "feeds requests in from the OA"},
    {Role::auditor, "auditor", "reads everything, proofs and evidence included"},
    {Role::admin, "admin", "manages persons and policy; neither approves nor stamps"},
}};

std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);

class RoleSet {
  public:
    void add(Role role) { bits_ |= bit(role); }
    bool has(Role role) const { return (bits_ & bit(role)) != 0; }
    bool empty() const { return bits_ == 0; }
    std::vector<std::string> names() const;

  private:
    static unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
    unsigned bits_ = 0;
};

// What the configuration says, in names.
struct RoleMap {
    struct Scoped {  // ends at these entities
        std::vector<std::string> groups;
        std::vector<uid_t> uids;
        std::vector<std::string> persons;
        std::vector<std::string> entities;
    };
    struct Grant {
        std::vector<std::string> groups;
        std::vector<uid_t> uids;
        std::vector<std::string> persons;  // of those in person_of
        std::vector<Scoped> scoped{};
    };
    std::array<Grant, kRoleCount> grants;      // by Role
    std::map<uid_t, std::string> person_of{};  // uid -> person id
};

// The same with group names turned into numbers.
struct Roles {
    struct Grant {
        std::vector<gid_t> gids;
        std::vector<uid_t> uids;
        std::vector<std::string> persons;
        std::vector<std::string> entities{};  // empty: all
    };
    std::array<std::vector<Grant>, kRoleCount> grants;
    std::map<uid_t, std::string> person_of{};
};

// Code::invalid naming a group that does not exist on this machine.
Result<Roles> resolve_roles(const RoleMap& map);

struct Caller {
    Peer peer;
    RoleSet roles;
    std::optional<PersonId> person;
    std::array<std::set<std::string>, kRoleCount> entities{};  // a role ends there; empty: all

    Status check(Role needed) const;  // Code::denied, naming the role and how to get it
    // Whether the role, which the caller has, reaches a seal of that entity.
    bool covers(Role role, const std::string& entity) const;
    Status check_entity(Role role, const std::string& entity) const;
    Actor actor() const;  // as it stands in a leaf: the person, else the uid
};

Caller identify(const Peer& peer, const Roles& roles);

}  // namespace seals::api
