// Shared by the files that check a configuration; not for other rooms. Pure.
#pragma once

#include <string>

#include "config/config.hpp"

namespace seals::config {

// `field` is the key as "section.key"; "post[1].persons" is that of the second [[post]].
inline Error wrong(std::string field, std::string what, std::string remedy = {}) {
    Error error = invalid(std::move(field), std::move(what));
    error.remedy = std::move(remedy);
    return error;
}

// What goes into the policy's text as it is.
bool is_plain(const std::string& text);

Status check_approvals(const Config& config);
Status check_witnesses(const Config& config);

}  // namespace seals::config
