#include "factors.hpp"

#include <map>

namespace seals::sealctl {

Result<std::optional<Secret>> secret_option(Context& context, const std::string& name,
                                            const std::string& prompt) {
    auto file = context.arguments.maybe("--" + name + "-file");
    auto fd = context.arguments.maybe("--" + name + "-fd");
    if (!file && !fd) return ask_secret(prompt);
    auto secret = file ? secret_in_file(*file) : secret_from_fd(*fd);
    if (!secret) return secret.error();
    return std::optional<Secret>(std::move(*secret));
}

namespace {

// The PINs of a file for these persons, in their order; those it does not hold are absent.
Result<std::map<std::string, Secret>> pins_in_file(const std::string& path,
                                                   const std::vector<std::string>& persons) {
    auto lines = secret_lines_in_file(path);
    if (!lines) return lines.error();
    std::map<std::string, Secret> pins;
    auto next = persons.begin();
    for (auto& line : *lines) {
        const auto& text = line.text();
        auto space = text.find(' ');
        if (space != std::string::npos) {
            pins.emplace(text.substr(0, space), Secret(text.substr(space + 1)));
        } else if (next != persons.end()) {
            pins.emplace(*next++, std::move(line));
        }
    }
    return pins;
}

}  // namespace

Result<std::vector<wire::Factor>> factors_of(Context& context, const std::string& person,
                                             const std::string& option) {
    auto file = context.arguments.maybe("--" + option + "-file");
    std::vector<wire::Factor> factors;
    if (file) {
        auto pins = pins_in_file(*file, {person});
        if (!pins) return pins.error();
        auto found = pins->find(person);
        if (found != pins->end()) factors.push_back({"pin", found->second.text()});
        return factors;
    }
    auto pin = secret_option(context, option, context.text("ask.pin", {person}));
    if (!pin) return pin.error();
    if (*pin) factors.push_back({"pin", (*pin)->text()});
    return factors;
}

Result<std::vector<wire::Acting>> acting_of(Context& context,
                                            const std::vector<std::string>& persons) {
    std::map<std::string, Secret> from_file;
    auto file = context.arguments.maybe("--pin-file");
    if (file) {
        auto pins = pins_in_file(*file, persons);
        if (!pins) return pins.error();
        from_file = std::move(*pins);
    }
    std::vector<wire::Acting> acting;
    for (const auto& person : persons) {
        wire::Acting one{person, {}};
        auto found = from_file.find(person);
        if (found != from_file.end()) {
            one.factors.push_back({"pin", found->second.text()});
        } else if (!file) {
            auto factors = factors_of(context, person);
            if (!factors) return factors.error();
            one.factors = std::move(*factors);
        }
        acting.push_back(std::move(one));
    }
    return acting;
}

void wipe(std::vector<wire::Acting>& acting) {
    for (auto& one : acting)
        for (auto& factor : one.factors)
            wipe(factor.value);
}

}  // namespace seals::sealctl
