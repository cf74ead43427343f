#include "intake/table.hpp"

#include <algorithm>
#include <array>

#include "intake/cell.hpp"

namespace seals::intake {
namespace {

// How a row begins that counts or comments instead of being a record.
constexpr std::array<std::string_view, 18> kNotes{"合计", "总计",  "小计",  "共计",   "总数",
                                                  "汇总", "备注:", "说明:", "注:",    "制表",
                                                  "打印", "导出",  "统计",  "审核人", "复核",
                                                  "第",   "共",    "total"};

// The pattern of an id: two ids of one OA have the same.
std::string shape_of(std::string_view id) {
    std::string shape;
    for (char c : id) {
        char sign = c >= '0' && c <= '9'                               ? '9'
                    : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 'A'
                                                                       : c;
        if (shape.empty() || sign != shape.back()) shape += sign;
    }
    return shape;
}

// Each one costs a look over up to 1 MiB, and a file with so many is no CSV.
constexpr int kMostOpenQuotes = 1000;

Error too_many_open_quotes() {
    return Error{Code::invalid,
                 "more than " + std::to_string(kMostOpenQuotes) +
                     " records open a quotation mark and never close it",
                 "export the list again; cells with quotation marks must double them", "file"};
}

bool is_note(std::string_view cell) {
    auto word = folded(clean(cell.substr(0, 80)));
    return std::any_of(kNotes.begin(), kNotes.end(),
                       [&](auto note) { return word.starts_with(note); });
}

}  // namespace

Result<Table> Table::open(TextReader text, Kind kind, const ExportMap& map) {
    CsvReader csv(std::move(text));
    auto head = csv.peek(kHeaderBytes);
    if (!head) return head.error();
    auto header = find_header(*head, head->size() < kHeaderBytes, kind, map);
    if (!header) return header.error();
    csv.set_delimiter(header->delimiter);
    for (std::int64_t i = 0; i <= header->index; ++i)
        if (auto skipped = csv.next(); !skipped) return skipped.error();
    return Table(std::move(csv), kind, std::move(*header));
}

std::string Table::heading_at(std::size_t column) const {
    if (column >= header_.headings.size()) column = header_.headings.size() - 1;
    return clip(clean(header_.headings[column]), 120);
}

// A row is left out when it cannot be a record: nothing in it; the headings again; or a total or a
// note, which has no more than a few cells and none of what every record must have but its first.
bool Table::skips(const CsvRecord& record) const {
    if (!record.fault.empty() || record.open_quote) return false;
    auto first = std::find_if(record.cells.begin(), record.cells.end(),
                              [](const auto& cell) { return !clean(cell).empty(); });
    if (first == record.cells.end() || record.cells == header_.headings) return true;
    if (!is_note(*first)) return false;
    auto first_column = static_cast<std::size_t>(first - record.cells.begin());
    std::size_t required = 0, present = 0;
    for (std::size_t field = 0; field < fields_of(kind_).size(); ++field) {
        auto column = header_.columns.at[field];
        if (fields_of(kind_)[field].need != Need::required || column == first_column) continue;
        if (column == Columns::kAbsent) continue;
        ++required;
        if (column < record.cells.size() && !clean(record.cells[column]).empty()) ++present;
    }
    return required > 0 && present * 2 < required;
}

std::vector<std::string> Table::fit(const CsvRecord& record) const {
    std::vector<std::string> texts(fields_of(kind_).size());
    for (std::size_t field = 0; field < texts.size(); ++field)
        if (auto column = header_.columns.at[field]; column < record.cells.size())
            texts[field] = clean(record.cells[column]);
    return texts;
}

// A quotation mark left open runs on into the following records. It did when a later line of this
// record is, by itself, a record as wide as the header with an id of the same pattern.
bool Table::swallowed_the_next(const CsvRecord& record) const {
    auto rest = csv_.raw_after_first_line();
    auto key_column = header_.columns.at[0];
    auto shape =
        key_column < record.cells.size() ? shape_of(narrow(clean(record.cells[key_column]))) : "";
    for (int tries = 0; tries < 64 && !rest.empty(); ++tries) {
        auto line = rest.substr(0, rest.find_first_of("\r\n"));
        auto alone = scan_csv(line, {header_.delimiter, true, true, CsvPlace::cell_start}).record;
        if (alone.cells.size() >= header_.columns.width && key_column < alone.cells.size()) {
            auto key = narrow(clean(alone.cells[key_column]));
            if (!key.empty() && (shape.empty() || shape_of(key) == shape)) return true;
        }
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return false;
}

Error Table::why_broken(const CsvRecord& record) const {
    if (!record.fault.empty()) {
        auto heading = heading_at(record.fault_cell);
        return invalid(heading, heading + ": " + record.fault);
    }
    auto width = header_.headings.size();
    for (std::size_t i = width; i < record.cells.size(); ++i)
        if (!clean(record.cells[i]).empty())
            return invalid(heading_at(width - 1),
                           "the record has " + std::to_string(record.cells.size()) +
                               " cells, the header " + std::to_string(width) +
                               ": a separator stands in a cell without quotation marks");
    return Error{Code::ok, {}};
}

Error Table::open_quote_fault(const CsvRecord& record) const {
    auto runs_on = std::find_if(record.cells.begin(), record.cells.end(), [](const auto& cell) {
        return cell.find_first_of("\r\n") != std::string::npos;
    });
    if (runs_on == record.cells.end() && !record.cells.empty()) --runs_on;
    auto heading = heading_at(static_cast<std::size_t>(runs_on - record.cells.begin()));
    return invalid(heading, heading + ": a quotation mark is opened and never closed");
}

Row Table::row_of(const CsvRecord& record, Error broken) {
    Row row(kind_, header_.columns.names, fit(record));
    row.line = record.line;
    row.record = record_;
    row.broken = std::move(broken);
    return row;
}

Result<std::optional<Row>> Table::next() {
    for (;;) {
        auto got = csv_.next();
        if (!got) return got.error();
        if (!*got) return std::optional<Row>{};
        const auto& record = **got;
        ++record_;
        bool suspect = record.lines > 1 || record.open_quote || !record.fault.empty();
        if (suspect && swallowed_the_next(record)) {
            if (++open_quotes_ > kMostOpenQuotes) return too_many_open_quotes();
            csv_.reread_from_second_line();
            return std::optional{row_of(record, open_quote_fault(record))};
        }
        if (record.open_quote) return std::optional{row_of(record, open_quote_fault(record))};
        if (skips(record)) continue;
        return std::optional{row_of(record, why_broken(record))};
    }
}

}  // namespace seals::intake
