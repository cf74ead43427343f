// The words that OA systems use for what we have one word for. An unknown word is no word: the
// caller refuses it by name. Pure, any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace seals::intake {

// What an OA's word says of a request: approved, withdrawn, pending or rejected; "ended" for a word
// that only says that the process is over, which needs a verdict beside it.
class StatusWords {
  public:
    // `own` holds folded words of a map file, which come before the built-in ones.
    explicit StatusWords(std::map<std::string, std::string> own = {}) : own_(std::move(own)) {}
    std::optional<std::string> of(std::string_view text) const;

  private:
    std::map<std::string, std::string> own_;
};

std::string fold_word(std::string_view text);  // folded, without the brackets and stops around it

std::optional<bool> yes_or_no(std::string_view text);      // 是/否, Y/N, true/false, 1/0, √/×
std::optional<bool> person_active(std::string_view text);  // 在职/离职
std::optional<std::string> person_role(std::string_view text);  // staff, custodian, auditor, admin
std::optional<std::string> seal_state(std::string_view text);   // active, registered

}  // namespace seals::intake
