// SearchIndex: search.db at run time. Its writer follows the ledger on a thread of its own, off the
// commit path; queries run on another with a deadline each. Dropping the file costs a rebuild and
// nothing else. Loop thread only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/store.hpp"
#include "ledger/search.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

using ledger::SearchPage;
using ledger::SearchQuery;

class SearchIndex {
  public:
    SearchIndex(loop::Loop& loop, std::string ledger_path, std::string index_path);

    void catch_up();  // there is more in the ledger; comes back at once
    // Empties it and begins from the first entry; `done` when it is empty.
    void rebuild(std::function<void(Status)> done);
    void find(SearchQuery query, std::function<void(Result<SearchPage>)> done);
    std::uint64_t indexed() const { return indexed_; }
    const std::optional<Error>& fault() const { return fault_; }
    std::size_t waiting() const { return questions_.waiting(); }

  private:
    std::string ledger_path_, index_path_;
    struct Writing;
    struct Asking;
    static Status prepare(Writing& writing, const std::string& ledger_path,
                          const std::string& index_path);
    static Result<std::uint64_t> write_step(Writing& writing, const std::string& ledger_path,
                                            const std::string& index_path);
    static Result<SearchPage> ask(Asking& asking, const std::string& ledger_path,
                                  const SearchQuery& query);
    void step();
    void stepped(const Result<std::uint64_t>& in);

    std::shared_ptr<Writing> writing_;  // touched by the index thread only
    std::shared_ptr<Asking> asking_;    // touched by the questions thread only
    std::uint64_t indexed_ = 0;
    std::optional<Error> fault_;
    bool running_ = false, more_ = false;
    loop::Loop& loop_;
    loop::Timer rest_;  // set: the next step waits for it
    loop::Worker writer_;
    loop::Worker questions_;
};

}  // namespace seals::engine
