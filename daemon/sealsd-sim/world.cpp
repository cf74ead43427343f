#include "world.hpp"

#include <algorithm>

namespace seals::simd {
namespace {

struct FaultRow {
    Fault fault;
    std::string_view name;
};
constexpr std::array<FaultRow, 6> kFaults{{{Fault::jam, "jam"},
                                           {Fault::no_open, "no-open"},
                                           {Fault::no_shut, "no-shut"},
                                           {Fault::bounce, "bounce"},
                                           {Fault::reader_hang, "reader-hang"},
                                           {Fault::reader_gone, "reader-gone"}}};

Value to_value(const Slot& slot) {
    Value out;
    out.add("latched", slot.latched);
    out.add("open", slot.open);
    out.add("tag", slot.tag);
    Value::Array faults;
    for (auto fault : slot.faults)
        faults.emplace_back(name_of(fault));
    out.add("faults", std::move(faults));
    out.add("latches_at", slot.latches_at);
    out.add("forced", slot.forced);
    return out;
}

Slot slot_from(const Value& saved) {
    Slot slot;
    slot.latched = saved.boolean_or("latched", true);
    slot.open = saved.boolean_or("open");
    slot.tag = saved.text_or("tag");
    for (const auto& name : saved.texts_or("faults"))
        if (auto fault = fault_named(name)) slot.faults.insert(*fault);
    slot.latches_at = saved.integer_or("latches_at");
    slot.forced = saved.integer_or("forced");
    return slot;
}

Value to_value(const std::string& seal, const Enrolled& enrolled) {
    Value out;
    out.add("seal", seal);
    out.add("uid", to_hex(enrolled.uid));
    out.add("key", to_hex(enrolled.key));
    out.add("home", static_cast<int>(enrolled.home));
    return out;
}

bool read_enrolled(const Value& saved, World& world) {
    auto uid = from_hex(saved.text_or("uid"));
    auto key = from_hex(saved.text_or("key"));
    if (!uid || !key || key->size() != 16) return false;
    Enrolled enrolled{std::move(*uid), {}, static_cast<SlotNo>(saved.integer_or("home"))};
    std::copy(key->begin(), key->end(), enrolled.key.begin());
    world.enrolled.emplace(saved.text_or("seal"), std::move(enrolled));
    return true;
}

const Value::Array& items_of(const Value& saved, std::string_view name) {
    static const Value::Array kNone;
    const auto* member = saved.find(name);
    const auto* items = member != nullptr ? member->array() : nullptr;
    return items != nullptr ? *items : kNone;
}

}  // namespace

std::string_view name_of(Fault fault) {
    return std::ranges::find(kFaults, fault, &FaultRow::fault)->name;
}

std::optional<Fault> fault_named(std::string_view text) {
    const auto* row = std::ranges::find(kFaults, text, &FaultRow::name);
    return row == kFaults.end() ? std::nullopt : std::optional(row->fault);
}

std::string all_faults() {
    std::string all;
    for (const auto& row : kFaults)
        all.append(all.empty() ? "" : ", ").append(row.name);
    return all;
}

Value to_value(const World& world) {
    Value out;
    out.add("format", 1);
    out.add("boot_id", world.boot_id);
    Value::Array slots, enrolled, hand;
    for (const auto& slot : world.slots)
        slots.push_back(to_value(slot));
    for (const auto& [seal, tag] : world.enrolled)
        enrolled.push_back(to_value(seal, tag));
    for (const auto& held : world.hand) {
        Value one;
        one.add("tag", held.tag);
        one.add("from", static_cast<int>(held.from));
        hand.push_back(std::move(one));
    }
    out.add("slots", std::move(slots));
    out.add("enrolled", std::move(enrolled));
    out.add("hand", std::move(hand));
    out.add("person_auto", world.person_auto);
    out.add("clock_offset_ms", world.clock_offset_ms);
    out.add("clock_steps", static_cast<std::int64_t>(world.clock_steps));
    return out;
}

Result<World> world_from(const Value& saved) {
    if (saved.integer_or("format") != 1)
        return Error{Code::corrupt, "the saved state is not of format 1"};
    World world;
    world.boot_id = saved.text_or("boot_id");
    for (const auto& slot : items_of(saved, "slots"))
        world.slots.push_back(slot_from(slot));
    for (const auto& tag : items_of(saved, "enrolled"))
        if (!read_enrolled(tag, world))
            return Error{Code::corrupt, "the saved state holds a broken tag"};
    for (const auto& held : items_of(saved, "hand"))
        world.hand.push_back({held.text_or("tag"), static_cast<SlotNo>(held.integer_or("from"))});
    world.person_auto = saved.boolean_or("person_auto");
    world.clock_offset_ms = saved.integer_or("clock_offset_ms");
    world.clock_steps = static_cast<std::uint32_t>(saved.integer_or("clock_steps"));
    return world;
}

}  // namespace seals::simd
