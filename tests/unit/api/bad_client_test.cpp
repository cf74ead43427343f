#include "served.hpp"

using namespace seals;
using namespace seals::api;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

void fine(const Request&, Responder responder) {
    responder.reply(200, Value{Value::Object{{"ok", true}}});
}

Row row(std::string_view pattern) {
    return {Method::get, pattern, std::nullopt, "for tests"};
}

std::vector<Route> fine_routes() {
    return {{row("/v1/status"), fine},
            {{Method::post, "/v1/uses", std::nullopt, "", {"Any", [] { return Value{}; }}}, fine}};
}

// The server still serves, whatever was done to it.
void check_serves(Served& served) {
    CHECK(has(ask(served, get("/v1/status")), "200 OK"));
}

}  // namespace

TEST_CASE("malformed requests are answered 400 and the server goes on") {
    Served served(fine_routes());
    for (std::string bad :
         {"\x16\x03\x01\x02\x01\xfc\x03\r\n\r\n", "GET\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
          "GET /v1/status\r\n\r\n", "GET /v1/status HTTP/1.1 x\r\n\r\n",
          "GET /v1/a b HTTP/1.1\r\n\r\n", "G\x01T /v1/status HTTP/1.1\r\n\r\n",
          "GET /v1/status HTTP/1.1\r\nno colon\r\n\r\n",
          "GET /v1/status HTTP/1.1\r\n folded: yes\r\n\r\n",
          "GET /v1/status HTTP/1.1\r\nA : b\r\n\r\n", "GET /v1/status HTTP/1.1\r\nA: b\x01\r\n\r\n",
          "GET v1/status HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n",
          "POST /v1/uses HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
          "POST /v1/uses HTTP/1.1\r\nContent-Length: 0x2\r\n\r\n{}",
          "POST /v1/uses HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
          "POST /v1/uses HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
          "POST /v1/uses HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "POST /v1/uses HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n"}) {
        INFO(bad);
        auto reply = ask(served, bad);
        CHECK(has(reply, "HTTP/1.1 400 Bad Request\r\n"));
        CHECK(has(reply, R"("code":"invalid")"));
    }
    CHECK(has(ask(served, "GET / HTTP/2.0\r\n\r\n"), " 505 "));
    CHECK(has(ask(served, "POST /v1/uses HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"), " 501 "));
    check_serves(served);
}

TEST_CASE("a NUL byte in a header is refused") {
    Served served(fine_routes());
    std::string bad = "GET /v1/status HTTP/1.1\r\nX: a";
    bad.push_back('\0');
    CHECK(has(ask(served, bad + "b\r\n\r\n"), " 400 "));
}

TEST_CASE("an oversized body is answered 413 whether announced or chunked") {
    Served served(fine_routes());
    std::string most(32 * 1024 - 2, 'x');
    CHECK(has(ask(served, post("/v1/uses", "\"" + most + "\"")), "200 OK"));
    std::string big(1024 * 1024, 'x');
    auto announced = ask(served, post("/v1/uses", big));
    CHECK(has(announced, "413 Content Too Large"));
    CHECK(has(announced, R"("code":"invalid")"));
    auto chunked =
        ask(served, "POST /v1/uses HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + big +
                        "\r\n0\r\n\r\n");
    CHECK(has(chunked, " 413 "));
    CHECK(has(ask(served,
                  "POST /v1/uses HTTP/1.1\r\n"
                  "Content-Length: 99999999999999999999999999\r\n\r\n"),
              " 413 "));
    check_serves(served);
}

TEST_CASE("oversized headers are answered 431") {
    Served served(fine_routes());
    std::string big(9000, 'a');
    CHECK(has(ask(served, get("/v1/status", "X: " + big + "\r\n")), " 431 "));
    CHECK(has(ask(served, "GET /" + big), " 431 "));
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "X: y\r\n";
    CHECK(has(ask(served, get("/v1/status", many)), " 431 "));
    check_serves(served);
}

TEST_CASE("a client that drips its request is cut at an absolute deadline") {
    http::ConnectionLimits limits;
    limits.request = 600ms;
    Served served(fine_routes(), limits);
    RawClient client(served.path());
    auto start = std::chrono::steady_clock::now();
    std::string reply;
    for (char c : std::string("GET /v1/status HTTP/1.1\r\nX: " + std::string(200, 'y'))) {
        if (!client.send(std::string(1, c))) break;
        reply += client.receive("}", 20ms);
        if (client.closed_by_server() || has(reply, "}")) break;
    }
    auto took = std::chrono::steady_clock::now() - start;
    CHECK(has(reply, "408 Request Timeout"));
    CHECK(has(reply, R"("code":"timeout")"));
    CHECK(took < 2500ms);
    check_serves(served);
}

TEST_CASE("a half-sent request and a silent connection are cut") {
    http::ConnectionLimits limits;
    limits.request = 300ms;
    limits.idle = 600ms;
    limits.linger = 300ms;
    Served served(fine_routes(), limits);
    RawClient half(served.path());
    half.send("POST /v1/uses HTTP/1.1\r\nContent-Length: 20\r\n\r\n{\"a\":");
    RawClient silent(served.path());
    RawClient reset(served.path());
    reset.send("POST /v1/uses HTTP/1.1\r\nContent-Length: 20\r\n\r\n{\"a\":");
    reset.hang_up();
    CHECK(has(half.receive(), " 408 "));
    CHECK(silent.receive().empty());
    CHECK(silent.closed_by_server());
    CHECK(served.soon([&] { return served.server->connections() == 0; }));
}

TEST_CASE("200 connections: those over the cap are answered 503 or closed, and room comes back") {
    Served served(fine_routes(), {}, all_roles(), 128);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i)
        clients.push_back(std::make_unique<RawClient>(served.path()));
    CHECK(served.soon([&] { return served.server->connections() == 192; }));
    int served_well = 0, refused = 0, closed = 0;
    for (auto& client : clients) {
        bool sent = client->send(get("/v1/status"));
        auto reply = sent ? client->receive("}\n") : std::string{};
        served_well += has(reply, " 200 ") ? 1 : 0;
        refused += has(reply, " 503 ") ? 1 : 0;
        closed += reply.empty() ? 1 : 0;
    }
    CHECK(served_well == 128);
    CHECK(refused == 64);
    CHECK(closed == 8);
    clients.clear();
    CHECK(served.soon([&] { return served.server->connections() == 0; }));
    check_serves(served);
}

