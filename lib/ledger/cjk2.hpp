// cjk2: how text becomes tokens of the search index, so that any part of a text finds it. Runs of
// printable ASCII give the three characters from each place (fewer at the end of the run), runs of
// anything beyond ASCII give two; white space and control characters only separate. So every token
// of a word stands in each text that contains the word, and a shorter word is the beginning of a
// token. Case stays as it is. Pure, but for the registration.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct sqlite3;

namespace seals::ledger {

// Calls `token` for each token with its place in bytes; stops when it returns false.
bool for_each_token(std::string_view text,
                    const std::function<bool(std::string_view token, std::size_t at)>& token);

struct WordTokens {
    std::vector<std::string> whole;      // tokens that stand in every text with the word
    std::vector<std::string> beginning;  // short runs: some token begins with it
};
WordTokens tokens_of(std::string_view word);

// Makes the tokenizer "cjk2" known to FTS5 on this connection. In a query it takes each quoted
// string for one token, as tokens_of() made it.
Status register_cjk2(sqlite3* handle);

}  // namespace seals::ledger
