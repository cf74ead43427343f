// Signer: the device's key, and the checkpoints that it signs: right after what concerns custody,
// within a minute after anything else. A checkpoint is over entries that are on the disk, never
// over others. Signing happens on the ledger's thread. Without a key custody goes on, and fault()
// says that nothing is signed. Loop thread only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "evidence/device_key.hpp"
#include "ledger/record.hpp"

namespace seals::engine {

class Signer {
  public:
    Signer(loop::Loop& loop, Engine& engine, milliseconds cadence = milliseconds{60'000});

    // The key that lies in the state folder; the first start makes one. Before anything is signed.
    void load();
    void recorded(const std::vector<ledger::Recorded>& entries);

    // A checkpoint over all that is on the disk by now: the newest, or one made for it. It is
    // handed out, so it stays: whoever has it may come back with a cosignature or a time stamp.
    using Signed = Result<ledger::KeptCheckpoint>;
    void sign(std::function<void(Signed)> done);

    // Another key, ready to be taken: the line of its public half. Then RotateKey has it taken.
    void prepare(std::function<void(Result<std::string>)> done);

    // What others say of a checkpoint of that size that is kept; on the disk before `done`.
    // A cosignature must be right and of a witness that is known here: Code::invalid, corrupt.
    // A time stamp is kept as it came: nobody here reads it.
    void take_cosignature(std::uint64_t size, const std::string& line,
                          std::function<void(Status)> done);
    void take_timestamp(std::uint64_t size, Bytes token, std::function<void(Status)> done);
    void set_witnesses(std::vector<leaf::PublicKey> witnesses) {
        witnesses_ = std::move(witnesses);
    }
    const std::vector<leaf::PublicKey>& witnesses() const { return witnesses_; }

    const std::optional<Error>& fault() const { return fault_; }
    std::optional<leaf::PublicKey> key() const;
    const std::optional<ledger::KeptCheckpoint>& newest() const { return newest_; }

  private:
    using Key = std::shared_ptr<const evidence::DeviceKey>;
    void make(bool stays, std::function<void(Signed)> done);
    void take_key(const std::string& known);
    Result<evidence::DeviceKey> first_key();
    void finish_rotation();
    void rotated();
    void sign_soon();
    std::string path() const;
    std::string next_path() const;

    Engine& engine_;
    Key key_;
    Key old_;  // signs once more, the tree in which the next key is named
    std::optional<Error> fault_;
    std::optional<ledger::KeptCheckpoint> newest_;
    std::vector<leaf::PublicKey> witnesses_;
    bool signing_ = false;
    bool stays_ = false;  // the one that `waiting_` waits for
    std::vector<std::function<void(Signed)>> waiting_;
    loop::Timer cadence_;
};

}  // namespace seals::engine
