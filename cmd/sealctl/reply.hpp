// From a reply of sealsd to output and exit status: the one way for every command.
#pragma once

#include <functional>
#include <string>

#include "client/url.hpp"
#include "context.hpp"

namespace seals::sealctl {

using Show = std::function<void(Context&, const Value& body)>;
using Each = std::function<void(const Value& item)>;
using Keep = std::function<bool(const Value& item)>;

// Tells it, as problem+json with --json; the exit status of its code.
int fail(Context& context, const Error& error);
int wrong_usage(Context& context, std::string_view key, const std::vector<std::string>& args = {});

// Prints the body as it came with --json, `show` otherwise. A body that carries a code decides the
// exit status.
int show_reply(Context& context, const Result<Reply>& reply, const Show& show);
// The same for what only shows: its code is about the thing shown, not about the asking.
int show_thing(Context& context, const Result<Reply>& reply, const Show& show);

// All pages of a list as rows of the table, which is then printed. With --json one {"items",
// "next"}, written as the pages come.
struct Listing {
    std::string path;
    client::Query query{};
    std::string cursor = "cursor";  // the parameter that goes on
    Keep keep{};                    // empty: all
};
int show_list(Context& context, const Listing& listing, Table& table,
              const std::function<std::vector<Cell>(const Value& item)>& cells);
// The whole list as values, for commands that must see it first.
Result<Value::Array> fetch_list(Context& context, Listing listing);

// Members of a body that a person reads as "name  text" lines; empty texts are left out.
class Facts {
  public:
    explicit Facts(Context& context) : context_(context), table_({{}, {{}, Align::left, true}}) {}
    Facts& add(std::string_view key, const std::string& text, Style style = Style::plain);
    void print() { context_.print.table(table_); }

  private:
    Context& context_;
    Table table_;
};

// A time of the reply as it is read; empty where there is none.
std::string time_of(const Context& context, const Value* at);

std::string joined(const std::vector<std::string>& texts, std::string_view with = " ");

}  // namespace seals::sealctl
