#include "parse.hpp"

#include <algorithm>
#include <map>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

// CLI11 reads "[a,b]" as a list, the name of a verb as that verb wherever it stands, and "--" as
// the end of the verb where it has its words already. So words that begin with '[', those after the
// verb, and all after "--", are written with a shield before them, which is taken off again; a
// switch in the place of "--" ends the list of values before it.
constexpr char kShield = '\x01';
constexpr const char* kWordsFollow = "--words-follow";

bool begins_a_verb(std::span<const Command> commands, const std::string& path) {
    return std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
        return command.path == path || command.path.starts_with(path + " ");
    });
}

std::vector<std::string> shielded(std::span<const Command> commands,
                                  std::vector<std::string> words) {
    bool only_words = false;
    std::string path;  // as much of a verb as was named
    for (auto& word : words) {
        if (only_words) {
            word.insert(word.begin(), kShield);
        } else if (word == "--") {
            only_words = true;
            word = kWordsFollow;
        } else if (!word.starts_with('-')) {
            auto longer = path.empty() ? word : path + " " + word;
            bool verb = begins_a_verb(commands, longer);
            if (verb) path = std::move(longer);
            if (!verb && (!path.empty() || word.starts_with('['))) word.insert(0, 1, kShield);
        }
    }
    return words;
}
std::string bare(std::string word) {
    return !word.empty() && word.front() == kShield ? word.substr(1) : word;
}

// The command line as CLI11 sees it. Its options are asked for their words afterwards, so that
// nothing needs a variable to be bound to.
class Grammar {
  public:
    explicit Grammar(std::span<const Command> commands) : commands_(commands) {
        root_.set_help_flag();
        root_.name("sealctl");
        root_.add_flag(kWordsFollow);
        for (const auto& option : global_options())
            add(root_, option, nullptr);
        for (const auto& command : commands)
            add(command);
    }
    void read(std::vector<std::string> words) {
        words = shielded(commands_, std::move(words));
        std::reverse(words.begin(), words.end());  // as CLI11 wants them
        root_.parse(std::move(words));
    }
    Parsed result() const {
        Parsed parsed;
        for (const auto* noun : root_.get_subcommands())
            parsed.noun = noun->get_name();
        for (const auto& [app, command] : apps_)
            if (app->parsed()) parsed.command = command;
        for (const auto& [option, row, command] : options_)
            if (command == nullptr || command == parsed.command)
                for (const auto& word : option->results())
                    parsed.arguments.add(std::string(row->name), bare(word));
        return parsed;
    }

  private:
    struct Known {
        CLI::Option* option;
        const Option* row;
        const Command* command;  // null: a global one
    };

    void add(const Command& command) {
        auto space = command.path.find(' ');
        auto noun = command.path.substr(0, space);
        auto* at = nouns_[noun];
        if (at == nullptr) at = nouns_[noun] = subcommand(root_, noun);
        if (space != std::string_view::npos) at = subcommand(*at, command.path.substr(space + 1));
        apps_.emplace_back(at, &command);
        for (const auto* option : options_of(command))
            add(*at, *option, &command);
    }
    void add(CLI::App& app, const Option& row, const Command* command) {
        std::string name(row.name);
        if (name == "--help") name = "-h,--help";
        if (name == "--version") name = "-V,--version";
        CLI::Option* option = row.is_switch() ? app.add_flag(name) : app.add_option(name);
        if (row.many)
            option->expected(1, 1'000'000)
                ->allow_extra_args()
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        else
            option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        options_.push_back({option, &row, command});
    }
    static CLI::App* subcommand(CLI::App& app, std::string_view name) {
        auto* made = app.add_subcommand(std::string(name));
        made->set_help_flag();
        made->fallthrough();
        return made;
    }

    std::span<const Command> commands_;
    CLI::App root_;
    std::map<std::string_view, CLI::App*> nouns_;
    std::vector<std::pair<CLI::App*, const Command*>> apps_;
    std::vector<Known> options_;
};

Error usage(Language language, std::string_view key, const std::vector<std::string>& args) {
    return Error{Code::invalid, cli_text(language, key, args), {}};
}

std::string unshielded(std::string text) {
    std::erase(text, kShield);
    return text;
}

// "--request: 1 required TEXT missing", "The following argument was not expected: --bogus"
Error told(const CLI::ParseError& error, Language language) {
    std::string text = unshielded(error.what());
    auto colon = text.find(':');
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
        return usage(language, "usage.value", {text.substr(0, colon)});
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && colon != std::string::npos)
        return usage(language, "usage.unexpected", {text.substr(text.rfind(": ") + 2)});
    return usage(language, "usage.other", {text});
}

}  // namespace

Result<Parsed> parse(std::span<const Command> commands, std::vector<std::string> words,
                     Language language) {
    try {
        Grammar grammar(commands);
        grammar.read(std::move(words));
        auto parsed = grammar.result();
        bool asks = parsed.arguments.has("--help") || parsed.arguments.has("--version");
        if (asks || parsed.command == nullptr) return parsed;
        for (const auto& option : parsed.command->options)
            if (option.needed && !parsed.arguments.has(option.name))
                return usage(language, "usage.missing",
                             {std::string(parsed.command->path), std::string(option.name)});
        return parsed;
    } catch (const CLI::ParseError& error) {
        return told(error, language);
    } catch (const CLI::Error& error) {
        return internal(error.what());
    }
}

}  // namespace seals::sealctl
