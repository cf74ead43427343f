// What sealsd and sealsd-intake say to each other about one file: a job with the spooled file's
// descriptor, then batches of items, then the end or what is wrong with the file as a whole. The
// codecs are pure. run_intake and IntakeReply block: one is for a worker of sealsd, the other for
// the program. Nothing that the program says is believed unread: it has looked at a foreign file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "helper/frame.hpp"
#include "wire/import.hpp"

namespace seals::helper {

struct IntakeJob {
    std::string kind;             // persons, seals, requests
    std::string format = "auto";  // auto, csv, json, ndjson
    std::string source;           // name of the OA; "": the map's, or csv
    std::string timezone = "Asia/Shanghai";
    std::string map;  // TOML, "" for none
};

enum class IntakeKind : std::uint8_t { job = 1, items = 2, end = 3, error = 4 };

inline constexpr std::size_t kBatchItems = 256;
inline constexpr std::size_t kBatchBytes = 256 * 1024;  // goal of a batch; one item may exceed it

std::string encode_job(const IntakeJob& job);
Result<IntakeJob> decode_job(std::string_view text);

// Strict: each item has its line and exactly one of fault and content, of the kind asked for.
Result<std::vector<wire::ImportItem>> decode_items(std::string_view text, std::string_view kind);

std::string encode_end(std::int64_t records);
Result<std::int64_t> decode_end(std::string_view text);

std::string encode_error(const Error& error);
Error decode_error(std::string_view text);  // of a text that is none: Code::internal

// sealsd's side: sends the job, hands each batch on in order, and waits for the end. `socket` is
// connected to a fresh sealsd-intake, `spool_fd` open for reading; both stay the caller's. Errors:
// the file's own (Code::invalid with line or field), the batch taker's, Code::timeout, and
// Code::unavailable when the program is gone.
using EachBatch = std::function<Status(std::vector<wire::ImportItem>)>;
Status run_intake(int socket, const IntakeJob& job, int spool_fd, const EachBatch& each_batch,
                  Deadline deadline = deadline_in(std::chrono::minutes{10}));

// The program's side: items in, frames out.
class IntakeReply {
  public:
    IntakeReply(int fd, Deadline deadline) : fd_(fd), deadline_(deadline) {}
    Status put(const wire::ImportItem& item);
    Status finish(const Result<std::int64_t>& records);  // the rest, then the end or the error

  private:
    Status flush();
    Status send(IntakeKind kind, const std::string& payload);

    int fd_;
    Deadline deadline_;
    std::string batch_;
    std::size_t items_ = 0;
};

}  // namespace seals::helper
