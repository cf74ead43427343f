// Table: the rows of a CSV file under its header. Leaves out, as a clerk would, what is no record:
// rows of empty cells, totals and notes, headings that are printed again. One thread.
#pragma once

#include <optional>

#include "intake/header.hpp"

namespace seals::intake {

class Table {
  public:
    static Result<Table> open(TextReader text, Kind kind, const ExportMap& map);

    // The next record; nullopt at the end. One whose cells do not fit the header comes out broken.
    Result<std::optional<Row>> next();

  private:
    Table(CsvReader csv, Kind kind, Header header)
        : csv_(std::move(csv)), kind_(kind), header_(std::move(header)) {}
    bool skips(const CsvRecord& record) const;
    bool swallowed_the_next(const CsvRecord& record) const;
    std::vector<std::string> fit(const CsvRecord& record) const;
    Row row_of(const CsvRecord& record, Error broken);
    Error why_broken(const CsvRecord& record) const;
    Error open_quote_fault(const CsvRecord& record) const;
    std::string heading_at(std::size_t column) const;

    CsvReader csv_;
    Kind kind_;
    Header header_;
    std::int64_t record_ = 0;
    int open_quotes_ = 0;
};

}  // namespace seals::intake
