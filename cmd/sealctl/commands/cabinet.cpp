// sealctl cabinet release: two persons let a frozen cabinet give out seals again.
#include "commands/table.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "wire/alert.hpp"

namespace seals::sealctl {
namespace {

int run_release(Context& context) {
    auto acting =
        acting_of(context, {context.arguments.one("--person"), context.arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    auto body = wire::write(
        wire::CabinetReleaseCall{(*acting)[0], (*acting)[1], context.arguments.one("--reason")});
    wipe(*acting);
    auto reply = context.daemon.post("/v1/cabinet/release", std::move(body));
    return show_reply(context, reply, [](Context& with, const Value& done) {
        with.print.say("cabinet.is_released", {std::to_string(done.integer_or("seq"))});
    });
}

constexpr Option kRelease[] = {{"--person", "ID", "opt.person.release", true},
                               {"--second", "ID", "opt.second.release", true},
                               {"--reason", "TEXT", "opt.reason.release", true},
                               {"--pin-file", "FILE", "opt.pins_file"},
                               {"--pin-fd", "N", "opt.pins_fd"}};
const Command kCommands[] = {{"cabinet release", kRelease, true, run_release}};

}  // namespace

std::span<const Command> cabinet_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
