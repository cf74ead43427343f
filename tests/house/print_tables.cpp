// Prints every table that the manual must show, one row a line: "KIND name values…". A new table
// gets a line here and one in tables.txt.
#include <algorithm>
#include <cstdio>
#include <string>

#include "api/actor.hpp"
#include "api/routes.hpp"
#include "base/code.hpp"
#include "config/keys.hpp"
#include "words/alert_types.hpp"
#include "words/event_types.hpp"
#include "words/report_kinds.hpp"
#include "words/rules.hpp"
#include "words/terms.hpp"

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
    std::replace(values.begin(), values.end(), ':', ' ');  // as `tables` reads the page
    if (key.most != 0) values += " " + std::to_string(key.least) + " " + std::to_string(key.most);
    print_row("key", std::string(key.section) + "." + std::string(key.name), values);
}

// With everything that an outside verifier goes by.
void print_event(const seals::EventRow& row) {
    std::string values(row.klass == seals::EventClass::release ? "release" : "fact");
    for (auto words : {row.data, row.personal})
        if (!words.empty()) values += " " + std::string(words);
    print_row("event", row.name, values);
}

// The members of a body or reply, at every level.
void print_fields(const seals::Value& schema) {
    if (const auto* items = schema.find("items")) print_fields(*items);
    const auto* properties = schema.find("properties");
    if (properties == nullptr || properties->object() == nullptr) return;
    for (const auto& [name, of] : *properties->object()) {
        print_row("field", name);
        print_fields(of);
    }
}

void print_route(const seals::api::Row& row) {
    print_row("route", name_of(row.method), std::string(row.pattern) + " " + role_of(row));
    for (const auto& param : row.query)
        print_row("query", row.pattern, param.name);
    for (const auto& shape : {row.request, row.reply})
        if (shape) print_fields(shape.schema());
}

void print_terms(std::string_view kind, std::span<const seals::TermRow> rows) {
    for (const auto& row : rows)
        print_row(kind, row.name);
}

}  // namespace

int main() {
    for (const auto& row : seals::kCodes)
        print_row("code", row.name, std::to_string(row.http) + " " + std::to_string(row.exit));
    for (const auto& row : seals::event_rows())
        print_event(row);
    for (const auto& key : seals::config::keys())
        print_key(key);
    for (const auto& row : seals::rule_rows())
        print_row("rule", row.id);
    for (const auto& row : seals::api::kRoles)
        print_row("role", row.name);
    for (const auto& row : seals::api::route_rows())
        print_route(row);
    for (const auto& row : seals::alert_type_rows())
        print_row("alert", row.name,
                  std::string(name_of(row.severity)) + " " + std::string(row.message_id));
    for (const auto& row : seals::report_kind_rows())
        print_row("report", row.name);
    print_terms("alert_state", seals::alert_states());
    print_terms("seal_state", seals::seal_states());
    print_terms("custody", seals::custodies());
    print_terms("request_state", seals::request_states());
    print_terms("outcome", seals::request_outcomes());
    print_terms("mode", seals::line_modes());
    print_terms("verdict", seals::verdicts());
    print_terms("blind_result", seals::blind_results());
    print_terms("session_verdict", seals::session_verdicts());
    print_terms("line_class", seals::line_classes());
    print_terms("line_state", seals::line_states());
    print_terms("line_detail", seals::line_details());
}
