#include "help.hpp"

#include <algorithm>

#include "table.hpp"
#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

constexpr Option kGlobals[] = {
    {"--socket", "PATH", "opt.socket"}, {"--json", "", "opt.json"},
    {"--no-color", "", "opt.no_color"}, {"--lang", "en|zh_CN", "opt.lang"},
    {"--help", "", "opt.help"},         {"--version", "", "opt.version"}};
constexpr Option kKey{"--idempotency-key", "KEY", "opt.key"};

std::string shown(const Option& option) {
    std::string text(option.name);
    if (!option.value.empty()) text += " " + std::string(option.value);
    if (option.many) text += "…";
    return text;
}

void add_row(Table& table, const Option& option, Language language) {
    table.row({"  " + shown(option), cli_text(language, option.about)});
}

Table two_columns() {
    return Table({{}, {{}, Align::left, true}});
}

std::string globals_text(std::size_t width, Language language) {
    auto table = two_columns();
    for (const auto& option : kGlobals)
        add_row(table, option, language);
    return cli_text(language, "help.globals") + "\n" + table.layout(width);
}

}  // namespace

std::string about(const Command& command, Language language) {
    std::string key = "verb." + std::string(command.path);
    std::replace(key.begin(), key.end(), ' ', '.');
    return cli_text(language, key);
}

std::span<const Option> global_options() {
    return kGlobals;
}

std::vector<const Option*> options_of(const Command& command) {
    std::vector<const Option*> options;
    for (const auto& option : command.options)
        options.push_back(&option);
    if (command.changes) options.push_back(&kKey);
    return options;
}

namespace {

std::string usage_text(const Command& command, std::size_t width) {
    std::string line;
    for (bool arguments : {true, false})
        for (const auto* option : options_of(command))
            if (option->is_argument() == arguments)
                line += option->needed ? " " + shown(*option) : " [" + shown(*option) + "]";
    Table table({{}, {{}, Align::left, true}});
    table.row({"sealctl " + std::string(command.path), line.empty() ? line : line.substr(1)});
    return table.layout(width);
}

}  // namespace

std::string help_of(const Command& command, Language language, std::size_t width) {
    auto text = usage_text(command, width) + "\n" + about(command, language) + "\n\n";
    auto table = two_columns();
    for (const auto* option : options_of(command))
        add_row(table, *option, language);
    return text + table.layout(width) + (table.empty() ? "" : "\n") + globals_text(width, language);
}

std::string help_of(std::span<const Command> commands, const std::string& noun, Language language,
                    std::size_t width) {
    auto table = two_columns();
    for (const auto& command : commands) {
        if (!noun.empty() && !command.path.starts_with(noun + " ")) continue;
        table.row({"  " + std::string(command.path), about(command, language)});
    }
    return cli_text(language, "help.usage") + "\n\n" + table.layout(width) + "\n" +
           globals_text(width, language) + "\n" + cli_text(language, "help.more") + "\n";
}

}  // namespace seals::sealctl
