// Decisions about evidence: keys, exports, backups. Pure, any thread.
#pragma once

#include "rules/decide.hpp"
#include "rules/policy.hpp"

namespace seals::rules {

Decision decide_key(const State&, const Context&, const KeyMade&);
Decision decide_rotation(const State&, const Policy&, const Context&, const RotateKey&);
Decision decide_export(const Context&, const ExportEvidence&);
Decision decide_backup(const Context&, const BackupDone&);

// Those two are two, known, identified, and of two departments; the events of wrong factors.
std::optional<Error> two_departments_refusal(const State&, const Policy&, const Context&,
                                             const std::vector<Acting>&, std::vector<Event>&);

}  // namespace seals::rules
