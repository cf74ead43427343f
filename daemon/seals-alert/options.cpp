#include "options.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <getopt.h>

#include "delivery/pace.hpp"

namespace seals::alertd {
namespace {

constexpr option kOptions[] = {
    {"socket", required_argument, nullptr, 's'},  {"hooks", required_argument, nullptr, 'd'},
    {"state", required_argument, nullptr, 'S'},   {"also", required_argument, nullptr, 'a'},
    {"timeout", required_argument, nullptr, 't'}, {"retry", required_argument, nullptr, 'r'},
    {"give-up", required_argument, nullptr, 'g'}, {"since", required_argument, nullptr, 'b'},
    {"lang", required_argument, nullptr, 'l'},    {nullptr, 0, nullptr, 0}};

bool read_span(std::string_view text, milliseconds& to) {
    auto span = delivery::read_span(text);
    if (span) to = *span;
    return span.has_value();
}

bool read_also(std::string_view text, std::vector<std::string>& to) {
    for (std::string_view known : {"repeated", "acked", "assigned", "closed"})
        if (text == known) {
            to.push_back("alert." + std::string(known));
            return true;
        }
    return false;
}

bool read_language(std::string_view text, Language& to) {
    if (text != "en" && text != "zh_CN") return false;
    to = text == "en" ? Language::en : Language::zh_CN;
    return true;
}

bool read_option(int flag, const char* text, Options& to) {
    switch (flag) {
        case 's':
            to.socket = text;
            return true;
        case 'd':
            to.hooks = text;
            return true;
        case 'S':
            to.state = text;
            return true;
        case 'a':
            return read_also(text, to.types);
        case 't':
            return read_span(text, to.timeout) && to.timeout.count() > 0;
        case 'r':
            return read_span(text, to.retry) && to.retry.count() > 0;
        case 'g':
            return read_span(text, to.give_up);
        case 'b':
            return read_span(text, to.since);
        case 'l':
            return read_language(text, to.language);
        default:
            return false;
    }
}

void read_environment(Options& to) {
    if (const char* socket = std::getenv("SEALS_SOCKET")) to.socket = socket;
    if (const char* state = std::getenv("STATE_DIRECTORY")) to.state = state;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* locale = std::getenv(name);
        if (locale == nullptr || *locale == '\0') continue;
        if (std::strncmp(locale, "zh", 2) == 0) to.language = Language::zh_CN;
        return;
    }
}

}  // namespace

const char* const kUsage =
    "usage: seals-alert [--socket PATH] [--hooks DIR] [--state DIR] [--also EVENT]...\n"
    "                   [--timeout TIME] [--retry TIME] [--give-up TIME] [--since TIME]\n"
    "                   [--lang en|zh_CN]\n"
    "  EVENT  repeated, acked, assigned or closed: beside alerts that are raised\n"
    "  TIME   500ms, 30s, 15m, 6h or 7d\n"
    "  -V, --version  -h, --help   more in seals-alert(8)\n";

std::optional<Options> read_options(int argc, char** argv) {
    Options options;
    read_environment(options);
    for (int flag; (flag = getopt_long(argc, argv, "", kOptions, nullptr)) != -1;) {
        if (flag != '?' && read_option(flag, optarg, options)) continue;
        if (flag != '?')
            std::fprintf(stderr, "seals-alert: \"%s\" is not understood here\n", optarg);
        std::fputs(kUsage, stderr);
        return std::nullopt;
    }
    if (optind == argc) return options;
    std::fprintf(stderr, "seals-alert: \"%s\" is not understood here\n%s", argv[optind], kUsage);
    return std::nullopt;
}

}  // namespace seals::alertd
