// Parcel: one result on its way, and Shelf, where those that are not told yet stand, whole on the
// disk: STATE/waiting/NAME.body, the bytes that are sent, written once, and NAME.json, how far it
// is. What sources answered stands in STATE/receipts/SHA256. Blocks for a sync; one thread.
#pragma once

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/value.hpp"

namespace seals::outboxd {

struct Parcel {
    std::string key, request;         // idempotency key; request id here
    std::string source, external_id;  // who is told, by that number
    std::int64_t revision = 1, seq = 0;
    std::int64_t attempts = 0;
    Instant first, due;
    bool dropped = false;  // lies in the spool
    bool dead = false, dead_told = false;
    std::string receipt{};  // sha256 of the answer: it was taken
};

// A name for files, of an id that may have any bytes: letters, digits, '-', '_' and '.' as they
// are, others as %XX; a long one ends in a hash.
std::string file_name(const std::string& key);

// What a result of sealsd says of itself; the first attempt is due at once.
Parcel parcel_of(const Value& result, std::int64_t seq, Instant now);

Value to_value(const Parcel& parcel);
Parcel parcel_from(const Value& row);

std::string sha256_hex(std::string_view bytes);

class Shelf {
  public:
    static Result<Shelf> open(const std::string& state);

    Result<std::vector<Parcel>> load();  // one that cannot be read is left, and told in the log
    Status add(const Parcel& parcel, const std::string& body);
    Status save(const Parcel& parcel);
    Result<std::string> body(const Parcel& parcel);
    void remove(const Parcel& parcel);
    Result<std::string> keep_receipt(const std::string& text);  // its sha256

    static constexpr std::size_t kMostBody = std::size_t{4} << 20;

  private:
    explicit Shelf(std::string state) : state_(std::move(state)) {}
    std::string path(const Parcel& parcel, const char* end) const;

    std::string state_;
};

}  // namespace seals::outboxd
