// Row: one record with its cells sorted to the fields of its kind, whatever kind of file it came
// from. Pure, any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "intake/field.hpp"

namespace seals::intake {

class Row {
  public:
    // Per field: the heading as the file spells it, "" where the file has no such column.
    using Names = std::vector<std::string>;

    Row(Kind kind, std::shared_ptr<const Names> names, std::vector<std::string> texts)
        : kind_(kind), names_(std::move(names)), texts_(std::move(texts)) {}

    bool has(std::size_t field) const { return !(*names_)[field].empty(); }
    const std::string& text(std::size_t field) const { return texts_[field]; }  // cleaned
    std::string name(std::size_t field) const;  // as the file spells it, else the API's name
    Error fault(std::size_t field, const std::string& reason) const;

    // The readers that all kinds share. Each error names the field as the file spells it.
    Result<std::string> read_text(std::size_t field, Need need) const;  // as written
    Result<std::string> read_id(std::size_t field, Need need) const;    // narrowed, a valid id
    Result<std::vector<std::string>> read_ids(std::size_t field, std::size_t most) const;

    std::int64_t line = 0;
    std::int64_t record = 0;
    Error broken{Code::ok, {}};  // anything but ok: the record cannot be read at all, and why
    std::vector<Row> lines;      // a request's lines, where the record spells them out (JSON)

  private:
    Kind kind_;
    std::shared_ptr<const Names> names_;
    std::vector<std::string> texts_;
};

}  // namespace seals::intake
