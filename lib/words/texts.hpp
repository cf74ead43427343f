// THE table of texts for people: a key, English and zh_CN templates with {0}, {1} …. The daemon
// speaks the language of Accept-Language, sealctl that of its locale. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "words/rules.hpp"

namespace seals {

enum class Language { en, zh_CN };

struct TextRow {
    std::string_view key;
    std::string_view en, zh;
};

std::span<const TextRow> text_rows();         // of refusals
std::span<const TextRow> status_text_rows();  // of GET /v1/status; keys are distinct

// The template with {0}, {1} … filled in; a place without an argument becomes empty.
std::string fill(std::string_view text, const std::vector<std::string>& args);

// The text of `key` with the arguments put in; the key itself when the table has none.
std::string render(Language language, std::string_view key,
                   const std::vector<std::string>& args = {});

// A refusal by `rule`, its detail in English; localise() can turn it later.
Error refusal(Rule rule, std::string_view key, std::vector<std::string> args = {});

// Several refusals as one: the first one's rule and remedy, and a detail that names each with its
// rule. `all` is not empty.
Error refusals(std::vector<Error> all);

// The same error with detail and remedy in that language, as far as the table knows its key.
// `seq` (when set) is told in Chinese as the number of the entry that holds the refusal.
// `act`: what was refused, for the Chinese form: "不予开柜" of a visit, "不予办理" of any other.
enum class Refused { visit, act };
Error localise(Error error, Language language, Refused refused = Refused::visit);

}  // namespace seals
