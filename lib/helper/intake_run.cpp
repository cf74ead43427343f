#include "helper/intake.hpp"

namespace seals::helper {
namespace {

// True when the frame was the last one.
Result<bool> take_frame(const Frame& frame, const IntakeJob& job, const EachBatch& each_batch) {
    switch (static_cast<IntakeKind>(frame.kind)) {
        case IntakeKind::items: {
            auto items = decode_items(frame.text(), job.kind);
            if (!items) return items.error();
            if (auto status = each_batch(std::move(*items)); !status) return status.error();
            return false;
        }
        case IntakeKind::end: {
            auto records = decode_end(frame.text());
            if (!records) return records.error();
            return true;
        }
        case IntakeKind::error:
            return decode_error(frame.text());
        case IntakeKind::job:
            break;
    }
    return internal("sealsd-intake sent a frame of kind " + std::to_string(frame.kind));
}

}  // namespace

Status run_intake(int socket, const IntakeJob& job, int spool_fd, const EachBatch& each_batch,
                  Deadline deadline) {
    if (auto sent = write_frame(socket, static_cast<std::uint8_t>(IntakeKind::job), encode_job(job),
                                deadline, spool_fd);
        !sent)
        return sent;
    for (;;) {
        auto got = read_frame(socket, deadline);
        if (!got) return got.error();
        if (!*got)
            return unavailable("sealsd-intake stopped before it was through with the file",
                               "see its log; import the file again, or in parts");
        auto last = take_frame((*got)->frame, job, each_batch);
        if (!last) return last.error();
        if (*last) return {};
    }
}

}  // namespace seals::helper
