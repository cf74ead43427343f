#include "completion.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "help.hpp"
#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

bool is_file(const Option& option) {
    return option.value == "FILE" || option.value == "PATH" || option.name == "FILE";
}

struct Candidate {
    std::string word;
    std::string about;
};

// What may come after the words of a command typed so far ("", "seal", "seal find").
struct Place {
    std::vector<Candidate> next;  // in the order of the table
    bool files = false;           // an argument is a file
};

using Places = std::map<std::string, Place>;

Candidate candidate_of(const Option& option, Language language) {
    return {std::string(option.name), cli_text(language, option.about)};
}

void add_verb(Places& places, const Command& command, Language language) {
    auto space = command.path.find(' ');
    std::string first(command.path.substr(0, space));
    auto& start = places[""].next;
    bool is_noun = space != std::string_view::npos;
    bool known = !start.empty() && start.back().word == first;
    if (!known) start.push_back({first, is_noun ? std::string() : about(command, language)});
    if (is_noun)
        places[first].next.push_back(
            {std::string(command.path.substr(space + 1)), about(command, language)});
    auto& place = places[std::string(command.path)];
    for (const auto* option : options_of(command))
        if (option->is_argument())
            place.files = place.files || is_file(*option);
        else
            place.next.push_back(candidate_of(*option, language));
}

Places places_of(std::span<const Command> commands, Language language) {
    Places places;
    for (const auto& command : commands)
        add_verb(places, command, language);
    for (auto& [path, place] : places)
        for (const auto& option : global_options())
            place.next.push_back(candidate_of(option, language));
    return places;
}

// "a|b|c" for a `case`: the options whose value is a file, and those with any other value.
std::pair<std::string, std::string> valued(std::span<const Command> commands) {
    std::set<std::string_view> files, others;
    auto sort = [&](const Option& option) {
        if (!option.is_argument() && !option.value.empty())
            (is_file(option) ? files : others).insert(option.name);
    };
    for (const auto& option : global_options())
        sort(option);
    for (const auto& command : commands)
        for (const auto* option : options_of(command))
            sort(*option);
    return {fmt::format("{}", fmt::join(files, "|")), fmt::format("{}", fmt::join(others, "|"))};
}

std::string escaped(std::string_view text, std::string_view what) {
    std::string out;
    for (char c : text) {
        if (c == '\'')
            out += what;
        else if (c != '\n')
            out += c;
    }
    return out;
}

// For bash and zsh: the words typed so far, as far as they are a command.
std::string path_cases(const Places& places) {
    std::string out;
    for (const auto& [path, place] : places)
        if (!path.empty()) out += (out.empty() ? "\"" : "|\"") + path + "\"";
    return out;
}

std::string bash(std::span<const Command> commands, const Places& places) {
    auto [files, others] = valued(commands);
    std::string cases;
    for (const auto& [path, place] : places) {
        std::string words;
        for (const auto& next : place.next)
            words += (words.empty() ? "" : " ") + next.word;
        cases += fmt::format("        \"{}\") words='{}' files={} ;;\n", path, words,
                             place.files ? 1 : 0);
    }
    return fmt::format(R"sh(# sealctl(1) for bash; made by: sealctl completion bash
_sealctl() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev= path= longer words= files=0 i
    [ "$COMP_CWORD" -gt 0 ] && prev=${{COMP_WORDS[COMP_CWORD - 1]}}
    COMPREPLY=()
    case $prev in
        {}) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
        {}) return ;;
    esac
    for ((i = 1; i < COMP_CWORD; ++i)); do
        longer="${{path:+$path }}${{COMP_WORDS[i]}}"
        case $longer in {}) path=$longer ;; esac
    done
    case $path in
{}    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
    case $files$cur in
        1-*) ;;
        1*) mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$cur") ;;
    esac
}}
complete -o filenames -F _sealctl sealctl
)sh",
                       files, others, path_cases(places), cases);
}

std::string zsh(std::span<const Command> commands, const Places& places) {
    auto [files, others] = valued(commands);
    std::string cases;
    for (const auto& [path, place] : places) {
        std::string words;
        for (const auto& next : place.next)
            words += fmt::format(" '{}:{}'", next.word, escaped(next.about, "'\\''"));
        cases += fmt::format("    \"{}\") next=({}) files={} ;;\n", path, words.substr(1),
                             place.files ? 1 : 0);
    }
    return fmt::format(R"sh(#compdef sealctl
# sealctl(1) for zsh; made by: sealctl completion zsh
_sealctl() {{
    local word longer at= files=0
    local -a next
    case $words[CURRENT-1] in
        {}) _files; return ;;
        {}) return ;;
    esac
    for word in ${{words[2,CURRENT-1]}}; do
        longer="${{at:+$at }}$word"
        case $longer in {}) at=$longer ;; esac
    done
    case $at in
{}    esac
    _describe -o sealctl next
    [ $files -eq 0 ] || _files
}}
_sealctl "$@"
)sh",
                       files, others, path_cases(places), cases);
}

std::string fish_line(const std::string& path, const Candidate& next) {
    auto what =
        next.word.starts_with("--") ? "-l " + next.word.substr(2) : "-a '" + next.word + "'";
    auto told = next.about.empty() ? "" : " -d '" + escaped(next.about, "\\'") + "'";
    return fmt::format("complete -c sealctl -n '__sealctl_at \"{}\"' {}{}\n", path, what, told);
}

std::string fish(std::span<const Command> commands, const Places& places) {
    auto [files, others] = valued(commands);
    std::string known;
    std::string lines;
    for (const auto& [path, place] : places) {
        if (!path.empty()) known += " '" + path + "'";
        for (const auto& next : place.next) {
            auto line = fish_line(path, next);
            bool takes =
                ("|" + files + "|" + others + "|").find("|" + next.word + "|") != std::string::npos;
            bool file = ("|" + files + "|").find("|" + next.word + "|") != std::string::npos;
            if (takes) line.insert(line.size() - 1, file ? " -r -F" : " -x");
            lines += line;
        }
        if (place.files)
            lines += fmt::format("complete -c sealctl -n '__sealctl_at \"{}\"' -F\n", path);
    }
    return fmt::format(R"sh(# sealctl(1) for fish; made by: sealctl completion fish
function __sealctl_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        set -l longer (string trim -- "$at $word")
        contains -- "$longer" {}; and set at $longer
    end
    test "$at" = "$argv[1]"
end
complete -c sealctl -f
)sh",
                       known.substr(1)) +
           lines;
}

}  // namespace

std::optional<std::string> completion_for(std::string_view shell, std::span<const Command> commands,
                                          Language language) {
    auto places = places_of(commands, language);
    if (shell == "bash") return bash(commands, places);
    if (shell == "zsh") return zsh(commands, places);
    if (shell == "fish") return fish(commands, places);
    return std::nullopt;
}

}  // namespace seals::sealctl
