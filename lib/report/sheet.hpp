// Sheet: a statement to be read, printed and signed: headings with facts, tables and paragraphs, on
// as many A4 pages as it takes. What it says is its maker's; here is only how it looks. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "words/texts.hpp"

namespace seals::report {

struct SheetColumn {
    std::string title;
    bool right = false;
    bool code = false;  // hashes, keys: in a narrow face
};

struct SheetTable {
    std::vector<SheetColumn> columns;
    std::vector<std::vector<std::string>> rows;
};

struct SheetPart {
    std::string title;
    std::vector<std::pair<std::string, std::string>> facts{};  // name and text
    std::vector<std::string> before{};                         // paragraphs above the table
    SheetTable table{};                                        // no columns: none
    std::vector<std::string> after{};
};

struct Sheet {
    std::string title;
    std::string warning;  // a simulated cabinet proves nothing; empty: none
    std::string verdict;
    bool good = false;
    std::vector<SheetPart> parts;
    std::vector<std::string> signs;  // who signs below
};

std::string sheet_html(const Sheet& sheet, Language language);
std::string sheet_text(const Sheet& sheet, std::size_t width);  // 0: as wide as its tables need

}  // namespace seals::report
