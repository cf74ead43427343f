// A row of a request list -> RequestRecord. The order of the checks is the order of the fields, so
// that a record with several faults always names the same one.
#include <algorithm>

#include "base/id.hpp"
#include "intake/cell.hpp"
#include "intake/number.hpp"
#include "intake/record.hpp"

namespace seals::intake {
namespace {

Result<Instant> read_when(const Row& row, std::size_t field, const Zone& zone, DayPart date_only) {
    if (means_nothing(row.text(field))) return row.fault(field, "is empty");
    auto at = parse_when(row.text(field), zone, date_only);
    if (!at) return row.fault(field, at.error().detail);
    return at;
}

Result<std::optional<Instant>> read_optional_when(const Row& row, std::size_t field,
                                                  const Zone& zone, DayPart date_only) {
    if (means_nothing(row.text(field))) return std::optional<Instant>{};
    auto at = read_when(row, field, zone, date_only);
    if (!at) return at.error();
    return std::optional{*at};
}

Result<std::int64_t> read_count(const Row& row, std::size_t field, std::string_view text,
                                std::int64_t least, std::int64_t most) {
    auto number = parse_whole(text);
    if (!number) return row.fault(field, in_quotes(text) + " is no whole number");
    if (*number < least || *number > most)
        return row.fault(field, in_quotes(text) + " is not between " + std::to_string(least) +
                                    " and " + std::to_string(most));
    return *number;
}

// What seals are asked for: the numbers count, names alone are not enough.
Result<std::vector<std::string>> read_seals(const Row& row) {
    auto seals = row.read_ids(request::seal, kMostSeals);
    if (!seals || !seals->empty()) return seals;
    if (!means_nothing(row.text(request::seal_name)))
        return row.fault(request::seal, "is empty; the name " +
                                            in_quotes(row.text(request::seal_name)) +
                                            " alone does not say which seal");
    return row.fault(request::seal, "is empty");
}

// One number for all seals, or one per seal in their order.
Result<std::vector<std::int64_t>> read_copies(const Row& row, std::size_t seals) {
    const auto& text = row.text(request::copies);
    if (means_nothing(text)) return row.fault(request::copies, "is empty");
    auto parts = split_parts(text);
    std::vector<std::int64_t> copies;
    if (seals > 1 && parts.size() == seals && !parse_whole(text)) {
        for (const auto& part : parts) {
            auto count = read_count(row, request::copies, part, 1, kMostCopies);
            if (!count) return count.error();
            copies.push_back(*count);
        }
        return copies;
    }
    auto count = read_count(row, request::copies, text, 1, kMostCopies);
    if (!count) return count.error();
    return std::vector<std::int64_t>(seals, *count);
}

Status read_limits(const Row& row, const Reading& reading, wire::RequestRecordLine& line) {
    auto number = [&](std::size_t field, std::int64_t least) -> Result<std::int64_t> {
        return read_count(row, field, row.text(field), least, kMostImpressions);
    };
    if (!means_nothing(row.text(request::count))) {
        auto count = number(request::count, 1);
        if (!count) return count.error();
        line.count = *count;
    }
    if (!means_nothing(row.text(request::cross_page))) {
        auto count = number(request::cross_page, 0);
        if (!count) return count.error();
        line.cross_page = *count;
    }
    auto users = row.read_ids(request::users, kMostPersons);
    if (!users) return users.error();
    line.users = std::move(*users);
    auto from = read_optional_when(row, request::valid_from, reading.zone, DayPart::start);
    if (!from) return from.error();
    auto to = read_optional_when(row, request::valid_to, reading.zone, DayPart::end);
    if (!to) return to.error();
    line.valid_from = *from;
    line.valid_to = *to;
    return {};
}

Status check_window(const Row& row, Instant applied_at, const wire::RequestRecordLine& line) {
    if (line.valid_to && *line.valid_to <= line.valid_from.value_or(applied_at))
        return row.fault(request::valid_to, "the window ends before it begins");
    return {};
}

// The lines of a record whose cells speak for all seals.
Result<std::vector<wire::RequestRecordLine>> read_plain_lines(const Row& row,
                                                              const Reading& reading) {
    auto seals = read_seals(row);
    if (!seals) return seals.error();
    auto listed = split_parts(row.text(request::seal));
    auto copies = read_copies(row, listed.size());
    if (!copies) return copies.error();
    wire::RequestRecordLine line;
    if (auto status = read_limits(row, reading, line); !status) return status.error();
    std::vector<wire::RequestRecordLine> lines;
    for (const auto& seal : *seals) {
        line.seal = seal;
        bool first = true;
        for (std::size_t i = 0; i < listed.size(); ++i) {
            if (listed[i] != seal) continue;
            if (!first && line.copies != (*copies)[i])
                return row.fault(request::copies, "says two things of seal " + seal);
            line.copies = (*copies)[i];
            first = false;
        }
        lines.push_back(line);
    }
    return lines;
}

Result<std::vector<wire::RequestRecordLine>> read_spelt_lines(const Row& row,
                                                              const Reading& reading) {
    std::vector<wire::RequestRecordLine> lines;
    if (row.lines.size() > kMostSeals)
        return row.fault(request::seal, "more than " + std::to_string(kMostSeals) + " lines");
    for (const auto& part : row.lines) {
        auto some = read_plain_lines(part, reading);
        if (!some) return some.error();
        for (auto& line : *some) {
            auto same = [&](const auto& other) { return other.seal == line.seal; };
            if (std::any_of(lines.begin(), lines.end(), same))
                return part.fault(request::seal, in_quotes(line.seal) + " stands in two lines");
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

Result<bool> leaves_the_house(const Row& row) {
    bool told = !means_nothing(row.text(request::place));
    if (!row.has(request::take_out)) return told;
    const auto& text = row.text(request::take_out);
    if (text.empty()) {
        if (!told) return false;
        return row.fault(request::take_out,
                         "is empty, but " + row.name(request::place) + " is given");
    }
    if (auto answer = yes_or_no(text)) return *answer;
    if (means_nothing(text) && !told) return false;
    return row.fault(request::take_out, in_quotes(text) + " is neither yes (是) nor no (否)");
}

Result<std::optional<wire::TakeOut>> read_take_out(const Row& row, Instant applied_at,
                                                   const Reading& reading) {
    auto leaves = leaves_the_house(row);
    if (!leaves) return leaves.error();
    if (!*leaves) return std::optional<wire::TakeOut>{};
    auto place = row.read_text(request::place, Need::optional);
    if (!place) return place.error();
    if (place->empty())
        return row.fault(request::place, "is empty, and the seal is to be taken out");
    if (means_nothing(row.text(request::due)))
        return row.fault(request::due, "is empty, and the seal is to be taken out");
    auto due = read_when(row, request::due, reading.zone, DayPart::end);
    if (!due) return due.error();
    if (*due <= applied_at)
        return row.fault(request::due, in_quotes(row.text(request::due)) +
                                           " is not after the time of application");
    auto reason = row.read_text(request::out_reason, Need::optional);
    if (!reason) return reason.error();
    auto escort = row.read_ids(request::supervisor, 1);
    if (!escort) return escort.error();
    return std::optional{
        wire::TakeOut{*place, *due, *reason, escort->empty() ? "" : escort->front()}};
}

// Some OA systems say "finished" in one column and the verdict in another: the verdict decides what
// finished means.
Result<std::string> read_status(const Row& row, const Reading& reading) {
    const auto& result_text = row.text(request::result);
    bool has_result = !means_nothing(result_text);
    auto field =
        row.has(request::status) || !row.has(request::result) ? request::status : request::result;
    const auto& text = row.text(field);
    if (means_nothing(text)) return row.fault(field, "is empty");
    auto status = reading.status.of(text);
    if (!status)
        return row.fault(field, in_quotes(text) + " is no known status; a map can explain it");
    if (field == request::status && has_result && (*status == "approved" || *status == "ended")) {
        field = request::result;
        status = reading.status.of(result_text);
        if (!status)
            return row.fault(field,
                             in_quotes(result_text) + " is no known status; a map can explain it");
    }
    if (*status == "ended")
        return row.fault(field, in_quotes(row.text(field)) + " does not say how it ended");
    return *status;
}

Status read_texts(const Row& row, wire::RequestRecord& out) {
    struct Part {
        std::size_t field;
        std::string wire::RequestRecord::*member;
    };
    constexpr Part kParts[] = {{request::applicant_name, &wire::RequestRecord::applicant_name},
                               {request::department, &wire::RequestRecord::department},
                               {request::chain, &wire::RequestRecord::chain},
                               {request::remark, &wire::RequestRecord::remark}};
    for (const auto& part : kParts) {
        auto text = row.read_text(part.field, Need::optional);
        if (!text) return text.error();
        out.*part.member = std::move(*text);
    }
    return {};
}

Status read_head(const Row& row, const Reading& reading, wire::RequestRecord& out) {
    auto source = row.read_id(request::source, Need::optional);
    if (!source) return source.error();
    out.source = source->empty() ? reading.source : *source;
    auto id = row.read_id(request::external_id, Need::required);
    if (!id) return id.error();
    out.external_id = std::move(*id);
    auto applicant = row.read_id(request::applicant, Need::required);
    if (!applicant) return applicant.error();
    out.applicant = std::move(*applicant);
    auto applied = read_when(row, request::applied_at, reading.zone, DayPart::start);
    if (!applied) return applied.error();
    out.applied_at = *applied;
    return {};
}

}  // namespace

Result<wire::RequestRecord> read_request(const Row& row, const Reading& reading) {
    wire::RequestRecord out;
    if (auto status = read_head(row, reading, out); !status) return status.error();
    auto lines =
        row.lines.empty() ? read_plain_lines(row, reading) : read_spelt_lines(row, reading);
    if (!lines) return lines.error();
    out.lines = std::move(*lines);
    const auto& window_row = row.lines.empty() ? row : row.lines.front();
    for (const auto& line : out.lines)
        if (auto status = check_window(window_row, out.applied_at, line); !status)
            return status.error();
    auto title = row.read_text(request::title, Need::required);
    if (!title) return title.error();
    out.title = std::move(*title);
    auto take_out = read_take_out(row, out.applied_at, reading);
    if (!take_out) return take_out.error();
    out.take_out = std::move(*take_out);
    auto status = read_status(row, reading);
    if (!status) return status.error();
    out.status = std::move(*status);
    if (auto texts = read_texts(row, out); !texts) return texts.error();
    return out;
}

}  // namespace seals::intake
