// The texts of sealctl: what it says itself, its help. The same kind of table as words/texts, which
// has what the daemon says. Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "words/texts.hpp"

namespace seals {

std::span<const TextRow> cli_message_rows();
std::span<const TextRow> cli_help_rows();
std::span<const TextRow> cli_use_rows();  // help and messages of uses and of what is granted here
std::span<const TextRow> cli_application_rows();  // of applications and their approval
std::span<const TextRow> cli_outbox_rows();
std::span<const TextRow> cli_scene_rows();
std::span<const TextRow> cli_evidence_rows();
std::span<const TextRow> cli_keeping_rows();
std::span<const TextRow> cli_backup_rows();
std::span<const TextRow> cli_outside_rows();    // of witnesses and time stamps
std::span<const TextRow> cli_statement_rows();  // of statements for a court

bool has_cli_text(std::string_view key);
// The text of `key` with the arguments put in; the key itself when the table has none.
std::string cli_text(Language language, std::string_view key,
                     const std::vector<std::string>& args = {});

}  // namespace seals
