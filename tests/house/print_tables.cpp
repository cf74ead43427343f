// Prints every table that the manual must show, one row a line: "KIND name values…". A new table
// gets a line here and one in tables.txt.
#include <cstdio>
#include <string>

#include "base/code.hpp"
#include "config/keys.hpp"
#include "words/event_types.hpp"

namespace {

void print_row(const char* kind, std::string_view name, const std::string& values = {}) {
    std::printf("%s %.*s %s\n", kind, static_cast<int>(name.size()), name.data(), values.c_str());
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
}
