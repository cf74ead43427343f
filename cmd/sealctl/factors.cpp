#include "factors.hpp"

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

Result<std::vector<wire::Factor>> factors_of(Context& context, const std::string& person,
                                             const std::string& option) {
    auto pin = secret_option(context, option, context.text("ask.pin", {person}));
    if (!pin) return pin.error();
    std::vector<wire::Factor> factors;
    if (*pin) factors.push_back({"pin", (*pin)->text()});
    return factors;
}

}  // namespace seals::sealctl
