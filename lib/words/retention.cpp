#include "words/retention.hpp"

#include <array>

namespace seals {
namespace {

using enum RetentionClass;

constexpr std::array<RetentionRow, static_cast<std::size_t>(RetentionClass::count_)> kRows{{
    {scene, "scene", "permanent", "photos of a use", "用印现场照片"},
    {documents, "documents", "10y", "stamped documents, and papers that stand for a request",
     "用印文件、纸质审批单"},
    {finance, "finance", "30y", "the same of finance seals", "财务类印章的用印文件、纸质审批单"},
    {lists, "lists", "permanent",
     "papers of a seal's life: registration, replacement, handing in, destruction",
     "印章登记、换章、缴销、销毁等清单与凭证"},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].klass) != i) return false;
    return true;
}
static_assert(in_order(), "rows stand in the order of the enumeration");

}  // namespace

std::span<const RetentionRow> retention_rows() {
    return kRows;
}

const RetentionRow& row_of(RetentionClass klass) {
    return kRows[static_cast<std::size_t>(klass)];
}

bool retention_needs_seal(EventType type) {
    return type == EventType::use_recorded || type == EventType::request_accepted ||
           type == EventType::request_received;
}

// What the table does not know is kept for good.
RetentionClass retention_class_of(EventType type, Kept kept, bool is_finance) {
    if (!retention_needs_seal(type)) return lists;
    if (type == EventType::use_recorded && kept == Kept::image) return scene;
    return is_finance ? finance : documents;
}

std::optional<Instant> retention_end(Instant named, std::string_view term) {
    constexpr std::int64_t kDay = 86'400'000, kMostDigits = 5;
    std::int64_t number = 0;
    if (term.size() < 2 || term.size() > kMostDigits + 1) return std::nullopt;
    for (char c : term.substr(0, term.size() - 1)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    bool years = term.back() == 'y';
    if (number == 0 || (!years && term.back() != 'd')) return std::nullopt;
    // A day more for each year that may be a leap year: late, never early.
    auto days = years ? number * 365 + number / 4 + 1 : number;
    return Instant{named.ms + days * kDay};
}

}  // namespace seals
