#include "reply.hpp"

#include <utility>

#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

int exit_of(const Value& body) {
    auto code = code_named(body.text_or("code"));
    return code ? row_of(*code).exit : 0;
}

int problem(Context& context, const Reply& reply) {
    if (context.print.json() && !reply.body.is_null())
        context.print.line(reply.text);
    else
        return fail(context, *reply.problem);
    return row_of(reply.problem->code).exit;
}

int show(Context& context, const Result<Reply>& reply, const Show& show, bool by_code) {
    if (!reply) return fail(context, reply.error());
    if (reply->problem) return problem(context, *reply);
    if (context.print.json())
        context.print.line(reply->text);
    else
        show(context, reply->body);
    return by_code ? exit_of(reply->body) : 0;
}

std::string cursor_of(const Value& body) {
    const auto* next = body.find("next");
    if (next == nullptr) return {};
    if (const auto* number = next->integer()) return std::to_string(*number);
    return next->string() != nullptr ? *next->string() : std::string{};
}

// Page after page until there is none left.
class Pages {
  public:
    Pages(Context& context, const Listing& listing) : context_(context), listing_(listing) {}

    bool started() const { return started_; }
    bool more() const { return !started_ || !cursor_.empty(); }
    const std::string& cursor() const { return cursor_; }
    Result<Reply> next() {
        auto query = listing_.query;
        if (started_) {
            std::erase_if(query, [&](const auto& pair) { return pair.first == listing_.cursor; });
            query.emplace_back(listing_.cursor, cursor_);
        }
        query.emplace_back("limit", "500");
        auto reply = context_.daemon.get(client::with_query(listing_.path, query));
        auto cursor = reply && !reply->problem ? cursor_of(reply->body) : std::string{};
        cursor_ = started_ && cursor == cursor_ ? std::string{} : cursor;  // never in a circle
        started_ = true;
        return reply;
    }

  private:
    Context& context_;
    const Listing& listing_;
    std::string cursor_;
    bool started_ = false;
};

void each_item(const Listing& listing, const Value& body, const Each& each) {
    const auto* items = body.find("items");
    if (items == nullptr || items->array() == nullptr) return;
    for (const auto& item : *items->array())
        if (!listing.keep || listing.keep(item)) each(item);
}

// Of a list that breaks off the JSON is whole all the same, and `next` says where to go on.
int dump_list(Context& context, const Listing& listing) {
    auto& print = context.print;
    Pages pages(context, listing);
    const char* before = "";
    while (pages.more()) {
        auto cursor = pages.cursor();
        bool first = !pages.started();
        auto reply = pages.next();
        if (first && !reply) return fail(context, reply.error());
        if (first && reply->problem) return problem(context, *reply);
        if (first) print.raw("{\"items\":[");
        if (!reply || reply->problem) {
            print.line("],\"next\":" + wire::dump_json(cursor) + "}");
            const auto& error = reply ? *reply->problem : reply.error();
            print.error(error);
            return row_of(error.code).exit;
        }
        each_item(listing, reply->body, [&](const Value& item) {
            print.raw(std::exchange(before, ","));
            print.raw(wire::dump_json(item));
        });
    }
    print.line("],\"next\":null}");
    return 0;
}

}  // namespace

int fail(Context& context, const Error& error) {
    if (context.print.json())
        context.print.line(wire::dump_json(problem_of(error)));
    else
        context.print.error(error);
    return row_of(error.code).exit;
}

int wrong_usage(Context& context, std::string_view key, const std::vector<std::string>& args) {
    context.print.error(Error{Code::invalid, context.text(key, args), {}});
    return kExitUsage;
}

int show_reply(Context& context, const Result<Reply>& reply, const Show& show_body) {
    return show(context, reply, show_body, true);
}

int show_thing(Context& context, const Result<Reply>& reply, const Show& show_body) {
    return show(context, reply, show_body, false);
}

int show_list(Context& context, const Listing& listing, Table& table,
              const std::function<std::vector<Cell>(const Value& item)>& cells) {
    if (context.print.json()) return dump_list(context, listing);
    Pages pages(context, listing);
    while (pages.more()) {
        auto reply = pages.next();
        if (reply && !reply->problem) {
            each_item(listing, reply->body, [&](const Value& item) { table.row(cells(item)); });
            continue;
        }
        context.print.table(table);
        return fail(context, reply ? *reply->problem : reply.error());
    }
    if (table.empty()) context.print.note(context.text("list.none"));
    context.print.table(table);
    return 0;
}

Result<Value::Array> fetch_list(Context& context, Listing listing) {
    Pages pages(context, listing);
    Value::Array items;
    while (pages.more()) {
        auto reply = pages.next();
        if (!reply) return reply.error();
        if (reply->problem) return *reply->problem;
        each_item(listing, reply->body, [&](const Value& item) { items.push_back(item); });
    }
    return items;
}

Facts& Facts::add(std::string_view key, const std::string& text, Style style) {
    if (!text.empty()) table_.row({Cell(context_.text(key), Style::dim), Cell(text, style)});
    return *this;
}

std::string time_of(const Context& context, const Value* at) {
    auto moment = instant_of(at);
    return moment ? context.print.at(*moment) : std::string{};
}

std::string joined(const std::vector<std::string>& texts, std::string_view with) {
    std::string out;
    for (const auto& text : texts)
        out += (out.empty() ? "" : std::string(with)) + text;
    return out;
}

}  // namespace seals::sealctl
