// rooms: base wire http api client
// What a client may send, from bytes to a bound request, and what a server may answer. The first
// byte says in pieces of what size the rest arrives: the outcome must not depend on it.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/problem.hpp"
#include "api/request.hpp"
#include "base/text.hpp"
#include "client/response.hpp"
#include "wire/import.hpp"
#include "wire/json.hpp"

namespace {

using namespace seals;
using namespace seals::api;

constexpr std::array<Param, 2> kQuery{{{"q", "words"}, {"limit", "how many"}}};

const std::array<Row, 4> kRows{{
    {Method::get, "/v1/status", std::nullopt, ""},
    {Method::get, "/v1/search", std::nullopt, "", {}, {}, Answer::list, 200, kQuery},
    {Method::post, "/v1/requests", std::nullopt, "", shape<wire::RequestRecord>("RequestRecord")},
    {Method::post, "/v1/seals/{id}/take", std::nullopt, "",
     shape<wire::PersonRecord>("PersonRecord")},
}};

void require(bool holds) {
    if (!holds) std::abort();
}

void check_bound(const Request& request) {
    for (const auto& [name, text] : request.params)
        require(!text.empty() && valid_utf8(text));
    for (const auto& [name, text] : request.query)
        require(valid_utf8(name) && valid_utf8(text));
    (void)request.number("limit", 100, 1, 500);
    if (request.row->request.name == "RequestRecord") {
        auto read = wire::read<wire::RequestRecord>(request.body);
        if (read) require(bool(wire::read<wire::RequestRecord>(wire::write(*read))));
    }
}

// A line for each request, and for how it ended.
std::string outcome_of(std::string_view bytes, std::size_t piece) {
    static const Router router(kRows);
    const http::Limits limits;
    http::Parser parser(limits);
    std::string input;
    std::string outcome;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        input += bytes.substr(at, piece);
        http::Parser::State state;
        while ((state = parser.feed(input)) == http::Parser::State::done) {
            auto message = parser.take();
            require(message.body.size() <= limits.body);
            require(message.headers.size() <= limits.headers);
            auto bound = bind_request(message, router, kRows, Caller{});
            if (auto* refusal = std::get_if<Refusal>(&bound)) {
                outcome += wire::dump_json(problem_of(refusal->error, refusal->status)) + "\n";
            } else {
                check_bound(std::get<Bound>(bound).request);
                outcome += std::to_string(std::get<Bound>(bound).row) + message.body + "\n";
            }
        }
        if (state == http::Parser::State::failed)
            return outcome + std::to_string(parser.fault().status);
    }
    return outcome;
}

void read_as_response(std::string input) {
    client::ResponseParser parser(64 * 1024);
    std::string body;
    if (!parser.feed(input, body)) return;
    (void)parser.finish();
    require(body.size() <= 64 * 1024);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::size_t piece = data[0] == 0 ? 1 : data[0];
    auto whole = outcome_of(bytes, bytes.size() + 1);
    auto pieces = outcome_of(bytes, piece);
    // A fault may be found earlier or as another one when bytes come late; requests may not differ.
    auto end_of_requests = [](const std::string& text) { return text.rfind('\n') + 1; };
    require(whole.substr(0, end_of_requests(whole)) == pieces.substr(0, end_of_requests(pieces)));
    read_as_response(std::string(bytes));
    return 0;
}
