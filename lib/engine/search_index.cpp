#include "engine/search_index.hpp"

#include "base/log.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kStep = 1000;      // entries per transaction of the index
constexpr milliseconds kDeadline{3000};  // of one query
// Between two steps that did not fill up: under load the index takes in many entries at once, and
// leaves the processor to the commits. What it has not yet, a query reads in the ledger.
constexpr milliseconds kRest{200};

}  // namespace

// Each thread has a ledger reader of its own; both are opened on first use, on that thread.
struct SearchIndex::Writing {
    std::optional<ledger::Reader> ledger;
    std::optional<ledger::SearchWriter> index;
};

struct SearchIndex::Asking {
    explicit Asking(std::string path) : index(std::move(path)) {}
    std::optional<ledger::Reader> ledger;
    ledger::SearchReader index;
};

SearchIndex::SearchIndex(loop::Loop& loop, std::string ledger_path, std::string index_path)
    : ledger_path_(std::move(ledger_path)),
      index_path_(std::move(index_path)),
      writing_(std::make_shared<Writing>()),
      asking_(std::make_shared<Asking>(index_path_)),
      loop_(loop),
      writer_(loop, "index", loop::Pace::background),
      questions_(loop, "search") {}

// One step at a time, so that a long catching-up can be stopped between two.
void SearchIndex::catch_up() {
    more_ = true;
    if (!running_ && !rest_) step();
}

void SearchIndex::step() {
    running_ = true;
    more_ = false;
    writer_.submit([this, writing = writing_, ledger_path = ledger_path_,
                    index_path = index_path_]() -> loop::Reply {
        auto step =
            std::make_shared<Result<std::uint64_t>>(write_step(*writing, ledger_path, index_path));
        return [this, step] { stepped(*step); };
    });
}

Status SearchIndex::prepare(Writing& writing, const std::string& ledger_path,
                            const std::string& index_path) {
    if (!writing.ledger) {
        auto reader = ledger::Reader::open(ledger_path);
        if (!reader) return reader.error();
        writing.ledger.emplace(std::move(*reader));
    }
    if (!writing.index) {
        auto index = ledger::SearchWriter::open(index_path);
        if (!index) return index.error();
        writing.index.emplace(std::move(*index));
    }
    return {};
}

Result<std::uint64_t> SearchIndex::write_step(Writing& writing, const std::string& ledger_path,
                                              const std::string& index_path) {
    if (auto status = prepare(writing, ledger_path, index_path); !status) return status.error();
    return writing.index->catch_up(*writing.ledger, kStep);
}

// A damaged one is gone for that very reason, and made anew by the next step.
void SearchIndex::rebuild(std::function<void(Status)> done) {
    writer_.submit([this, writing = writing_, ledger_path = ledger_path_, index_path = index_path_,
                    done = std::move(done)]() -> loop::Reply {
        auto status = prepare(*writing, ledger_path, index_path);
        if (status) status = writing->index->start_over();
        if (!status) writing->index.reset();
        if (!status && status.error().code == Code::corrupt) status = {};
        return [this, status, done] {
            if (status) {
                log(Priority::notice, "search", "the index is made anew");
                indexed_ = 0;
                catch_up();
            }
            done(status);
        };
    });
}

void SearchIndex::stepped(const Result<std::uint64_t>& in) {
    running_ = false;
    if (!in) {
        log(Priority::warning, "search", "the index does not take entries in",
            {{"why", in.error().detail}});
        fault_ = in.error();
        writing_ = std::make_shared<Writing>();  // opened anew when there is more
        return;
    }
    fault_.reset();
    bool full = *in >= indexed_ + kStep || *in < indexed_;  // less: it was made anew
    indexed_ = *in;
    if (full) return step();
    rest_ = loop_.after(kRest, [this] {
        rest_ = {};
        if (more_) step();
    });
}

void SearchIndex::find(SearchQuery query, std::function<void(Result<SearchPage>)> done) {
    questions_.submit([asking = asking_, ledger_path = ledger_path_, query = std::move(query),
                       done = std::move(done)]() -> loop::Reply {
        auto page = std::make_shared<Result<SearchPage>>(ask(*asking, ledger_path, query));
        return [page, done] { done(std::move(*page)); };
    });
}

Result<SearchPage> SearchIndex::ask(Asking& asking, const std::string& ledger_path,
                                    const SearchQuery& query) {
    if (!asking.ledger) {
        auto reader = ledger::Reader::open(ledger_path);
        if (!reader) return reader.error();
        asking.ledger.emplace(std::move(*reader));
    }
    return asking.index.find(query, *asking.ledger, std::chrono::steady_clock::now() + kDeadline);
}

}  // namespace seals::engine
