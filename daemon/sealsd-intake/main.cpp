// sealsd-intake: reads one foreign file, or stores one upload, and exits. See sealsd-intake(8).
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/about.hpp"
#include "base/log.hpp"
#include "harden.hpp"
#include "job.hpp"
#include "print.hpp"
#include "receive.hpp"

namespace {

using namespace seals;

constexpr const char* kUsage =
    "usage: sealsd-intake                            one job over standard input, a Unix socket\n"
    "       sealsd-intake --receive DIR --max BYTES  one upload over standard input, a Unix "
    "socket\n"
    "       sealsd-intake --print FILE --kind persons|seals|requests [--map FILE]\n"
    "                     [--format auto|csv|json|ndjson] [--source NAME] [--timezone ZONE]\n";

struct Options {
    enum class Mode { job, receive, print, wrong } mode = Mode::job;
    Reception reception;
    Printing printing;
};

bool read_size(std::string_view text, std::int64_t& to) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
    return error == std::errc{} && end == text.data() + text.size() && to > 0;
}

Options parse(const std::vector<std::string>& words) {
    Options options;
    auto wrong = [&] {
        options.mode = Options::Mode::wrong;
        return options;
    };
    bool has_size = false;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        const auto& name = words[i];
        if (i + 1 >= words.size()) return wrong();
        const auto& value = words[i + 1];
        if (name == "--receive")
            options.mode = Options::Mode::receive, options.reception.spool = value;
        else if (name == "--max" && read_size(value, options.reception.most_bytes))
            has_size = true;
        else if (name == "--print")
            options.mode = Options::Mode::print, options.printing.file = value;
        else if (name == "--kind")
            options.printing.job.kind = value;
        else if (name == "--map")
            options.printing.map_file = value;
        else if (name == "--format")
            options.printing.job.format = value;
        else if (name == "--source")
            options.printing.job.source = value;
        else if (name == "--timezone")
            options.printing.job.timezone = value;
        else
            return wrong();
    }
    if ((options.mode == Options::Mode::receive) != has_size) return wrong();
    if ((options.mode == Options::Mode::print) == options.printing.job.kind.empty()) return wrong();
    return options;
}

int tell(const Error& error) {
    std::string where;
    if (error.line) where = "line " + std::to_string(*error.line) + ": ";
    if (error.line && error.detail.starts_with("line ")) where.clear();
    std::fprintf(stderr, "sealsd-intake: %s%s\n", where.c_str(), error.detail.c_str());
    if (!error.remedy.empty()) std::fprintf(stderr, "sealsd-intake: %s\n", error.remedy.c_str());
    return row_of(error.code).exit;
}

int finish(const Status& status) {
    if (status) return 0;
    log(Priority::warning, "intake", status.error().detail);
    return row_of(status.error().code).exit;
}

bool is_socket(int fd) {
    struct stat about {};
    return ::fstat(fd, &about) == 0 && S_ISSOCK(about.st_mode);
}

int print(const Printing& printing) {
    auto refused = print_items(printing);
    if (!refused) return tell(refused.error());
    return row_of(*refused == 0 ? Code::ok : Code::no).exit;
}

int run(const Options& options) {
    Hardening hardening;
    hardening.no_writing = options.mode == Options::Mode::job;
    if (options.mode == Options::Mode::receive)
        hardening.file_bytes = static_cast<std::uint64_t>(options.reception.most_bytes);
    if (auto status = harden(hardening); !status) return finish(status);
    switch (options.mode) {
        case Options::Mode::receive:
            return finish(receive_upload(STDIN_FILENO, options.reception));
        case Options::Mode::print:
            return print(options.printing);
        default:
            break;
    }
    return finish(serve_job(STDIN_FILENO, is_socket(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO));
}

}  // namespace

int main(int argc, char** argv) {
    if (auto text = about(argc, argv, kUsage, SEALS_VERSION))
        return std::fputs(text->c_str(), stdout) < 0 ? 1 : 0;
    auto options = parse({argv + 1, argv + argc});
    if (options.mode == Options::Mode::wrong) {
        std::fputs(kUsage, stderr);
        return kExitUsage;
    }
    try {
        return run(options);
    } catch (const std::exception& gone) {  // no memory left: RLIMIT_AS is meant to be hit here
        log(Priority::error, "intake", gone.what());
        return row_of(Code::internal).exit;
    }
}
