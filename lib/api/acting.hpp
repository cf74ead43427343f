// Acting: a call in which persons act (one who decides, a second, witnesses). Their factors are
// checked on a worker before the decision, one attempt of a person at a time; what is decided
// stands under the request's Idempotency-Key. Loop thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/services.hpp"
#include "wire/calls.hpp"

namespace seals::api {

std::vector<engine::GivenFactor> given_factors(const std::vector<wire::Factor>& factors);

// The refusal that such an entry records, to be answered again.
Error recorded_refusal(const ledger::Recorded& entry);

// What the factors of these persons show, in the same order. `then` gets a function that it must
// call once its decision is recorded. The persons are distinct.
using Checked = std::function<void(std::vector<rules::Acting>, std::function<void()> finish)>;
void check_acting(Services& services, std::vector<wire::Acting> acting, Checked then);

// The whole of such a call: once per key, factors, decision, reply. `reply` gets the act's own
// entry: the one that bears the key, or the decision's first.
struct Act {
    std::vector<wire::Acting> acting;
    std::function<rules::Command(std::vector<rules::Acting>, rules::Idempotency)> command;
    std::function<void(const ledger::Recorded&)> reply;
    std::function<void()> unchanged{};  // nothing was left to do; empty: that is a fault
    // What goes to the vault, or from it, with the command.
    std::function<void(engine::Submission&)> vault{};
};
void perform(Services& services, const CallPtr& call, Act act);

// What most acts make of it: the command with the persons who act and the key.
template <class Command>
auto with_persons(Command command) {
    return [command = std::move(command)](std::vector<rules::Acting> checked,
                                          rules::Idempotency once) {
        auto full = command;
        full.persons = std::move(checked);
        full.idempotency = std::move(once);
        return full;
    };
}

// The same after the files that the call names are kept; the first fault answers.
void perform_with_files(Services& services, const CallPtr& call,
                        const std::vector<std::string>& files, Act act);
// Each is a sha256, and there are not too many.
Status check_files(const std::vector<std::string>& files, const char* field = "files");
Status check_text(const std::string& text, const char* field);  // not blank

// {"seq"} of the act's entry.
void reply_done(const CallPtr& call, const ledger::Recorded& entry);

// Every id is one, and nobody stands in two places: field names the first that is wrong.
Status check_acting_ids(const std::vector<wire::Acting>& acting, const std::string& field);

}  // namespace seals::api
