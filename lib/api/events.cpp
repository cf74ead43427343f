// Events: pages of the ledger, and streams that go on with what is recorded. A follower reads pages
// from the ledger itself and only takes the feed's word that there is more: so it neither misses
// nor repeats an entry, and a slow one costs no memory here.
#include <algorithm>
#include <iterator>

#include "api/envelope.hpp"
#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "api/view_of.hpp"
#include "base/text.hpp"
#include "rules/row.hpp"

namespace seals::api {
namespace {

using Entries = Result<std::vector<ledger::Recorded>>;
using Fetch = std::function<Entries(ledger::Reader&, std::uint64_t after)>;

constexpr std::size_t kPage = 200;

class Follower : public std::enable_shared_from_this<Follower> {
  public:
    Follower(Services& services, Stream stream, std::uint64_t after, Fetch fetch)
        : services_(services), stream_(std::move(stream)), last_(after), fetch_(std::move(fetch)) {}

    Caller caller;  // sees entries of the entities that his role covers

    // `wants`: is the entry one to look for; `last`: after it the stream ends, with what it gives.
    std::function<bool(const ledger::Recorded&)> wants = [](const auto&) { return true; };
    std::function<std::optional<Value>(const ledger::Recorded&)> last = [](const auto&) {
        return std::nullopt;
    };

    void start() {
        subscription_ = services_.engine.feed().subscribe([this](const ledger::Recorded& entry) {
            if (!wants(entry)) return;
            more_ = true;
            fetch();
        });
        stream_.on_close([self = shared_from_this()] { self->stop(); });
        self_ = shared_from_this();
        more_ = true;
        fetch();
    }

  private:
    void stop() {
        subscription_ = {};
        self_.reset();
    }
    void fetch() {
        if (fetching_ || !more_ || !stream_.open()) return;
        fetching_ = true;
        more_ = false;
        services_.engine.store().ask<Entries>(
            [fetch = fetch_, after = last_](ledger::Reader& reader) {
                return fetch(reader, after);
            },
            [self = shared_from_this()](const Entries& entries) { self->take(entries); });
    }
    void take(const Entries& entries) {
        fetching_ = false;
        if (!stream_.open()) return stop();
        if (!entries) {
            stream_.end(entries.error());
            return stop();
        }
        for (const auto& entry : *entries) {
            last_ = entry.seq;
            if (!may_see(services_, caller, entry.event.seal.str())) continue;
            if (!stream_.write(envelope_of(entry))) return stop();
            if (auto end = last(entry)) {
                stream_.end(*end);
                return stop();
            }
        }
        if (entries->size() >= kPage) more_ = true;
        if (more_) next_page();
    }
    // A stored page may be larger than what a reader takes at once: wait for room.
    void next_page() {
        if (stream_.room() > 128 * 1024) return fetch();
        stream_.on_room([self = shared_from_this()] { self->fetch(); });
    }

