#include "reply.hpp"

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

int show_list(Context& context, const Listing& listing, const Each& each) {
    auto& print = context.print;
    Pages pages(context, listing);
    bool first = true;
    auto give = [&](const Value& item) {
        if (!print.json()) return each(item);
        print.raw(first ? "{\"items\":[" : ",");
        print.raw(wire::dump_json(item));
        first = false;
    };
    int exit = 0;
    bool any_page = false;
    while (pages.more()) {
        auto before = pages.cursor();
        auto reply = pages.next();
        if (reply && !reply->problem) {
            any_page = true;
            each_item(listing, reply->body, give);
            continue;
        }
        if (!any_page) return reply ? problem(context, *reply) : fail(context, reply.error());
        const auto& error = reply ? *reply->problem : reply.error();
        print.error(error);
        if (print.json())
            print.line((first ? "{\"items\":[" : "") + ("],\"next\":" + wire::dump_json(before)) +
                       "}");
        return row_of(error.code).exit;
    }
    if (print.json()) print.line(first ? "{\"items\":[],\"next\":null}" : "],\"next\":null}");
    return exit;
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

std::string joined(const std::vector<std::string>& texts, std::string_view with) {
    std::string out;
    for (const auto& text : texts)
        out += (out.empty() ? "" : std::string(with)) + text;
    return out;
}

}  // namespace seals::sealctl
