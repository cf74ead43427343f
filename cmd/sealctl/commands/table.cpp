#include "commands/table.hpp"

namespace seals::sealctl {

const std::vector<Command>& commands() {
    static const std::vector<Command> kAll = [] {
        std::vector<Command> all;
        for (auto part : {status_commands(),    visit_commands(),       inventory_commands(),
                          reconcile_commands(), report_commands(),      search_commands(),
                          verify_commands(),    evidence_commands(),    evidence_export_commands(),
                          keeping_commands(),   backup_commands(),      timestamp_commands(),
                          witness_commands(),   statement_commands(),   person_commands(),
                          erase_commands(),     seal_commands(),        seal_act_commands(),
                          request_commands(),   application_commands(), made_request_commands(),
                          use_commands(),       use_show_commands(),    outbox_commands(),
                          handover_commands(),  override_commands(),    event_commands(),
                          session_commands(),   clock_commands(),       alert_commands(),
                          cabinet_commands(),   policy_commands(),      sim_commands(),
                          completion_commands()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return kAll;
}

}  // namespace seals::sealctl
