// The import of a file, the same for persons, seals and requests.
#pragma once

#include "command.hpp"

namespace seals::sealctl {

int run_import(Context& context, const char* kind);

inline constexpr Option kImportOptions[] = {{"FILE", "", "opt.file", true},
                                            {"--dry-run", "", "opt.dry_run"},
                                            {"--map", "FILE", "opt.map"},
                                            {"--source", "NAME", "opt.source"},
                                            {"--format", "auto|csv|json|ndjson", "opt.format"}};

}  // namespace seals::sealctl
