// The CSV file of a blind inventory: what a person saw in each slot, written down before the
// cabinet tells him anything. A heading names the columns `slot` and `seal`, or 格口 and 印章.
// UTF-8, with or without a mark, or GBK. Blocks.
#pragma once

#include <string>
#include <vector>

#include "print.hpp"
#include "wire/inventory.hpp"

namespace seals::sealctl {

// Code::invalid names the line: a cell that is no slot, a slot that stands there twice, a quote
// that is never closed.
Result<std::vector<wire::BlindRow>> blind_rows(std::string text, const Printer& print);
Result<std::vector<wire::BlindRow>> blind_rows_in_file(const std::string& path,
                                                       const Printer& print);

}  // namespace seals::sealctl
