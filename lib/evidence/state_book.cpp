#include "evidence/state_book.hpp"

#include "leaf/canonical.hpp"

namespace seals::evidence {

bool StateBook::read_items(const Value* list, Items& into) const {
    if (list == nullptr || list->array() == nullptr) return false;
    for (const auto& item : *list->array()) {
        auto seal = item.text_or("seal");
        if (seal.empty() || item.integer_or("sn", -1) < 0) return false;
        // A deviation without a door: the seal is not kept in this cabinet any more.
        if (item.text_or("door") == "none")
            into.erase(seal);
        else
            into[seal] = item;
    }
    return true;
}

// Over the whole list, in the order of the seals' ids, as sealsd made it.
std::string StateBook::digest() {
    Value::Array all;
    for (const auto& [seal, item] : now_)
        all.push_back(item);
    auto bytes = leaf::encode_value(Value{std::move(all)});
    return bytes ? to_hex(hasher_.sha256(*bytes)) : std::string();
}

std::optional<Reason> StateBook::take(const leaf::Leaf& leaf) {
    const auto& data = leaf.data;
    auto fault = [&](std::string_view code) {
        full_.reset();
        now_.clear();
        return Reason{code, leaf.seq, {std::to_string(leaf.seq)}};
    };
    was_full_ = data.boolean_or("full");
    silent_ = data.texts_or("silent");
    trusted_ = data.text_or("clock", "trusted") == "trusted";
    if (was_full_) {
        Items items;
        if (!read_items(data.find("seals"), items)) return fault("state_bad");
        now_ = items;
        full_ = std::move(items);
        return std::nullopt;
    }
    if (!full_) return fault("state_bad");
    now_ = *full_;
    if (!read_items(data.find("deviations"), now_)) return fault("state_bad");
    if (digest() != data.text_or("digest")) return fault("digest_mismatch");
    return std::nullopt;
}

std::optional<SealState> StateBook::of(const std::string& seal) const {
    auto found = now_.find(seal);
    if (found == now_.end()) return std::nullopt;
    const auto& item = found->second;
    return SealState{static_cast<std::uint64_t>(item.integer_or("sn")), item.text_or("custody"),
                     item.text_or("door"), item.text_or("reading")};
}

}  // namespace seals::evidence
