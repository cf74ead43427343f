#include "verbs.hpp"

#include <array>
#include <charconv>

#include "wire/json.hpp"
#include "wire/schema.hpp"

namespace seals::simd {
namespace {

using Args = std::vector<std::string>;

struct Question {
    std::string verb;
    std::vector<std::string> args;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("verb", &Question::verb, wire::kRequired, "what to do"),
            wire::field("args", &Question::args, wire::kRequired, "as typed after the verb")};
    }
};

constexpr std::int64_t kMostStepS = 100LL * 366 * 86'400;  // a century either way

Result<SlotNo> slot_arg(const Cabinet& cabinet, const std::string& text) {
    auto count = cabinet.world().slots.size();
    auto slot = slot_number(text);
    if (!slot)
        return invalid("slot",
                       "\"" + text + "\" is no slot; slots are 1 to " + std::to_string(count));
    if (*slot > count)
        return Error{Code::not_found, "there is no slot " + text,
                     "slots are 1 to " + std::to_string(count), "slot"};
    return *slot;
}

Value told(SlotNo slot) {
    Value out;
    out.add("slot", slot_id(slot).str());
    return out;
}

Result<Value> insert(Cabinet& cabinet, const Args& args) {
    auto slot = slot_arg(cabinet, args[0]);
    if (!slot) return slot.error();
    auto before = cabinet.insert(*slot, args[1]);
    if (!before) return before.error();
    auto out = told(*slot);
    out.add("tag", args[1]);
    if (!before->empty()) out.add("removed", *before);
    return out;
}

Result<Value> remove(Cabinet& cabinet, const Args& args) {
    auto slot = slot_arg(cabinet, args[0]);
    if (!slot) return slot.error();
    auto tag = cabinet.remove(*slot);
    if (!tag) return tag.error();
    auto out = told(*slot);
    out.add("tag", *tag);
    return out;
}

Result<Value> open(Cabinet& cabinet, const Args& args) {
    auto slot = slot_arg(cabinet, args[0]);
    if (!slot) return slot.error();
    auto forced = cabinet.open(*slot);
    if (!forced) return forced.error();
    auto out = told(*slot);
    out.add("door", "open");
    out.add("forced", *forced);
    return out;
}

Result<Value> shut(Cabinet& cabinet, const Args& args) {
    auto slot = slot_arg(cabinet, args[0]);
    if (!slot) return slot.error();
    if (auto status = cabinet.shut(*slot); !status) return status.error();
    auto out = told(*slot);
    out.add("door", "shut");
    return out;
}

Value::Array faults_of(const Slot& slot) {
    Value::Array out;
    for (auto fault : slot.faults)
        out.emplace_back(name_of(fault));
    return out;
}

Result<Value> fault(Cabinet& cabinet, const Args& args) {
    auto slot = slot_arg(cabinet, args[0]);
    if (!slot) return slot.error();
    auto kind = fault_named(args[1]);
    if (!kind && args[1] != "clear")
        return Error{Code::invalid, "there is no fault \"" + args[1] + "\"",
                     "say " + all_faults() + " or clear", "kind"};
    auto status = kind ? cabinet.set_fault(*slot, *kind) : cabinet.clear_faults(*slot);
    if (!status) return status.error();
    auto out = told(*slot);
    out.add("faults", faults_of(cabinet.world().slots[*slot - 1U]));
    return out;
}

Result<Value> person(Cabinet& cabinet, const Args& args) {
    if (args[0] != "auto" && args[0] != "none")
        return invalid("person", "\"" + args[0] + "\" is no person; say auto or none");
    cabinet.set_person(args[0] == "auto");
    Value out;
    out.add("person", args[0]);
    return out;
}

Result<Value> clock(Cabinet& cabinet, const Args& args) {
    std::string_view text = args[0];
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t seconds = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || seconds > kMostStepS || seconds < -kMostStepS)
        return invalid("seconds", "\"" + args[0] + "\" is no step; say +SECONDS or -SECONDS");
    cabinet.step_clock(seconds * 1000);
    Value out;
    out.add("offset_ms", cabinet.clock().offset_ms);
    out.add("steps", static_cast<std::int64_t>(cabinet.clock().steps));
    return out;
}

Result<Value> trace(Cabinet& cabinet, const Args&) {
    return cabinet.pulses();
}

Value status_of(SlotNo number, const Slot& slot) {
    auto out = told(number);
    out.add("door", slot.open ? "open" : "shut");
    out.add("latched", slot.latched);
    out.add("line", slot.line ? "active" : "idle");
    out.add("tag", slot.tag.empty() ? Value{} : Value(slot.tag));
    out.add("faults", faults_of(slot));
    out.add("forced", slot.forced);
    return out;
}

Result<Value> status(Cabinet& cabinet, const Args&) {
    const auto& world = cabinet.world();
    Value::Array slots, hand;
    for (SlotNo number = 1; number <= world.slots.size(); ++number)
        slots.push_back(status_of(number, world.slots[number - 1U]));
    for (const auto& held : world.hand)
        hand.emplace_back(held.tag);
    Value out;
    out.add("person", world.person_auto ? "auto" : "none");
    out.add("clock_offset_ms", world.clock_offset_ms);
    out.add("clock_steps", static_cast<std::int64_t>(world.clock_steps));
    out.add("hand", std::move(hand));
    out.add("slots", std::move(slots));
    return out;
}

struct VerbRow {
    std::string_view name;
    std::size_t args;
    std::string_view usage;
    Result<Value> (*run)(Cabinet&, const Args&);
};
constexpr std::array<VerbRow, 9> kVerbs{{{"insert", 2, "insert SLOT TAG", insert},
                                         {"remove", 1, "remove SLOT", remove},
                                         {"open", 1, "open SLOT", open},
                                         {"shut", 1, "shut SLOT", shut},
                                         {"fault", 2, "fault SLOT KIND|clear", fault},
                                         {"person", 1, "person auto|none", person},
                                         {"clock", 1, "clock +SECONDS|-SECONDS", clock},
                                         {"trace", 0, "trace", trace},
                                         {"status", 0, "status", status}}};

Result<Value> run(Cabinet& cabinet, ByteView question) {
    auto parsed = wire::parse_json(as_text(question));
    if (!parsed) return parsed.error();
    auto asked = wire::read<Question>(*parsed);
    if (!asked) return asked.error();
    for (const auto& row : kVerbs) {
        if (row.name != asked->verb) continue;
        if (row.args != asked->args.size())
            return invalid("args", "the verb is used as: " + std::string(row.usage));
        return row.run(cabinet, asked->args);
    }
    return invalid("verb", "the simulated cabinet has no verb \"" + asked->verb + "\"");
}

}  // namespace

std::string answer_verb(Cabinet& cabinet, ByteView question) {
    auto result = run(cabinet, question);
    Value answer;
    if (result) {
        answer.add("code", "ok");
        answer.add("result", std::move(*result));
        return wire::dump_json(answer);
    }
    const auto& error = result.error();
    answer.add("code", row_of(error.code).name);
    answer.add("detail", error.detail);
    if (!error.remedy.empty()) answer.add("remedy", error.remedy);
    if (!error.field.empty()) answer.add("field", error.field);
    return wire::dump_json(answer);
}

}  // namespace seals::simd
