#include "engine/ledger_lines.hpp"

#include <algorithm>

#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::chrono::seconds kForOnePage{20};

Error too_many() {
    return invalid("from", "more than " + std::to_string(kMostCompared) +
                               " lines and loans lie in that period; reconcile a shorter one");
}

}  // namespace

Result<LedgerLines> LedgerLines::open(const std::string& path, const std::atomic<bool>& cancel) {
    auto reader = ledger::Reader::open(path);
    if (!reader) return reader.error();
    LedgerLines lines(std::move(*reader), cancel);
    auto size = lines.reader_.size();
    if (!size) return size.error();
    lines.size_ = *size;
    return lines;
}

// Between two pages: whoever stops does not wait for the whole.
Status LedgerLines::turn() {
    if (*cancel_) return unavailable("sealsd stops; nothing was recorded", "run it again");
    reader_.set_deadline(std::chrono::steady_clock::now() + kForOnePage);
    return {};
}

Status LedgerLines::each_entry(EventType type,
                               const std::function<void(const ledger::Recorded&)>& call) {
    for (std::uint64_t after = 0;;) {
        if (auto status = turn(); !status) return status;
        auto page = reader_.entries_of(ledger::By::type, row_of(type).name, after, kPage);
        if (!page) return page.error();
        for (const auto& entry : *page) {
            if (entry.seq > size_) return {};
            call(entry);
        }
        if (page->size() < kPage) return {};
        after = page->back().seq;
    }
}

Status LedgerLines::read_takings(const rules::Period& period) {
    return each_entry(EventType::seal_taken, [&](const ledger::Recorded& entry) {
        if (entry.at < period.from) return;
        const auto& event = entry.event;
        Taking taking{
            entry.seq, event.seal,   rules::ids_of<RequestId>(event.data.texts_or("requests")),
            entry.at,  std::nullopt, false};
        if (event.data.find("due") != nullptr) taking.due = Instant{event.data.integer_or("due")};
        by_seal_[taking.seal].push_back(takings_.size());
        for (const auto& request : taking.requests)
            by_request_[request.str()].push_back(takings_.size());
        takings_.push_back(std::move(taking));
    });
}

// A return ends the seal's last taking before it.
Status LedgerLines::read_returns() {
    return each_entry(EventType::seal_returned, [&](const ledger::Recorded& entry) {
        auto found = by_seal_.find(entry.event.seal);
        if (found == by_seal_.end()) return;
        const auto& of_seal = found->second;
        auto after = std::partition_point(of_seal.begin(), of_seal.end(), [&](std::size_t i) {
            return takings_[i].seq < entry.seq;
        });
        if (after != of_seal.begin()) takings_[*std::prev(after)].returned = true;
    });
}

Result<std::optional<rules::Request>> LedgerLines::known(const std::string& id) {
    auto row = reader_.row("request", id);
    if (!row) return row.error();
    if (!*row || !(*row)->body) return std::optional<rules::Request>{};
    return std::optional<rules::Request>{rules::request_from(*(*row)->body)};
}

// What two persons put in here stands under the OA's number, once the OA has followed.
Result<LedgerLines::OaNumber> LedgerLines::number_of(const rules::Request& request) {
    OaNumber own{request.external_id, request.source, false};
    if (!request.cured_by.empty()) {
        auto oa = known(request.cured_by.str());
        if (!oa) return oa.error();
        return *oa ? OaNumber{(*oa)->external_id, (*oa)->source, true} : own;
    }
    if (request.matched_id.empty()) return own;
    OaNumber matched{request.matched_id, request.matched_source, false};
    for (const auto& id : {matched.external_id, matched.source + ":" + matched.external_id}) {
        auto oa = known(id);
        if (!oa) return oa.error();
        if (*oa && (*oa)->source == matched.source && (*oa)->external_id == matched.external_id)
            matched.other_has_lines = !(*oa)->lines.empty();
    }
    return matched;
}

void LedgerLines::add_loans(rules::Comparison& comparison, const rules::Request& request,
                            const OaNumber& number, bool in_scope) {
    auto found = by_request_.find(request.id.str());
    if (found == by_request_.end()) return;
    for (auto i : found->second)
        if (in_scope)
            comparison.add(
                rules::LineLoan{{number.external_id, takings_[i].seal.str(), number.source},
                                takings_[i].at,
                                takings_[i].due,
                                takings_[i].returned});
    by_request_.erase(found);
}

