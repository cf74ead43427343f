#include "api/result.hpp"

#include <algorithm>

#include "engine/tree_root.hpp"
#include "rules/row.hpp"

namespace seals::api {
namespace {

constexpr std::size_t kPage = 500;

Result<rules::Request> request_row(ledger::Reader& reader, const std::string& id) {
    auto row = reader.row("request", id);
    if (!row) return row.error();
    if (!*row || !(*row)->body)
        return Error{Code::not_found, "request " + id + " is not known",
                     "`sealctl request list` shows what there is", "id"};
    return rules::request_from(*(*row)->body);
}

// The entry of its last revision.
Result<ledger::Recorded> entry_of(ledger::Reader& reader, const std::string& id) {
    std::optional<ledger::Recorded> last;
    std::uint64_t after = 0;
    for (bool more = true; more;) {
        auto page = reader.entries_of(ledger::By::request, id, after, kPage);
        if (!page) return page.error();
        more = page->size() == kPage;
        for (auto& entry : *page) {
            after = entry.seq;
            if (entry.event.type == EventType::request_fulfilled) last = std::move(entry);
        }
    }
    if (!last)
        return Error{Code::conflict, "request " + id + " has not ended",
                     "its result is there once it has; `sealctl request finish` ends it"};
    return std::move(*last);
}

std::vector<wire::ResultLine> lines_of(const Value* lines) {
    std::vector<wire::ResultLine> out;
    if (lines == nullptr || lines->array() == nullptr) return out;
    for (const auto& line : *lines->array()) {
        wire::ResultLine one{line.integer_or("line", 1),
                             line.text_or("seal"),
                             {},
                             line.integer_or("granted"),
                             line.integer_or("used"),
                             line.integer_or("cancelled"),
                             line.integer_or("excess"),
                             line.integer_or("granted_cross_page"),
                             line.integer_or("used_cross_page"),
                             line.integer_or("cancelled_cross_page"),
                             line.integer_or("excess_cross_page")};
        if (auto parent = line.integer_or("parent"); parent != 0) one.parent = parent;
        out.push_back(std::move(one));
    }
    return out;
}

// As it was when the request ended: what was voided since is of another revision.
wire::ResultUse use_of(const rules::Use& use, Instant ended) {
    auto photos = use.before;
    photos.insert(photos.end(), use.after.begin(), use.after.end());
    wire::ResultUse out{use.id,
                        use.line,
                        use.seal.str(),
                        use.at,
                        use.by.str(),
                        use.witness.str(),
                        use.place,
                        use.impressions.ordinary,
                        use.impressions.cross_page,
                        use.excess.ordinary,
                        use.excess.cross_page,
                        std::move(photos),
                        use.file,
                        use.exceptions,
                        use.late,
                        {}};
    if (use.voided && *use.voided <= ended) out.voided = use.voided;
    return out;
}

bool is_exception(const wire::ResultUse& use) {
    return !use.exceptions.empty() || use.excess != 0 || use.excess_cross_page != 0 || use.voided;
}

Status add_uses(ledger::Reader& reader, const std::vector<std::string>& ids,
                wire::ResultView& result) {
    for (const auto& id : ids) {
        auto row = reader.row("use", id);
        if (!row) return row.error();
        if (!*row || !(*row)->body) continue;
        result.uses.push_back(use_of(rules::use_from(*(*row)->body), result.ended));
        if (is_exception(result.uses.back())) ++result.exceptions;
    }
    return {};
}

// The OA's number of a request that was made here.
Result<std::optional<wire::OaNumber>> number_of(ledger::Reader& reader,
                                                const rules::Request& request) {
    if (!request.matched_id.empty())
        return std::optional(wire::OaNumber{request.matched_source, request.matched_id});
    if (request.cured_by.empty()) return std::optional<wire::OaNumber>{};
    auto cure = request_row(reader, request.cured_by.str());
    if (!cure) return cure.error();
    return std::optional(wire::OaNumber{cure->source, cure->external_id});
}

}  // namespace

bool is_hidden(const rules::Request& request, const std::set<std::string>& hidden) {
    return !hidden.empty() &&
           std::all_of(request.lines.begin(), request.lines.end(),
                       [&](const rules::Line& line) { return hidden.contains(line.seal.str()); });
}

Result<wire::ResultView> result_of(ledger::Reader& reader, const ResultOf& asked) {
    auto request = request_row(reader, asked.request);
    if (!request) return request.error();
    if (is_hidden(*request, asked.hidden))
        return Error{Code::denied,
                     "request " + asked.request + " is of an entity that your role does not cover",
                     "ask somebody whose role covers it", "id"};
    auto entry = entry_of(reader, asked.request);
    if (!entry) return entry.error();
    const auto& data = entry->event.data;
    wire::ResultView result{asked.origin, asked.simulated, asked.request, request->source,
                            request->external_id};
    auto matched = number_of(reader, *request);
    if (!matched) return matched.error();
    result.matched = std::move(*matched);
    result.revision = data.integer_or("revision", 1);
    result.idempotency_key =
        asked.origin + ":" + asked.request + ":" + std::to_string(result.revision);
    result.outcome = data.text_or("outcome");
    result.ended = entry->at;
    result.early = data.boolean_or("early");
    for (const auto& [name, text] : entry->event.personal)
        if (name == "reason") result.reason = text;
    result.lines = lines_of(data.find("lines"));
    auto uses = data.texts_or("uses");
    if (auto status = add_uses(reader, uses, result); !status) return status.error();
    result.uses_left_out = data.integer_or("uses_left_out");
    auto root = engine::root_at(reader, entry->seq);
    if (!root) return root.error();
    result.ledger = {static_cast<std::int64_t>(entry->seq), to_base64(*root)};
    return result;
}

}  // namespace seals::api
