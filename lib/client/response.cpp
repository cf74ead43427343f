#include "client/response.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace seals::client {
namespace {

constexpr std::size_t kMostHead = 16 * 1024;
constexpr std::size_t kMostLine = 1024;  // a chunk size or trailer line

Error not_http() {
    return unavailable("what answers at the socket does not speak HTTP as sealsd does",
                       "check the path given with --socket or $SEALS_SOCKET");
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool parse_number(std::string_view text, int base, std::uint64_t& to) {
    auto end = text.data() + text.size();
    auto parsed = std::from_chars(text.data(), end, to, base);
    return !text.empty() && parsed.ec == std::errc{} && parsed.ptr == end;
}

}  // namespace

Status ResponseParser::feed(std::string& input, std::string& body) {
    for (;;) {
        auto more = step(input, body);
        if (!more) return more.error();
        if (!*more) return {};
    }
}

Status ResponseParser::finish() {
    if (phase_ == Phase::until_close) phase_ = Phase::done;
    if (phase_ == Phase::done) return {};
    return unavailable("sealsd closed the connection before its answer was complete");
}

Result<bool> ResponseParser::step(std::string& input, std::string& body) {
    switch (phase_) {
        case Phase::head:
            return read_head(input);
        case Phase::length:
            return read_bytes(input, body, Phase::done);
        case Phase::chunk_data:
            return read_bytes(input, body, Phase::chunk_end);
        case Phase::chunk_size:
        case Phase::chunk_end:
        case Phase::trailer:
            return read_line(input);
        case Phase::until_close:
            left_ = input.size();
            return read_bytes(input, body, Phase::until_close);
        case Phase::done:
            break;
    }
    return false;
}

Result<bool> ResponseParser::read_head(std::string& input) {
    auto end = input.find("\r\n\r\n");
    if (std::min(end, input.size()) > kMostHead) return not_http();
    if (end == std::string::npos) return false;
    auto text = input.substr(0, end + 2);
    input.erase(0, end + 4);
    if (auto status = parse_head(text); !status) return status.error();
    return true;
}

Status ResponseParser::parse_head(std::string_view text) {
    auto line = text.substr(0, text.find("\r\n"));
    std::uint64_t status = 0;
    if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ' ||
        !parse_number(line.substr(9, 3), 10, status) || status < 100)
        return not_http();
    head_ = {static_cast<int>(status), {}, line[7] == '1'};
    phase_ = Phase::until_close;
    for (auto rest = text.substr(line.size() + 2); !rest.empty();) {
        auto header = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(header.size() + 2);
        auto colon = header.find(':');
        if (colon == std::string_view::npos) return not_http();
        if (auto read =
                parse_header(lower(header.substr(0, colon)), trimmed(header.substr(colon + 1)));
            !read)
            return read;
    }
    if (status == 204 || status == 304) phase_ = Phase::done;
    if (status < 200) phase_ = Phase::head;  // 100 Continue: the answer is still to come
    return {};
}

Status ResponseParser::parse_header(std::string_view name, std::string_view value) {
    if (name == "content-type") head_.type = lower(trimmed(value.substr(0, value.find(';'))));
    if (name == "connection") head_.keep_alive = lower(value) != "close";
    if (name == "transfer-encoding") {
        if (lower(value) != "chunked") return not_http();
        phase_ = Phase::chunk_size;
    }
    if (name == "content-length" && phase_ != Phase::chunk_size) {
        if (!parse_number(value, 10, left_)) return not_http();
        phase_ = left_ == 0 ? Phase::done : Phase::length;
    }
    return {};
}

Result<bool> ResponseParser::read_bytes(std::string& input, std::string& body, Phase next) {
    auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
    if (auto status = count(size); !status) return status.error();
    body.append(input, 0, size);
    input.erase(0, size);
    left_ -= size;
    if (left_ == 0) phase_ = next;
    return left_ == 0 && next == Phase::chunk_end;
}

Result<bool> ResponseParser::read_line(std::string& input) {
    auto end = input.find("\r\n");
    if (std::min(end, input.size()) > kMostLine) return not_http();
    if (end == std::string::npos) return false;
    auto line = input.substr(0, end);
    input.erase(0, end + 2);
    if (phase_ == Phase::chunk_size) {
        if (auto status = plan_chunk(line); !status) return status.error();
    } else if (phase_ == Phase::chunk_end) {
        if (!line.empty()) return not_http();
        phase_ = Phase::chunk_size;
    } else if (line.empty()) {
        phase_ = Phase::done;
    }
    return true;
}

Status ResponseParser::plan_chunk(std::string_view line) {
    if (!parse_number(trimmed(line.substr(0, line.find(';'))), 16, left_)) return not_http();
    phase_ = left_ == 0 ? Phase::trailer : Phase::chunk_data;
    return {};
}

Status ResponseParser::count(std::size_t size) {
    taken_ += size;
    if (most_body_ == 0 || taken_ <= most_body_) return {};
    return unavailable("the answer is longer than " + std::to_string(most_body_) + " bytes",
                       "ask for less, e.g. with --limit");
}

}  // namespace seals::client
