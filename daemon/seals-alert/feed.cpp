#include "feed.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "client/client.hpp"
#include "client/url.hpp"

namespace seals::alertd {
namespace {

constexpr milliseconds kQuiet{120'000};  // sealsd's heartbeats come more often
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{30'000};

}  // namespace

struct Feed::Reader {
    client::Client client;
    std::string types;
    Language language;
    Cabinet cabinet{};

    explicit Reader(const Options& options) : client(options.socket), language(options.language) {
        for (const auto& type : options.types)
            types += (types.empty() ? "" : ",") + type;
    }

    std::string path(std::uint64_t after, bool follow) const {
        return client::with_query(
            "/v1/events",
            {{"after", std::to_string(after)}, {"type", types}, {"follow", follow ? "1" : ""}});
    }

    Result<Value> get(const std::string& path) {
        auto reply = client.get(path);
        if (!reply) return reply.error();
        if (reply->problem) return *reply->problem;
        return std::move(reply->body);
    }

    Status look() {
        auto status = get("/v1/status");
        if (!status) return status.error();
        cabinet.origin = status->text_or("origin");
        cabinet.simulated = status->boolean_or("simulated");
        cabinet.now = from_rfc3339(status->text_or("now")).value_or(Instant{});
        return {};
    }

    // An alert from before they were objects has none: what the event says must do.
    Value alert_of(const Value& event) {
        const auto* data = event.find("data");
        auto id = data != nullptr ? data->text_or("id") : std::string();
        if (id.empty()) return {};
        auto alert = get(client::path_of("/v1/alerts/{}", {id}));
        return alert ? std::move(*alert) : Value{};
    }

    // Waits for the first entry after `after`; it is read with its page.
    Status await(std::uint64_t after) {
        client::Ask ask{"GET", path(after, true), {}, {}, kQuiet};
        auto reply = client.follow(ask, [](const Value&, std::string_view) { return false; });
        if (!reply) return reply.error();
        if (reply->problem) return *reply->problem;
        return {};
    }

    Result<std::vector<Notice>> page(std::uint64_t after) {
        if (auto status = look(); !status) return status.error();
        auto body = get(path(after, false));
        if (!body) return body.error();
        std::vector<Notice> notices;
        const auto* items = body->find("items");
        if (items != nullptr && items->array() != nullptr)
            for (const auto& event : *items->array())
                notices.push_back(notice_of(event, alert_of(event), cabinet, language));
        if (notices.empty())
            if (auto status = await(after); !status) return status.error();
        return notices;
    }
};

Feed::Feed(loop::Loop& loop, const Options& options, std::uint64_t after, Take take)
    : loop_(loop),
      after_(after),
      take_(std::move(take)),
      reader_(std::make_shared<Reader>(options)),
      worker_(std::make_unique<loop::Worker>(loop, "feed")) {
    ask();
}

Feed::~Feed() {
    worker_->abandon();
}

void Feed::ask() {
    worker_->submit([this, reader = reader_, after = after_]() -> loop::Reply {
        auto page = std::make_shared<Result<std::vector<Notice>>>(reader->page(after));
        return [this, page] { taken(*page); };
    });
}

void Feed::taken(const Result<std::vector<Notice>>& page) {
    if (!page) return failed(page.error());
    if (!told_.empty()) log(Priority::notice, "alert", "sealsd is reached again");
    told_.clear();
    wait_ = milliseconds{0};
    if (!page->empty()) {
        after_ = page->back().seq;
        take_(reader_->cabinet, *page);
    }
    ask();
}

// The same failure is told once; a stream that only was quiet is none.
void Feed::failed(const Error& error) {
    if (error.code == Code::timeout) return ask();
    if (error.detail != told_)
        log(Priority::warning, "alert", error.detail, {{"remedy", error.remedy}});
    told_ = error.detail;
    wait_ = std::clamp(wait_ * 2, kFirstPause, kLongestPause);
    pause_ = loop_.after(wait_, [this] { ask(); });
}

}  // namespace seals::alertd
