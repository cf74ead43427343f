#include "client/client.hpp"

#include "client/url.hpp"
#include "scripted.hpp"

using namespace seals;
using namespace seals::client;
using namespace std::chrono_literals;

namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const std::string kStream =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

std::string chunk(const std::string& bytes) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return size + bytes + "\r\n";
}

struct Followed {
    std::vector<std::string> lines;
    OnLine on_line = [this](const Value&, std::string_view text) {
        lines.emplace_back(text);
        return true;
    };
};

}  // namespace

TEST_CASE("a reply arrives by length, by chunks and by close") {
    for (const auto& bytes :
         {kOk + "Content-Length: 7\r\n\r\n{\"a\":1}",
          kOk + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4;x\r\n\":1}\r\n0\r\nT: t\r\n\r\n",
          std::string("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}"),
          "HTTP/1.1 100 Continue\r\n\r\n" + kOk + "Content-Length: 7\r\n\r\n{\"a\":1}"}) {
        INFO(bytes);
        Scripted server(answering(bytes));
        auto reply = Client(server.path()).get("/v1/status");
        REQUIRE(reply);
        CHECK(reply->status == 200);
        CHECK(reply->body.integer_or("a") == 1);
        CHECK_FALSE(reply->problem);
    }
}

TEST_CASE("a request is written with its body, length and headers") {
    std::string seen;
    Scripted server([&](int fd) {
        seen = read_until(fd, "}");
        say(fd, kOk + "Content-Length: 2\r\n\r\n{}");
    });
    Client client(server.path());
    auto reply =
        client.post("/v1/uses", Value{Value::Object{{"n", 1}}}, {{"Idempotency-Key", "k"}});
    REQUIRE(reply);
    CHECK(seen ==
          "POST /v1/uses HTTP/1.1\r\nHost: seals\r\nIdempotency-Key: k\r\n"
          "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"n\":1}");
}

