#include "intake/header.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "base/text.hpp"
#include "intake/cell.hpp"

namespace seals::intake {
namespace {

constexpr std::size_t kHeadingBytes = 120;
constexpr std::array kDelimiters{',', '\t', ';', '|'};

// The headings of a file, folded with and without what stands in brackets.
struct Folded {
    std::vector<std::string> full, short_form;  // no short form where there is nothing to leave out

    explicit Folded(const std::vector<std::string>& headings) {
        for (const auto& heading : headings) {
            full.push_back(fold_heading(heading));
            auto without = fold_heading_without_notes(heading);
            short_form.push_back(without == full.back() ? "" : std::move(without));
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

struct NamedField {
    std::size_t field, rank;  // the lower rank wins where several names of a field are found
};
using Names = std::unordered_map<std::string, NamedField>;

Names known_names_of(Kind kind) {
    Names names;
    auto rows = fields_of(kind);
    for (std::size_t field = 0; field < rows.size(); ++field) {
        std::size_t rank = 0;
        for (auto heading : split(rows[field].headings, '|'))
            if (!heading.empty()) names.emplace(fold_heading(heading), NamedField{field, rank++});
        names.emplace(fold_heading(rows[field].name), NamedField{field, rank});
    }
    return names;
}

const Names& known_names(Kind kind) {
    static const std::array tables{known_names_of(Kind::persons), known_names_of(Kind::seals),
                                   known_names_of(Kind::requests)};
    return tables[static_cast<std::size_t>(kind)];
}

struct Match {
    std::size_t field, rank, form, column;
    auto order() const { return std::tie(field, rank, form, column); }
};

// Every column with a known name, the best of each field first.
std::vector<Match> find_matches(Kind kind, const Folded& folded) {
    std::vector<Match> matches;
    const auto& names = known_names(kind);
    for (std::size_t form = 0; form < 2; ++form) {
        const auto& texts = form == 0 ? folded.full : folded.short_form;
        for (std::size_t column = 0; column < texts.size(); ++column) {
            if (texts[column].empty()) continue;
            if (auto found = names.find(texts[column]); found != names.end())
                matches.push_back({found->second.field, found->second.rank, form, column});
        }
    }
    std::sort(matches.begin(), matches.end(),
              [](const Match& a, const Match& b) { return a.order() < b.order(); });
    return matches;
}

void place_known(Columns& columns, Kind kind, const Folded& folded, const ExportMap& map,
                 Taken& taken) {
    for (const auto& match : find_matches(kind, folded)) {
        if (columns.has(match.field) || taken[match.column]) continue;
        if (map.columns.contains(std::string(fields_of(kind)[match.field].name))) continue;
        place(columns, match.field, match.column, folded, taken);
    }
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

    // Does nothing once a record with all that is required was found.
    void try_delimiter(char delimiter) {
        std::string_view rest = head_;
        for (std::int64_t index = 0; index < kHeaderRecords && !rest.empty() && !complete_;) {
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
        complete_ = missing_of(kind_, columns).empty();
        bool better = complete_ || columns.found > best_.columns.found;
        if (better || best_.headings.empty())
            best_ = {delimiter, index, std::move(cells), std::move(columns)};
    }

    std::string_view head_;
    bool whole_;
    Kind kind_;
    const ExportMap& map_;
    Header best_;
    bool complete_ = false;
};

}  // namespace

Columns match_columns(Kind kind, const std::vector<std::string>& headings, const ExportMap& map) {
    auto rows = fields_of(kind);
    Columns columns;
    columns.at.assign(rows.size(), Columns::kAbsent);
    Folded folded(headings);
    Taken taken(headings.size(), false);
    place_mapped(columns, kind, folded, map, taken);
    place_known(columns, kind, folded, map, taken);
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
                "the heading " + in_quotes((*columns.names)[field]) + " stands more than once",
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
