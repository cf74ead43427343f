#include "run.hpp"

#include "commands/table.hpp"
#include "context.hpp"
#include "help.hpp"
#include "parse.hpp"
#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

constexpr int kExitOk = 0;
constexpr int kExitOutput = 8;  // nobody could be told: as "unavailable"

// As much of a command as was typed rightly: "seal find", "seal", "".
std::string known_path(const std::vector<std::string>& words) {
    std::string path;
    std::string known;
    for (const auto& word : words) {
        if (word.starts_with('-')) break;
        path += (path.empty() ? "" : " ") + word;
        for (const auto& command : commands())
            if (command.path == path || command.path.starts_with(path + " ")) known = path;
    }
    return known;
}

int usage_error(Printer& print, const Error& error, const std::vector<std::string>& words) {
    print.error(error);
    auto path = known_path(words);
    print.note(print.text("usage.help", {path.empty() ? "" : path + " "}));
    return kExitUsage;
}

void print_help(Printer& print, const Parsed& parsed, std::size_t width) {
    auto language = print.language();
    print.raw(parsed.command != nullptr ? help_of(*parsed.command, language, width)
                                        : help_of(commands(), parsed.noun, language, width));
}

}  // namespace

int run(const std::vector<std::string>& words, const Environment& environment, Streams streams) {
    auto language = language_of(words, environment);
    Settings early;
    early.language = language;
    Printer plain(streams, early);
    auto parsed = parse(commands(), words, language);
    if (!parsed) return usage_error(plain, parsed.error(), words);
    if (parsed->arguments.has("--version")) {
        plain.line("sealctl " SEALS_VERSION);
        return kExitOk;
    }
    if (parsed->arguments.has("--help")) {
        print_help(plain, *parsed, streams.width);
        return kExitOk;
    }
    if (parsed->command == nullptr)
        return usage_error(
            plain,
            invalid("", plain.text(parsed->noun.empty() ? "usage.no_verb" : "usage.no_second",
                                   {parsed->noun})),
            words);
    auto settings = settings_of(parsed->arguments, environment, language, streams.out_terminal);
    if (!settings) return usage_error(plain, settings.error(), words);
    Printer print(streams, *settings);
    Daemon daemon(*settings);
    Names names(daemon);
    Context context{parsed->arguments, *settings, print, daemon, names};
    int exit = parsed->command->run(context);
    return exit == kExitOk && print.failed() ? kExitOutput : exit;
}

}  // namespace seals::sealctl
