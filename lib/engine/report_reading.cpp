#include "engine/report_reading.hpp"

#include <algorithm>

#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::chrono::seconds kForOnePage{20};
constexpr std::chrono::minutes kForAll{10};  // so long the log may grow

}  // namespace

Result<std::unique_ptr<ReportReading>> ReportReading::open(const std::string& path,
                                                           ReportQuery query,
                                                           const std::atomic<bool>& cancel) {
    auto reader = ledger::Reader::open(path);
    if (!reader) return reader.error();
    std::unique_ptr<ReportReading> reading(
        new ReportReading(std::move(*reader), std::move(query), cancel));
    if (auto status = reading->begin(); !status) return status.error();
    return reading;
}

Status ReportReading::begin() {
    until_ = std::chrono::steady_clock::now() + kForAll;
    snapshot_ = reader_.hold();
    if (auto status = snapshot_->status(); !status) return status;
    auto size = reader_.size();
    auto root = reader_.root();
    if (!size || !root) return !size ? size.error() : root.error();
    size_ = *size;
    root_ = *root;
    return each_row("seal", {}, [this](const Value& body) -> Status {
        auto seal = rules::seal_from(body);
        auto id = seal.id;
        seals_.emplace(std::move(id), std::move(seal));
        return {};
    });
}

Status ReportReading::turn() {
    if (*cancel_) return unavailable("the report was called off");
    auto now = std::chrono::steady_clock::now();
    if (now >= until_)
        return Error{Code::timeout, "the report took longer than ten minutes",
                     "ask for a shorter period, or for one seal"};
    reader_.set_deadline(std::min(now + kForOnePage, until_));
    return {};
}

Status ReportReading::each_entry(EventType type, const EntryCall& call) {
    for (std::uint64_t after = 0;;) {
        if (auto status = turn(); !status) return status;
        auto page = reader_.entries_of(ledger::By::type, row_of(type).name, after, kPage);
        if (!page) return page.error();
        for (const auto& entry : *page)
            if (auto status = call(entry); !status) return status;
        if (page->size() < kPage) return {};
        after = page->back().seq;
    }
}

// Only their places are kept: an entry each is read once more, in order.
Status ReportReading::each_in_period(const std::vector<EventType>& types, const EntryCall& call) {
    std::vector<std::uint64_t> places;
    for (auto type : types) {
        auto status = each_entry(type, [&](const ledger::Recorded& entry) -> Status {
            if (query_.period.has(entry.at)) places.push_back(entry.seq);
            return {};
        });
        if (!status) return status;
    }
    std::sort(places.begin(), places.end());
    for (auto place : places) {
        if (auto status = turn(); !status) return status;
        auto entry = reader_.entry(place);
        if (!entry) return entry.error();
        if (auto status = call(*entry); !status) return status;
    }
    return {};
}

Status ReportReading::each_row(std::string_view kind, std::string after, const RowCall& call) {
    for (;;) {
        if (auto status = turn(); !status) return status;
        auto rows = reader_.rows(kind, after, kPage);
        if (!rows) return rows.error();
        for (const auto& row : *rows)
            if (row.body)
                if (auto status = call(*row.body); !status) return status;
        if (rows->size() < kPage) return {};
        after = rows->back().id;
    }
}

Result<std::optional<Value>> ReportReading::row(std::string_view kind, std::string_view id) {
    if (auto status = turn(); !status) return status.error();
    auto row = reader_.row(kind, id);
    if (!row) return row.error();
    return *row ? std::move((*row)->body) : std::optional<Value>{};
}

const rules::Seal* ReportReading::seal(const SealId& id) const {
    auto found = seals_.find(id);
    return found == seals_.end() ? nullptr : &found->second;
}

bool ReportReading::wants(const SealId& id) const {
    const auto* known = seal(id);
    auto entity = known != nullptr ? known->entity : std::string{};
    if (!query_.entities.empty() && (known == nullptr || !query_.entities.contains(entity)))
        return false;
    if (!query_.entity.empty() && entity != query_.entity) return false;
    return query_.seal.empty() || id == query_.seal;
}

Value ReportReading::person(const PersonId& id) {
    if (id.empty()) return {};
    auto [found, fresh] = names_.try_emplace(id.str());
    if (fresh)
        if (auto body = row("person", id.str()); body && *body)
            found->second = (*body)->text_or("name");
    Value out{Value::Object{}};
    out.add("id", id.str());
    out.add("name", found->second);
    return out;
}

Value ReportReading::persons(const std::vector<PersonId>& ids) {
    Value::Array out;
    for (const auto& id : ids)
        out.push_back(person(id));
    return out;
}

void ReportReading::add_seal(Value& row, const SealId& id) const {
    if (id.empty()) return;
    const auto* known = seal(id);
    row.add("seal", id.str());
    row.add("seal_name", known != nullptr ? known->name : std::string{});
    row.add("entity", known != nullptr ? known->entity : std::string{});
}

void add_present(Value& row, const char* name, Value value) {
    if (value.is_null() || (value.string() != nullptr && value.string()->empty())) return;
    row.add(name, std::move(value));
}

void add_time(Value& row, const char* name, const std::optional<Instant>& at) {
    if (at && at->ms != 0) row.add(name, to_rfc3339(*at));
}

}  // namespace seals::engine
