// Entry: an event on its way into the ledger and back: its leaf, its commitments, its links. Inside
// this room only; pure apart from the random salts.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "leaf/hash.hpp"
#include "leaf/leaf.hpp"
#include "ledger/record.hpp"

namespace seals::ledger {

// Personal text as the vault keeps it; the leaf has its commitment.
struct Personal {
    std::string field;
    leaf::Salt salt{};
    std::string text;  // NFC
};

struct Entry {
    Recorded recorded;
    std::vector<Personal> personal;
    Bytes leaf;
    Hash hash{};
};

// Where an event goes.
struct Place {
    std::uint64_t seq = 0;
    const Stamp& stamp;
    std::uint64_t sn = 0;
    std::uint64_t sp = 0;
};

// Gives the event a leaf at that place; personal text becomes NFC.
// Code::internal: the event breaks the table of event types or the leaf's rules.
Result<Entry> make_entry(leaf::Hasher& hasher, const rules::Event& event, const Place& place);

// Code::corrupt: an event type, a member of `data` or a committed field that the table has not.
Result<Recorded> to_recorded(leaf::Leaf leaf);

// By what an entry can be found. The numbers stand in the file.
enum class By : std::int64_t { session = 1, seal = 2, request = 3, type = 4 };

struct Link {
    By by;
    std::string id;
    std::uint64_t seq;

    friend auto operator<=>(const Link&, const Link&) = default;
};

void add_links(const Recorded& recorded, std::vector<Link>& out);

}  // namespace seals::ledger
