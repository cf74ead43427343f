#include "engine/report.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "engine/report_rows.hpp"
#include "leaf/canonical.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kMostWaiting = 8;
constexpr std::size_t kWrite = 256 * 1024;
constexpr std::uint64_t kRoomLeft = std::uint64_t{128} << 20;  // for the ledger, always

Error no_room(const std::string& folder) {
    return unavailable("little room is left on the disk of " + folder + ", and it is the ledger's",
                       "free space there, or ask for a shorter period");
}

// Rows on their way into a file that nobody else can see, and that goes with its descriptor.
class RowFile {
  public:
    RowFile(std::string folder, Fd file) : folder_(std::move(folder)), file_(std::move(file)) {}

    static Result<RowFile> create(const std::string& folder) {
        Fd file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
        if (!file) {  // a file system without unnamed files
            auto path = folder + "/.report-XXXXXX";
            file.reset(::mkostemp(path.data(), O_CLOEXEC));
            if (file) ::unlink(path.c_str());
        }
        if (!file)
            return unavailable(folder + ": " + std::strerror(errno),
                               "make [paths] state a folder that sealsd may write");
        return RowFile(folder, std::move(file));
    }

    Status add(const Value& row) {
        auto bytes = leaf::encode_value(row);
        if (!bytes) return bytes.error();
        waiting_.append(as_text(*bytes));
        waiting_ += '\n';
        return waiting_.size() < kWrite ? Status() : flush();
    }
    Status flush() {
        struct statvfs disk {};
        if (::fstatvfs(file_.get(), &disk) == 0 && disk.f_bavail * disk.f_frsize < kRoomLeft)
            return no_room(folder_);
        for (std::string_view left = waiting_; !left.empty();) {
            auto wrote = ::write(file_.get(), left.data(), left.size());
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote < 0) return no_room(folder_);
            left.remove_prefix(static_cast<std::size_t>(wrote));
            bytes_ += static_cast<std::uint64_t>(wrote);
        }
        waiting_.clear();
        return {};
    }
    std::uint64_t bytes() const { return bytes_; }
    Fd take() { return std::move(file_); }

  private:
    std::string folder_;
    Fd file_;
    std::string waiting_;
    std::uint64_t bytes_ = 0;
};

Status make_rows(ReportReading& reading, const std::string& items, const Emit& emit) {
    switch (reading.query().kind) {
        case ReportKind::use_register:
            return register_report(reading, emit);
        case ReportKind::custody:
            return custody_report(reading, emit);
        case ReportKind::handover:
            return handover_report(reading, emit);
        case ReportKind::inventory:
            return inventory_report(reading, emit);
        case ReportKind::take_out:
            return take_out_report(reading, emit);
        case ReportKind::exceptions:
            return exceptions_report(reading, emit);
        case ReportKind::reconciliation:
            return reconciliation_report(reading, items, emit);
        case ReportKind::destruction:
            return destruction_report(reading, emit);
        case ReportKind::usage:
            return usage_report(reading, emit);
    }
    return internal("a kind of report without a maker");
}

Result<std::shared_ptr<MadeReport>> make_report(const std::string& ledger,
                                                const std::string& folder, const std::string& items,
                                                ReportQuery query,
                                                const std::atomic<bool>& cancel) {
    auto file = RowFile::create(folder);
    if (!file) return file.error();
    auto reading = ReportReading::open(ledger, std::move(query), cancel);
    if (!reading) return reading.error();
    ReportSums sums((*reading)->query().kind);
    auto status = make_rows(**reading, items, [&](Value row) -> Status {
        sums.add(row);
        return file->add(row);
    });
    if (status) status = file->flush();
    if (!status) return status.error();
    return std::make_shared<MadeReport>(MadeReport{file->take(), file->bytes(), std::move(sums),
                                                   (*reading)->size(), (*reading)->root()});
}

Result<std::string> read_lines(const MadeReport& report, std::uint64_t place, std::size_t most) {
    std::string lines;
    while (place + lines.size() < report.bytes) {
        auto have = lines.size();
        lines.resize(have + most);
        auto got =
            ::pread(report.file.get(), lines.data() + have, most, static_cast<off_t>(place + have));
        lines.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return unavailable("the rows of the report could not be read again");
        auto end = lines.rfind('\n');
        if (end == std::string::npos) continue;  // a row longer than that
        lines.resize(end + 1);
        break;
    }
    return lines;
}

}  // namespace

Reporter::~Reporter() {
    for (const auto& cancel : asked_)
        *cancel = true;
}

void Reporter::make(ReportQuery query, Cancel cancel, Done done) {
    if (worker_.waiting() >= kMostWaiting)
        return done(unavailable("too many reports are being made", "ask again in a minute"));
    asked_.insert(cancel);
    auto shared = std::make_shared<ReportQuery>(std::move(query));
    worker_.submit([this, shared, cancel, done = std::move(done),
                    ledger = engine_.store().path()]() -> loop::Reply {
        auto made = std::make_shared<Result<std::shared_ptr<MadeReport>>>(
            make_report(ledger, folder_, items_, std::move(*shared), *cancel));
        return [this, cancel, made, done] {
            asked_.erase(cancel);
            done(std::move(*made));
        };
    });
}

void Reporter::read(const std::shared_ptr<MadeReport>& report, std::uint64_t place,
                    std::size_t most, std::function<void(Result<std::string>)> done) {
    engine_.store().ask<Result<std::string>>(
        [report, place, most](ledger::Reader&) { return read_lines(*report, place, most); },
        std::move(done));
}

}  // namespace seals::engine
