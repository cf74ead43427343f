#include "settings.hpp"

#include <algorithm>

#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

std::string set(const Environment& environment, const char* name) {
    const char* value = environment(name);
    return value != nullptr ? value : "";
}

bool valid_key(const std::string& key) {
    return !key.empty() && key.size() <= 128 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Language named(const std::string& text) {
    return text.starts_with("zh") ? Language::zh_CN : Language::en;
}

}  // namespace

Language language_of(const std::vector<std::string>& words, const Environment& environment) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (words[i].starts_with("--lang=")) return named(words[i].substr(7));
        if (words[i] == "--lang" && i + 1 < words.size()) return named(words[i + 1]);
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (auto value = set(environment, name); !value.empty()) return named(value);
    return Language::en;
}

Result<Settings> settings_of(const Arguments& arguments, const Environment& environment,
                             Language language, bool terminal) {
    Settings settings;
    settings.language = language;
    if (auto lang = arguments.maybe("--lang"); lang && *lang != "en" && *lang != "zh_CN")
        return invalid("--lang", cli_text(language, "usage.lang", {*lang}));
    if (auto socket = set(environment, "SEALS_SOCKET"); !socket.empty()) settings.socket = socket;
    if (auto socket = arguments.one("--socket"); !socket.empty()) settings.socket = socket;
    settings.key = arguments.one("--idempotency-key");
    if (arguments.has("--idempotency-key") && !valid_key(settings.key))
        return invalid("--idempotency-key", cli_text(language, "usage.key"));
    settings.json = arguments.has("--json");
    bool plain = arguments.has("--no-color") || !set(environment, "NO_COLOR").empty() ||
                 set(environment, "TERM") == "dumb";
    settings.colour = terminal && !plain && !settings.json;
    return settings;
}

std::string beside(const std::string& socket, std::string_view name) {
    auto slash = socket.rfind('/');
    auto folder = slash == std::string::npos ? std::string{} : socket.substr(0, slash + 1);
    return folder + std::string(name);
}

}  // namespace seals::sealctl
