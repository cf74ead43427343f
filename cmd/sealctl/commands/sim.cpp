// sealctl sim: a person's hand on the simulated cabinet, spoken to sealsd-sim itself, so that it
// works also while sealsd is down.
#include "helper/sim.hpp"

#include "commands/table.hpp"
#include "reply.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

std::string scalar(const Value& value) {
    if (const auto* text = value.string()) return *text;
    if (const auto* number = value.integer()) return std::to_string(*number);
    return wire::dump_json(value);
}

// "slot 7  door open  forced false"
void print_done(Context& context, const Value& result) {
    std::string line;
    if (const auto* members = result.object())
        for (const auto& [name, value] : *members)
            line += (line.empty() ? "" : "  ") + name + " " + scalar(value);
    if (!line.empty()) context.print.line(line);
}

void print_trace(Context& context, const Value& result) {
    Table table({{context.text("head.uptime_ms"), Align::right},
                 {context.text("head.slot"), Align::right},
                 {context.text("head.line_kind")},
                 {context.text("head.active_ms"), Align::right}});
    if (const auto* pulses = result.array())
        for (const auto& pulse : *pulses) {
            const auto* slot = pulse.find("slot");
            table.row({std::to_string(pulse.integer_or("mono")),
                       slot != nullptr ? scalar(*slot) : "", pulse.text_or("line"),
                       std::to_string(pulse.integer_or("active_ms"))});
        }
    context.print.table(table);
}

int act(Context& context, const char* verb, std::initializer_list<const char*> names,
        void (*show)(Context&, const Value&) = print_done) {
    std::vector<std::string> args;
    for (const char* name : names)
        args.push_back(context.arguments.one(name));
    auto socket = beside(context.daemon.socket(), "sim.sock");
    auto result = helper::sim_verb(socket, verb, args);
    if (!result) return fail(context, result.error());
    if (context.print.json())
        context.print.line(wire::dump_json(*result));
    else
        show(context, *result);
    return 0;
}

int run_insert(Context& context) {
    return act(context, "insert", {"SLOT", "TAG"});
}
int run_remove(Context& context) {
    return act(context, "remove", {"SLOT"});
}
int run_open(Context& context) {
    return act(context, "open", {"SLOT"});
}
int run_shut(Context& context) {
    return act(context, "shut", {"SLOT"});
}
int run_fault(Context& context) {
    return act(context, "fault", {"SLOT", "KIND"});
}
int run_person(Context& context) {
    return act(context, "person", {"WHO"});
}
int run_clock(Context& context) {
    return act(context, "clock", {"SECONDS"});
}
int run_trace(Context& context) {
    return act(context, "trace", {}, print_trace);
}

constexpr Option kInsert[] = {{"SLOT", "", "opt.slot", true}, {"TAG", "", "opt.tag", true}};
constexpr Option kSlot[] = {{"SLOT", "", "opt.slot", true}};
constexpr Option kFault[] = {{"SLOT", "", "opt.slot", true}, {"KIND", "", "opt.fault", true}};
constexpr Option kPerson[] = {{"WHO", "", "opt.who", true}};
constexpr Option kClock[] = {{"SECONDS", "", "opt.step", true}};
const Command kCommands[] = {
    {"sim insert", kInsert, false, run_insert}, {"sim remove", kSlot, false, run_remove},
    {"sim open", kSlot, false, run_open},       {"sim shut", kSlot, false, run_shut},
    {"sim fault", kFault, false, run_fault},    {"sim person", kPerson, false, run_person},
    {"sim clock", kClock, false, run_clock},    {"sim trace", {}, false, run_trace}};

}  // namespace

std::span<const Command> sim_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
