#include "engine/reconciliation.hpp"

#include <malloc.h>

#include "engine/export_lines.hpp"
#include "engine/ledger_lines.hpp"
#include "engine/random.hpp"
#include "words/terms.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kFilesKept = 400;
constexpr std::uint64_t kBytesKept = std::uint64_t{1} << 30;
constexpr std::size_t kFindPage = 1000;

void add_time(Value& to, const char* name, const std::optional<Instant>& at) {
    if (at) to.add(name, at->ms);
}

Value side_of(std::string_view state, const rules::LineContent& content) {
    Value out{Value::Object{}};
    out.add("state", state);
    out.add("applicant", content.applicant);
    out.add("applied_at", content.applied_at.ms);
    out.add("copies", content.copies);
    if (content.count) out.add("count", *content.count);
    out.add("cross_page", content.cross_page);
    add_time(out, "due", content.due);
    add_time(out, "valid_from", content.valid_from);
    add_time(out, "valid_to", content.valid_to);
    return out;
}

Value to_value(const rules::LineItem& item, LineState state) {
    Value out{Value::Object{}};
    out.add("external_id", item.key->external_id);
    out.add("seal", item.key->seal);
    out.add("source", item.key->source);
    out.add("class", name_of(item.klass));
    out.add("state", name_of(state));
    out.add("detail", name_of(item.detail));
    Value::Array differs;
    for (auto field : item.differs)
        differs.emplace_back(field);
    out.add("differs", std::move(differs));
    out.add("export_lines", item.tally.export_lines);
    out.add("ledger_lines", item.tally.ledger_lines);
    out.add("loans", item.tally.loans);
    out.add("uses", item.tally.uses);
    out.add("since", item.since.ms);
    add_time(out, "out_since", item.out_since);
    out.add("figures", figures_of(item));
    if (item.oa != nullptr) out.add("oa", side_of(name_of(item.oa->status), item.oa->content));
    if (item.ledger != nullptr) {
        out.add("request", item.ledger->request);
        out.add("ledger",
                side_of(item.ledger->withdrawn ? "withdrawn" : "accepted", item.ledger->content));
    }
    return out;
}

// The first line of an item file: records of the export that are none.
Value head_of(const ExportRead& read) {
    Value::Array refused;
    for (const auto& one : read.refused) {
        Value item{Value::Object{}};
        item.add("line", one.line);
        item.add("record", one.record);
        item.add("field", one.field);
        item.add("reason", one.reason);
        refused.push_back(std::move(item));
    }
    Value head{Value::Object{}};
    head.add("refused_count", read.refused_count);
    head.add("refused", std::move(refused));
    return head;
}

Value to_value(const rules::LineTotals& totals, std::int64_t refused) {
    Value out{Value::Object{}};
    out.add("items", totals.all.items);
    out.add("export_lines", totals.all.export_lines);
    out.add("ledger_lines", totals.all.ledger_lines);
    out.add("loans", totals.all.loans);
    out.add("uses", totals.all.uses);
    for (std::size_t i = 0; i < kLineStates; ++i)
        out.add(std::string(name_of(static_cast<LineState>(i))), totals.states[i]);
    out.add("repeated", totals.repeated);
    out.add("outside", totals.outside);
    out.add("refused", refused);
    Value classes{Value::Object{}};
    for (std::size_t i = 0; i < kLineClasses; ++i)
        classes.add(std::string(name_of(static_cast<LineClass>(i))), totals.classes[i].items);
    out.add("classes", std::move(classes));
    return out;
}

// In the order of time, as lists show them.
std::string run_id(Instant now) {
    std::string id = "R";
    for (char c : to_rfc3339(now))
        if (std::string_view("-:.Z").find(c) == std::string_view::npos) id += c;
    return id + "-" + random_hex(2);
}

std::string joined(const std::set<std::string>& sources) {
    std::string text;
    for (const auto& source : sources)
        text += (text.empty() ? "" : " ") + source;
    return text;
}

std::string line_id(const Value& item) {
    return rules::discrepancy_id(item.text_or("source"), item.text_or("external_id"),
                                 item.text_or("seal"));
}

void set_member(Value& item, std::string_view name, Value to) {
    for (auto& [member, value] : *item.object())
        if (member == name) {
            value = std::move(to);
            return;
        }
}

// The state as it is now: an explanation may have come since the run.
Status renew_state(ledger::Reader& reader, Value& item) {
    if (item.text_or("class") == name_of(LineClass::matched)) return {};
    auto row = reader.row("discrepancy", line_id(item));
    if (!row) return row.error();
    bool holds =
        *row && (*row)->body && (*row)->body->text_or("figures") == item.text_or("figures");
    set_member(item, "state", name_of(holds ? LineState::explained : LineState::open));
    if (!holds) return {};
    Value told{Value::Object{}};
    const auto& body = *(*row)->body;
    told.add("reason", body.text_or("reason"));
    told.add("by", body.text_or("actor"));
    told.add("at", body.integer_or("at"));
    item.add("explanation", std::move(told));
    return {};
}

bool is_line(const Value& item, const rules::LineKey& key) {
    return item.find("class") != nullptr && item.text_or("external_id") == key.external_id &&
           item.text_or("seal") == key.seal &&
           (key.source.empty() || item.text_or("source") == key.source);
}

