// seals-alert: hands every alert to the programs of a folder. See seals-alert(8).
#include <csignal>
#include <cstdio>

#include "base/about.hpp"
#include "base/log.hpp"
#include "deliveries.hpp"
#include "feed.hpp"

using namespace seals;
using namespace seals::alertd;

namespace {

int fail(const Error& error) {
    log(Priority::error, "alert", error.detail, {{"remedy", error.remedy}});
    return row_of(error.code).exit;
}

int serve(const Options& options) {
    auto receipts = Receipts::open(options.state);
    if (!receipts) return fail(receipts.error());
    loop::Loop loop;
    Deliveries deliveries(loop, options, *receipts);
    auto on_term = loop.on_signal(SIGTERM, [&] { loop.stop(); });
    auto on_int = loop.on_signal(SIGINT, [&] { loop.stop(); });
    auto on_child = loop.on_signal(SIGCHLD, [&] { deliveries.reap(); });
    Feed feed(loop, options, receipts->cursor(),
              [&](const Cabinet& cabinet, const std::vector<Notice>& notices) {
                  deliveries.take(cabinet, notices);
              });
    log(Priority::notice, "alert", "ready", {{"socket", options.socket}, {"hooks", options.hooks}});
    loop.run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (auto text = about(argc, argv, kUsage, SEALS_VERSION))
        return std::fputs(text->c_str(), stdout) < 0 ? 1 : 0;
    auto options = read_options(argc, argv);
    return options ? serve(*options) : kExitUsage;
}
