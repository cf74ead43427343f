// What kind of paper a document is, told by the words of its name: the OA's exports seldom say. The
// first row with a word that occurs decides. Pure, any thread.
#pragma once

#include <span>
#include <string_view>

namespace seals {

struct DocumentTypeRow {
    std::string_view zh;
    std::string_view words;  // space-separated; lower case where they have cases
};

std::span<const DocumentTypeRow> document_type_rows();  // the last one has no words: all else
std::string_view document_type_of(std::string_view name);

}  // namespace seals
