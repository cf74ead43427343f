#include "outbox.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "client/url.hpp"
#include "delivery/pace.hpp"
#include "leaf/canonical.hpp"

namespace seals::outboxd {
namespace {

constexpr milliseconds kTellAgain{1'000};
constexpr milliseconds kLongestTell{300'000};

bool is_lasting(const Error& error) {
    return error.code == Code::invalid || error.code == Code::not_found ||
           error.code == Code::conflict || error.code == Code::refused;
}

}  // namespace

Instant now() {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}

Result<Value> result_of_event(client::Client& client, const Value& event) {
    auto type = event.text_or("type");
    auto request = event.text_or("request");
    if (request.empty() || type == "request.waived") return Value{};
    auto view = delivery::ask(client, client::path_of("/v1/requests/{}", {request}));
    if (!view && view.error().code == Code::not_found) return Value{};
    if (!view) return view.error();
    const auto* data = event.find("data");
    const auto* ending = view->find("ending");
    bool wanted = data != nullptr && ending != nullptr && ending->boolean_or("waits") &&
                  ending->integer_or("revision") == data->integer_or("revision");
    bool given_up = wanted && ending->boolean_or("dead") && type == "request.fulfilled";
    if (!wanted || given_up) return Value{};
    auto result = delivery::ask(client, client::path_of("/v1/requests/{}/result", {request}));
    if (!result) return result.error();
    bool same = result->integer_or("revision") == data->integer_or("revision");
    return same ? std::move(*result) : Value{};
}

Outbox::Outbox(loop::Loop& loop, const Options& options, const Signer& signer, Shelf& shelf,
               delivery::Receipts& journal, std::optional<Spool> spool, Broken broken)
    : loop_(loop),
      options_(options),
      signer_(signer),
      shelf_(shelf),
      journal_(journal),
      spool_(std::move(spool)),
      broken_(std::move(broken)),
      teller_(loop, options.socket) {
    if (spool_) poll_ = loop_.every(options_.poll, [this] { look_into_spool(); });
}

// A clock that was set back lets nobody wait longer than the longest wait.
Status Outbox::load() {
    auto parcels = shelf_.load();
    if (!parcels) return parcels.error();
    auto latest = now() + delivery::wait_after(INT32_MAX, options_.retry);
    for (auto& parcel : *parcels) {
        parcel.due = std::min(parcel.due, latest);
        parcel.first = std::min(parcel.first, now());
        if (!spool_) parcel.dropped = false;
        auto key = parcel.key;
        entries_[key].parcel = std::move(parcel);
    }
    for (const auto& [key, entry] : entries_)
        tell(key);
    start_due();
    return {};
}

void Outbox::take(const std::vector<delivery::Told>& told) {
    std::uint64_t last = journal_.cursor();
    for (const auto& one : told) {
        accept(one);
        last = std::max(last, static_cast<std::uint64_t>(one.event.integer_or("seq")));
    }
    if (auto status = journal_.advance(last); !status) return broken_(status.error());
    start_due();
}

void Outbox::accept(const delivery::Told& told) {
    auto request = told.event.text_or("request");
    if (told.event.text_or("type") == "request.waived")
        return drop_before(request, INT64_MAX, "waived");
    if (told.more.object() == nullptr) return;
    auto parcel = parcel_of(told.more, told.event.integer_or("seq"), now());
    auto known = entries_.find(parcel.key);
    if (known != entries_.end()) {
        if (told.event.text_or("type") == "request.report_again") revive(known->second);
        return;
    }
    auto body = leaf::encode_value(told.more);
    if (!body) {
        log(Priority::error, "outbox", "a result cannot be sent: " + body.error().detail,
            {{"request", request}});
        return;
    }
    put(std::move(parcel), std::string(as_text(*body)));
}

void Outbox::put(Parcel parcel, const std::string& body) {
    if (auto status = shelf_.add(parcel, body); !status) {
        if (status.error().code == Code::unavailable) return broken_(status.error());
        return log(Priority::error, "outbox", status.error().detail);
    }
    drop_before(parcel.request, parcel.revision, "followed by another revision");
    auto key = parcel.key;
    entries_[key].parcel = std::move(parcel);
}

void Outbox::revive(Entry& entry) {
    auto& parcel = entry.parcel;
    parcel.dead = parcel.dead_told = parcel.dropped = false;
    parcel.first = parcel.due = now();
    save(entry);
}

// What its source has taken already is still told to sealsd; what runs is let run.
void Outbox::drop_before(const std::string& request, std::int64_t revision, const char* outcome) {
    std::vector<std::string> keys;
    for (auto& [key, entry] : entries_) {
        bool older = entry.parcel.request == request && entry.parcel.revision < revision;
        if (!older || !entry.parcel.receipt.empty()) continue;
        entry.dropped_out = true;
        if (!entry.running) keys.push_back(key);
    }
    for (const auto& key : keys)
        remove(key, outcome);
}

void Outbox::remove(const std::string& key, const char* outcome) {
    auto found = entries_.find(key);
    if (found == entries_.end()) return;
    journal(found->second.parcel, outcome);
    if (spool_) spool_->clear(file_name(key));
    shelf_.remove(found->second.parcel);
    entries_.erase(found);
}

void Outbox::journal(const Parcel& parcel, const std::string& outcome) {
    Value line{Value::Object{}};
    line.add("key", parcel.key);
    line.add("seq", parcel.seq);
    line.add("outcome", outcome);
    line.add("attempts", parcel.attempts);
    if (!parcel.receipt.empty()) line.add("receipt", parcel.receipt);
    if (auto body = shelf_.body(parcel)) line.add("body", sha256_hex(*body));
    line.add("time", to_rfc3339(now()));
    auto status = journal_.add(static_cast<std::uint64_t>(parcel.seq), parcel.key, line);
    if (!status) broken_(status.error());
}

bool Outbox::save(const Entry& entry) {
    auto status = shelf_.save(entry.parcel);
    if (!status) broken_(status.error());
    return static_cast<bool>(status);
}

// What sealsd must hear: that it was taken, or given up.
void Outbox::tell(const std::string& key) {
    auto found = entries_.find(key);
    if (found == entries_.end() || found->second.telling) return;
    auto& entry = found->second;
    const auto& parcel = entry.parcel;
    bool given_up = parcel.dead && !parcel.dead_told;
    if (parcel.receipt.empty() && !given_up) return;
    entry.telling = true;
    entry.tell_later = {};
    auto done = [this, key](const Status& status) { told(key, status); };
    if (!parcel.receipt.empty())
        return teller_.reported(parcel.request, parcel.revision, parcel.receipt, parcel.attempts,
                                done);
    auto why = entry.why.empty() ? "given up" : entry.why;
    auto attempts = std::max<std::int64_t>(parcel.attempts, 1);
    teller_.failed(parcel.request, parcel.revision, why, attempts, true, done);
}

void Outbox::told(const std::string& key, const Status& status) {
    auto found = entries_.find(key);
    if (found == entries_.end()) return;
    auto& entry = found->second;
    entry.telling = false;
    bool lasting = !status && is_lasting(status.error());
    if (!status && !lasting) {
        if (entry.untold == 0)
            log(Priority::warning, "outbox", "sealsd was not told: " + status.error().detail,
                {{"key", key}, {"remedy", status.error().remedy}});
        auto wait = std::min(kTellAgain * (1 << std::min(entry.untold++, 10)), kLongestTell);
        entry.tell_later = loop_.after(wait, [this, key] { tell(key); });
        return;
    }
    entry.untold = 0;
    if (lasting)
        log(Priority::error, "outbox", "sealsd does not want to know: " + status.error().detail,
            {{"key", key}});
    if (!entry.parcel.receipt.empty())
        return remove(key, lasting ? "taken; sealsd refused to record it" : "taken");
    if (!entry.parcel.dead) return;  // revived meanwhile
    entry.parcel.dead_told = true;
    save(entry);
}

}  // namespace seals::outboxd
