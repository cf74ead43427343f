// sealsd: decides and remembers. See sealsd(8).
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <CLI/CLI.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include "base/log.hpp"
#include "graph.hpp"
#include "leaf/hash.hpp"
#include "programs.hpp"

namespace {

using namespace seals;

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

int serve(const config::Config& config, const std::string& config_sha256) {
    loop::Loop loop;
    auto graph = sealsd::Graph::build(loop, config, config_sha256);
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
    auto on_child = loop.on_signal(SIGCHLD, [] { sealsd::reap(); });
    // Fed by the loop only while the workers make progress: a stuck disk brings a restart.
    auto watchdog = loop.every(std::chrono::seconds{5}, [&] {
        if (!(*graph)->stuck()) sd_notify(0, "WATCHDOG=1");
    });
    (*graph)->start();
    sd_notify(0, "READY=1");
    loop.run();
    return stopping ? 0 : row_of(Code::unavailable).exit;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"sealsd - the daemon of the seal cabinet"};
    std::string path = "/etc/seals/seals.toml";
    bool check = false;
    app.add_option("--config", path, "configuration file")->capture_default_str();
    app.add_flag("--check", check, "check the configuration and exit");
    app.set_version_flag("-V,--version", SEALS_VERSION);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        int code = app.exit(error);
        return code == 0 ? 0 : kExitUsage;
    }
    auto config = config::load(path);
    if (!config) return fail(config.error());
    if (check) {
        std::puts("configuration OK");
        return 0;
    }
    keep_out_of_core_dumps(config->node.simulated);
    return serve(*config, hash_of_file(path));
}
