#include "engine/verifier.hpp"

#include "engine/replay.hpp"
#include "ledger/verify.hpp"

namespace seals::engine {
namespace {

Result<Verification> verify_all(const std::string& path, const std::atomic<bool>& cancel) {
    auto replay = std::make_shared<Replay>();
    ledger::VerifyOptions options;
    options.replay = [replay](const ledger::Recorded& entry) -> Status {
        replay->take(entry);
        return {};
    };
    options.rows = [replay] { return replay->rows(); };
    options.cancel = &cancel;
    auto report = ledger::verify(path, options);
    if (!report) return report.error();
    Verification out{report->ok, report->size, report->root, 0, {}};
    if (report->first_bad) {
        out.first_bad = report->first_bad->seq;
        out.reason = report->first_bad->reason;
    }
    return out;
}

}  // namespace

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
