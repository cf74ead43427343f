// A JSON object -> Row. Its members may be named by headings or by the API's names, its values be
// texts or numbers; a request may also come in the API's shape: lines [{seal, copies}] and take_out
// {place, due}. One thread (it remembers the last object's members).
#pragma once

#include "base/value.hpp"
#include "intake/header.hpp"
#include "intake/json_parts.hpp"

namespace seals::intake {

class JsonRows {
  public:
    JsonRows(JsonParts parts, Kind kind, const ExportMap& map)
        : parts_(std::move(parts)), kind_(kind), map_(map) {}

    Result<std::optional<Row>> next();  // a part that is no object comes out broken

  private:
    Row read(const JsonPart& part);
    Row row_of(const Value& object, const std::string& prefix);
    const Columns& columns_of(const std::vector<std::string>& members);

    JsonParts parts_;
    Kind kind_;
    const ExportMap& map_;
    std::int64_t record_ = 0;
    std::vector<std::string> members_;  // of the object read last, and their columns
    Columns columns_;
};

}  // namespace seals::intake