Result<Value> find_item(const std::string& folder, const std::string& sha256,
                        const rules::LineKey& key) {
    std::vector<Value> found;
    for (std::optional<std::uint64_t> place = 0; place;) {
        auto page = read_items(folder, sha256, *place, kFindPage);
        if (!page) return page.error();
        for (auto& item : page->items)
            if (is_line(item, key)) found.push_back(std::move(item));
        place = page->next;
    }
    if (found.size() == 1) return std::move(found.front());
    if (found.empty())
        return Error{Code::not_found, "that run has no such line",
                     "`sealctl reconcile show` lists its lines", "external_id"};
    return invalid("source", "two sources have that number; name the one that is meant");
}

}  // namespace

struct Reconciler::Found {
    rules::Reconciliation run;
    std::int64_t open = 0;
    std::optional<Instant> oldest_open;
};

Result<Reconciler::Found> Reconciler::compare(const std::string& ledger, const std::string& folder,
                                              const ReconcileJob& job, Instant now,
                                              const std::atomic<bool>& stopping) {
    rules::Comparison comparison(job.period, now);
    auto read = read_export(job, comparison, stopping);
    if (!read) return read.error();
    auto lines = LedgerLines::open(ledger, stopping);
    if (!lines) return lines.error();
    if (auto status = lines->add_to(comparison, read->sources, job.period); !status)
        return status.error();
    auto explained = lines->explained(read->sources);
    if (!explained) return explained.error();
    auto writer = ItemWriter::create(folder);
    if (!writer) return writer.error();
    if (auto status = writer->add(head_of(*read)); !status) return status.error();
    auto totals = comparison.finish(
        [&](const rules::LineItem& item) -> Result<bool> {
            auto id =
                rules::discrepancy_id(item.key->source, item.key->external_id, item.key->seal);
            auto found = explained->find(id);
            return found != explained->end() && found->second == figures_of(item);
        },
        [&](const rules::LineItem& item, LineState state) {
            return writer->add(to_value(item, state));
        });
    if (!totals) return totals.error();
    auto sha256 = writer->publish();
    if (!sha256) return sha256.error();
    prune_items(folder, kFilesKept, kBytesKept);
    Found found;
    found.run.id = run_id(now);
    found.run.source = joined(read->sources);
    found.run.from = job.period.from;
    found.run.to = job.period.to;
    found.run.sha256 = job.sha256;
    found.run.items_sha256 = *sha256;
    found.run.totals = to_value(*totals, read->refused_count);
    found.open = totals->states[static_cast<std::size_t>(LineState::open)];
    found.oldest_open = totals->oldest_open;
    return found;
}

void Reconciler::run(ReconcileJob job, std::function<void(Result<ledger::Recorded>)> done) {
    auto shared = std::make_shared<ReconcileJob>(std::move(job));
    worker_.submit([this, shared, done = std::move(done), ledger = engine_.store().path(),
                    now = engine_.moment().now]() -> loop::Reply {
        auto found =
            std::make_shared<Result<Found>>(compare(ledger, folder_, *shared, now, stopping_));
        ::malloc_trim(0);  // a large run's memory goes back at once
        return [this, shared, done, found] {
            if (!*found) return done(found->error());
            record(*shared, std::move(**found), done);
        };
    });
}

void Reconciler::record(const ReconcileJob& job, Found found,
                        std::function<void(Result<ledger::Recorded>)> done) {
    rules::Reconcile command{std::move(found.run), found.open, found.oldest_open, job.idempotency};
    engine_.submit({std::move(command), job.actor, [done = std::move(done)](Outcome outcome) {
                        if (outcome.error) return done(std::move(*outcome.error));
                        done(std::move(outcome.events.front()));
                    }});
}

Result<Reconciler::Page> Reconciler::read_page(ledger::Reader& reader, const std::string& folder,
                                               const std::string& items_sha256, std::uint64_t place,
                                               std::size_t limit) {
    Page page;
    auto head = read_items(folder, items_sha256, 0, 1);
    if (!head) return head.error();
    if (!head->items.empty()) page.refused = head->items.front();
    if (place == 0) place = head->next.value_or(0);
    if (place == 0) return page;
    auto items = read_items(folder, items_sha256, place, limit);
    if (!items) return items.error();
    page.items = std::move(*items);
    for (auto& item : page.items.items)
        if (auto status = renew_state(reader, item); !status) return status.error();
    return page;
}

void Reconciler::items(const std::string& items_sha256, std::uint64_t place, std::size_t limit,
                       std::function<void(Result<Page>)> done) {
    engine_.store().ask<Result<Page>>(
        [folder = folder_, items_sha256, place, limit](ledger::Reader& reader) {
            return read_page(reader, folder, items_sha256, place, limit);
        },
        std::move(done));
}

void Reconciler::find(const std::string& items_sha256, rules::LineKey key,
                      std::function<void(Result<Value>)> done) {
    engine_.store().ask<Result<Value>>(
        [folder = folder_, items_sha256, key = std::move(key)](ledger::Reader&) {
            return find_item(folder, items_sha256, key);
        },
        std::move(done));
}

}  // namespace seals::engine
