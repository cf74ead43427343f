// The scene of one use: with its request, seal and loan, and every ledger entry that belongs to it.
// Read on the questions thread.
#include <algorithm>
#include <set>

#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "api/view_of.hpp"
#include "rules/row.hpp"
#include "wire/use.hpp"

namespace seals::api {
namespace {

using Scene = Result<wire::SceneReply>;
using Entries = std::vector<ledger::Recorded>;
using FileStillThere = std::function<bool(const std::string& sha256)>;

constexpr std::size_t kMostEntries = 500;

Result<std::optional<Value>> body_of(ledger::Reader& reader, std::string_view kind,
                                     const std::string& id) {
    auto row = reader.row(kind, id);
    if (!row) return row.error();
    return *row ? (*row)->body : std::nullopt;
}

wire::SceneLoan view_of_loan(const rules::LoanRecord& loan) {
    return {loan.person.str(), loan.returned_by.str(),
            loan.verdict,      loan.return_session.str(),
            loan.taken,        loan.due,
            loan.returned};
}

wire::SceneEntry view_of_entry(const ledger::Recorded& entry) {
    const auto& data = entry.event.data;
    wire::SceneEntry view{static_cast<std::int64_t>(entry.seq),
                          std::string(row_of(entry.event.type).name),
                          entry.at,
                          entry.event.person.str(),
                          {}};
    for (const char* name : {"verdict", "reading", "reason", "uid"})
        if (view.detail.empty()) view.detail = data.text_or(name);
    return view;
}

// Entries under the request that are about this use, or about the request as a whole.
bool belongs(const ledger::Recorded& entry, const rules::Use& use) {
    using enum EventType;
    auto type = entry.event.type;
    bool of_use = type == use_recorded || type == use_voided;
    if (of_use) return entry.event.data.text_or("id") == use.id;
    if (!entry.event.session.empty()) return false;  // its visit's entries come with the visit
    return entry.event.seal.empty() || entry.event.seal == use.seal;
}

Status add_entries(ledger::Reader& reader, ledger::By by, const std::string& id,
                   const rules::Use& use, Entries& entries) {
    if (id.empty()) return {};
    auto found = reader.entries_of(by, id, 0, kMostEntries);
    if (!found) return found.error();
    for (auto& entry : *found)
        if (by == ledger::By::session
                ? entry.event.type != EventType::use_recorded || belongs(entry, use)
                : belongs(entry, use))
            entries.push_back(std::move(entry));
    return {};
}

Status add_loan(ledger::Reader& reader, const rules::Use& use, wire::SceneReply& reply,
                Entries& entries) {
    if (auto status = add_entries(reader, ledger::By::session, use.session.str(), use, entries);
        !status)
        return status;
    auto body = body_of(reader, "loan", use.session.str());
    if (!body) return body.error();
    if (!*body) return {};
    auto loan = rules::loan_record_from(**body);
    reply.loan = view_of_loan(loan);
    return add_entries(reader, ledger::By::session, loan.return_session.str(), use, entries);
}

void set_entries(Entries entries, wire::SceneReply& reply) {
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.seq < b.seq; });
    for (const auto& entry : entries) {
        auto seq = static_cast<std::int64_t>(entry.seq);
        if (!reply.entries.empty() && reply.entries.back().seq == seq) continue;
        reply.entries.push_back(view_of_entry(entry));
    }
}

// Files of the use that were purged since, and that nobody has brought again.
Status add_purged(ledger::Reader& reader, const rules::Use& use, const FileStillThere& there,
                  wire::SceneReply& reply) {
    constexpr std::size_t kPage = 100;
    std::set<std::string> files(use.before.begin(), use.before.end());
    files.insert(use.after.begin(), use.after.end());
    if (!use.file.empty()) files.insert(use.file);
    for (std::uint64_t after = 0; !files.empty();) {
        auto page = reader.entries_of(ledger::By::type, row_of(EventType::retention_purged).name,
                                      after, kPage);
        if (!page) return page.error();
        for (const auto& entry : *page)
            for (const auto& sha256 : entry.event.data.texts_or("files"))
                if (entry.at >= use.recorded && files.contains(sha256) && !there(sha256)) {
                    files.erase(sha256);
                    reply.purged.push_back(
                        {sha256, entry.at, static_cast<std::int64_t>(entry.seq)});
                }
        if (page->size() < kPage) break;
        after = page->back().seq;
    }
    return {};
}

Scene scene_of(ledger::Reader& reader, const std::string& id, Instant now,
               const FileStillThere& there) {
    auto body = body_of(reader, "use", id);
    if (!body) return body.error();
    if (!*body)
        return Error{Code::not_found, "use " + id + " is not known",
                     "`sealctl use list` shows what there is", "id"};
    auto use = rules::use_from(**body);
    wire::SceneReply reply;
    reply.use = view_of(use);
    auto request = body_of(reader, "request", use.request.str());
    if (!request) return request.error();
    if (*request) reply.request = wire::write(view_of(rules::request_from(**request), now));
    auto seal = body_of(reader, "seal", use.seal.str());
    if (!seal) return seal.error();
    if (*seal) reply.seal = wire::write(view_of(rules::seal_from(**seal)));
    Entries entries;
    if (auto status = add_entries(reader, ledger::By::request, use.request.str(), use, entries);
        !status)
        return status.error();
    if (auto status = add_loan(reader, use, reply, entries); !status) return status.error();
    set_entries(std::move(entries), reply);
    if (auto status = add_purged(reader, use, there, reply); !status) return status.error();
    auto size = reader.size();
    if (!size) return size.error();
    reply.size = static_cast<std::int64_t>(*size);
    return reply;
}

wire::CountProofReply view_of_proof(const ledger::Recorded& entry) {
    const auto& data = entry.event.data;
    auto number = [&](const char* name) { return data.integer_or(name); };
    wire::CountProofReply reply{number("mismatches") == 0, static_cast<std::int64_t>(entry.seq),
                                number("requests"),        number("lines"),
                                number("granted"),         number("used"),
                                number("remaining"),       number("cancelled"),
                                number("excess"),          number("uses"),
                                number("impressions"),     number("mismatches"),
                                data.texts_or("named"),    {}};
    reply.code = reply.ok ? "ok" : "no";
    return reply;
}

}  // namespace

void post_use_proof(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto once = idempotency_of(call->request);
    auto reply = [call](const ledger::Recorded& entry) {
        call->responder.reply(200, wire::write(view_of_proof(entry)));
    };
    auto fresh = [&services, call, once, reply] {
        services.proof.run(call->request.caller.actor(), once,
                           [&services, call, once, reply](const Result<ledger::Recorded>& entry) {
                               services.once.finished(once);
                               entry ? reply(*entry) : call->problem(entry.error());
                           });
    };
    services.once.enter(once, {fresh, reply, [call](const Error& e) { call->problem(e); }});
}

void get_use(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto id = call->request.param("id");
    auto now = services.engine.moment().now;
    services.engine.store().ask<Scene>(
        [id, now, &store = services.files.store()](ledger::Reader& reader) {
            return scene_of(reader, id, now,
                            [&](const std::string& sha256) { return store.has(sha256); });
        },
        [&services, call, id](Scene scene) {
            if (!scene) return call->problem(scene.error());
            if (!may_see(services, call->request.caller, scene->use.seal))
                return call->problem(Error{
                    Code::denied, "use " + id + " is of an entity that your role does not cover",
                    "ask somebody whose role covers it", "id"});
            call->responder.reply(200, wire::write(*scene));
        });
}

}  // namespace seals::api
