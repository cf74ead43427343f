#include "words/cli_texts.hpp"

#include <algorithm>

namespace seals {
namespace {

const TextRow* row_named(std::string_view key) {
    for (auto rows : {cli_message_rows(), cli_help_rows(), cli_use_rows(), cli_application_rows(),
                      cli_outbox_rows(), cli_scene_rows(), cli_evidence_rows(), cli_keeping_rows(),
                      cli_backup_rows(), cli_outside_rows(), cli_statement_rows()}) {
        auto found =
            std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.key == key; });
        if (found != rows.end()) return &*found;
    }
    return nullptr;
}

}  // namespace

bool has_cli_text(std::string_view key) {
    return row_named(key) != nullptr;
}

std::string cli_text(Language language, std::string_view key,
                     const std::vector<std::string>& args) {
    const auto* row = row_named(key);
    if (row == nullptr) return std::string(key);
    return fill(language == Language::zh_CN ? row->zh : row->en, args);
}

}  // namespace seals
