// The whole way of a file: bytes, text, records, typed items. Streams: one record is held at a
// time. One thread; blocks as the source does.
#pragma once

#include <functional>

#include "intake/field.hpp"
#include "intake/json_parts.hpp"
#include "intake/map.hpp"
#include "intake/source.hpp"
#include "wire/import.hpp"

namespace seals::intake {

inline constexpr std::int64_t kMostRecords = 1'000'000;

struct Job {
    Kind kind = Kind::requests;
    Format format = Format::automatic;
    std::string source;                      // "": the map's, or "csv"
    std::string timezone = "Asia/Shanghai";  // for times without offset, unless the map has one
    ExportMap map;
};

// Each record with its fault or its typed content, in the order of the file.
using ItemSink = std::function<Status(wire::ImportItem)>;

// The number of records, those that are no records (totals, notes, empty rows) counted too. An
// error is one of the file as a whole (with `line` where there is one), or the sink's own.
Result<std::int64_t> read_export(const ByteSource& source, const Job& job, const ItemSink& sink);

}  // namespace seals::intake
