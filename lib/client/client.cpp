#include "client/client.hpp"

#include "wire/json.hpp"

namespace seals::client {
namespace {

constexpr std::size_t kMostBody = 64 * 1024 * 1024;
constexpr std::size_t kMostLine = 1024 * 1024;  // of a stream

std::string request_text(const Ask& ask) {
    auto text = ask.method + " " + ask.path + " HTTP/1.1\r\nHost: seals\r\n";
    for (const auto& [name, value] : ask.headers)
        text += std::string(name) + ": " + value + "\r\n";
    if (!ask.body) return text + "\r\n";
    auto body = wire::dump_json(*ask.body);
    text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size());
    return text + "\r\n\r\n" + body;
}

bool is_json(const std::string& type) {
    return type == "application/json" || type == "application/problem+json";
}

Reply make_reply(const ResponseHead& head, std::string text) {
    Reply reply{head.status, head.type, std::move(text), {}, std::nullopt};
    if (is_json(head.type))
        if (auto value = wire::parse_json(reply.text)) reply.body = std::move(*value);
    while (reply.text.ends_with('\n'))
        reply.text.pop_back();
    if (head.status < 200 || head.status > 299) reply.problem = error_of(reply.body, head.status);
    return reply;
}

// What an interrupted exchange means: a POST that was sent may have been carried out.
Error interrupted(const Ask& ask, Error error) {
    if (ask.method == "GET") return error;
    error.code = Code::timeout;
    error.detail += "; whether it was carried out is not known";
    error.remedy =
        "look with sealctl event list, or repeat the command with the same "
        "--idempotency-key";
    return error;
}

// The lines of a stream as they become whole.
class LineReader {
  public:
    explicit LineReader(const OnLine& on_line) : on_line_(on_line) {}

    // False: the caller wants no more.
    Result<bool> take(std::string& body) {
        for (auto end = body.find('\n'); end != std::string::npos; end = body.find('\n')) {
            auto text = body.substr(0, end);
            body.erase(0, end + 1);
            if (text.empty()) continue;
            auto value = wire::parse_json(text);
            if (!value) return unavailable("a line of the stream is " + value.error().detail);
            last_text_ = std::move(text);
            last_ = std::move(*value);
            if (last_.boolean_or("gap"))
                return unavailable("this side read too slowly and missed lines",
                                   "follow again after the last line that was seen");
            if (!on_line_(last_, last_text_)) return false;
        }
        if (body.size() > kMostLine) return unavailable("a line of the stream is too long");
        return true;
    }
    Result<Reply> reply(const ResponseHead& head) const {
        if (last_.find("code") == nullptr)
            return unavailable("the stream ended before its last line",
                               "sealsd may have stopped: sealctl status tells");
        return Reply{head.status, head.type, last_text_, last_, std::nullopt};
    }
    Reply stopped(const ResponseHead& head) const {
        return {head.status, head.type, last_text_, last_, std::nullopt};
    }

  private:
    const OnLine& on_line_;
    std::string last_text_;
    Value last_;
};

}  // namespace

Error error_of(const Value& problem, int status) {
    auto code = code_named(problem.text_or("code"));
    Error error{code.value_or(Code::internal), problem.text_or("detail"), problem.text_or("remedy"),
                problem.text_or("field"), problem.text_or("rule")};
    if (error.detail.empty()) error.detail = "sealsd answered " + std::to_string(status);
    auto number = [&](const char* name, std::optional<long>& to) {
        const auto* member = problem.find(name);
        if (member != nullptr && member->integer() != nullptr)
            to = static_cast<long>(*member->integer());
    };
    number("line", error.line);
    number("record", error.record);
    number("seq", error.seq);
    return error;
}

Result<Channel> Client::channel(Deadline deadline) {
    if (kept_ && kept_->usable()) {
        Result<Channel> channel(std::move(*kept_));
        kept_.reset();
        return channel;
    }
    kept_.reset();
    return Channel::open(path_, deadline);
}

// A server that refuses a request may answer and close before it has read it all, so a failed
// write is not the end: the answer may be there.
Status Client::send(Channel& channel, const Ask& ask, Deadline deadline) {
    auto sent = channel.write_all(request_text(ask), deadline);
    if (sent || sent.error().code == Code::timeout) return sent;
    return {};
}

Result<Reply> Client::receive(Channel& channel, const Ask& ask, Deadline deadline) {
    ResponseParser parser(kMostBody);
    std::string input;
    std::string body;
    while (!parser.done()) {
        auto more = channel.read_some(input, deadline);
        if (!more) return interrupted(ask, more.error());
        if (auto status = parser.feed(input, body); !status) return status.error();
        if (*more) continue;
        if (auto status = parser.finish(); !status) return interrupted(ask, status.error());
    }
    if (parser.head().keep_alive && input.empty()) kept_ = std::move(channel);
    return make_reply(parser.head(), std::move(body));
}

Result<Reply> Client::call(const Ask& ask) {
    auto deadline = in(ask.deadline);
    auto opened = channel(deadline);
    if (!opened) return opened.error();
    if (auto status = send(*opened, ask, deadline); !status)
        return interrupted(ask, status.error());
    return receive(*opened, ask, deadline);
}

Result<Reply> Client::get(std::string path) {
    return call({"GET", std::move(path)});
}

Result<Reply> Client::post(std::string path, Value body, Headers headers) {
    return call({"POST", std::move(path), std::move(body), std::move(headers)});
}

Result<Reply> Client::follow(const Ask& ask, const OnLine& on_line) {
    auto deadline = in(ask.deadline);
    auto opened = channel(deadline);
    if (!opened) return opened.error();
    if (auto status = send(*opened, ask, deadline); !status)
        return interrupted(ask, status.error());
    ResponseParser parser(0);
    LineReader lines(on_line);
    std::string input;
    std::string body;
    while (!parser.done()) {
        auto more = opened->read_some(input, in(ask.deadline));
        if (!more) return interrupted(ask, more.error());
        if (auto status = parser.feed(input, body); !status) return status.error();
        if (!*more)
            if (auto status = parser.finish(); !status) return interrupted(ask, status.error());
        if (!parser.has_head()) continue;
        if (parser.head().type != "application/x-ndjson") {
            if (body.size() > kMostBody) return unavailable("the answer is too long");
            continue;
        }
        auto go_on = lines.take(body);
        if (!go_on) return go_on.error();
        if (!*go_on) return lines.stopped(parser.head());
    }
    if (parser.head().type != "application/x-ndjson")
        return make_reply(parser.head(), std::move(body));
    auto reply = lines.reply(parser.head());
    return reply ? reply : interrupted(ask, reply.error());
}

}  // namespace seals::client