TEST_CASE("a client that hangs up while its request is worked on is noticed at once") {
    std::unique_ptr<Responder> held;
    Served served({{row("/v1/slow"),
                    [&](Request, Responder responder) {
                        held = std::make_unique<Responder>(std::move(responder));
                    }},
                   {row("/v1/status"), fine}});
    RawClient client(served.path());
    client.send(get("/v1/slow"));
    REQUIRE(served.soon([&] { return held != nullptr && held->alive(); }));
    client.hang_up();
    CHECK(served.soon([&] { return !held->alive(); }));
    served.on_loop([&] {
        held->reply(200, Value{Value::Object{}});  // to nobody: dropped quietly
        held.reset();
    });
    check_serves(served);
}

TEST_CASE("a responder may outlive the server") {
    std::unique_ptr<Responder> held;
    {
        Served served({{row("/v1/slow"), [&](Request, Responder responder) {
                            held = std::make_unique<Responder>(std::move(responder));
                        }}});
        RawClient client(served.path());
        client.send(get("/v1/slow"));
        REQUIRE(served.soon([&] { return held != nullptr; }));
    }
    CHECK_FALSE(held->alive());
    held->reply(200, Value{});
    held.reset();
}

TEST_CASE("clients that hang up at any byte of a request do no harm") {
    Served served(fine_routes());
    auto whole = post("/v1/uses", R"({"a":1})");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        RawClient client(served.path());
        client.send(whole.substr(0, size));
        client.hang_up();
    }
    CHECK(served.soon([&] { return served.server->connections() == 0; }));
    check_serves(served);
}

TEST_CASE("a client that sends ahead without reading is held back, then cut") {
    http::ConnectionLimits limits;
    limits.write = 500ms;
    int served_requests = 0;
    std::string large(20'000, 'x');
    Served served({{row("/v1/large"),
                    [&](Request, Responder responder) {
                        ++served_requests;
                        responder.reply(200, Value{large});
                    }},
                   {row("/v1/status"), fine}},
                  limits);
    RawClient client(served.path());
    ::timeval patience{0, 200'000};
    ::setsockopt(client.fd(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += get("/v1/large");
    int taken = 0;
    while (taken < 1000 && client.send(many))
        ++taken;
    CHECK(taken < 100);  // of 45 KB each: what the server and the kernel hold
    CHECK(served.soon([&] { return served.server->connections() == 0; }));
    CHECK(served_requests < 100);
    check_serves(served);
}

TEST_CASE("a slow reader of many large answers gets them all") {
    std::string large = "\"" + std::string(50'000, 'x') + "\"";
    Served served({{row("/v1/large"),
                    [&](Request, Responder responder) { responder.reply_json(200, large); }}});
    RawClient client(served.path());
    std::thread sender([&] {
        for (int i = 0; i < 1000; ++i)
            client.send(get("/v1/large", i == 999 ? "Connection: close\r\n" : ""));
    });
    std::size_t size = client.receive({}, 20'000ms).size();
    sender.join();
    CHECK(client.closed_by_server());
    CHECK(size > 1000U * 50'000U);
}
