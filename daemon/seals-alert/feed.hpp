// Feed: what is recorded of alerts, page by page, from a worker that may wait for sealsd. A page is
// asked for when the one before was taken, so nothing piles up here; a restart of sealsd or a gap
// in its stream only means asking again after the same entry. Loop thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "loop/worker.hpp"
#include "notice.hpp"
#include "options.hpp"

namespace seals::alertd {

class Feed {
  public:
    using Take = std::function<void(const Cabinet&, std::vector<Notice>)>;

    Feed(loop::Loop& loop, const Options& options, std::uint64_t after, Take take);
    ~Feed();  // leaves the worker behind, which may be waiting

  private:
    struct Reader;  // the worker's
    void ask();
    void taken(const Result<std::vector<Notice>>& page);
    void failed(const Error& error);

    loop::Loop& loop_;
    std::uint64_t after_;
    Take take_;
    std::shared_ptr<Reader> reader_;
    std::unique_ptr<loop::Worker> worker_;
    loop::Timer pause_;
    milliseconds wait_{0};
    std::string told_;  // the failure that was logged last
};

}  // namespace seals::alertd
