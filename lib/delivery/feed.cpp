#include "delivery/feed.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "client/url.hpp"

namespace seals::delivery {
namespace {

constexpr milliseconds kQuiet{120'000};  // sealsd's heartbeats come more often
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{30'000};

}  // namespace

Result<Value> ask(client::Client& client, const std::string& path) {
    auto reply = client.get(path);
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    return std::move(reply->body);
}

struct Feed::Reader {
    client::Client client;
    std::string types;
    Enrich enrich;
    Cabinet cabinet{};

    Reader(const FeedOptions& options, Enrich more)
        : client(options.socket), enrich(std::move(more)) {
        for (const auto& type : options.types)
            types += (types.empty() ? "" : ",") + type;
    }

    std::string path(std::uint64_t after, bool follow) const {
        return client::with_query(
            "/v1/events",
            {{"after", std::to_string(after)}, {"type", types}, {"follow", follow ? "1" : ""}});
    }

    Status look() {
        auto status = ask(client, "/v1/status");
        if (!status) return status.error();
        cabinet.origin = status->text_or("origin");
        cabinet.simulated = status->boolean_or("simulated");
        cabinet.now = from_rfc3339(status->text_or("now")).value_or(Instant{});
        return {};
    }

    // Waits for the first entry after `after`; it is read with its page.
    Status await(std::uint64_t after) {
        client::Ask ask{"GET", path(after, true), {}, {}, kQuiet};
        auto reply = client.follow(ask, [](const Value&, std::string_view) { return false; });
        if (!reply) return reply.error();
        if (reply->problem) return *reply->problem;
        return {};
    }

    Result<std::vector<Told>> page(std::uint64_t after) {
        if (auto status = look(); !status) return status.error();
        auto body = ask(client, path(after, false));
        if (!body) return body.error();
        std::vector<Told> told;
        const auto* items = body->find("items");
        if (items != nullptr && items->array() != nullptr)
            for (const auto& event : *items->array()) {
                auto more = enrich(client, event);
                if (!more) return more.error();
                told.push_back({event, std::move(*more)});
            }
        if (told.empty())
            if (auto status = await(after); !status) return status.error();
        return told;
    }
};

Feed::Feed(loop::Loop& loop, FeedOptions options, std::uint64_t after, Enrich enrich, Take take)
    : loop_(loop),
      program_(options.program),
      after_(after),
      take_(std::move(take)),
      reader_(std::make_shared<Reader>(options, std::move(enrich))),
      worker_(std::make_unique<loop::Worker>(loop, "feed")) {
    ask_on();
}

Feed::~Feed() {
    worker_->abandon();
}

void Feed::ask_on() {
    worker_->submit([this, reader = reader_, after = after_]() -> loop::Reply {
        auto page = std::make_shared<Result<std::vector<Told>>>(reader->page(after));
        return [this, page] { taken(*page); };
    });
}

void Feed::taken(const Result<std::vector<Told>>& page) {
    if (!page) return failed(page.error());
    if (!told_.empty()) log(Priority::notice, program_, "sealsd is reached again");
    told_.clear();
    wait_ = milliseconds{0};
    if (!page->empty()) {
        after_ = static_cast<std::uint64_t>(page->back().event.integer_or("seq"));
        take_(reader_->cabinet, *page);
    }
    ask_on();
}

// The same failure is told once; a stream that only was quiet is none.
void Feed::failed(const Error& error) {
    if (error.code == Code::timeout) return ask_on();
    if (error.detail != told_)
        log(Priority::warning, program_, error.detail, {{"remedy", error.remedy}});
    told_ = error.detail;
    wait_ = std::clamp(wait_ * 2, kFirstPause, kLongestPause);
    pause_ = loop_.after(wait_, [this] { ask_on(); });
}

}  // namespace seals::delivery
