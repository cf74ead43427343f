// Files: what was sent beside an act (a certificate, an impression) becomes a file of the store
// before the act is decided. Copying and syncing happen on a worker. Loop thread only.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "evidence/file_store.hpp"
#include "loop/worker.hpp"

namespace seals::engine {

class Files {
  public:
    Files(loop::Loop& loop, std::string dir) : store_(std::move(dir)), worker_(loop, "files") {}

    // Every file of the list; `open` finds what was sent, on the worker. One that is kept already
    // need not be sent again.
    using Open = std::function<Result<Fd>(const std::string& sha256)>;
    void keep(std::vector<std::string> sha256s, Open open, std::function<void(Status)> then);

    const evidence::FileStore& store() const { return store_; }

    // Whether an act may be under way that names it: it was asked for within the hour.
    bool is_wanted(const std::string& sha256);
    // Takes files away whose purge is on record. One that somebody wants meanwhile stays. `then`
    // gets how many could not be taken away; they are when it is tried again.
    void remove(const std::vector<std::string>& sha256s, std::function<void(std::size_t)> then);

  private:
    void forget_old();

    evidence::FileStore store_;
    std::map<std::string, std::chrono::steady_clock::time_point> wanted_;  // when last
    loop::Worker worker_;
};

}  // namespace seals::engine
