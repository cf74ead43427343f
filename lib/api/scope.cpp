#include "api/scope.hpp"

#include <algorithm>

namespace seals::api {

Status check_scope(const Services& services, const Request& request, const SealId& seal) {
    const auto* known = services.engine.state().seal(seal);
    if (known == nullptr || !request.row->role) return {};
    return request.caller.check_entity(*request.row->role, known->entity);
}

bool may_see(const Services& services, const Caller& caller, const std::string& seal) {
    const auto& scope = caller.entities[static_cast<std::size_t>(Role::viewer)];
    if (scope.empty()) return true;
    const auto* known = seal.empty() ? nullptr : services.engine.state().seal(SealId(seal));
    return known != nullptr && scope.contains(known->entity);
}

std::set<std::string> hidden_seals(const Services& services, const Caller& caller) {
    std::set<std::string> hidden;
    for (const auto& [id, seal] : services.engine.state().seals)
        if (!caller.covers(Role::viewer, seal.entity)) hidden.insert(id.str());
    return hidden;
}

Value only_visible(const Services& services, const Caller& caller, Value page) {
    auto* members = page.object();
    if (members == nullptr) return page;
    for (auto& [name, value] : *members) {
        auto* items = name == "items" ? value.array() : nullptr;
        if (items == nullptr) continue;
        std::erase_if(*items, [&](const Value& item) {
            return !may_see(services, caller, item.text_or("seal"));
        });
    }
    return page;
}

}  // namespace seals::api
