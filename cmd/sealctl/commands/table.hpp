// THE table of commands, one part per noun. Help, parsing and the manual's check come from it.
#pragma once

#include <vector>

#include "command.hpp"

namespace seals::sealctl {

std::span<const Command> status_commands();
std::span<const Command> visit_commands();  // take, return
std::span<const Command> inventory_commands();
std::span<const Command> reconcile_commands();
std::span<const Command> report_commands();
std::span<const Command> search_commands();
std::span<const Command> verify_commands();
std::span<const Command> evidence_commands();
std::span<const Command> evidence_export_commands();
std::span<const Command> person_commands();
std::span<const Command> erase_commands();  // of persons
std::span<const Command> seal_commands();
std::span<const Command> seal_act_commands();
std::span<const Command> request_commands();
std::span<const Command> application_commands();
std::span<const Command> made_request_commands();
std::span<const Command> use_commands();
std::span<const Command> outbox_commands();
std::span<const Command> use_show_commands();
std::span<const Command> handover_commands();
std::span<const Command> override_commands();
std::span<const Command> statement_commands();
std::span<const Command> event_commands();
std::span<const Command> session_commands();
std::span<const Command> keeping_commands();
std::span<const Command> clock_commands();
std::span<const Command> alert_commands();
std::span<const Command> cabinet_commands();
std::span<const Command> policy_commands();
std::span<const Command> sim_commands();
std::span<const Command> backup_commands();  // of the ledger
std::span<const Command> timestamp_commands();
std::span<const Command> witness_commands();
std::span<const Command> completion_commands();

const std::vector<Command>& commands();  // all, in the order of the help

}  // namespace seals::sealctl
