// sealsd-sim: a simulated cabinet as a process of its own, so that killing sealsd or bolt leaves
// the world as it was.
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>

#include <getopt.h>
#include <sys/stat.h>

#include "base/about.hpp"
#include "base/log.hpp"
#include "person.hpp"
#include "server.hpp"

using namespace seals;
using namespace seals::simd;

namespace {

struct Flags {
    std::string dir;
    SlotNo slots = 0;  // 0: as saved, or 41
    milliseconds unlatched{60'000};
    unsigned mode = 0660;
};

constexpr SlotNo kUsualSlots = 41;
constexpr const char* kUsage =
    "usage: sealsd-sim --dir DIR [--slots N] [--unlatched-ms MS] [--socket-mode OCTAL]\n";

template <class T>
bool read_number(const char* text, T& into, T least, T most, int base = 10) {
    auto [end, error] = std::from_chars(text, text + std::strlen(text), into, base);
    return error == std::errc() && *end == '\0' && into >= least && into <= most;
}

std::optional<Flags> read_flags(int argc, char** argv) {
    static const option kOptions[] = {{"dir", required_argument, nullptr, 'd'},
                                      {"slots", required_argument, nullptr, 'n'},
                                      {"unlatched-ms", required_argument, nullptr, 'u'},
                                      {"socket-mode", required_argument, nullptr, 'm'},
                                      {nullptr, 0, nullptr, 0}};
    Flags flags;
    bool good = true;
    std::int64_t ms = flags.unlatched.count();
    for (int c; (c = getopt_long(argc, argv, "", kOptions, nullptr)) != -1;) {
        if (c == 'd')
            flags.dir = optarg;
        else if (c == 'n')
            good &= read_number<SlotNo>(optarg, flags.slots, 1, kMaxSlots);
        else if (c == 'u')
            good &= read_number<std::int64_t>(optarg, ms, 1, 86'400'000);
        else if (c == 'm')
            good &= read_number<unsigned>(optarg, flags.mode, 0, 0777, 8);
        else
            good = false;
    }
    flags.unlatched = milliseconds(ms);
    if (!good || flags.dir.empty() || optind != argc) return std::nullopt;
    return flags;
}

int fail(const Error& error) {
    log(Priority::error, "sim", error.detail, {{"remedy", error.remedy}});
    return row_of(error.code).exit;
}

Result<World> wake(Store& store, SlotNo slots) {
    auto saved = store.load();
    if (!saved) return saved.error();
    World world = saved->value_or(World{});
    std::size_t want = slots != 0 ? slots : *saved ? world.slots.size() : kUsualSlots;
    if (want < world.slots.size())
        return invalid("slots", "the saved cabinet has " + std::to_string(world.slots.size()) +
                                    " slots and cannot shrink to " + std::to_string(want));
    world.slots.resize(want);
    return world;
}

int run(const Flags& flags) {
    auto store = Store::open(flags.dir);
    if (!store) return fail(store.error());
    auto world = wake(*store, flags.slots);
    if (!world) return fail(world.error());
    auto listener = helper::listen_unix(flags.dir + "/sim.sock", flags.mode);
    if (!listener) return fail(listener.error());

    loop::Loop loop;
    std::optional<Server> server;
    std::optional<Person> person;
    Cabinet cabinet(loop, *store, std::move(*world), {flags.unlatched},
                    {[&](helper::SimEdge edge) { server->tell(edge); },
                     [&](helper::SimClock clock) { server->tell(clock); },
                     [&](SlotNo slot) { person->slot_unlatched(slot); }});
    person.emplace(loop, cabinet);
    server.emplace(loop, cabinet, std::move(*listener));
    person->resume();
    auto term = loop.on_signal(SIGTERM, [&] { loop.stop(); });
    auto interrupt = loop.on_signal(SIGINT, [&] { loop.stop(); });
    log(Priority::info, "sim", "SIMULATED cabinet ready",
        {{"dir", flags.dir}, {"slots", std::to_string(cabinet.world().slots.size())}});
    loop.run();
    cabinet.close();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    ::umask(0077);
    if (auto text = about(argc, argv, kUsage, SEALS_VERSION))
        return std::fputs(text->c_str(), stdout) < 0 ? 1 : 0;
    auto flags = read_flags(argc, argv);
    if (!flags) {
        std::fputs(kUsage, stderr);
        return kExitUsage;
    }
    return run(*flags);
}