    Services& services_;
    Stream stream_;
    std::uint64_t last_;
    Fetch fetch_;
    engine::Subscription subscription_;
    std::shared_ptr<Follower> self_;  // keeps itself until the stream ends
    bool fetching_ = false, more_ = false;
};

// Of several types the first `limit` of all: each type's own first ones, in order.
Entries entries_of_types(ledger::Reader& reader, const std::vector<std::string>& types,
                         std::uint64_t after, std::size_t limit) {
    std::vector<ledger::Recorded> all;
    for (const auto& type : types) {
        auto some = reader.entries_of(ledger::By::type, type, after, limit);
        if (!some) return some;
        std::move(some->begin(), some->end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
    if (all.size() > limit) all.erase(all.begin() + static_cast<std::ptrdiff_t>(limit), all.end());
    return all;
}

Fetch fetch_events(const std::vector<std::string>& types, std::size_t limit) {
    return [types, limit](ledger::Reader& reader, std::uint64_t after) {
        return types.empty() ? reader.entries(after, limit)
                             : entries_of_types(reader, types, after, limit);
    };
}

// "alert.raised,alert.repeated"; none: all.
Result<std::vector<std::string>> types_named(const std::string& text) {
    std::vector<std::string> types;
    if (text.empty()) return types;
    for (auto type : split(text, ',')) {
        if (!event_type_named(type))
            return invalid("type", "there is no event type \"" + std::string(type) + "\"");
        if (std::find(types.begin(), types.end(), type) == types.end()) types.emplace_back(type);
    }
    return types;
}

Fetch fetch_session(const std::string& id) {
    return [id](ledger::Reader& reader, std::uint64_t after) {
        return reader.entries_of(ledger::By::session, id, after, kPage);
    };
}

Value page_of(const std::vector<ledger::Recorded>& entries, std::size_t limit) {
    Value::Array items;
    for (const auto& entry : entries)
        items.push_back(envelope_of(entry));
    Value page{Value::Object{}};
    page.add("next", entries.size() == limit && !entries.empty()
                         ? Value{std::to_string(entries.back().seq)}
                         : Value{});
    page.add("items", std::move(items));
    return page;
}

// The session as its row has it now; an interrupted one counts as over for whoever follows it.
std::optional<Value> session_line(Services& services, const std::string& id) {
    auto row = services.engine.store().reader().row("session", id);
    if (!row || !*row || !(*row)->body) return std::nullopt;
    return wire::write(view_of(rules::session_from(*(*row)->body)));
}

void follow_session(Services& services, const CallPtr& call, const std::string& id) {
    auto follower =
        std::make_shared<Follower>(services, call->responder.start_stream(), 0, fetch_session(id));
    follower->caller = call->request.caller;
    follower->wants = [id](const ledger::Recorded& entry) {
        return entry.event.session.str() == id;
    };
    follower->last = [&services, id](const ledger::Recorded& entry) -> std::optional<Value> {
        bool over = entry.event.type == EventType::session_closed;
        if (entry.event.type == EventType::session_unknown) {
            auto line = session_line(services, id);
            over = line && line->text_or("state") == "unknown";  // not settled since
        }
        return over ? session_line(services, id) : std::nullopt;
    };
    follower->start();
}

}  // namespace

void list_events(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto after = call->request.number("after", 0, 0, INT64_MAX);
    auto limit = call->request.number("limit", 100, 1, 500);
    if (!after || !limit) return call->problem(!after ? after.error() : limit.error());
    auto types = types_named(call->request.text("type"));
    if (!types) return call->problem(types.error());
    auto from = static_cast<std::uint64_t>(*after);
    if (call->request.flag("follow")) {
        auto follower = std::make_shared<Follower>(services, call->responder.start_stream(), from,
                                                   fetch_events(*types, kPage));
        follower->caller = call->request.caller;
        follower->wants = [types = *types](const ledger::Recorded& entry) {
            return types.empty() || std::find(types.begin(), types.end(),
                                              row_of(entry.event.type).name) != types.end();
        };
        return follower->start();
    }
    auto count = static_cast<std::size_t>(*limit);
    services.engine.store().ask<Entries>(
        [fetch = fetch_events(*types, count), from](ledger::Reader& reader) {
            return fetch(reader, from);
        },
        [&services, call, count](const Entries& entries) {
            if (!entries) return call->problem(entries.error());
            call->responder.reply(
                200, only_visible(services, call->request.caller, page_of(*entries, count)));
        });
}

void get_session(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto id = call->request.param("id");
    auto line = session_line(services, id);
    if (!line)
        return call->problem(Error{Code::not_found, "session " + id + " is not known",
                                   "take and return name their session; `sealctl event list` too",
                                   "id"});
    if (call->request.flag("follow")) return follow_session(services, call, id);
    call->responder.reply(200, *line);
}

}  // namespace seals::api
