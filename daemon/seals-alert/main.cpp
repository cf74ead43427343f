// seals-alert: hands every alert to the programs of a folder. See seals-alert(8).
#include <csignal>
#include <cstdio>

#include "base/about.hpp"
#include "base/log.hpp"
#include "client/url.hpp"
#include "deliveries.hpp"

using namespace seals;
using namespace seals::alertd;

namespace {

int fail(const Error& error) {
    log(Priority::error, "alert", error.detail, {{"remedy", error.remedy}});
    return row_of(error.code).exit;
}

// An alert from before they were objects has none: what the event says must do.
Result<Value> alert_of_event(client::Client& client, const Value& event) {
    const auto* data = event.find("data");
    auto id = data != nullptr ? data->text_or("id") : std::string();
    if (id.empty()) return Value{};
    auto alert = delivery::ask(client, client::path_of("/v1/alerts/{}", {id}));
    return alert ? std::move(*alert) : Value{};
}

int serve(const Options& options) {
    auto receipts = Receipts::open(options.state, "seals-alert");
    if (!receipts) return fail(receipts.error());
    loop::Loop loop;
    Deliveries deliveries(loop, options, *receipts);
    auto on_term = loop.on_signal(SIGTERM, [&] { loop.stop(); });
    auto on_int = loop.on_signal(SIGINT, [&] { loop.stop(); });
    auto on_child = loop.on_signal(SIGCHLD, [&] { deliveries.reap(); });
    delivery::Feed feed(
        loop, {"alert", options.socket, options.types}, receipts->cursor(), alert_of_event,
        [&](const Cabinet& cabinet, const std::vector<delivery::Told>& told) {
            std::vector<Notice> notices;
            for (const auto& one : told)
                notices.push_back(notice_of(one.event, one.more, cabinet, options.language));
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
