// The simulated cabinet's readers. One connection of its own, so that a reader that hangs in one
// slot delays nobody else; after any failure the next call dials again. One worker thread.
#pragma once

#include <string>

#include "base/fd.hpp"
#include "hardware/tag_reader.hpp"
#include "helper/frame.hpp"

namespace seals::sim {

class TagReader : public hardware::TagReader {
  public:
    explicit TagReader(std::string path) : path_(std::move(path)) {}
    Result<Bytes> transmit(SlotNo slot, ByteView apdu, Deadline deadline) override;
    Result<bool> present(SlotNo slot, Deadline deadline) override;

  private:
    Result<helper::Frame> ask(std::uint8_t kind, ByteView payload, std::uint8_t answer,
                              Deadline deadline);

    std::string path_;
    Fd socket_;
};

}  // namespace seals::sim
