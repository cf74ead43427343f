#include "engine/verifier.hpp"

#include "engine/kept_shelf.hpp"

namespace seals::engine {
namespace {

constexpr int kAttempts = 3;  // beside a busy writer

Result<ledger::Report> verify_with(Replay& replay, const std::string& path,
                                   ledger::VerifyOptions options) {
    options.replay = [&](const ledger::Recorded& entry) { return replay.take(entry); };
    options.rows = [&] { return replay.rows(); };
    return ledger::verify(path, options);
}

Result<Verification> verify_all(const std::string& path, const std::atomic<bool>& cancel) {
    ledger::VerifyOptions options;
    options.cancel = &cancel;
    auto report = verify_views(path, options);
    if (!report) return report.error();
    Verification out{report->ok, report->size, report->root, 0, {}};
    if (report->first_bad) {
        out.first_bad = report->first_bad->seq;
        out.reason = report->first_bad->reason;
    }
    return out;
}

}  // namespace

Result<ledger::Report> verify_views(const std::string& path, ledger::VerifyOptions options,
                                    std::uint64_t every) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        auto reader = ledger::Reader::open(path);
        // What keeps it from being opened is what verification is to find.
        if (!reader) break;
        KeptShelf shelf(*reader);
        Replay replay(shelf, every);
        options.dropped = &shelf.digests();
        auto report = verify_with(replay, path, options);
        if (report || !shelf.overtaken()) return report;
    }
    Replay replay;
    options.dropped = nullptr;
    return verify_with(replay, path, options);
}

Verifier::Verifier(loop::Loop& loop, Engine& engine)
    : engine_(engine), worker_(loop, "verifier", loop::Pace::background) {}

Verifier::~Verifier() {
    cancel_ = true;
}

void Verifier::run(std::function<void(Result<Verification>)> done) {
    waiting_.push_back(std::move(done));
    if (!running_) start();
}

void Verifier::start() {
    running_ = true;
    auto waiting = std::make_shared<std::vector<std::function<void(Result<Verification>)>>>(
        std::move(waiting_));
    waiting_.clear();
    worker_.submit([this, waiting, path = engine_.store().path()]() -> loop::Reply {
        auto result = std::make_shared<Result<Verification>>(verify_all(path, cancel_));
        return [this, waiting, result] {
            running_ = false;
            if (*result && !(*result)->ok)
                engine_.distrust_ledger(Error{Code::corrupt,
                                              "the ledger does not verify: " + (*result)->reason,
                                              "restore the ledger from a backup that verifies"});
            for (auto& done : *waiting)
                done(*result);
            if (!waiting_.empty()) start();
        };
    });
}

}  // namespace seals::engine
