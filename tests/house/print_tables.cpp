// Prints every table that the manual must show, one row a line: "KIND name values…". A new table gets
// a line here and one in tables.txt.
#include <cstdio>
#include <string>

#include "api/actor.hpp"
#include "api/routes.hpp"
#include "base/code.hpp"
#include "config/keys.hpp"
#include "words/event_types.hpp"
#include "words/rules.hpp"

namespace {

void print_row(std::string_view kind, std::string_view name, std::string_view values = {}) {
    auto line = std::string(kind) + " " + std::string(name) + " " + std::string(values) + "\n";
    std::fputs(line.c_str(), stdout);
}

std::string role_of(const seals::api::Row& row) {
    return row.role ? std::string(name_of(*row.role)) : "any";
}

// "section.name default least most", as seals.toml(5) has them.
void print_key(const seals::config::Key& key) {
    std::string values(key.required() ? "required" : key.fallback.empty() ? "empty" : key.fallback);
    if (key.most != 0) values += " " + std::to_string(key.least) + " " + std::to_string(key.most);
    print_row("key", std::string(key.section) + "." + std::string(key.name), values);
}

}  // namespace

int main() {
    for (const auto& row : seals::kCodes)
        print_row("code", row.name, std::to_string(row.http) + " " + std::to_string(row.exit));
    for (const auto& row : seals::event_rows())
        print_row("event", row.name);
    for (const auto& key : seals::config::keys())
        print_key(key);
    for (const auto& row : seals::rule_rows())
        print_row("rule", row.id);
    for (const auto& row : seals::api::kRoles)
        print_row("role", row.name);
    for (const auto& row : seals::api::route_rows())
        print_row("route", name_of(row.method), std::string(row.pattern) + " " + role_of(row));
}
