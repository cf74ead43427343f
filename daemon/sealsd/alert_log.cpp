#include "alert_log.hpp"

#include "base/log.hpp"
#include "words/alert_types.hpp"

namespace seals::sealsd {
namespace {

void log_alert(const ledger::Recorded& entry) {
    const auto& event = entry.event;
    auto type = event.data.text_or("alert");
    auto severity = event.data.text_or("severity");
    const auto* row = alert_type_named(type);
    auto id = event.data.text_or("id");
    auto slot = event.data.text_or("slot");
    auto about = event.data.text_or("about");
    auto seq = std::to_string(entry.seq);
    const LogField fields[] = {{"alert", id},
                               {"type", type},
                               {"severity", severity},
                               {"seal", event.seal.str()},
                               {"slot", slot},
                               {"person", event.person.str()},
                               {"about", about},
                               {"session", event.session.str()},
                               {"seq", seq}};
    log_known(row != nullptr ? row->message_id : std::string_view{},
              static_cast<Priority>(syslog_priority_of(severity)), "alert",
              alert_text(Language::en, type), fields);
}

}  // namespace

void log_alerts(const std::vector<ledger::Recorded>& entries) {
    for (const auto& entry : entries)
        if (entry.event.type == EventType::alert_raised ||
            entry.event.type == EventType::alert_repeated)
            log_alert(entry);
}

}  // namespace seals::sealsd
