// Prints the message catalogue of the journal, made from the table of alert types. What is
// installed, systemd/seals.catalog, must be the same: tests/house/catalog.
#include <cstdio>
#include <string>

#include "words/alert_types.hpp"

namespace {

void print_entry(const seals::AlertTypeRow& row, std::string_view language, std::string_view text,
                 std::string_view details) {
    std::string out = "\n-- " + std::string(row.message_id);
    if (!language.empty()) out += " " + std::string(language);
    out += "\nSubject: " + std::string(text) + "\nDefined-By: seals\n";
    out += "Documentation: man:seals-alerts(7)\n\n" + std::string(details) + "\n";
    std::fputs(out.c_str(), stdout);
}

std::string details_of(const seals::AlertTypeRow& row, std::string_view before,
                       std::string_view remedy, std::string_view after) {
    return std::string(before) + std::string(remedy) + std::string(after) +
           "\nsealctl alert show @SEALS_ALERT@ (" + std::string(row.name) + ", @SEALS_SEQ@)";
}

}  // namespace

int main() {
    std::fputs("# Made by tests/house/print_catalog from the table of alert types.\n", stdout);
    for (const auto& row : seals::alert_type_rows()) {
        print_entry(row, "", row.en, details_of(row, "What to do: ", row.remedy_en, "."));
        print_entry(row, "zh_CN", row.zh, details_of(row, "处理办法:", row.remedy_zh, "。"));
    }
}
