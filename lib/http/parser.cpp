#include "http/parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.hpp"

namespace seals::http {
namespace {

bool is_token(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kMarks.find(c) != std::string_view::npos;
    });
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Length of a head with its blank line, or npos. Lines end in LF, with or without a CR before it.
std::size_t end_of_head(std::string_view input) {
    for (std::size_t at = input.find('\n'); at != std::string_view::npos;
         at = input.find('\n', at + 1)) {
        auto rest = input.substr(at + 1);
        if (rest.starts_with("\n")) return at + 2;
        if (rest.starts_with("\r\n")) return at + 3;
    }
    return std::string_view::npos;
}

// One line without its end, taken off the front of `text`; nullopt while no line is complete.
std::optional<std::string_view> next_line(std::string_view& text) {
    auto at = text.find('\n');
    if (at == std::string_view::npos) return std::nullopt;
    auto line = text.substr(0, at);
    text.remove_prefix(at + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::string_view trimmed_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool lists(const std::string* header, std::string_view wanted) {
    if (header == nullptr) return false;
    auto text = lower(*header);
    for (auto item : split(text, ','))
        if (trimmed(item) == wanted) return true;
    return false;
}

}  // namespace

const std::string* Message::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return &value;
    return nullptr;
}

Parser::State Parser::feed(std::string& input) {
    while (step(input)) {
    }
    if (phase_ == Phase::done) return State::done;
    return phase_ == Phase::failed ? State::failed : State::more;
}

bool Parser::step(std::string& input) {
    switch (phase_) {
        case Phase::head:
            return read_head(input);
        case Phase::body:
            return read_body(input);
        case Phase::chunk_size:
            return read_chunk_size(input);
        case Phase::chunk_data:
            return read_chunk_data(input);
        case Phase::chunk_end:
            return read_chunk_end(input);
        case Phase::trailer:
            return read_trailer(input);
        case Phase::done:
        case Phase::failed:
            break;
    }
    return false;
}

Message Parser::take() {
    auto message = std::move(message_);
    *this = Parser(limits_);
    return message;
}

bool Parser::fail(int status, std::string detail) {
    fault_ = {status, std::move(detail)};
    phase_ = Phase::failed;
    return false;
}

bool Parser::read_head(std::string& input) {
    // RFC 9112 §2.2: an empty line before the request line is to be ignored.
    input.erase(0, input.find_first_not_of("\r\n"));
    if (input.empty()) return false;
    auto size = end_of_head(input);
    if (std::min(size, input.size()) > limits_.head)
        return fail(431, "the request line and headers are longer than " +
                             std::to_string(limits_.head) + " bytes");
    if (size == std::string::npos) return false;
    auto head = input.substr(0, size);
    input.erase(0, size);
    return parse_head(head);
}

bool Parser::parse_head(std::string_view head) {
    if (!parse_request_line(*next_line(head))) return false;
    while (auto line = next_line(head)) {
        if (line->empty()) break;
        if (message_.headers.size() == limits_.headers)
            return fail(431, "more than " + std::to_string(limits_.headers) + " headers");
        if (!parse_header(*line)) return false;
    }
    const auto* connection = message_.header("connection");
    message_.keep_alive =
        message_.minor == 1 ? !lists(connection, "close") : lists(connection, "keep-alive");
    return plan_body();
}

bool Parser::parse_request_line(std::string_view line) {
    auto first = line.find(' ');
    auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return fail(400, "the first line is no HTTP request line");
    auto method = line.substr(0, first);
    auto target = line.substr(first + 1, last - first - 1);
    auto version = line.substr(last + 1);
    if (!is_token(method) || target.empty() || target.find(' ') != std::string_view::npos ||
        std::any_of(target.begin(), target.end(), is_control))
        return fail(400, "the first line is no HTTP request line");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        bool http = version.starts_with("HTTP/");
        return http ? fail(505, "only HTTP/1.0 and HTTP/1.1 are spoken here")
                    : fail(400, "the first line is no HTTP request line");
    }
    message_.method = method;
    message_.target = target;
    message_.minor = version.back() - '0';
    return true;
}

bool Parser::parse_header(std::string_view line) {
    auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
        return fail(400, "a header line has no name");
    auto value = trimmed_blanks(line.substr(colon + 1));
    if (std::any_of(value.begin(), value.end(), [](char c) { return c != '\t' && is_control(c); }))
        return fail(400, "a header holds a control character");
    message_.headers.emplace_back(lower(line.substr(0, colon)), value);
    return true;
}

