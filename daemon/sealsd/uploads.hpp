// Uploads: files.sock. Each connection is handed to a fresh sealsd-intake, which streams it into
// the spool and hashes it; here it is only found again, for the same uid and for an hour. Loop
// thread, except open().
#pragma once

#include <string>

#include <sys/types.h>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "loop/loop.hpp"

namespace seals::sealsd {

class Uploads {
  public:
    // Listens at `socket` (mode 0660, that group); files live in `spool`, at most `most_bytes`
    // each.
    static Result<std::unique_ptr<Uploads>> open(loop::Loop& loop, const std::string& socket,
                                                 const std::string& group, std::string spool,
                                                 std::size_t most_bytes);

    // Any thread. Code::not_found: nothing of that hash from that uid within the hour.
    static Result<Fd> find(const std::string& spool, uid_t uid, const std::string& sha256);

  private:
    Uploads(loop::Loop& loop, Fd listening, std::string socket, std::string spool,
            std::size_t most_bytes);
    void accept();
    void sweep();  // what is older than an hour goes

    loop::Loop& loop_;
    Fd listening_;
    std::string socket_, spool_;
    std::size_t most_bytes_;
    loop::Watch watch_;
    loop::Timer sweeping_;
};

}  // namespace seals::sealsd
