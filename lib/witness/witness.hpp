// Witness: answers add-checkpoint requests out of its folder. The cosigned note is on the disk
// before the cosignature is given to anybody; one request after the other, across processes. Blocks
// for syncs: a worker's.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "witness/store.hpp"

namespace seals::witness {

struct Outcome {
    Verdict verdict = Verdict::malformed;
    std::string cosignature;  // lines of a note, where it was cosigned
    std::string detail;       // why not, for people
    std::string remedy;
    std::uint64_t size = 0;  // of what was cosigned last

    std::string_view content_type() const;  // of the answer over HTTP
    std::string body() const;
};

class Witness {
  public:
    // Code::not_found when it has no key yet.
    static Result<Witness> open(const std::string& dir);

    Outcome add_checkpoint(std::string_view body, Instant now) const;
    const Identity& identity() const { return identity_; }
    const Store& store() const { return store_; }

  private:
    Witness(Store store, Identity identity)
        : store_(std::move(store)), identity_(std::move(identity)) {}
    Outcome cosign(const Kept& kept, const leaf::OpenedCheckpoint& next, Instant now) const;
    void tell_fork(const Kept& kept, const Answer& answer, const std::string& note) const;

    Store store_;
    Identity identity_;
};

}  // namespace seals::witness
