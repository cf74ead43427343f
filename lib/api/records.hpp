// Records of the wire as commands of the rules. Pure, any thread.
#pragma once

#include "base/result.hpp"
#include "rules/command.hpp"
#include "wire/import.hpp"

namespace seals::api {

// Code::invalid naming the field: an id that cannot be one, a number out of bounds.
Result<rules::Command> to_command(const wire::PersonRecord& record);
Result<rules::Command> to_command(const wire::SealRecord& record);
Result<rules::Command> to_command(const wire::RequestRecord& record,
                                  rules::Idempotency idempotency = {});

// Of whichever record the item holds.
Result<rules::Command> to_command(const wire::ImportItem& item);

}  // namespace seals::api
