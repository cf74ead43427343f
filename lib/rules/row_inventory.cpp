// Counts as rows of the views.
#include <algorithm>

#include "rules/row.hpp"

namespace seals::rules {
namespace {

Value to_value(const CountedSlot& item) {
    Value out{Value::Object{}};
    out.add("slot", item.slot.str());
    if (!item.seal.empty()) out.add("seal", item.seal.str());
    if (!item.entity.empty()) out.add("entity", item.entity);
    out.add("verdict", name_of(item.verdict));
    if (item.busy) out.add("busy", true);
    if (item.entered) out.add("entered", item.entered->str());
    if (item.result) out.add("result", name_of(*item.result));
    return out;
}

CountedSlot counted_slot_from(const Value& from) {
    CountedSlot item{SlotId(from.text_or("slot")),
                     SealId(from.text_or("seal")),
                     from.text_or("entity"),
                     term_named(from.text_or("verdict"), verdicts(), Verdict::unreadable),
                     from.boolean_or("busy"),
                     {},
                     {}};
    if (from.find("entered") != nullptr) item.entered = SealId(from.text_or("entered"));
    if (from.find("result") != nullptr)
        item.result = term_named(from.text_or("result"), blind_results(), BlindResult::unproved);
    return item;
}

}  // namespace

std::vector<CountedSlot> counted_slots_from(const Value* array) {
    std::vector<CountedSlot> items;
    if (array == nullptr || array->array() == nullptr) return items;
    for (const auto& item : *array->array())
        items.push_back(counted_slot_from(item));
    return items;
}

Value to_value(const Inventory& inventory) {
    Value out{Value::Object{}};
    out.add("id", inventory.id);
    out.add("at", inventory.at.ms);
    if (!inventory.person.empty()) out.add("person", inventory.person.str());
    if (inventory.blind) out.add("blind", true);
    if (inventory.since_last) out.add("since_last", true);
    if (!inventory.recount_of.empty()) out.add("recount_of", inventory.recount_of);
    if (!inventory.recounts.empty()) out.add("recounts", inventory.recounts);
    Value::Array items;
    for (const auto& item : inventory.items)
        items.push_back(to_value(item));
    out.add("items", std::move(items));
    out.add("duration_ms", inventory.duration.count());
    out.add("reading_ms", inventory.reading.count());
    out.add("slot_max_ms", inventory.slot_max.count());
    return out;
}

Inventory inventory_from(const Value& from) {
    Inventory inventory;
    inventory.id = from.text_or("id");
    inventory.at = {from.integer_or("at")};
    inventory.person = PersonId(from.text_or("person"));
    inventory.blind = from.boolean_or("blind");
    inventory.since_last = from.boolean_or("since_last");
    inventory.recount_of = from.text_or("recount_of");
    inventory.recounts = from.texts_or("recounts");
    inventory.items = counted_slots_from(from.find("items"));
    inventory.duration = milliseconds{from.integer_or("duration_ms")};
    inventory.reading = milliseconds{from.integer_or("reading_ms")};
    inventory.slot_max = milliseconds{from.integer_or("slot_max_ms")};
    return inventory;
}

Value to_value(const Counting& counting) {
    Value out{Value::Object{}};
    out.add("last", counting.last);
    out.add("last_full", counting.last_full);
    out.add("blind", counting.blind);
    out.add("began", counting.began.ms);
    out.add("told", counting.told.ms);
    out.add("told_full", counting.told_full.ms);
    return out;
}

Counting counting_from(const Value& from) {
    return {from.text_or("last"),       from.text_or("last_full"), from.texts_or("blind"),
            {from.integer_or("began")}, {from.integer_or("told")}, {from.integer_or("told_full")}};
}

bool is_kept(const Counting& counting, const std::string& id) {
    return id == counting.last || id == counting.last_full ||
           std::find(counting.blind.begin(), counting.blind.end(), id) != counting.blind.end();
}

}  // namespace seals::rules
