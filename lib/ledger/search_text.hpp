// What of an entry can be searched, and how words are found in it. Inside this room only.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "ledger/reader.hpp"
#include "ledger/record.hpp"

namespace seals::ledger {

// Names of the persons, seals and requests that an entry only has ids of, from the views. Remembers
// what it looked up: one per batch, so that a changed name is seen in the next.
class Names {
  public:
    explicit Names(Reader& reader) : reader_(reader) {}
    Result<std::string> name_of(const std::string& kind, const std::string& id);

  private:
    Reader& reader_;
    std::map<std::pair<std::string, std::string>, std::string> known_;
};

// One piece per line, in NFC: type, ids, names, personal text, strings of `data`.
Result<std::string> search_text(const Recorded& recorded, Names& names);

// The words of a query, split at white space, in NFC. Code::invalid: no word, or no UTF-8.
Result<std::vector<std::string>> words_of(std::string_view query);

bool contains_all(std::string_view text, const std::vector<std::string>& words);

// Where the words stand: [start, end) in code points, in order, touching ones joined.
std::vector<std::pair<std::size_t, std::size_t>> highlights(std::string_view text,
                                                            const std::vector<std::string>& words);

}  // namespace seals::ledger
