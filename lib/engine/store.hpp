// Store: who owns the ledger at run time. The writer thread owns the Ledger; the loop has a reader
// of its own for single rows (microseconds); everything longer asks the questions thread, whose
// reader sees committed entries only and has a deadline. Loop thread only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ledger/ledger.hpp"
#include "ledger/reader.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

struct Batch {
    std::vector<rules::Event> events;
    ledger::Stamp stamp;
    std::vector<ledger::Row> rows;
    std::vector<ledger::Idempotency> idempotency;
    std::vector<ledger::Secret> secrets;
    std::vector<ledger::ErasedText> erased;
};

// Beside the ledger. Where it is and the ledger is not, somebody took the ledger away.
inline constexpr const char* kIndexName = "search.db";

struct StoreOptions {
    std::string dir;  // ledger.db lives here
    std::string origin;
    bool simulated = false;
    std::string vfs{};
};

class Store {
  public:
    // Opens the ledger or, when the directory has none, makes it. Code::conflict when it belongs to
    // another origin or to the other kind (simulated, real). Code::corrupt: tail or tree is wrong,
    // or the ledger is gone and its index is there.
    // Views of another version of the program are made anew (engine/renewal.hpp).
    static Result<std::unique_ptr<Store>> open(loop::Loop& loop, const StoreOptions& options,
                                               const Clock& clock);

    void append(Batch batch, std::function<void(Result<std::vector<ledger::Recorded>>)> done);

    // After an erasure, and at the start where one was interrupted: rewrites the ledger's file, as
    // often as needed until nothing of what was erased is left in it. Nothing is recorded
    // meanwhile. `done`: the outcome of the first try.
    void scrub(std::function<void(Status)> done = {});
    bool scrub_due() const { return scrub_due_; }

    ledger::Reader& reader() { return *reader_; }  // for single rows, on the loop

    // Runs `question` on the questions thread, then `answer` with what it gave on the loop.
    template <class T>
    void ask(std::function<T(ledger::Reader&)> question, std::function<void(T)> answer) {
        questions_->submit(
            [this, question = std::move(question), answer = std::move(answer)]() -> loop::Reply {
                auto value = std::make_shared<T>(question(*question_reader_));
                return [value, answer] { answer(std::move(*value)); };
            });
    }

    // Runs `job` on the ledger's own thread, between two appends, then `answer` on the loop. For
    // what the ledger keeps beside its entries.
    template <class T>
    void write(std::function<T(ledger::Ledger&)> job, std::function<void(T)> answer) {
        writer_->submit([this, job = std::move(job), answer = std::move(answer)]() -> loop::Reply {
            auto value = std::make_shared<T>(job(*ledger_));
            return [this, value, answer, stopped = ledger_->stopped()] {
                stopped_ = stopped;
                answer(std::move(*value));
            };
        });
    }

    const std::string& path() const { return path_; }
    const std::string& folder() const { return folder_; }
    const std::string& origin() const { return origin_; }
    const std::string& boot_id() const { return boot_id_; }
    std::uint64_t size() const { return size_; }  // committed entries
    Instant last_time() const { return last_time_; }
    std::size_t questions_waiting() const { return questions_->waiting(); }
    bool stuck(milliseconds limit) const;  // a worker makes no progress
    bool stopped() const {
        return stopped_;
    }  // after a disk error nothing is written until restart

  private:
    Store() = default;
    void settle();

    std::string folder_, path_, origin_, boot_id_;
    std::uint64_t size_ = 0;
    bool scrub_due_ = false, scrubbing_ = false;
    loop::Loop* loop_ = nullptr;
    loop::Timer scrub_again_;
    bool stopped_ = false;
    Instant last_time_;
    std::unique_ptr<ledger::Ledger> ledger_;  // touched by the writer thread only, after open()
    std::unique_ptr<ledger::Reader> reader_;
    std::unique_ptr<ledger::Reader> question_reader_;
    std::unique_ptr<loop::Worker> writer_;  // after what its jobs touch: joined first
    std::unique_ptr<loop::Worker> questions_;
};

}  // namespace seals::engine
