#include "intake/row.hpp"

#include "base/id.hpp"
#include "intake/cell.hpp"
#include "wire/schema.hpp"

namespace seals::intake {
namespace {

std::string why_no_id(std::string_view text) {
    if (cut_by_spreadsheet(text))
        return in_quotes(text) + " was cut by a spreadsheet, its last digits are lost";
    return in_quotes(text) + " is no valid number: 1 to " + std::to_string(kIdBytes) +
           " bytes without blanks and without / ? # %";
}

}  // namespace

std::string Row::name(std::size_t field) const {
    return has(field) ? (*names_)[field] : std::string(fields_of(kind_)[field].name);
}

Error Row::fault(std::size_t field, const std::string& reason) const {
    return invalid(name(field), name(field) + ": " + reason);
}

Result<std::string> Row::read_text(std::size_t field, Need need) const {
    const auto& cell = text(field);
    if (means_nothing(cell)) {
        if (need == Need::required) return fault(field, "is empty");
        return std::string();
    }
    if (cell.size() > wire::kTextBytes)
        return fault(field, "is longer than " + std::to_string(wire::kTextBytes) + " bytes");
    return cell;
}

Result<std::string> Row::read_id(std::size_t field, Need need) const {
    auto written = read_text(field, need);
    if (!written || written->empty()) return written;
    auto id = narrow(*written);
    if (!valid_id(id) || cut_by_spreadsheet(id)) return fault(field, why_no_id(id));
    return id;
}

Result<std::vector<std::string>> Row::read_ids(std::size_t field, std::size_t most) const {
    if (means_nothing(text(field))) return std::vector<std::string>{};
    auto ids = split_list(text(field));
    if (ids.size() > most)
        return fault(field, "names " + std::to_string(ids.size()) + ", at most " +
                                std::to_string(most) + " are taken");
    for (const auto& id : ids)
        if (!valid_id(id) || cut_by_spreadsheet(id)) return fault(field, why_no_id(id));
    return ids;
}

}  // namespace seals::intake
