// sealctl clock accept: two persons say that the clock is right as it stands.
#include "commands/table.hpp"
#include "factors.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

int run_accept(Context& context) {
    wire::ClockCall call;
    call.person = context.arguments.one("--person");
    call.second = context.arguments.one("--second");
    auto first = factors_of(context, call.person);
    if (!first) return fail(context, first.error());
    auto second = factors_of(context, call.second, "second-pin");
    if (!second) return fail(context, second.error());
    call.factors = std::move(*first);
    call.second_factors = std::move(*second);
    auto body = wire::write(call);
    for (auto* factors : {&call.factors, &call.second_factors})
        for (auto& factor : *factors)
            wipe(factor.value);
    auto reply = context.daemon.post("/v1/clock/accept", std::move(body));
    return show_reply(context, reply, [](Context& with, const Value& done) {
        with.print.say("clock.done", {std::to_string(done.integer_or("seq"))});
    });
}

constexpr Option kAccept[] = {{"--person", "ID", "opt.person.clock", true},
                              {"--second", "ID", "opt.second", true},
                              {"--pin-file", "FILE", "opt.pin_file"},
                              {"--pin-fd", "N", "opt.pin_fd"},
                              {"--second-pin-file", "FILE", "opt.second_pin_file"},
                              {"--second-pin-fd", "N", "opt.second_pin_fd"}};
const Command kCommands[] = {{"clock accept", kAccept, true, run_accept}};

}  // namespace

std::span<const Command> clock_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