TEST_CASE("a problem becomes an error with all that it carries") {
    std::string body = R"({"type":"urn:x","title":"t","status":409,"detail":"no request","code":)"
                       R"("refused","field":"requests","line":3,"record":2,"rule":"R01",)"
                       R"("remedy":"import it","seq":42})";
    Scripted server(
        answering("HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\n"
                  "Content-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body));
    auto reply = Client(server.path()).get("/v1/x");
    REQUIRE(reply);
    REQUIRE(reply->problem);
    const auto& error = *reply->problem;
    CHECK(error.code == Code::refused);
    CHECK(error.detail == "no request");
    CHECK(error.rule == "R01");
    CHECK(error.remedy == "import it");
    CHECK(error.field == "requests");
    CHECK(error.line == 3);
    CHECK(error.record == 2);
    CHECK(error.seq == 42);
    CHECK(reply->text == body);
}

TEST_CASE("a socket where nobody listens says what to do") {
    auto absent = Client("/nonexistent/api.sock").get("/v1/status");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == Code::unavailable);
    CHECK_THAT(absent.error().detail, ContainsSubstring("sealsd is not running"));
    CHECK_THAT(absent.error().remedy, ContainsSubstring("--socket"));
    auto longer = Client(std::string(200, 'x')).get("/v1/status");
    REQUIRE_FALSE(longer);
    CHECK(longer.error().code == Code::invalid);
}

TEST_CASE("an answer cut short is unavailable for a GET and of unknown outcome for a POST") {
    for (const auto& bytes :
         {std::string{}, std::string("HTTP/1.1 200"), kOk + "Content-Length: 9\r\n\r\n{\"a\"",
          kOk + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a"}) {
        INFO(bytes);
        Scripted server(answering(bytes));
        auto got = Client(server.path()).get("/v1/x");
        REQUIRE_FALSE(got);
        CHECK(got.error().code == Code::unavailable);
        auto posted = Client(server.path()).post("/v1/x", Value{Value::Object{}});
        REQUIRE_FALSE(posted);
        CHECK(posted.error().code == Code::timeout);
        CHECK_THAT(posted.error().remedy, ContainsSubstring("--idempotency-key"));
    }
}

TEST_CASE("a server that never answers is given up at the deadline") {
    Scripted server([](int fd) { read_until(fd, "never"); });
    auto start = std::chrono::steady_clock::now();
    auto reply = Client(server.path()).call({"GET", "/v1/x", {}, {}, 200ms});
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == Code::timeout);
    CHECK(std::chrono::steady_clock::now() - start < 2s);
}

TEST_CASE("what is not HTTP is refused without reading on for ever") {
    for (const auto& bytes :
         {std::string("SSH-2.0-x\r\n\r\n"), std::string(100'000, 'x'),
          std::string("HTTP/1.1 2x0 OK\r\n\r\n"), std::string("HTTP/1.1 200 OK\r\nnone\r\n\r\n"),
          kOk + "Content-Length: -3\r\n\r\nabc", kOk + "Transfer-Encoding: gzip\r\n\r\nabc",
          kOk + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
        INFO(bytes.substr(0, 60));
        Scripted server(answering(bytes));
        auto reply = Client(server.path()).get("/v1/x");
        REQUIRE_FALSE(reply);
        CHECK(reply.error().code == Code::unavailable);
    }
}

TEST_CASE("a server that answers and closes before it has read the body is heard") {
    std::string body = R"({"detail":"too long","code":"invalid"})";
    Scripted server([&](int fd) {
        read_until(fd, "\r\n\r\n");
        say(fd,
            "HTTP/1.1 413 X\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
            "Content-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    });
    Value big{Value::Object{{"text", std::string(2'000'000, 'x')}}};
    auto reply = Client(server.path()).post("/v1/x", big);
    REQUIRE(reply);
    CHECK(reply->status == 413);
    REQUIRE(reply->problem);
    CHECK(reply->problem->detail == "too long");
}

TEST_CASE("a kept connection that the server has closed is opened anew") {
    int requests = 0;
    Scripted server([&](int fd) {
        ++requests;
        read_until(fd, "\r\n\r\n");
        say(fd, kOk + "Content-Length: 2\r\n\r\n{}");
    });
    Client client(server.path());
    for (int i = 0; i < 3; ++i) {
        CHECK(client.get("/v1/x"));
        std::this_thread::sleep_for(20ms);
    }
    CHECK(requests == 3);
}

TEST_CASE("a stream hands over each line, skips heartbeats and returns the last") {
    Scripted server(answering(kStream + chunk("{\"seq\":1}\n") + chunk("\n") +
                              chunk("{\"seq\":2}\n{\"se") + chunk("q\":3}\n") +
                              chunk("{\"code\":\"no\"}\n") + "0\r\n\r\n"));
    Followed followed;
    auto reply = Client(server.path()).follow({"GET", "/v1/x"}, followed.on_line);
    REQUIRE(reply);
    CHECK(followed.lines == std::vector<std::string>{R"({"seq":1})", R"({"seq":2})", R"({"seq":3})",
                                                     R"({"code":"no"})"});
    CHECK(reply->body.text_or("code") == "no");
    CHECK_FALSE(reply->problem);
}

TEST_CASE("a stream that breaks off, has a gap or goes silent is an error that says which") {
    Followed followed;
    auto follow = [&](const std::string& bytes) {
        Scripted server(answering(bytes));
        return Client(server.path()).follow({"GET", "/v1/x"}, followed.on_line);
    };
    auto broken = follow(kStream + chunk("{\"seq\":1}\n"));
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == Code::unavailable);
    auto endless = follow(kStream + chunk("{\"seq\":1}\n") + "0\r\n\r\n");
    REQUIRE_FALSE(endless);
    CHECK_THAT(endless.error().detail, ContainsSubstring("before its last line"));
    auto gap = follow(kStream + chunk("{\"gap\":true}\n") + "0\r\n\r\n");
    REQUIRE_FALSE(gap);
    CHECK_THAT(gap.error().detail, ContainsSubstring("missed lines"));
    CHECK_FALSE(follow(kStream + chunk("not json\n")));
    CHECK_FALSE(follow(kStream + chunk(std::string(3'000'000, 'x'))));
    Scripted silent([](int fd) {
        read_until(fd, "\r\n\r\n");
        say(fd, kStream);
        read_until(fd, "never");
    });
    auto late = Client(silent.path()).follow({"GET", "/v1/x", {}, {}, 200ms}, followed.on_line);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Code::timeout);
}

TEST_CASE("following may stop early, and a refused follow is a problem") {
    Scripted server(answering(kStream + chunk("{\"seq\":1}\n{\"seq\":2}\n")));
    int lines = 0;
    auto reply = Client(server.path()).follow({"GET", "/v1/x"}, [&](const Value&, auto) {
        ++lines;
        return false;
    });
    CHECK(reply);
    CHECK(lines == 1);
    Scripted refusing(
        answering("HTTP/1.1 404 X\r\nContent-Type: application/problem+json\r\n"
                  "Content-Length: 20\r\n\r\n{\"code\":\"not_found\"}"));
    auto refused =
        Client(refusing.path()).follow({"GET", "/v1/x"}, [](const Value&, auto) { return true; });
    REQUIRE(refused);
    REQUIRE(refused->problem);
    CHECK(refused->problem->code == Code::not_found);
}

TEST_CASE("paths and queries are encoded byte by byte") {
    CHECK(path_of("/v1/seals/{}/take", {"a/b 印"}) == "/v1/seals/a%2Fb%20%E5%8D%B0/take");
    CHECK(path_of("/v1/a/{}/b/{}", {"x", "{}"}) == "/v1/a/x/b/%7B%7D");
    CHECK(with_query("/v1/search", {{"q", "a&b=c"}, {"from", ""}, {"limit", "5"}}) ==
          "/v1/search?q=a%26b%3Dc&limit=5");
}