bool Parser::plan_body() {
    auto count = [&](std::string_view name) {
        return std::count_if(message_.headers.begin(), message_.headers.end(),
                             [&](const auto& header) { return header.first == name; });
    };
    auto lengths = count("content-length");
    auto codings = count("transfer-encoding");
    if (lengths + codings > 1) return fail(400, "the length of the body is given twice");
    if (const auto* expect = message_.header("expect")) {
        if (lower(*expect) != "100-continue") return fail(417, "this Expect is not known here");
        expects_continue_ = true;
    }
    if (lengths == 1) return plan_length(*message_.header("content-length"));
    if (codings == 1) {
        if (message_.minor == 0 || lower(*message_.header("transfer-encoding")) != "chunked")
            return fail(501, "only the transfer coding \"chunked\" is known here");
        phase_ = Phase::chunk_size;
        return true;
    }
    phase_ = Phase::done;
    return false;
}

bool Parser::plan_length(std::string_view text) {
    bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                               [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return fail(400, "Content-Length is not a number");
    std::uint64_t length = 0;
    auto parsed = std::from_chars(text.data(), text.data() + text.size(), length);
    if (parsed.ec != std::errc{} || length > limits_.body)
        return fail(413, "the body is longer than " + std::to_string(limits_.body) + " bytes");
    wanted_ = static_cast<std::size_t>(length);
    phase_ = wanted_ == 0 ? Phase::done : Phase::body;
    return wanted_ != 0;
}

bool Parser::read_body(std::string& input) {
    auto size = std::min(wanted_, input.size());
    message_.body.append(input, 0, size);
    input.erase(0, size);
    wanted_ -= size;
    if (wanted_ == 0) phase_ = Phase::done;
    return false;
}

bool Parser::read_chunk_size(std::string& input) {
    constexpr std::size_t kLongest = 128;  // a size and its extensions
    auto end = input.find('\n');
    if (std::min(end, input.size()) > kLongest) return fail(400, "a chunk has no size");
    if (end == std::string::npos) return false;
    std::string_view line(input.data(), end);
    auto digits = trimmed(line.substr(0, line.find(';')));
    std::uint64_t size = 0;
    const char* stop = digits.data() + digits.size();
    auto parsed = std::from_chars(digits.data(), stop, size, 16);
    if (digits.empty() || parsed.ec == std::errc::invalid_argument || parsed.ptr != stop)
        return fail(400, "a chunk has no size");
    if (parsed.ec != std::errc{} || size > limits_.body - message_.body.size())
        return fail(413, "the body is longer than " + std::to_string(limits_.body) + " bytes");
    input.erase(0, end + 1);
    wanted_ = static_cast<std::size_t>(size);
    phase_ = wanted_ == 0 ? Phase::trailer : Phase::chunk_data;
    return true;
}

bool Parser::read_chunk_data(std::string& input) {
    auto size = std::min(wanted_, input.size());
    message_.body.append(input, 0, size);
    input.erase(0, size);
    wanted_ -= size;
    if (wanted_ != 0) return false;
    phase_ = Phase::chunk_end;
    return true;
}

bool Parser::read_chunk_end(std::string& input) {
    if (input.empty() || input == "\r") return false;
    if (!input.starts_with("\n") && !input.starts_with("\r\n"))
        return fail(400, "a chunk is longer than its size");
    input.erase(0, input.front() == '\n' ? 1 : 2);
    phase_ = Phase::chunk_size;
    return true;
}

bool Parser::read_trailer(std::string& input) {
    auto end = input.find('\n');
    trailer_ += std::min(end, input.size());
    if (trailer_ > limits_.head) return fail(431, "the trailer is too long");
    if (end == std::string::npos) {
        trailer_ -= input.size();
        return false;
    }
    bool last = end == 0 || (end == 1 && input.front() == '\r');
    input.erase(0, end + 1);
    if (last) phase_ = Phase::done;
    return !last;
}

std::string_view reason_of(int status) {
    struct Row {
        int status;
        std::string_view reason;
    };
    static constexpr std::array<Row, 19> kReasons{{
        {100, "Continue"},
        {200, "OK"},
        {201, "Created"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    }};
    for (const auto& row : kReasons)
        if (row.status == status) return row.reason;
    return "Status";
}

}  // namespace seals::http
