// Search and verification: both on threads of their own.
#include "api/handlers.hpp"
#include "api/scope.hpp"
#include "wire/calls.hpp"

namespace seals::api {
namespace {

Result<std::optional<Instant>> time_param(const Request& request, const std::string& name) {
    auto text = request.text(name);
    if (text.empty()) return std::optional<Instant>{};
    auto at = from_rfc3339(text);
    if (!at) return invalid(name, "query parameter \"" + name + "\" must be an RFC 3339 time");
    return std::optional<Instant>{*at};
}

Result<engine::SearchQuery> query_of(const Request& request) {
    engine::SearchQuery query;
    query.words = request.text("q");
    if (query.words.empty()) return invalid("q", "query parameter \"q\" names the words to find");
    auto from = time_param(request, "from");
    auto to = time_param(request, "to");
    if (!from || !to) return !from ? from.error() : to.error();
    query.from = *from;
    query.to = *to;
    query.seal = request.text("seal");
    query.person = request.text("person");
    query.request = request.text("request");
    auto limit = request.number("limit", 50, 1, 200);
    auto cursor = request.number("cursor", 0, 0, INT64_MAX);
    if (!limit || !cursor) return !limit ? limit.error() : cursor.error();
    query.limit = static_cast<std::size_t>(*limit);
    query.before = static_cast<std::uint64_t>(*cursor);
    return query;
}

Value page_of(const engine::SearchPage& page) {
    Value::Array items;
    for (const auto& hit : page.hits) {
        wire::SearchItem item{static_cast<std::int64_t>(hit.seq),
                              hit.at,
                              hit.type,
                              hit.seal,
                              hit.request,
                              hit.text,
                              {}};
        for (const auto& [start, end] : hit.highlights)
            item.highlights.push_back(
                {static_cast<std::int64_t>(start), static_cast<std::int64_t>(end)});
        items.push_back(wire::write(item));
    }
    Value out{Value::Object{}};
    out.add("items", std::move(items));
    out.add("next", page.next ? Value{std::to_string(*page.next)} : Value{});
    return out;
}

}  // namespace

void get_search(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto query = query_of(call->request);
    if (!query) return call->problem(query.error());
    services.search.find(std::move(*query), [&services,
                                             call](const Result<engine::SearchPage>& page) {
        if (!page) return call->problem(page.error());
        call->responder.reply(200, only_visible(services, call->request.caller, page_of(*page)));
    });
}

namespace {

wire::VerifyReply reply_of(const engine::Verification& result) {
    wire::VerifyReply reply{
        result.ok, static_cast<std::int64_t>(result.size), to_base64(result.root), {}, "ok"};
    if (result.ok) return reply;
    reply.first_bad = wire::FirstBad{static_cast<std::int64_t>(result.first_bad), result.reason};
    reply.code = "corrupt";
    return reply;
}

std::vector<wire::BadFile> view_of(const std::vector<engine::BadFile>& files) {
    std::vector<wire::BadFile> out;
    for (const auto& file : files)
        out.push_back({file.sha256, static_cast<std::int64_t>(file.seq)});
    return out;
}

void add_files(const engine::FilesReport& report, wire::VerifyReply& reply) {
    auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    reply.files = wire::FilesReply{number(report.named),          number(report.purged),
                                   number(report.missing),        number(report.altered),
                                   number(report.strangers),      view_of(report.missing_files),
                                   view_of(report.altered_files), report.stranger_files};
    if (report.ok()) return;
    reply.ok = false;
    reply.code = "corrupt";
}

// Without a body it is the ledger alone.
Result<wire::VerifyCall> verify_call(const Request& request) {
    if (request.body.is_null()) return wire::VerifyCall{};
    return wire::read<wire::VerifyCall>(request.body);
}

}  // namespace

void post_search_rebuild(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    services.search.rebuild([&services, call](const Status& status) {
        if (!status) return call->problem(status.error());
        auto size = static_cast<std::int64_t>(services.engine.store().size());
        call->responder.reply(200, wire::write(wire::RebuildReply{size}));
    });
}

void post_verify(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto wanted = verify_call(call->request);
    if (!wanted) return call->problem(wanted.error());
    services.verifier.run(
        [&services, call, files = wanted->files](const Result<engine::Verification>& result) {
            if (!result) return call->problem(result.error());
            auto reply = reply_of(*result);
            if (!files) return call->responder.reply(200, wire::write(reply));
            services.keeper.check([call, reply](const Result<engine::FilesReport>& report) {
                if (!report) return call->problem(report.error());
                auto full = reply;
                add_files(*report, full);
                call->responder.reply(200, wire::write(full));
            });
        });
}

}  // namespace seals::api
