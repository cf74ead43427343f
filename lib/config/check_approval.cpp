// What must hold of posts and chains: whoever applies can be sure that somebody can decide.
#include <algorithm>
#include <map>
#include <set>

#include "base/id.hpp"
#include "config/check.hpp"

namespace seals::config {
namespace {

using Names = std::vector<std::string>;

constexpr std::size_t kMostPosts = 64, kMostChains = 64, kMostSteps = 16, kMostPersons = 16;
constexpr std::size_t kMostTitle = 96, kMostPowers = 480;  // bytes
// An application's entry holds its chain, policy.loaded the whole text: a leaf has 64 KiB.
constexpr std::size_t kMostChainBytes = 16 * 1024, kMostPolicyBytes = 56 * 1024;

std::string field_of(const char* section, std::size_t index, const char* key) {
    return std::string(section) + "[" + std::to_string(index) + "]." + key;
}

bool has(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Status check_persons(const Post& post, std::size_t index) {
    auto fault = [&](const char* key, const std::string& what) {
        return wrong(field_of("post", index, key), "post " + post.id + ": " + what);
    };
    if (post.persons.empty())
        return wrong(field_of("post", index, "persons"),
                     "post " + post.id + " has no person: nothing could ever pass it",
                     "name who holds it, or leave the post out of the file");
    for (const auto& [key, names] :
         {std::pair{"persons", &post.persons}, std::pair{"delegates", &post.delegates}}) {
        if (names->size() > kMostPersons) return fault(key, "16 persons are the most");
        for (const auto& name : *names)
            if (!valid_id(name)) return fault(key, "\"" + name + "\" is no person id");
    }
    for (const auto& name : post.delegates)
        if (has(post.persons, name))
            return fault("delegates", name + " holds the post and cannot be his own delegate");
    return {};
}

Status check_post(const Post& post, std::size_t index) {
    if (!valid_id(post.id) || post.id.find_first_of("\"\\") != std::string::npos)
        return wrong(field_of("post", index, "id"),
                     "post.id \"" + post.id + "\" is no id: no space, quote, / ? # or %");
    if (!is_plain(post.title) || post.title.size() > kMostTitle)
        return wrong(
            field_of("post", index, "title"),
            "post " + post.id +
                ": the title is empty, longer than 96 bytes, or has quotes or line breaks");
    bool plain = post.powers.empty() || is_plain(post.powers);
    if (!plain || post.powers.size() > kMostPowers)
        return wrong(field_of("post", index, "powers"),
                     "post " + post.id +
                         ": the powers are longer than 480 bytes, or have quotes or line breaks");
    return check_persons(post, index);
}

// --- delegates in a circle ---

// Posts whose every delegate holds a post of the circle: who is away there has nobody to stand for
// him. Posts that are sure of somebody from outside are taken away until none is left to take.
std::set<std::size_t> circle_of(const std::vector<Post>& posts) {
    std::map<std::string, std::set<std::size_t>> held;
    std::set<std::size_t> left;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        for (const auto& person : posts[i].persons)
            held[person].insert(i);
        if (!posts[i].delegates.empty()) left.insert(i);
    }
    auto only_inside = [&](std::size_t post) {
        return std::all_of(posts[post].delegates.begin(), posts[post].delegates.end(),
                           [&](const std::string& delegate) {
                               auto found = held.find(delegate);
                               return found != held.end() &&
                                      std::any_of(found->second.begin(), found->second.end(),
                                                  [&](auto other) { return left.contains(other); });
                           });
    };
    while (std::erase_if(left, [&](auto post) { return !only_inside(post); }) > 0) {
    }
    return left;
}

Status check_circle(const std::vector<Post>& posts) {
    auto circle = circle_of(posts);
    if (circle.empty()) return {};
    std::string names;
    for (auto index : circle)
        names += (names.empty() ? "" : ", ") + posts[index].id;
    return wrong(field_of("post", *circle.begin(), "delegates"),
                 "the delegates of these posts go in a circle: " + names,
                 "give one of them a delegate who holds none of these posts");
}

// --- chains ---

Status check_types(const Approval& chain, std::size_t index, std::set<std::string>& seen) {
    auto field = field_of("approval", index, "types");
    auto types = chain.types.empty() ? Names{std::string()} : chain.types;
    for (const auto& type : types) {
        bool plain = chain.types.empty() ||
                     (valid_id(type) && type.find_first_of("+*\"\\") == std::string::npos);
        if (!plain) return wrong(field, "approval.types: \"" + type + "\" is no type of seals");
        if (!seen.insert(type).second)
            return wrong(field,
                         type.empty() ? "two chains are for all other types"
                                      : "type " + type + " has two chains",
                         "one [[approval]] for each type");
    }
    return {};
}

const Post* post_named(const std::vector<Post>& posts, const std::string& id) {
    auto found =
        std::find_if(posts.begin(), posts.end(), [&](const auto& post) { return post.id == id; });
    return found == posts.end() ? nullptr : &*found;
}

Status check_steps(const std::vector<Post>& posts, const Approval& chain, std::size_t index) {
    auto field = field_of("approval", index, "steps");
    if (chain.steps.empty())
        return wrong(field, "the chain is empty: nobody would approve", "name at least one post");
    if (chain.steps.size() > kMostSteps) return wrong(field, "a chain has at most 16 steps");
    std::size_t bytes = 0;
    for (const auto& step : chain.steps) {
        const auto* post = post_named(posts, step);
        if (post == nullptr)
            return wrong(field, "approval.steps: there is no post \"" + step + "\"",
                         "write a [[post]] with that id");
        bytes += post->title.size() + post->powers.size();
        for (const auto* names : {&post->persons, &post->delegates})
            for (const auto& name : *names)
                bytes += name.size();
    }
    if (bytes > kMostChainBytes)
        return wrong(field, "titles, powers and persons of the chain are longer than 16 KiB");
    return {};
}

// A step for each of which another person can be found: augmenting paths, chains are short.
bool finds(std::size_t step, const std::vector<Names>& able, std::map<std::string, std::size_t>& of,
           std::set<std::string>& tried) {
    for (const auto& person : able[step]) {
        if (!tried.insert(person).second) continue;
        auto taken = of.find(person);
        if (taken != of.end() && !finds(taken->second, able, of, tried)) continue;
        of[person] = step;
        return true;
    }
    return false;
}

Status check_different(const std::vector<Post>& posts, const Approval& chain, std::size_t index) {
    std::vector<Names> able;
    for (const auto& step : chain.steps) {
        const auto* post = post_named(posts, step);
        able.push_back(post->persons);
        able.back().insert(able.back().end(), post->delegates.begin(), post->delegates.end());
    }
    std::map<std::string, std::size_t> of;
    for (std::size_t step = 0; step < able.size(); ++step) {
        std::set<std::string> tried;
        if (!finds(step, able, of, tried))
            return wrong(field_of("approval", index, "steps"),
                         "no different persons can be found for all steps: " + chain.steps[step] +
                             " has nobody who does not decide another step",
                         "name another person or a delegate for that post");
    }
    return {};
}

}  // namespace

Status check_approvals(const Config& config) {
    if (config.posts.size() > kMostPosts) return wrong("post", "there are more than 64 posts");
    if (config.approvals.size() > kMostChains)
        return wrong("approval", "there are more than 64 chains");
    std::set<std::string> ids, types;
    for (std::size_t i = 0; i < config.posts.size(); ++i) {
        if (auto status = check_post(config.posts[i], i); !status) return status;
        if (!ids.insert(config.posts[i].id).second)
            return wrong(field_of("post", i, "id"),
                         "post " + config.posts[i].id + " is there twice");
    }
    if (auto status = check_circle(config.posts); !status) return status;
    for (std::size_t i = 0; i < config.approvals.size(); ++i) {
        const auto& chain = config.approvals[i];
        if (auto status = check_types(chain, i, types); !status) return status;
        if (auto status = check_steps(config.posts, chain, i); !status) return status;
        if (auto status = check_different(config.posts, chain, i); !status) return status;
    }
    if (config.policy_text().size() > kMostPolicyBytes)
        return wrong("post", "the policy is longer than 56 KiB: it must fit into one ledger entry",
                     "shorten powers, or leave out posts and chains that nobody needs");
    return {};
}

}  // namespace seals::config
