// The import of a file, the same for persons, seals and requests.
#pragma once

#include "command.hpp"
#include "context.hpp"

namespace seals::sealctl {

int run_import(Context& context, const char* kind);

// A table of the body's `refused`, of which there are `count`; nothing when there are none.
void print_refused(Context& context, const Value& body, std::int64_t count);

inline constexpr Option kImportOptions[] = {{"FILE", "", "opt.file", true},
                                            {"--dry-run", "", "opt.dry_run"},
                                            {"--map", "FILE", "opt.map"},
                                            {"--source", "NAME", "opt.source"},
                                            {"--format", "auto|csv|json|ndjson", "opt.format"}};

}  // namespace seals::sealctl
