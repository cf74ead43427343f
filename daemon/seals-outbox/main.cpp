// seals-outbox: tells where requests came from how they ended. See seals-outbox(8).
#include <csignal>
#include <cstdio>

#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/about.hpp"
#include "base/log.hpp"
#include "outbox.hpp"

using namespace seals;
using namespace seals::outboxd;

namespace {

int fail(const Error& error) {
    log(Priority::error, "outbox", error.detail, {{"remedy", error.remedy}});
    return row_of(error.code).exit;
}

// The secrets are in memory: no core of it, and nobody looks into it.
void keep_secrets() {
    rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

Result<std::optional<Spool>> spool_of(const Options& options) {
    if (options.spool.empty()) return std::optional<Spool>{};
    auto spool = Spool::open(options.spool);
    if (!spool) return spool.error();
    return std::optional(std::move(*spool));
}

int serve(const Options& options) {
    auto signer = Signer::open(options.secrets);
    if (!signer) return fail(signer.error());
    auto journal = delivery::Receipts::open(options.state, "seals-outbox");
    if (!journal) return fail(journal.error());
    auto shelf = Shelf::open(options.state);
    if (!shelf) return fail(shelf.error());
    auto spool = spool_of(options);
    if (!spool) return fail(spool.error());
    loop::Loop loop;
    int exit = 0;
    Outbox outbox(loop, options, *signer, *shelf, *journal, std::move(*spool),
                  [&](const Error& error) {
                      exit = fail(error);
                      loop.stop();
                  });
    auto on_term = loop.on_signal(SIGTERM, [&] { loop.stop(); });
    auto on_int = loop.on_signal(SIGINT, [&] { loop.stop(); });
    auto on_child = loop.on_signal(SIGCHLD, [&] { outbox.reap(); });
    if (auto status = outbox.load(); !status) return fail(status.error());
    if (exit != 0) return exit;
    delivery::Feed feed(
        loop,
        {"outbox", options.socket, {"request.fulfilled", "request.report_again", "request.waived"}},
        journal->cursor(), result_of_event,
        [&](const delivery::Cabinet&, const std::vector<delivery::Told>& told) {
            outbox.take(told);
        });
    log(Priority::notice, "outbox", "ready",
        {{"socket", options.socket}, {"to", options.hook + options.spool}});
    loop.run();
    return exit;
}

}  // namespace

int main(int argc, char** argv) {
    if (auto text = about(argc, argv, kUsage, SEALS_VERSION))
        return std::fputs(text->c_str(), stdout) < 0 ? 1 : 0;
    keep_secrets();
    auto options = read_options(argc, argv);
    return options ? serve(*options) : kExitUsage;
}
