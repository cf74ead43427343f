#include <array>

#include "served.hpp"
#include "wire/import.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::api;

namespace {

constexpr std::array<Param, 2> kEchoQuery{{{"q", "a word"}, {"n", "a number"}}};

Value echo_of(const Request& request) {
    Value out{Value::Object{}};
    out.add("id", request.param("id"));
    out.add("q", request.text("q"));
    out.add("body", request.body);
    out.add("key", request.idempotency_key);
    out.add("uid", static_cast<std::int64_t>(request.caller.peer.uid));
    out.add("pid", static_cast<std::int64_t>(request.caller.peer.pid));
    return out;
}

void echo(const Request& request, Responder responder) {
    responder.reply(200, echo_of(request));
}

std::vector<Route> echo_routes() {
    Shape any = shape<wire::PersonRecord>("PersonRecord");
    return {
        {{Method::get, "/v1/status", std::nullopt, "status"}, echo},
        {{Method::get, "/v1/seals/{id}", Role::viewer, "one", {}, {}, Answer::one, 200, kEchoQuery},
         echo},
        {{Method::post, "/v1/seals/{id}/take", Role::operator_, "take", any}, echo},
        {{Method::post, "/v1/requests/paper", Role::operator_, "paper", any}, echo},
        {{Method::get, "/v1/throw", std::nullopt, "throws"},
         [](Request, Responder) { throw std::runtime_error("boom"); }},
        {{Method::get, "/v1/drop", std::nullopt, "drops"}, [](Request, Responder) {}},
        {{Method::get, "/v1/refuse", std::nullopt, "refuses"}, [](Request, Responder responder) {
             Error error{Code::refused, "no approved request", "import one", {}, "R01"};
             error.seq = 42;
             responder.problem(error);
         }}};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a request reaches its handler with params, query and the peer's true credentials") {
    Served served(echo_routes());
    auto reply = ask(served, get("/v1/seals/YZ-0032?q=%E5%90%88+%E5%90%8C"));
    CHECK(has(reply, "HTTP/1.1 200 OK\r\n"));
    CHECK(has(reply, R"("id":"YZ-0032","q":"合 同")"));
    CHECK(has(reply, "\"uid\":" + std::to_string(::getuid())));
    CHECK(has(reply, "\"pid\":" + std::to_string(::getpid())));
}

TEST_CASE("one connection serves many requests, also sent at once") {
    Served served(echo_routes());
    RawClient client(served.path());
    client.send(get("/v1/seals/a") + get("/v1/seals/b") +
                get("/v1/seals/c", "Connection: close\r\n"));
    auto reply = client.receive();
    CHECK(has(reply, R"("id":"a")"));
    CHECK(reply.find(R"("id":"b")") > reply.find(R"("id":"a")"));
    CHECK(reply.find(R"("id":"c")") > reply.find(R"("id":"b")"));
    CHECK(client.closed_by_server());
}

TEST_CASE("HTTP/1.0, absolute targets and any Host are served") {
    Served served(echo_routes());
    CHECK(has(ask(served, "GET /v1/status HTTP/1.0\r\n\r\n"), "200 OK"));
    CHECK(has(ask(served, "GET http://seals/v1/status HTTP/1.1\r\nHost: x\r\n\r\n"), "200 OK"));
    CHECK(has(ask(served, "GET /v1/status HTTP/1.1\r\n\r\n"), "200 OK"));
}

TEST_CASE("a client that ends its side first still gets its answer") {
    Served served(echo_routes());
    RawClient client(served.path());
    client.send(get("/v1/seals/a"));
    client.finish_sending();
    CHECK(has(client.receive(), R"("id":"a")"));
    CHECK(client.closed_by_server());
}

TEST_CASE("an unknown path is 404 and a known path with another method 405 with Allow") {
    Served served(echo_routes());
    auto missing = ask(served, get("/v1/nothing"));
    CHECK(has(missing, "404 Not Found"));
    CHECK(has(missing, "application/problem+json"));
    CHECK(has(missing, R"("code":"not_found")"));
    for (const char* method : {"POST", "PUT", "HEAD", "DELETE", "BREW"}) {
        auto reply = ask(served, std::string(method) + " /v1/status HTTP/1.1\r\n\r\n");
        CHECK(has(reply, "405 Method Not Allowed"));
        CHECK(has(reply, "Allow: GET\r\n"));
    }
}

TEST_CASE("a request with Origin or Referer is refused") {
    Served served(echo_routes());
    for (const char* header : {"Origin: http://evil\r\n", "referer: http://evil/\r\n"}) {
        auto reply = ask(served, get("/v1/status", header));
        CHECK(has(reply, "403 Forbidden"));
        CHECK(has(reply, R"("code":"denied")"));
    }
}

TEST_CASE("a peer without the role is denied and told which one it needs") {
    Roles roles;
    roles.grants[static_cast<std::size_t>(Role::viewer)].emplace_back().uids.push_back(::getuid());
    Served served(echo_routes(), {}, roles);
    CHECK(has(ask(served, get("/v1/seals/a")), "200 OK"));
    auto reply = ask(served, post("/v1/seals/a/take", "{}"));
    CHECK(has(reply, "403 Forbidden"));
    CHECK(has(reply, R"(needs the role \"operator\" and has viewer)"));
    CHECK(has(reply, R"("remedy":)"));
}

TEST_CASE("root has no role implicitly") {
    Served served(echo_routes(), {}, Roles{});
    CHECK(has(ask(served, get("/v1/seals/a")), "has none"));
    CHECK(has(ask(served, get("/v1/status")), "200 OK"));
}

TEST_CASE("a body must be JSON, and what is wrong with it is said") {
    Served served(echo_routes());
    auto good = ask(served, post("/v1/seals/a/take", R"({"id":"E1"})",
                                 "Content-Type: application/json\r\nIdempotency-Key: k-1\r\n"));
    CHECK(has(good, R"("body":{"id":"E1"},"key":"k-1")"));
    CHECK(has(ask(served, post("/v1/seals/a/take", "{\"id\":")), "not JSON at byte"));
    CHECK(has(ask(served, post("/v1/seals/a/take", R"({"a":1,"a":2})")), "duplicate member"));
    CHECK(has(ask(served, post("/v1/seals/a/take", "{}", "Content-Type: text/xml\r\n")), " 415 "));
    CHECK(has(ask(served, post("/v1/seals/a/take", "{}", "Idempotency-Key: a b\r\n")), " 400 "));
    CHECK(has(ask(served, "GET /v1/status HTTP/1.1\r\nContent-Length: 3\r\n\r\n[1]"),
              "takes no body"));
}

TEST_CASE("a chunked body arrives whole") {
    Served served(echo_routes());
    auto reply = ask(served,
                     "POST /v1/seals/a/take HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "4;ext=1\r\n{\"id\r\n5\r\n\":\"E1\r\n2\r\n\"}\r\n0\r\nX: y\r\n\r\n");
    CHECK(has(reply, R"("body":{"id":"E1"})"));
}

TEST_CASE("an unknown, repeated or broken query parameter is refused by name") {
    Served served(echo_routes());
    CHECK(has(ask(served, get("/v1/seals/a?limit=1")), R"("field":"limit")"));
    CHECK(has(ask(served, get("/v1/seals/a?q=1&q=2")), "given twice"));
    CHECK(has(ask(served, get("/v1/seals/a?q=%zz")), "two hex digits"));
    CHECK(has(ask(served, get("/v1/seals/a?q=%ff")), "not valid UTF-8"));
    CHECK(has(ask(served, get("/v1/seals/a%00b")), "control character"));
    CHECK(has(ask(served, get("/v1/seals/a%2ftake")), R"("id":"a/take")"));
}

TEST_CASE("a refusal carries its rule, remedy and ledger entry") {
    Served served(echo_routes());
    auto reply = ask(served, get("/v1/refuse"));
    CHECK(has(reply, "409 Conflict"));
    CHECK(has(reply, R"("rule":"R01","remedy":"import one","seq":42)"));
}

TEST_CASE("a handler that throws or drops its responder answers 500") {
    Served served(echo_routes());
    for (const char* path : {"/v1/throw", "/v1/drop"}) {
        auto reply = ask(served, get(path));
        CHECK(has(reply, "500 Internal Server Error"));
        CHECK(has(reply, R"("code":"internal")"));
    }
}

TEST_CASE("a literal segment goes before a parameter") {
    Served served(echo_routes());
    CHECK(has(ask(served, post("/v1/requests/paper", "{}")), R"("id":"")"));
}

TEST_CASE("the socket has its mode, and a second server takes a dead one's place") {
    Served served(echo_routes());
    auto mode = std::filesystem::status(served.path()).permissions();
    CHECK(static_cast<unsigned>(mode) == 0660);
    auto folder = fresh_folder();
    std::string at = folder + "/api.sock";
    auto* file = std::fopen(at.c_str(), "w");
    std::fclose(file);
    loop::Loop loop;
    ServerOptions options;
    options.path = at;
    auto refused = Server::open(loop, options, {}, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::unavailable);
    ::unlink(at.c_str());
    { Fd dead{listen(::socket(AF_UNIX, SOCK_STREAM, 0), 1)}; }
    CHECK(Server::open(loop, options, {}, {}));
    std::filesystem::remove_all(folder);
}

TEST_CASE("curl is a client like any other") {
    Served served(echo_routes());
    auto run = [&](const std::string& arguments) {
        auto command = "curl -sS --max-time 5 --unix-socket " + served.path() + " " + arguments;
        std::string out;
        auto* pipe = ::popen(command.c_str(), "r");
        REQUIRE(pipe != nullptr);
        std::array<char, 4096> room;
        while (auto size = std::fread(room.data(), 1, room.size(), pipe))
            out.append(room.data(), size);
        CHECK(::pclose(pipe) == 0);
        return out;
    };
    CHECK(has(run("'http://seals/v1/seals/a?q=合同'"), R"("q":"合同")"));
    CHECK(has(run("-d '{\"id\":\"E1\"}' http://seals/v1/seals/a/take"), R"("body":{"id":"E1"})"));
    CHECK(
        has(run("-o /dev/null -w '%{http_code}' -d @/usr/bin/curl http://seals/v1/requests/paper"),
            "413"));
    CHECK(has(run("-H 'Expect: 100-continue' -d '{\"id\":\"E2\"}' http://seals/v1/seals/a/take"),
              "E2"));
}
