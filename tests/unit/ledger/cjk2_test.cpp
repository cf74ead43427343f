#include "ledger/cjk2.hpp"

#include <random>

#include "catch.hpp"

using namespace seals;
using namespace seals::ledger;

namespace {

using Tokens = std::vector<std::string>;

Tokens tokens(std::string_view text) {
    Tokens out;
    for_each_token(text, [&](std::string_view token, std::size_t at) {
        CHECK(text.substr(at, token.size()) == token);
        out.emplace_back(token);
        return true;
    });
    return out;
}

bool any_begins_with(const Tokens& all, const std::string& beginning) {
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& token) { return token.starts_with(beginning); });
}

}  // namespace

TEST_CASE("a text becomes overlapping pieces, in bytes of their places") {
    CHECK(tokens("印章盒") == Tokens{"印章", "章盒", "盒"});
    CHECK(tokens("24-01") == Tokens{"24-", "4-0", "-01", "01", "1"});
    CHECK(tokens("甲a1 𠮷") == Tokens{"甲", "a1", "1", "𠮷"});
    CHECK(tokens(" \n\t").empty());
    CHECK(tokens("").empty());
}

TEST_CASE("a word's tokens are those that every text with the word has") {
    CHECK(tokens_of("印章").whole == Tokens{"印章"});
    CHECK(tokens_of("2024-0173").whole == Tokens{"202", "024", "24-", "4-0", "-01", "017", "173"});
    CHECK(tokens_of("合同A").whole == Tokens{"合同"});
    CHECK(tokens_of("合同A").beginning == Tokens{"A"});
    CHECK(tokens_of("印").beginning == Tokens{"印"});
}

TEST_CASE("whatever part of a text is a word, its tokens are among the text's") {
    std::mt19937 random(11);
    const char* const kPieces[] = {"印", "章", "合", "𠮷", "é", "a", "B",
                                   "1",  "-",  "/",  "\"", " ", "\n"};
    for (int i = 0; i < 3000; ++i) {
        std::vector<std::string> characters;
        for (auto n = random() % 20 + 1; n > 0; --n)
            characters.emplace_back(kPieces[random() % 13]);
        std::string text;
        for (const auto& character : characters)
            text += character;
        auto from = random() % characters.size();
        auto to = from + random() % (characters.size() - from) + 1;
        std::string word;
        for (auto k = from; k < to; ++k)
            word += characters[k];
        if (word.find_first_of(" \n") != std::string::npos) continue;
        auto all = tokens(text);
        auto wanted = tokens_of(word);
        INFO(text << " / " << word);
        REQUIRE(wanted.whole.size() + wanted.beginning.size() > 0);
        for (const auto& token : wanted.whole)
            REQUIRE(std::find(all.begin(), all.end(), token) != all.end());
        for (const auto& beginning : wanted.beginning)
            REQUIRE(any_begins_with(all, beginning));
    }
}
