#include "intake/read.hpp"

#include "base/id.hpp"
#include "intake/json_row.hpp"
#include "intake/record.hpp"
#include "intake/table.hpp"

namespace seals::intake {
namespace {

constexpr std::size_t kGuessBytes = 64 * 1024;

Result<Reading> reading_of(const Job& job) {
    auto zone = Zone::named(job.map.timezone.value_or(job.timezone));
    if (!zone) return zone.error();
    auto source = job.source.empty() ? job.map.source.value_or("csv") : job.source;
    if (!valid_id(source)) return invalid("source", "the source must be a name without blanks");
    return Reading{std::move(*zone), StatusWords(job.map.status), std::move(source)};
}

Result<Format> settle_format(const ByteSource& source, const Survey& found, Format format) {
    if (format != Format::automatic) return format;
    auto text = TextReader::open(source, found);
    if (!text) return text.error();
    std::string head;
    while (head.size() < kGuessBytes) {
        auto more = text->read(head);
        if (!more) return more.error();
        if (!*more) break;
    }
    return guess_format(head);
}

// The survey has looked at UTF-8 already; other encodings are decoded once for nothing, so that
// damage at the end of a file is told before the first record is handed on.
Status check_decodes(const ByteSource& source, const Survey& found) {
    if (found.encoding == Encoding::utf8) return {};
    auto text = TextReader::open(source, found);
    if (!text) return text.error();
    for (std::string piece;; piece.clear()) {
        auto more = text->read(piece);
        if (!more) return more.error();
        if (!*more) return {};
    }
}

template <class Rows>
Result<std::int64_t> pour(Rows rows, const Job& job, const Reading& reading, const ItemSink& sink) {
    std::int64_t last = 0;
    for (;;) {
        auto row = rows.next();
        if (!row) return row.error();
        if (!*row) return last;
        last = (*row)->record;
        if (last > kMostRecords)
            return invalid("file", "the file has more than " + std::to_string(kMostRecords) +
                                       " records; import it in parts");
        if (auto status = sink(read_item(job.kind, **row, reading)); !status) return status.error();
    }
}

}  // namespace

Result<std::int64_t> read_export(const ByteSource& source, const Job& job, const ItemSink& sink) {
    auto reading = reading_of(job);
    if (!reading) return reading.error();
    auto found = survey(source);
    if (!found) return found.error();
    if (auto status = check_decodes(source, *found); !status) return status.error();
    auto format = settle_format(source, *found, job.format);
    if (!format) return format.error();
    auto text = TextReader::open(source, *found);
    if (!text) return text.error();
    if (*format == Format::csv) {
        auto table = Table::open(std::move(*text), job.kind, job.map);
        if (!table) return table.error();
        return pour(std::move(*table), job, *reading, sink);
    }
    auto parts = JsonParts::open(std::move(*text), *format);
    if (!parts) return parts.error();
    return pour(JsonRows(std::move(*parts), job.kind, job.map), job, *reading, sink);
}

}  // namespace seals::intake
