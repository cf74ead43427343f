// Inventory: one verdict per slot. The count itself changes custody where it proves something: a
// seal that waited for verification reads now, one that should be there is gone.
#include "rules/inventory.hpp"

#include <algorithm>

#include "rules/row.hpp"
#include "rules/settle.hpp"

namespace seals::rules {
namespace {

using Kind = TagReading::Kind;

const BlindRow* row_of_slot(const CountWanted& wanted, const SlotId& slot) {
    auto found = std::find_if(wanted.entry.begin(), wanted.entry.end(),
                              [&](const auto& row) { return row.slot == slot; });
    return found == wanted.entry.end() ? nullptr : &*found;
}

// Something happened to it since it was last counted, or would be told otherwise now.
bool has_changed(const State& state, const Slot& slot, Instant now) {
    const auto* home = state.seal_at(slot.id);
    bool late = home != nullptr && home->loan && home->loan->due && now > *home->loan->due;
    return !slot.counted || late;
}

bool is_outdated(const State& state, const SlotId& slot, const TagReading& reading, Instant now) {
    auto at = state.slots.find(slot);
    return at != state.slots.end() && is_stale(reading, at->second, now);
}

bool in_use(const State& state, const SlotId& slot, const TagReading& reading, Instant now) {
    auto at = state.slots.find(slot);
    bool visited = at != state.slots.end() && !at->second.session.empty();
    return visited || is_outdated(state, slot, reading, now);
}

// What the record says of a seal whose slot is in use while it is read.
Verdict known_verdict(const State& state, const Seal& home, const SlotId& slot, Instant now) {
    if (home.custody == Custody::returned_unverified) return Verdict::returned_unverified;
    if (home.loan) return home.loan->due && now > *home.loan->due ? Verdict::overdue : Verdict::out;
    auto at = state.slots.find(slot);
    const auto* session = at != state.slots.end() ? state.session(at->second.session) : nullptr;
    if (session != nullptr && session->kind == "take") return Verdict::out;
    return home.custody == Custody::in_slot ? Verdict::present : Verdict::unreadable;
}

// What the person's entry is worth beside the reading.
BlindResult compare(const BlindRow* row, const CountedSlot& item, const TagReading& reading) {
    if (row == nullptr) return BlindResult::not_counted;
    if (item.busy || reading.kind == Kind::unreadable) return BlindResult::unproved;
    if (reading.kind == Kind::authentic)
        return row->seal == reading.seal ? BlindResult::agrees : BlindResult::differs;
    if (reading.kind == Kind::absent)
        return row->seal.empty() ? BlindResult::agrees : BlindResult::differs;
    bool names_home = !row->seal.empty() && row->seal == item.seal;
    return reading.kind == Kind::failed && names_home ? BlindResult::unproved
                                                      : BlindResult::differs;
}

Value item_value(const CountedSlot& item) {
    auto out = make_data({{"slot", item.slot.str()},
                          {"seal", item.seal.empty() ? Value{} : Value{item.seal.str()}},
                          {"verdict", name_of(item.verdict)}});
    if (item.busy) out.add("busy", true);
    if (item.entered) out.add("entered", item.entered->str());
    if (item.result) out.add("result", name_of(*item.result));
    return out;
}

CountedSlot judge(const State& state, const Context& context, const CountWanted& wanted,
                  const SlotId& slot, const TagReading& reading) {
    auto item = count_slot(state, slot, reading, context.now);
    if (!wanted.blind) return item;
    const auto* row = row_of_slot(wanted, slot);
    if (row != nullptr) item.entered = row->seal;
    item.result = compare(row, item, reading);
    return item;
}

Value recount_value(const CountWanted& wanted) {
    return wanted.recount_of.empty() ? Value{} : Value{wanted.recount_of};
}

Value flag_value(bool flag) {
    return flag ? Value{true} : Value{};
}

std::int64_t ms_of(std::chrono::microseconds time) {
    return std::chrono::round<milliseconds>(time).count();
}

Event finished_event(const Context& context, const InventoryTaken& fact, Value::Array items) {
    std::chrono::microseconds all{0}, slowest{0};
    for (const auto& [slot, reading] : fact.readings) {
        all += reading.took;
        slowest = std::max(slowest, reading.took);
    }
    auto event = make_event(EventType::inventory_finished, context);
    event.person = fact.wanted.person;
    event.data = make_data({{"id", fact.id},
                            {"items", std::move(items)},
                            {"duration_ms", fact.duration.count()},
                            {"reading_ms", ms_of(all)},
                            {"slot_max_ms", ms_of(slowest)},
                            {"blind", flag_value(fact.wanted.blind)},
                            {"since_last", flag_value(fact.wanted.since_last)},
                            {"recount_of", recount_value(fact.wanted)},
                            {"idempotency", idempotency_value(fact.idempotency)}});
    return event;
}

}  // namespace

std::vector<SlotId> slots_to_count(const State& state, const CountWanted& wanted, Instant now) {
    std::vector<SlotId> slots;
    const auto* first = state.inventory(wanted.recount_of);
    for (const auto& one : state.slots) {
        const auto& id = one.first;
        const auto& slot = one.second;
        bool told =
            first != nullptr && std::any_of(first->items.begin(), first->items.end(),
                                            [&](const auto& item) { return item.slot == slot.id; });
        bool asked = row_of_slot(wanted, id) != nullptr;
        if (first != nullptr ? told || asked
                             : !wanted.since_last || asked || has_changed(state, slot, now))
            slots.push_back(id);
    }
    std::sort(slots.begin(), slots.end(), [](const SlotId& a, const SlotId& b) {
        const auto &x = a.str(), &y = b.str();
        return x.size() != y.size() ? x.size() < y.size() : x < y;  // 2 before 10
    });
    return slots;
}

CountedSlot count_slot(const State& state, const SlotId& slot, const TagReading& reading,
                       Instant now) {
    const auto* home = state.seal_at(slot);
    CountedSlot item{slot, {}, {}, verdict_of(state, slot, reading, now)};
    if (home == nullptr) return item;
    item.seal = home->id;
    item.entity = home->entity;
    item.busy = in_use(state, slot, reading, now);
    bool sees = reading.kind != Kind::absent && reading.kind != Kind::unreadable &&
                !is_outdated(state, slot, reading, now);
    if (item.busy && !sees) item.verdict = known_verdict(state, *home, slot, now);
    return item;
}

Decision decide_inventory(const State& state, const Context& context, const InventoryTaken& fact) {
    Decision decision;
    decision.id = fact.id;
    Value::Array items;
    for (const auto& [slot, reading] : fact.readings) {
        auto item = judge(state, context, fact.wanted, slot, reading);
        auto at = state.slots.find(slot);
        bool open = at != state.slots.end() && at->second.open;
        bool idle = !open && !in_use(state, slot, reading, context.now);
        items.push_back(item_value(item));
        if (idle) settle_idle(state, context, slot, reading, Doubt::none, decision);
    }
    decision.events.push_back(finished_event(context, fact, std::move(items)));
    return decision;
}

}  // namespace seals::rules
