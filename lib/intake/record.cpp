#include "intake/record.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "intake/cell.hpp"

namespace seals::intake {
namespace {

// Puts a value into its place, or keeps the error; false then.
template <class T>
bool take(T& to, Result<T> from, Error& error) {
    if (from)
        to = std::move(*from);
    else
        error = std::move(from.error());
    return bool(from);
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::string> read_phone(const Row& row) {
    auto text = row.read_text(person::phone, Need::optional);
    if (!text) return text;
    auto phone = narrow(*text);
    if (cut_by_spreadsheet(phone))
        return row.fault(person::phone, in_quotes(phone) + " was cut by a spreadsheet");
    return phone;
}

Result<std::string> read_filing_no(const Row& row) {
    auto text = row.read_text(seal::filing_no, Need::optional);
    if (!text || text->empty()) return text;
    auto number = narrow(*text);
    std::erase(number, ' ');
    if (number.size() == 13 && all_digits(number)) return number;
    auto reason = in_quotes(number) + " is no filing number: those have 13 digits";
    if (number.size() < 13 && all_digits(number)) reason += " (was a leading zero lost?)";
    return row.fault(seal::filing_no, reason);
}

// "1号", "1号格口" and "1" are one slot.
Result<std::string> read_slot(const Row& row) {
    auto slot = row.read_id(seal::slot, Need::optional);
    if (!slot) return slot;
    for (std::string_view tail : {"格口", "格", "号"})
        if (slot->ends_with(tail) && slot->size() > tail.size() &&
            static_cast<unsigned char>((*slot)[0]) < 0x80)
            slot->resize(slot->size() - tail.size());
    if (slot->ends_with(".0") && all_digits(slot->substr(0, slot->size() - 2)))
        slot->resize(slot->size() - 2);
    return slot;
}

std::string key_of(Kind kind, const Row& row) {
    std::size_t field = kind == Kind::persons ? std::size_t{person::id}
                        : kind == Kind::seals ? std::size_t{seal::id}
                                              : std::size_t{request::external_id};
    auto key = row.read_id(field, Need::optional);
    return key ? *key : std::string();
}

template <class T>
void settle(Result<T> read, std::optional<T>& to, wire::ImportItem& item) {
    if (read)
        to = std::move(*read);
    else
        item.fault = {std::move(read.error().field), std::move(read.error().detail)};
}

}  // namespace

Result<wire::PersonRecord> read_person(const Row& row) {
    wire::PersonRecord out;
    Error error;
    if (!take(out.id, row.read_id(person::id, Need::required), error) ||
        !take(out.name, row.read_text(person::name, Need::required), error) ||
        !take(out.department, row.read_text(person::department, Need::optional), error) ||
        !take(out.phone, read_phone(row), error))
        return error;
    out.role = "staff";
    if (const auto& role = row.text(person::role); !means_nothing(role)) {
        auto known = person_role(role);
        if (!known) return row.fault(person::role, in_quotes(role) + " is no known role");
        out.role = *known;
    }
    if (const auto& active = row.text(person::active); !active.empty()) {
        auto known = person_active(active);
        if (!known)
            return row.fault(person::active, in_quotes(active) + " is no known state of a person");
        out.active = *known;
    }
    return out;
}

Result<wire::SealRecord> read_seal(const Row& row) {
    wire::SealRecord out;
    Error error;
    if (!take(out.id, row.read_id(seal::id, Need::required), error) ||
        !take(out.name, row.read_text(seal::name, Need::required), error) ||
        !take(out.type, row.read_text(seal::type, Need::required), error) ||
        !take(out.entity, row.read_text(seal::entity, Need::optional), error) ||
        !take(out.slot, read_slot(row), error) ||
        !take(out.custodians, row.read_ids(seal::custodians, kMostPersons), error) ||
        !take(out.filing_no, read_filing_no(row), error))
        return error;
    out.state = "registered";
    if (const auto& state = row.text(seal::state); !state.empty()) {
        auto known = seal_state(state);
        if (!known)
            return row.fault(seal::state, in_quotes(state) +
                                              " is no state that can be imported: only "
                                              "在用 and 已登记 can");
        out.state = *known;
    }
    return out;
}

wire::ImportItem read_item(Kind kind, const Row& row, const Reading& reading) {
    wire::ImportItem item;
    item.line = row.line;
    item.record = row.record;
    item.key = key_of(kind, row);
    if (row.broken.code != Code::ok) {
        item.fault = {row.broken.field, row.broken.detail};
        return item;
    }
    switch (kind) {
        case Kind::persons:
            settle(read_person(row), item.person, item);
            break;
        case Kind::seals:
            settle(read_seal(row), item.seal, item);
            break;
        case Kind::requests:
            settle(read_request(row, reading), item.request, item);
            break;
    }
    return item;
}

}  // namespace seals::intake
