// Lists and single rows of the views, through the questions thread: committed state only.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "api/services.hpp"

namespace seals::api {

// A stored row as the API shows it; nullopt: left out of a list, and denied by itself. May run on
// another thread.
using ShowRow = std::function<std::optional<Value>(const Value& body)>;

void list_rows(Services& services, Request request, Responder responder, std::string kind,
               ShowRow show);
void show_row(Services& services, Request request, Responder responder, std::string kind,
              ShowRow show);

}  // namespace seals::api
