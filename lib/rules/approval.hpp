// Approval: who decides the step at which an application waits, and the notice to him. The chain is
// the application's own; the policy in force is asked only where nobody of that chain is left.
// Shared by the files of this room and by what shows a pending application. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "rules/command.hpp"
#include "rules/decide.hpp"

namespace seals::rules {

// The request as an application makes it, complete and with an id, or what is wrong with it.
Result<Request> completed_request(const State&, const Policy&, const Request& wanted,
                                  const std::vector<RequestUpsert::LineGiven>& given);

// Ids that an application with a number of its own would get.
std::vector<std::string> ids_of_application(const Apply& command);

// The year and number in "SQ-2026-000123".
struct ApplicationNumber {
    std::int64_t year = 0, number = 0;
};
std::optional<ApplicationNumber> application_number(std::string_view id);

// The steps that a request of that many impressions goes through; why there are none.
Result<std::vector<ApprovalStep>> chain_for(const State&, const Policy&, const Request&);

// Who can decide the step whose turn it is: its holders, else their delegates, else whom the policy
// in force names for the post. Nobody who applied, is to use the seal, decided another step or
// left.
std::vector<PersonId> deciders_of(const State&, const Policy&, const Request&);

// Why what was applied for here grants nothing: not yet, or never; nothing: it does.
std::optional<Error> unapproved_refusal(const Request&);

std::string turn_of(const Request&);  // "总经理 (gm)": the post whose turn it is

// What lets `person` decide the step, or why he may not.
struct Standing {
    std::optional<Error> refusal{};
    PersonId delegate_of{};
    bool appointed = false;
};
Standing standing_of(const State&, const Policy&, const Request&, const PersonId& person,
                     const PersonId& delegate_of);

std::optional<Error> withdrawal_refusal(const Request&, const Context&, const PersonId& by);

// --- the notice (alert approval_due) ---

void add_due_alert(const State&, const Policy&, const Context&, const Request&,
                   std::vector<Event>& events);
void close_due_alerts(const State&, const Context&, const RequestId&, std::string_view reason,
                      std::vector<Event>& events);
// Closes those of applications that expired or ended without a decision.
void watch_applications(const State&, const Context&, std::vector<Event>& events);

}  // namespace seals::rules
