#include "engine/factors.hpp"

#include "engine/pin.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kMostWaiting = 8;  // attempts of one person

std::vector<rules::FactorChecked> check_all(const std::vector<GivenFactor>& given,
                                            const std::string& pin_hash) {
    std::vector<rules::FactorChecked> out;
    for (const auto& factor : given) {
        if (factor.kind != "pin") continue;  // other kinds come with the hardware that proves them
        auto outcome = pin_hash.empty()                      ? rules::FactorOutcome::not_set
                       : pin_matches(factor.value, pin_hash) ? rules::FactorOutcome::ok
                                                             : rules::FactorOutcome::wrong;
        out.push_back({factor.kind, outcome});
    }
    return out;
}

}  // namespace

void Factors::check(const PersonId& person, std::vector<GivenFactor> given, Then then) {
    auto& queue = attempts_[person];
    if (queue.size() >= kMostWaiting) return then({}, [] {});
    queue.push_back({std::move(given), std::move(then)});
    if (queue.size() == 1) next(person);
}

void Factors::next(const PersonId& person) {
    auto& attempt = attempts_[person].front();
    auto finish = [this, person] {
        auto found = attempts_.find(person);
        if (found == attempts_.end()) return;
        found->second.pop_front();
        if (found->second.empty())
            attempts_.erase(found);
        else
            next(person);
    };
    const auto* known = engine_.state().person(person);
    bool locked =
        known != nullptr && known->locked_until && *known->locked_until > engine_.moment().now;
    if (attempt.given.empty() || known == nullptr || locked) {
        auto then = std::move(attempt.then);
        return then({}, finish);
    }
    auto secret = engine_.store().reader().secret("pin", person.str());
    std::string hash = secret && *secret ? std::string(as_text(**secret)) : std::string();
    worker_.submit([given = std::move(attempt.given), hash, then = std::move(attempt.then),
                    finish]() -> loop::Reply {
        auto checked = check_all(given, hash);
        return [checked, then, finish] { then(checked, finish); };
    });
}

void Factors::hash(std::string pin, std::function<void(Result<std::string>)> then) {
    worker_.submit([pin = std::move(pin), then = std::move(then)]() -> loop::Reply {
        auto hashed = std::make_shared<Result<std::string>>(hash_pin(pin));
        return [hashed, then] { then(std::move(*hashed)); };
    });
}

}  // namespace seals::engine
