// sealctl take, sealctl return: the slot opens, the visit is followed to its verdict.
#include "commands/table.hpp"
#include "factors.hpp"
#include "reply.hpp"
#include "visit_watch.hpp"

namespace seals::sealctl {
namespace {

int visit(Context& context, std::string_view pattern, const std::string& seal, Value body,
          std::string_view go) {
    auto path = client::path_of(pattern, {seal});
    auto reply = context.daemon.post(path, std::move(body));
    auto exit = show_thing(context, reply, [&](Context& with, const Value& opened) {
        auto name = with.names.seal_name(seal);
        with.print.say(go, {opened.text_or("slot"), name.empty() ? seal : name, seal});
    });
    bool opened = reply && !reply->problem;
    if (!opened || context.arguments.has("--no-follow")) return exit;
    return watch_visit(context, reply->body.text_or("session"));
}

int run_take(Context& context) {
    auto person = context.arguments.one("--person");
    std::vector<std::string> persons{person};
    if (auto second = context.arguments.maybe("--second")) persons.push_back(*second);
    auto acting = acting_of(context, persons);
    if (!acting) return fail(context, acting.error());
    wire::TakeCall call{context.arguments.all("--request"), person, acting->front().factors, {}};
    if (acting->size() > 1) call.second = acting->back();
    auto body = wire::write(call);
    wipe(*acting);
    for (auto& factor : call.factors)
        wipe(factor.value);
    if (call.second)
        for (auto& factor : call.second->factors)
            wipe(factor.value);
    return visit(context, "/v1/seals/{}/take", context.arguments.one("SEAL"), std::move(body),
                 "visit.take");
}

int run_return(Context& context) {
    auto person = context.arguments.one("--person");
    auto factors = factors_of(context, person);
    if (!factors) return fail(context, factors.error());
    wire::ReturnCall call{person, std::move(*factors)};
    auto body = wire::write(call);
    for (auto& factor : call.factors)
        wipe(factor.value);
    return visit(context, "/v1/seals/{}/return", context.arguments.one("SEAL"), std::move(body),
                 "visit.return");
}

constexpr Option kTake[] = {{"SEAL", "", "opt.seal.take", true},
                            {"--request", "ID", "opt.request.take", false, true},
                            {"--person", "ID", "opt.person.take", true},
                            {"--second", "ID", "opt.second.take"},
                            {"--pin-file", "FILE", "opt.pins_file"},
                            {"--pin-fd", "N", "opt.pins_fd"},
                            {"--no-follow", "", "opt.no_follow"}};
constexpr Option kReturn[] = {{"SEAL", "", "opt.seal.return", true},
                              {"--person", "ID", "opt.person.return", true},
                              {"--pin-file", "FILE", "opt.pin_file"},
                              {"--pin-fd", "N", "opt.pin_fd"},
                              {"--no-follow", "", "opt.no_follow"}};
const Command kCommands[] = {{"take", kTake, true, run_take},
                             {"return", kReturn, true, run_return}};

}  // namespace

std::span<const Command> visit_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
