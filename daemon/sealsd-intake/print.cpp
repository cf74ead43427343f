#include "print.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>

#include "intake/map.hpp"
#include "job.hpp"
#include "wire/json.hpp"

namespace seals {
namespace {

Result<Fd> open_file(const std::string& path) {
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return Error{Code::not_found, path + ": " + std::strerror(errno)};
    return file;
}

Result<std::string> read_map(const std::string& path) {
    if (path.empty()) return std::string();
    auto file = open_file(path);
    if (!file) return file.error();
    std::string text(intake::kMapBytes + 1, '\0');
    auto got = intake::FdSource(file->get()).read_at(0, text);
    if (!got) return got.error();
    text.resize(*got);
    return text;
}

}  // namespace

Result<std::int64_t> print_items(const Printing& printing) {
    auto map = read_map(printing.map_file);
    if (!map) return map.error();
    auto asked = printing.job;
    asked.map = std::move(*map);
    auto job = intake_job(asked);
    if (!job) return job.error();
    auto file = open_file(printing.file);
    if (!file) return file.error();
    std::int64_t refused = 0;
    auto done = intake::read_export(
        intake::FdSource(file->get()), *job, [&](wire::ImportItem item) -> Status {
            refused += item.fault ? 1 : 0;
            auto line = wire::dump_json(wire::write(item)) + "\n";
            if (std::fwrite(line.data(), 1, line.size(), stdout) == line.size()) return {};
            return unavailable("standard output is closed");
        });
    if (!done) return done.error();
    if (std::fflush(stdout) != 0) return unavailable("standard output is closed");
    return refused;
}

}  // namespace seals
