// Page file: output that waits in a file without a name until it is whole, and then goes out with
// the number of pages in the places that were kept for it. So nothing half is ever printed, and
// memory does not grow with it. One thread; blocks.
#pragma once

#include <string>
#include <string_view>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "print.hpp"

namespace seals::sealctl {

class PageFile {
  public:
    // In $TMPDIR, else /var/tmp. Code::unavailable when it cannot be made there.
    static Result<PageFile> create();

    void add(std::string_view text);  // a failure is told by print()
    // Each `mark` becomes `text`.
    Status print(Printer& printer, char mark, const std::string& text);

  private:
    PageFile(std::string folder, Fd file) : folder_(std::move(folder)), file_(std::move(file)) {}
    void flush();
    Error no_room() const;

    std::string folder_;
    Fd file_;
    std::string waiting_;
    int failed_ = 0;  // errno of the first write that failed
};

}  // namespace seals::sealctl
