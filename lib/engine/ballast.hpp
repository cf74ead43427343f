// Ballast: a file that only takes room beside the ledger, so that there is room to record what
// happens once the disk is full. Given up then; taken again when the disk has room. Loop thread.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"

namespace seals::engine {

class Ballast {
  public:
    Ballast(std::string path, std::size_t bytes) : path_(std::move(path)), bytes_(bytes) {}

    // Makes the file if there is none and room for twice its size. Code::unavailable: no room.
    Status take();
    void release();  // removes it; from then on spent()
    bool spent() const { return spent_; }

  private:
    std::string path_;
    std::size_t bytes_;
    bool spent_ = false;
};

}  // namespace seals::engine
