#include "intake/header.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/cell.hpp"

namespace seals::intake {
namespace {

constexpr std::size_t kHeadingBytes = 120;
constexpr std::array kDelimiters{',', '\t', ';', '|'};

// The headings of a file in both of their folded forms.
struct Folded {
    std::vector<std::string> full, short_form;

    explicit Folded(const std::vector<std::string>& headings) {
        for (const auto& heading : headings) {
            full.push_back(fold_heading(heading));
            short_form.push_back(fold_heading_without_notes(heading));
        }
    }
};

using Taken = std::vector<bool>;

// The first free column with that name; a full match comes before one without the notes.
std::size_t column_named(const std::string& name, const Folded& folded, const Taken& taken) {
    for (const auto* forms : {&folded.full, &folded.short_form})
        for (std::size_t i = 0; i < forms->size(); ++i)
            if (!taken[i] && (*forms)[i] == name) return i;
    return Columns::kAbsent;
}

void place(Columns& columns, std::size_t field, std::size_t column, const Folded& folded,
           Taken& taken) {
    columns.at[field] = column;
    taken[column] = true;
    ++columns.found;
    if (std::count(folded.full.begin(), folded.full.end(), folded.full[column]) > 1)
        columns.twice.push_back(field);
}

std::vector<std::string> known_names(const FieldRow& row) {
    std::vector<std::string> names;
    for (auto heading : split(row.headings, '|'))
        if (!heading.empty()) names.push_back(fold_heading(heading));
    names.push_back(fold_heading(row.name));
    return names;
}

// Names by field, folded once per kind: this runs for every record of a JSON file.
const std::vector<std::vector<std::string>>& known_names(Kind kind) {
    auto all = [](Kind of) {
        std::vector<std::vector<std::string>> names;
        for (const auto& row : fields_of(of))
            names.push_back(known_names(row));
        return names;
    };
    static const std::array tables{all(Kind::persons), all(Kind::seals), all(Kind::requests)};
    return tables[static_cast<std::size_t>(kind)];
}

void place_mapped(Columns& columns, Kind kind, const Folded& folded, const ExportMap& map,
                  Taken& taken) {
    auto rows = fields_of(kind);
    for (std::size_t field = 0; field < rows.size(); ++field) {
        auto mapped = map.columns.find(std::string(rows[field].name));
        if (mapped == map.columns.end()) continue;
        for (const auto& heading : mapped->second) {
            auto column = column_named(heading, folded, taken);
            if (column == Columns::kAbsent) continue;
            place(columns, field, column, folded, taken);
            break;
        }
    }
}

std::string first_heading(const FieldRow& row) {
    auto heading = split(row.headings, '|').front();
    return std::string(row.name) + (heading.empty() ? "" : " (" + std::string(heading) + ")");
}

std::string list_of(const std::vector<std::string>& headings) {
    std::string out;
    for (std::size_t i = 0; i < headings.size() && i < 30; ++i)
        if (auto text = clean(headings[i]); !text.empty())
            out += (out.empty() ? "" : ", ") + clip(text, 40);
    return out.empty() ? "none" : out;
}

std::string missing_of(Kind kind, const Columns& columns) {
    std::string missing;
    auto add = [&](std::size_t field) {
        missing += (missing.empty() ? "" : ", ") + first_heading(fields_of(kind)[field]);
    };
    for (std::size_t field = 0; field < fields_of(kind).size(); ++field)
        if (fields_of(kind)[field].need == Need::required && !columns.has(field)) add(field);
    if (kind == Kind::requests && !columns.has(request::status) && !columns.has(request::result))
        add(request::status);
    return missing;
}

// Looks at the first records as they are with one separator.
class Search {
  public:
    Search(std::string_view head, bool whole, Kind kind, const ExportMap& map)
        : head_(head), whole_(whole), kind_(kind), map_(map) {}

    void try_delimiter(char delimiter) {
        std::string_view rest = head_;
        for (std::int64_t index = 0; index < kHeaderRecords && !rest.empty();) {
            auto found = scan_csv(rest, {delimiter, whole_, true, CsvPlace::cell_start});
            if (!found.complete) return;
            if (!found.record.blank) try_record(delimiter, index++, std::move(found.record.cells));
            rest.remove_prefix(found.size);
        }
    }
    Header& best() { return best_; }

  private:
    void try_record(char delimiter, std::int64_t index, std::vector<std::string> cells) {
        auto columns = match_columns(kind_, cells, map_);
        bool better = columns.found > best_.columns.found;
        if (better || best_.headings.empty())
            best_ = {delimiter, index, std::move(cells), std::move(columns)};
    }

    std::string_view head_;
    bool whole_;
    Kind kind_;
    const ExportMap& map_;
    Header best_;
};

}  // namespace

Columns match_columns(Kind kind, const std::vector<std::string>& headings, const ExportMap& map) {
    auto rows = fields_of(kind);
    Columns columns;
    columns.at.assign(rows.size(), Columns::kAbsent);
    Folded folded(headings);
    Taken taken(headings.size(), false);
    place_mapped(columns, kind, folded, map, taken);
    for (std::size_t field = 0; field < rows.size(); ++field) {
        if (columns.has(field) || map.columns.contains(std::string(rows[field].name))) continue;
        for (const auto& name : known_names(kind)[field]) {
            auto column = column_named(name, folded, taken);
            if (column == Columns::kAbsent) continue;
            place(columns, field, column, folded, taken);
            break;
        }
    }
    Row::Names names(rows.size());
    for (std::size_t field = 0; field < rows.size(); ++field)
        if (columns.has(field))
            names[field] = clip(clean(headings[columns.at[field]]), kHeadingBytes);
    columns.names = std::make_shared<const Row::Names>(std::move(names));
    for (std::size_t i = 0; i < headings.size(); ++i)
        if (!clean(headings[i]).empty()) columns.width = i + 1;
    return columns;
}

Status check_columns(Kind kind, const Columns& columns, const std::vector<std::string>& headings) {
    auto missing = missing_of(kind, columns);
    std::string remedy = "spell the headings so, or name them in a map ([columns])";
    if (!missing.empty())
        return Error{Code::invalid,
                     "the list of " + std::string(name_of(kind)) + " has no column for " + missing +
                         "; headings found: " + list_of(headings),
                     remedy, "header"};
    for (auto field : columns.twice)
        if (fields_of(kind)[field].need == Need::required)
            return Error{
                Code::invalid,
                "the heading " + quoted((*columns.names)[field]) + " stands more than once",
                "leave one of the columns out", (*columns.names)[field]};
    return {};
}

Result<Header> find_header(std::string_view head, bool whole, Kind kind, const ExportMap& map) {
    Search search(head, whole, kind, map);
    if (map.delimiter)
        search.try_delimiter(*map.delimiter);
    else
        for (char delimiter : kDelimiters)
            search.try_delimiter(delimiter);
    auto& best = search.best();
    if (best.headings.empty()) return invalid("header", "the file holds no line of headings");
    if (auto status = check_columns(kind, best.columns, best.headings); !status)
        return status.error();
    return std::move(best);
}

}  // namespace seals::intake
