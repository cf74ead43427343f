// Graph's reload: what of a changed configuration a running sealsd can take.
#include <tuple>

#include <fmt/ranges.h>

#include "base/log.hpp"
#include "config/changes.hpp"
#include "graph.hpp"
#include "leaf/hash.hpp"
#include "settings.hpp"

namespace seals::sealsd {
namespace {

auto node_of(const config::Config& config) {
    const auto& node = config.node;
    return std::tie(node.organisation, node.id, node.simulated, node.timezone);
}

auto paths_of(const config::Config& config) {
    return std::tie(config.paths.state, config.paths.run);
}

bool same_slots(const config::Config& a, const config::Config& b) {
    auto wiring = [](const config::Slot& slot) {
        return std::tie(slot.id, slot.lock, slot.contact, slot.reader);
    };
    if (a.slots.size() != b.slots.size()) return false;
    for (std::size_t i = 0; i < a.slots.size(); ++i)
        if (wiring(a.slots[i]) != wiring(b.slots[i])) return false;
    return true;
}

// The sections in which `next` differs and that are wired in at the start. When there are any,
// nothing of `next` is taken: what runs is always one configuration, whole.
std::vector<std::string> need_a_restart(const config::Config& now, const config::Config& next) {
    std::vector<std::string> out;
    auto check = [&](bool same, const char* section) {
        if (!same) out.emplace_back(section);
    };
    check(node_of(now) == node_of(next), "[node]");
    check(paths_of(now) == paths_of(next), "[paths]");
    check(now.socket_group == next.socket_group, "[socket]");
    check(same_slots(now, next), "[[slot]]");
    return out;
}

void log_kept(const std::string& why, const std::string& remedy) {
    log(Priority::error, "sealsd", "the configuration that runs stays: " + why,
        {{"remedy", remedy}});
}

// A looser limit is taken, for it is on record; whoever reads the log is to see it all the same.
void log_loosened(const config::Config& now, const config::Config& next) {
    for (const auto& change : config::policy_changes(now.policy_text(), next))
        if (change.direction == config::Direction::looser)
            log(Priority::warning, "sealsd", "the policy is looser now",
                {{"key", change.key}, {"before", change.now}, {"now", change.next}});
}

}  // namespace

void Graph::reload(const config::Config& next, const std::string& sha256,
                   std::function<void()> told) {
    auto fixed = need_a_restart(config_, next);
    auto roles = api::resolve_roles(role_map_of(next));
    auto witnesses = witness_keys_of(next);
    if (!server_ || !roles || !witnesses || !fixed.empty()) {
        if (!server_)
            log_kept("sealsd is starting or ending", "try again");
        else if (!roles)
            log_kept(roles.error().detail, roles.error().remedy);
        else if (!witnesses)
            log_kept(witnesses.error().detail, witnesses.error().remedy);
        else
            log_kept(fmt::format("{} cannot change while sealsd runs", fmt::join(fixed, ", ")),
                     "restart sealsd");
        return told();
    }
    auto text = next.policy_text();
    leaf::Hasher hasher;
    engine::Submission loaded{
        rules::ConfigLoaded{sha256, text, to_hex(hasher.sha256(as_bytes(text)))}};
    loaded.done = [this, next, roles = *roles, told](const engine::Outcome& outcome) {
        if (outcome.error)
            log_kept("the new one could not be recorded: " + outcome.error->detail,
                     outcome.error->remedy);
        else
            apply(next, roles);
        told();
    };
    engine_->submit(std::move(loaded));
}

// Recorded is what is here now; no decision was made in between.
void Graph::apply(const config::Config& next, const api::Roles& roles) {
    if (!server_) return;
    log_loosened(config_, next);
    config_ = next;
    engine_->set_policy(policy_of(next));
    visits_->set_times(visit_times_of(next));
    services_->policy_text = next.policy_text();
    server_->set_roles(roles);
    backup_->set_keep(static_cast<std::size_t>(next.backup.keep));
    if (auto witnesses = witness_keys_of(next)) signer_->set_witnesses(std::move(*witnesses));
    log(Priority::notice, "sealsd", "the configuration was read again", {});
}

}  // namespace seals::sealsd
