// Command: one verb of the command line as a row of data, and Arguments, what was given to it. Help
// and manual are made from, and checked against, the rows. Plain values.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seals::sealctl {

// "SEAL" is an argument, "--request" with a value "ID" an option, "--json" without one a switch.
struct Option {
    std::string_view name;
    std::string_view value;
    std::string_view about;  // key of words/cli_texts
    bool needed = false;
    bool many = false;

    bool is_argument() const { return name.front() != '-'; }
    bool is_switch() const { return !is_argument() && value.empty(); }
};

struct Context;

struct Command {
    std::string_view path;  // "take", "seal find"; its help is the text "verb.seal.find"
    std::span<const Option> options;
    bool changes = false;  // sends an Idempotency-Key, and so takes --idempotency-key
    int (*run)(Context&) = nullptr;
};

class Arguments {
  public:
    void add(std::string name, std::string value) { values_[std::move(name)].push_back(value); }
    bool has(std::string_view name) const { return values_.contains(name); }
    // The value given last; empty when there is none.
    std::string one(std::string_view name) const {
        auto found = values_.find(name);
        return found == values_.end() ? std::string{} : found->second.back();
    }
    std::optional<std::string> maybe(std::string_view name) const {
        return has(name) ? std::optional(one(name)) : std::nullopt;
    }
    std::vector<std::string> all(std::string_view name) const {
        auto found = values_.find(name);
        return found == values_.end() ? std::vector<std::string>{} : found->second;
    }

  private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

std::span<const Option> global_options();
// The command's own and, when it changes something, --idempotency-key.
std::vector<const Option*> options_of(const Command& command);

}  // namespace seals::sealctl
