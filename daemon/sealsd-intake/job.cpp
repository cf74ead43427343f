#include "job.hpp"

#include <sys/stat.h>

namespace seals {
namespace {

constexpr std::chrono::minutes kForOneFile{10};
constexpr std::size_t kJobBytes = 512 * 1024;  // a map of 64 KiB, escaped

// A pipe or a device would block, or be read only once.
Status check_regular(int fd) {
    struct stat about {};
    if (fd < 0) return invalid("file", "no file came with the job");
    if (::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        return invalid("file", "what came with the job is no regular file");
    return {};
}

Result<std::int64_t> run(const helper::Received& received, helper::IntakeReply& reply) {
    if (received.frame.kind != static_cast<std::uint8_t>(helper::IntakeKind::job))
        return invalid("job", "the first frame is no job");
    auto asked = helper::decode_job(received.frame.text());
    if (!asked) return asked.error();
    auto job = intake_job(*asked);
    if (!job) return job.error();
    if (auto status = check_regular(received.fd.get()); !status) return status.error();
    return intake::read_export(intake::FdSource(received.fd.get()), *job,
                               [&](wire::ImportItem item) { return reply.put(item); });
}

}  // namespace

Result<intake::Job> intake_job(const helper::IntakeJob& from) {
    intake::Job job;
    auto kind = intake::kind_named(from.kind);
    if (!kind) return invalid("kind", "kind must be persons, seals or requests");
    auto format = intake::format_named(from.format);
    if (!format) return invalid("format", "format must be auto, csv, json or ndjson");
    auto map = intake::parse_map(from.map);
    if (!map) return map.error();
    job.kind = *kind;
    job.format = *format;
    job.source = from.source;
    job.timezone = from.timezone;
    job.map = std::move(*map);
    return job;
}

Status serve_job(int in, int out) {
    auto deadline = helper::deadline_in(kForOneFile);
    auto received = helper::read_frame(in, deadline, kJobBytes);
    if (!received) return received.error();
    if (!*received) return {};  // whoever connected changed his mind
    helper::IntakeReply reply(out, deadline);
    return reply.finish(run(**received, reply));
}

}  // namespace seals