// What a line that adds to another grants was approved here: only what went beyond it counts
// against the OA's line.
Status LedgerLines::add_uses(rules::Comparison& comparison, const rules::Request& request,
                             const OaNumber& number) {
    for (const auto& id : request.uses) {
        auto row = reader_.row("use", id);
        if (!row) return row.error();
        if (!*row || !(*row)->body) continue;
        auto use = rules::use_from(*(*row)->body);
        const auto* line = request.line_numbered(use.line);
        bool added = line != nullptr && line->parent != 0;
        const auto& counted = added ? use.excess : use.impressions;
        comparison.add(rules::LineUse{
            {number.external_id, use.seal.str(), number.source}, use.at, counted.ordinary});
    }
    return {};
}

// Uses stand in the order of their recording: the last tells.
Result<bool> LedgerLines::used_in(const rules::Request& request, const rules::Period& period) {
    if (request.uses.empty()) return false;
    auto row = reader_.row("use", request.uses.back());
    if (!row) return row.error();
    return *row && (*row)->body && rules::use_from(*(*row)->body).at >= period.from;
}

Status LedgerLines::add_request(rules::Comparison& comparison, const rules::Request& request,
                                bool in_scope, const rules::Period& period) {
    auto number = number_of(request);
    if (!number) return number.error();
    auto used = used_in(request, period);
    if (!used) return used.error();
    bool concerned =
        *used || period.has(request.applied_at) || by_request_.contains(request.id.str());
    add_loans(comparison, request, *number, in_scope);
    if (!in_scope) return {};
    if (request.lines.empty()) {
        if (request.withdrawn) comparison.add_withdrawal(request.external_id, request.source);
        return {};
    }
    if (!concerned && !comparison.exports(number->external_id, number->source)) return {};
    for (const auto& line : request.lines)
        if (line.parent == 0 && !number->other_has_lines)
            comparison.add(rules::LedgerLine{{number->external_id, line.seal.str(), number->source},
                                             request.id.str(),
                                             request.withdrawn,
                                             rules::content_of(request, line)});
    return add_uses(comparison, request, *number);
}

Status LedgerLines::add_requests(rules::Comparison& comparison,
                                 const std::set<std::string>& sources,
                                 const rules::Period& period) {
    for (std::string after;;) {
        if (auto status = turn(); !status) return status;
        auto rows = reader_.rows("request", after, kPage);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            after = row.id;
            if (!row.body) continue;
            auto request = rules::request_from(*row.body);
            bool in_scope =
                request.is_paper() || request.is_emergency() || sources.contains(request.source);
            if (auto status = add_request(comparison, request, in_scope, period); !status)
                return status;
        }
        if (comparison.size() > kMostCompared) return too_many();
        if (rows->size() < kPage) return {};
    }
}

// Loans under requests that no row tells of, or under none at all.
void LedgerLines::add_unasked(rules::Comparison& comparison) {
    for (const auto& [request, takings] : by_request_)
        for (auto i : takings)
            comparison.add(rules::LineLoan{{request, takings_[i].seal.str(), {}},
                                           takings_[i].at,
                                           takings_[i].due,
                                           takings_[i].returned});
    for (const auto& taking : takings_)
        if (taking.requests.empty())
            comparison.add(rules::LineLoan{
                {{}, taking.seal.str(), {}}, taking.at, taking.due, taking.returned});
}

Status LedgerLines::add_to(rules::Comparison& comparison, const std::set<std::string>& sources,
                           const rules::Period& period) {
    if (auto status = read_takings(period); !status) return status;
    if (auto status = read_returns(); !status) return status;
    if (auto status = add_requests(comparison, sources, period); !status) return status;
    add_unasked(comparison);
    return {};
}

Result<std::map<std::string, std::string>> LedgerLines::explained(
    const std::set<std::string>& sources) {
    std::map<std::string, std::string> figures;
    auto all = sources;
    all.insert(std::string(rules::kPaperSource));
    all.insert("");
    for (const auto& source : all) {
        auto prefix = source + "/";
        for (auto after = prefix;;) {
            if (auto status = turn(); !status) return status.error();
            auto rows = reader_.rows("discrepancy", after, kPage);
            if (!rows) return rows.error();
            for (const auto& row : *rows)
                if (row.id.starts_with(prefix) && row.body)
                    figures[row.id] = row.body->text_or("figures");
            if (rows->size() < kPage || !rows->back().id.starts_with(prefix)) break;
            after = rows->back().id;
        }
    }
    return figures;
}

}  // namespace seals::engine
