// Store: what a witness keeps in its folder: its key; of each log the pinned key and the note that
// was cosigned last; forks as evidence. Each change is whole on the disk before it is told, and
// made under a lock, so that a server and a person with a stick may work on one folder. Blocks: a
// worker's. Errors: unavailable (the disk), corrupt (what lies there is not what was put there).
//
//   key                  the witness's own, see identity.hpp
//   logs/HASH.key        a log's vkeys, the one in force last; HASH: SHA-256 of its origin, in hex
//   logs/HASH.checkpoint the cosigned note, or "none"
//   forks/…              two notes for each
#pragma once

#include <string>
#include <vector>

#include "base/fd.hpp"
#include "base/instant.hpp"
#include "witness/answer.hpp"
#include "witness/identity.hpp"

namespace seals::witness {

inline constexpr std::size_t kMostForks = 256;  // kept; more are only told

struct Kept {
    Log log;
    std::string note;                         // cosigned; empty: never
    std::optional<std::int64_t> cosigned_at;  // Unix seconds
};

class Store {
  public:
    // Makes the folder when there is none.
    static Result<Store> open(const std::string& dir);

    // Held while it lives: nobody else changes anything. Code::timeout when somebody does for long.
    Result<Fd> lock(milliseconds at_most) const;
    // For a server: one for each folder. Code::conflict when there is one.
    Result<Fd> lock_serving() const;

    // The key of that name; made when there is none. Code::conflict: it has another name.
    Result<Identity> identity(const std::string& name) const;
    Result<Identity> identity() const;  // Code::not_found when none was made

    // true: it is new here. Code::conflict: that origin has another key, and nobody says that it
    // rotated its key; or it goes back to one that it left.
    Result<bool> pin(const leaf::PublicKey& key, bool rotated = false) const;
    // nullopt: no key of that origin is pinned. `own` is checked in what was cosigned.
    Result<std::optional<Kept>> read(const std::string& origin, const leaf::PublicKey& own) const;
    Status keep(const std::string& origin, const std::string& cosigned_note) const;
    Result<std::vector<std::string>> origins() const;

    // The names of its files, without their endings; empty when enough forks are kept.
    Result<std::string> keep_fork(const std::string& cosigned_note, const std::string& other_note,
                                  const leaf::Checkpoint& other) const;

  private:
    explicit Store(std::string dir) : dir_(std::move(dir)) {}
    std::string path(const std::string& origin, const char* what) const;

    std::string dir_;
};

}  // namespace seals::witness
