// Outbox: one attempt after the other, by the hook or the spool, and what comes of each.
#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"
#include "delivery/pace.hpp"
#include "outbox.hpp"

namespace seals::outboxd {
namespace {

using delivery::Hook;

constexpr int kLater = 75;  // EX_TEMPFAIL: not now, and nothing is wrong

std::string seconds_of(Instant at) {
    return std::to_string(at.ms / 1'000);
}

// "what:said", without what a log would stumble over, and not all of it.
std::string reason_of(const std::string& outcome, const std::string& said) {
    auto text = std::string(trimmed(said));
    if (text.size() > Outbox::kMostSaid) text.resize(Outbox::kMostSaid);
    while (!text.empty() && !valid_utf8(text))
        text.pop_back();
    return text.empty() ? outcome : outcome + ": " + text;
}

// 1, 2, 4, 8 ...: the ledger hears of a source that is away for days without being filled by it.
bool worth_telling(std::int64_t attempts) {
    return (attempts & (attempts - 1)) == 0;
}

}  // namespace

// What is due, the oldest first; then a timer for the next.
void Outbox::start_due() {
    auto at = now();
    std::vector<Entry*> due;
    std::optional<Instant> next;
    std::size_t running = 0;
    for (auto& [key, entry] : entries_) {
        const auto& parcel = entry.parcel;
        if (entry.running) ++running;
        bool idle = !entry.running && !parcel.dead && !parcel.dropped && parcel.receipt.empty();
        if (!idle) continue;
        if (parcel.due <= at)
            due.push_back(&entry);
        else
            next = next ? std::min(*next, parcel.due) : parcel.due;
    }
    std::sort(due.begin(), due.end(),
              [](const Entry* a, const Entry* b) { return a->parcel.seq < b->parcel.seq; });
    for (auto* entry : due) {
        if (running >= kMostRunning) break;  // the end of one brings us back
        start(*entry);
        if (entry->running) ++running;
        if (!entry->running && !entry->parcel.dropped && !entry->parcel.dead)
            next = next ? std::min(*next, entry->parcel.due) : entry->parcel.due;
    }
    if (next) next_ = loop_.after(std::max(*next - at, milliseconds{1}), [this] { start_due(); });
}

void Outbox::start(Entry& entry) {
    auto body = shelf_.body(entry.parcel);
    if (!body) return failed(entry, body.error().detail, false);
    if (spool_) return drop(entry, *body);
    run_hook(entry, *body);
}

void Outbox::run_hook(Entry& entry, const std::string& body) {
    const auto& parcel = entry.parcel;
    auto timestamp = seconds_of(now());
    delivery::Errand errand{options_.hook, body, options_.timeout};
    errand.answers = true;
    errand.environment = {"WEBHOOK_ID=" + parcel.key,
                          "WEBHOOK_TIMESTAMP=" + timestamp,
                          "WEBHOOK_SIGNATURE=" + signer_.sign(parcel.key, timestamp, body),
                          "SEALS_REQUEST=" + parcel.request,
                          "SEALS_SOURCE=" + parcel.source,
                          "SEALS_EXTERNAL_ID=" + parcel.external_id,
                          "SEALS_REVISION=" + std::to_string(parcel.revision)};
    auto hook = Hook::start(loop_, errand);
    if (!hook) return failed(entry, hook.error().detail, false);
    entry.running = std::move(*hook);
}

void Outbox::drop(Entry& entry, const std::string& body) {
    auto& parcel = entry.parcel;
    auto timestamp = seconds_of(now());
    auto headers = "webhook-id: " + parcel.key + "\nwebhook-timestamp: " + timestamp +
                   "\nwebhook-signature: " + signer_.sign(parcel.key, timestamp, body) + "\n";
    auto status = spool_->drop(file_name(parcel.key), headers, body);
    if (!status) return failed(entry, status.error().detail, false);
    parcel.dropped = true;
    save(entry);
}

// Answers, and what lies there for too long. An answer that nobody waits for is left.
void Outbox::look_into_spool() {
    auto answers = spool_->answers();
    if (!answers && !spool_told_) log(Priority::warning, "outbox", answers.error().detail);
    spool_told_ = !answers;
    if (!answers) return;
    std::map<std::string, Entry*> by_name;
    for (auto& [key, entry] : entries_)
        if (entry.parcel.receipt.empty()) by_name[file_name(key)] = &entry;
    for (const auto& answer : *answers) {
        auto found = by_name.find(answer.name);
        if (found == by_name.end()) continue;
        auto& entry = *found->second;
        by_name.erase(found);
        entry.parcel.dropped = false;
        if (answer.taken) ++entry.parcel.attempts;
        answer.taken ? taken(entry, answer.text)
                     : failed(entry, reason_of("the spool's reader failed", answer.text), false);
        spool_->clear(answer.name);
    }
    for (auto& [name, entry] : by_name)
        if (entry->parcel.dropped && !entry->parcel.dead &&
            now() - entry->parcel.first >= options_.give_up)
            give_up(*entry, "nobody took it from the spool");
    start_due();
}

void Outbox::reap() {
    std::vector<std::pair<std::string, Hook::End>> over;
    for (auto& [key, entry] : entries_) {
        if (!entry.running) continue;
        auto end = entry.running->end();
        if (!end) continue;
        entry.running.reset();
        over.emplace_back(key, std::move(*end));
    }
    for (const auto& [key, end] : over) {
        auto found = entries_.find(key);
        if (found == entries_.end()) continue;
        ended(found->second, end);
        bool useless = found->second.dropped_out && found->second.parcel.receipt.empty();
        if (useless) remove(key, "not needed any more");
    }
    start_due();
}

void Outbox::ended(Entry& entry, const Hook::End& end) {
    if (end.ok && end.too_long)
        return failed(entry, "the receipt is longer than 65536 bytes", false);
    if (end.ok && trimmed(end.answer).empty())
        return failed(entry, reason_of("exit 0 without a receipt", end.said), false);
    if (!end.ok) return failed(entry, reason_of(end.outcome, end.said), end.exit == kLater);
    ++entry.parcel.attempts;
    taken(entry, end.answer);
}

// The receipt is on the disk before sealsd is told.
void Outbox::taken(Entry& entry, const std::string& answer) {
    auto receipt = shelf_.keep_receipt(answer);
    if (!receipt) return broken_(receipt.error());
    entry.parcel.receipt = *receipt;
    entry.parcel.dead = false;
    if (save(entry)) tell(entry.parcel.key);
}

void Outbox::failed(Entry& entry, const std::string& why, bool later) {
    auto& parcel = entry.parcel;
    ++parcel.attempts;
    log(later ? Priority::info : Priority::warning, "outbox", "a result was not taken",
        {{"key", parcel.key}, {"why", why}, {"attempt", std::to_string(parcel.attempts)}});
    if (now() - parcel.first >= options_.give_up) return give_up(entry, why);
    parcel.due = now() + delivery::wait_after(parcel.attempts, options_.retry);
    if (!save(entry) || later || !worth_telling(parcel.attempts)) return;
    teller_.failed(parcel.request, parcel.revision, why, parcel.attempts, false,
                   [](const Status&) {});  // the next one tells as much
}

void Outbox::give_up(Entry& entry, const std::string& why) {
    auto& parcel = entry.parcel;
    parcel.dead = true;
    entry.why = why;
    log(Priority::error, "outbox", "a result is given up",
        {{"key", parcel.key}, {"why", why}, {"attempts", std::to_string(parcel.attempts)}});
    if (save(entry)) tell(parcel.key);
}

}  // namespace seals::outboxd
