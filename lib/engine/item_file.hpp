// Item files: the items of a recorded list that is too long for a leaf, one canonical JSON value a
// line, named by the SHA-256 of their bytes. Written once, synced before its event is recorded,
// never changed; the oldest go when there are too many. Blocks; any one thread at a time. Errors:
// unavailable (disk), not_found (gone), corrupt (other bytes than its name says).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fd.hpp"
#include "base/result.hpp"
#include "base/value.hpp"
#include "leaf/hash.hpp"

namespace seals::engine {

class ItemWriter {
  public:
    static Result<ItemWriter> create(const std::string& folder);  // makes the folder, too
    ItemWriter(ItemWriter&&) noexcept = default;
    ItemWriter& operator=(ItemWriter&&) = delete;
    ~ItemWriter();  // what was not published goes

    Status add(const Value& item);
    Result<std::string> publish();  // its sha256, in hex; then it is on the disk

  private:
    ItemWriter(std::string folder, std::string temporary, Fd file)
        : folder_(std::move(folder)), temporary_(std::move(temporary)), file_(std::move(file)) {}
    Status flush();

    std::string folder_, temporary_;
    Fd file_;
    std::string waiting_;
    leaf::Sha256 sum_;
};

struct ItemPage {
    std::vector<Value> items;
    std::optional<std::uint64_t> next;  // the place of the next item
};

// Items from a place on that a page named as `next`, 0 for the first. Code::invalid: it is none.
Result<ItemPage> read_items(const std::string& folder, const std::string& sha256,
                            std::uint64_t place, std::size_t limit);

// Takes the oldest away until no more than so many and so large are left.
void prune_items(const std::string& folder, std::size_t most_files, std::uint64_t most_bytes);

}  // namespace seals::engine
