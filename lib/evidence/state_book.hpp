// State book: what the state leaves say of every seal, one after the other. A digest leaf is worth
// what the last full leaf with its deviations recomputes to. Pure; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/reason.hpp"
#include "leaf/hash.hpp"
#include "leaf/leaf.hpp"

namespace seals::evidence {

// One seal in one state leaf.
struct SealState {
    std::uint64_t sn = 0;
    std::string custody, door, reading;

    bool in_order() const {
        return custody == "in_slot" && door == "shut" && reading == "authentic";
    }
};

class StateBook {
  public:
    // Takes a leaf of type "state", in order. A fault: it cannot be believed, nor can what follows
    // before the next full one.
    std::optional<Reason> take(const leaf::Leaf& leaf);
    void forget() { full_.reset(); }  // leaves are missing: what comes next builds on another one

    // As the leaf taken last says; none: that seal is not kept there, or the leaf had a fault.
    std::optional<SealState> of(const std::string& seal) const;
    bool full() const { return was_full_; }
    const std::vector<std::string>& silent() const { return silent_; }  // devices
    bool clock_trusted() const { return trusted_; }

  private:
    using Items = std::map<std::string, Value>;
    bool read_items(const Value* list, Items& into) const;
    std::string digest();

    leaf::Hasher hasher_;
    std::optional<Items> full_;
    Items now_;
    bool was_full_ = false, trusted_ = true;
    std::vector<std::string> silent_;
};

}  // namespace seals::evidence
