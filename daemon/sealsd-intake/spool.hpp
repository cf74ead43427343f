// SpoolFile: a file that comes into the spool whole, under its final name, or not at all.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/fd.hpp"
#include "base/result.hpp"

namespace seals {

class SpoolFile {
  public:
    static Result<SpoolFile> create(const std::string& folder);  // hidden, 0640
    SpoolFile(SpoolFile&& other) noexcept;
    ~SpoolFile();  // takes away what was not published

    Status write(ByteView bytes);
    // Synced, renamed, folder synced. A file of that name is replaced: it holds the same bytes.
    Status publish(const std::string& name);

  private:
    SpoolFile(Fd folder, Fd file, std::string name)
        : folder_(std::move(folder)), file_(std::move(file)), name_(std::move(name)) {}

    Fd folder_, file_;
    std::string name_;  // "" once published
};

// Takes away uploads, whole or half, that nobody may use any more (older than an hour).
void sweep_spool(const std::string& folder);

}  // namespace seals
