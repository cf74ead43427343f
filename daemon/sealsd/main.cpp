// sealsd: decides and remembers. See sealsd(8).
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>
#include <sstream>

#include <getopt.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include "base/log.hpp"
#include "graph.hpp"
#include "leaf/hash.hpp"
#include "programs.hpp"
#include "restore.hpp"

namespace {

using namespace seals;

struct Options {
    std::string config = "/etc/seals/seals.toml";
    bool check = false;
    seals::sealsd::RestoreOptions restore;
};

int fail(const Error& error) {
    log(Priority::error, "sealsd", error.detail, {{"remedy", error.remedy}});
    return row_of(error.code).exit;
}

std::string hash_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    leaf::Hasher hasher;
    return to_hex(hasher.sha256(as_bytes(text.str())));
}

// PIN attempts and tag keys pass through this memory. A simulated cabinet has none worth hiding,
// and its scripts want to see whose pid is whose.
void keep_out_of_core_dumps(bool simulated) {
    rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (!simulated) ::prctl(PR_SET_DUMPABLE, 0);
}

// systemd's protocol for a reload: RELOADING with the time, READY when it is over.
void reload(sealsd::Graph& graph, const std::string& path) {
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    sd_notify(0,
              ("RELOADING=1\nMONOTONIC_USEC=" +
               std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count()))
                  .c_str());
    auto config = config::load(path);
    auto over = [] { sd_notify(0, "READY=1"); };
    if (config) return graph.reload(*config, hash_of_file(path), over);
    log(Priority::error, "sealsd", "the configuration that runs stays: " + config.error().detail,
        {{"remedy", config.error().remedy}});
    over();
}

int serve(const config::Config& config, const Options& options) {
    loop::Loop loop;
    auto graph = sealsd::Graph::build(loop, config, hash_of_file(options.config));
    if (!graph) return fail(graph.error());
    bool stopping = false;
    loop::Timer give_up;
    auto stop = [&] {
        if (stopping) return;
        stopping = true;
        sd_notify(0, "STOPPING=1");
        give_up = loop.after(std::chrono::seconds{10}, [&] { loop.stop(); });
        (*graph)->stop([&] { loop.stop(); });
    };
    auto on_term = loop.on_signal(SIGTERM, stop);
    auto on_int = loop.on_signal(SIGINT, stop);
    auto on_hangup = loop.on_signal(SIGHUP, [&] {
        if (!stopping) reload(**graph, options.config);
    });
    auto on_child = loop.on_signal(SIGCHLD, [] { sealsd::reap(); });
    // Fed by the loop only while the workers make progress: a stuck disk brings a restart.
    auto watchdog = loop.every(std::chrono::seconds{5}, [&] {
        if (!(*graph)->stuck()) sd_notify(0, "WATCHDOG=1");
    });
    (*graph)->start([] { sd_notify(0, "READY=1"); });
    loop.run();
    return stopping ? 0 : row_of(Code::unavailable).exit;
}

constexpr const char* kUsage =
    "usage: sealsd [--config FILE] [--check]\n"
    "       sealsd [--config FILE] --restore FILE [--newer COPY]... [--new-origin --basis TEXT]\n"
    "  --config FILE  configuration (default /etc/seals/seals.toml), seals.toml(5)\n"
    "  --check        say whether the configuration is right, and exit\n"
    "  --restore FILE put a backup in the place of the ledger, and exit\n"
    "  --newer COPY   another copy, or a dump, that has entries which FILE lacks\n"
    "  --new-origin   go on under a new origin where entries are lost for good\n"
    "  --basis TEXT   what happened, and who decided it; stands in the ledger\n"
    "  -V, --version  -h, --help\n";

// The exit status when the command line asks for nothing more.
std::optional<int> read_options(int argc, char** argv, Options& to) {
    const option known[] = {{"config", required_argument, nullptr, 'c'},
                            {"check", no_argument, nullptr, 'n'},
                            {"restore", required_argument, nullptr, 'r'},
                            {"newer", required_argument, nullptr, 'w'},
                            {"new-origin", no_argument, nullptr, 'o'},
                            {"basis", required_argument, nullptr, 'b'},
                            {"version", no_argument, nullptr, 'V'},
                            {"help", no_argument, nullptr, 'h'},
                            {}};
    for (int found = 0; (found = getopt_long(argc, argv, "c:nVh", known, nullptr)) != -1;) {
        if (found == 'c') to.config = optarg;
        if (found == 'n') to.check = true;
        if (found == 'r') to.restore.file = optarg;
        if (found == 'w') to.restore.newer.emplace_back(optarg);
        if (found == 'o') to.restore.new_origin = true;
        if (found == 'b') to.restore.basis = optarg;
        if (found == 'V') return std::puts(SEALS_VERSION) < 0 ? 1 : 0;
        if (found == 'h') return std::fputs(kUsage, stdout) < 0 ? 1 : 0;
        if (found == '?') return std::fputs(kUsage, stderr) < 0 ? 1 : kExitUsage;
    }
    if (optind == argc) return std::nullopt;
    std::fprintf(stderr, "sealsd: \"%s\" is not understood here\n%s", argv[optind], kUsage);
    return kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (auto status = read_options(argc, argv, options)) return *status;
    auto config = config::load(options.config);
    if (!config) return fail(config.error());
    if (options.check) return std::puts("configuration OK") < 0 ? 1 : 0;
    keep_out_of_core_dumps(config->node.simulated);
    if (!options.restore.file.empty()) return sealsd::restore_and_tell(*config, options.restore);
    ::setenv("TZ", config->node.timezone.c_str(), 1);  // hours of use and curfew go by it
    ::tzset();
    return serve(*config, options);
}
