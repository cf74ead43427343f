#include "api/listing.hpp"

namespace seals::api {
namespace {

using Page = Result<Value>;

constexpr std::int64_t kMostItems = 500;

// Pages through the rows of a kind until the page is full; `next` is the last id shown.
Page page_of(ledger::Reader& reader, const std::string& kind, std::string after, std::size_t limit,
             const ShowRow& show) {
    Value::Array items;
    bool more = false;
    while (items.size() < limit) {
        auto rows = reader.rows(kind, after, limit);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            if (items.size() == limit) {
                more = true;
                break;
            }
            after = row.id;
            auto shown = row.body ? show(*row.body) : std::nullopt;
            if (shown) items.push_back(std::move(*shown));
        }
        if (rows->size() < limit) break;
        more = true;
    }
    Value page{Value::Object{}};
    bool full = items.size() == limit;
    page.add("items", std::move(items));
    page.add("next", more && full ? Value{after} : Value{});
    return page;
}

}  // namespace

void list_rows(Services& services, Request request, Responder responder, std::string kind,
               ShowRow show) {
    auto call = make_call(std::move(request), std::move(responder));
    auto limit = call->request.number("limit", 100, 1, kMostItems);
    if (!limit) return call->problem(limit.error());
    auto count = static_cast<std::size_t>(*limit);
    auto after = call->request.text("cursor");
    services.engine.store().ask<Page>(
        [kind = std::move(kind), after, count, show = std::move(show)](ledger::Reader& reader) {
            return page_of(reader, kind, after, count, show);
        },
        [call](Page page) {
            page ? call->responder.reply(200, *page) : call->problem(page.error());
        });
}

void show_row(Services& services, Request request, Responder responder, std::string kind,
              ShowRow show) {
    auto call = make_call(std::move(request), std::move(responder));
    auto id = call->request.param("id");
    auto row = services.engine.store().reader().row(kind, id);
    if (!row) return call->problem(row.error());
    if (!*row || !(*row)->body)
        return call->problem(Error{Code::not_found, kind + " " + id + " is not known",
                                   "`sealctl " + kind + " list` shows what there is", "id"});
    auto shown = show(*(*row)->body);
    if (!shown)
        return call->problem(
            Error{Code::denied, kind + " " + id + " is of an entity that your role does not cover",
                  "ask somebody whose role covers it", "id"});
    call->responder.reply(200, *shown);
}

}  // namespace seals::api
