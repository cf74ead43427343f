// For people: what a file would be read as, one item per line on standard output.
#pragma once

#include <string>

#include "helper/intake.hpp"

namespace seals {

struct Printing {
    std::string file;
    std::string map_file;   // "" for none
    helper::IntakeJob job;  // its map comes from map_file
};

// How many records were refused. Errors: those of the files.
Result<std::int64_t> print_items(const Printing& printing);

}  // namespace seals
