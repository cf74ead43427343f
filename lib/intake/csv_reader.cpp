#include "intake/csv.hpp"

namespace seals::intake {

Result<std::string_view> CsvReader::peek(std::size_t size) {
    while (!ended_ && rest().size() < size)
        if (auto status = fill(); !status) return status.error();
    return rest().substr(0, size);
}

Status CsvReader::fill() {
    buffer_.erase(0, at_);
    at_ = 0;
    auto more = text_.read(buffer_);
    if (!more) return more.error();
    ended_ = !*more;
    return {};
}

CsvScan CsvReader::scan(bool keep, CsvPlace from) const {
    return scan_csv(rest(), {delimiter_, ended_, keep, from});
}

// A record that was cut at the limit is followed to its end without storing any of it.
Status CsvReader::drop_last() {
    auto leave = [this](std::size_t size) {
        line_ += count_line_ends(rest().substr(0, size));
        at_ += size;
    };
    leave(last_size_);
    while (last_cut_) {
        auto found = scan(false, last_place_);
        leave(found.size);
        last_place_ = found.place;
        last_cut_ = !found.complete;
        if (last_cut_)
            if (auto status = fill(); !status) return status;
    }
    last_size_ = 0;
    return {};
}

Result<std::optional<CsvRecord>> CsvReader::next() {
    if (auto status = drop_last(); !status) return status.error();
    for (;;) {
        if (ended_ && rest().empty()) return std::optional<CsvRecord>{};
        auto found = scan(true, CsvPlace::cell_start);
        if (!found.complete && rest().size() <= kRecordBytes) {
            // twice as much each time, so that a long record is looked over few times
            if (auto more = peek(2 * rest().size() + 1); !more) return more.error();
            continue;
        }
        last_size_ = found.size;
        last_cut_ = !found.complete;
        last_place_ = found.place;
        auto& record = found.record;
        record.line = line_;
        if (last_cut_ && record.fault.empty()) {
            record.fault = "the record is larger than 1 MiB";
            record.fault_cell = record.cells.empty() ? 0 : record.cells.size() - 1;
        }
        if (!record.blank) return std::optional{std::move(record)};
        if (auto status = drop_last(); !status) return status.error();
    }
}

std::string_view CsvReader::raw_after_first_line() const {
    auto raw = rest().substr(0, last_size_);
    auto end = raw.find_first_of("\r\n");
    if (end == std::string_view::npos) return {};
    return raw.substr(end + (raw.substr(end, 2) == "\r\n" ? 2 : 1));
}

void CsvReader::reread_from_second_line() {
    auto second = raw_after_first_line();
    if (second.empty()) return;
    last_size_ -= second.size();
    last_cut_ = false;
}

}  // namespace seals::intake
