#include "options.hpp"

#include <cstdio>
#include <cstdlib>

#include <getopt.h>
#include <unistd.h>

#include "delivery/pace.hpp"

namespace seals::outboxd {
namespace {

constexpr option kOptions[] = {
    {"socket", required_argument, nullptr, 's'}, {"hook", required_argument, nullptr, 'h'},
    {"spool", required_argument, nullptr, 'd'},  {"secret", required_argument, nullptr, 'k'},
    {"state", required_argument, nullptr, 'S'},  {"timeout", required_argument, nullptr, 't'},
    {"retry", required_argument, nullptr, 'r'},  {"give-up", required_argument, nullptr, 'g'},
    {"poll", required_argument, nullptr, 'p'},   {nullptr, 0, nullptr, 0}};

bool read_span(const char* text, milliseconds& to) {
    auto span = delivery::read_span(text);
    if (span) to = *span;
    return span && span->count() > 0;
}

bool read_option(int flag, const char* text, Options& to) {
    switch (flag) {
        case 's':
            to.socket = text;
            return true;
        case 'h':
            to.hook = text;
            return true;
        case 'd':
            to.spool = text;
            return true;
        case 'k':
            to.secrets.emplace_back(text);
            return true;
        case 'S':
            to.state = text;
            return true;
        case 't':
            return read_span(text, to.timeout);
        case 'r':
            return read_span(text, to.retry);
        case 'g':
            return read_span(text, to.give_up);
        case 'p':
            return read_span(text, to.poll);
        default:
            return false;
    }
}

// LoadCredential=secret:... of the unit.
void add_credential(Options& to) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (!to.secrets.empty() || folder == nullptr) return;
    auto path = std::string(folder) + "/secret";
    if (::access(path.c_str(), R_OK) == 0) to.secrets.push_back(path);
}

std::optional<Options> wrong(const std::string& why) {
    std::fprintf(stderr, "seals-outbox: %s\n%s", why.c_str(), kUsage);
    return std::nullopt;
}

}  // namespace

const char* const kUsage =
    "usage: seals-outbox --hook PROGRAM | --spool DIR  [--secret FILE]... [--socket PATH]\n"
    "                    [--state DIR] [--timeout TIME] [--retry TIME] [--give-up TIME]\n"
    "                    [--poll TIME]\n"
    "  FILE   holds the secret that signs; by default $CREDENTIALS_DIRECTORY/secret\n"
    "  TIME   500ms, 30s, 15m, 6h or 7d\n"
    "  -V, --version  -h, --help   more in seals-outbox(8)\n";

std::optional<Options> read_options(int argc, char** argv) {
    Options options;
    if (const char* socket = std::getenv("SEALS_SOCKET")) options.socket = socket;
    if (const char* state = std::getenv("STATE_DIRECTORY")) options.state = state;
    for (int flag; (flag = getopt_long(argc, argv, "", kOptions, nullptr)) != -1;)
        if (flag == '?' || !read_option(flag, optarg, options))
            return wrong(flag == '?' ? "wrong usage"
                                     : "\"" + std::string(optarg) + "\" is not understood here");
    if (optind != argc)
        return wrong("\"" + std::string(argv[optind]) + "\" is not understood here");
    if (options.hook.empty() == options.spool.empty())
        return wrong("name either --hook or --spool: it says how results are delivered");
    add_credential(options);
    if (options.secrets.empty()) return wrong("no --secret: results are never sent unsigned");
    return options;
}

}  // namespace seals::outboxd
