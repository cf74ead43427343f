#include "names.hpp"

#include "client/url.hpp"

namespace seals::sealctl {

std::string Names::with_id(const std::string& name, const std::string& id) {
    return name.empty() ? id : name + "(" + id + ")";
}

std::string Names::name_of(std::string_view pattern, const std::string& id) {
    auto path = client::path_of(pattern, {id});
    if (auto known = known_.find(path); known != known_.end()) return known->second;
    if (mute_) return {};
    auto reply = daemon_.get(path);
    mute_ = !reply || (reply->problem && reply->problem->code != Code::not_found);
    auto name = reply && !reply->problem ? reply->body.text_or("name") : std::string{};
    known_.emplace(path, name);
    return name;
}

std::string Names::person(const std::string& id) {
    return id.empty() ? id : with_id(name_of("/v1/persons/{}", id), id);
}

std::string Names::seal_name(const std::string& id) {
    return id.empty() ? id : name_of("/v1/seals/{}", id);
}

}  // namespace seals::sealctl
