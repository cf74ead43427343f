#include "served.hpp"

using namespace seals;
using namespace seals::api;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

Value line_of(int number) {
    return Value{Value::Object{{"seq", number}}};
}

// A route that leaves its stream to the test.
struct Follower {
    std::unique_ptr<Stream> stream;
    bool closed = false;

    std::vector<Route> routes() {
        return {{{Method::get, "/v1/events", std::nullopt, "for tests"},
                 [this](Request, Responder responder) {
                     stream = std::make_unique<Stream>(responder.start_stream());
                     stream->on_close([this] { closed = true; });
                 }}};
    }
    void start(Served& served, RawClient& client, std::string_view version = "1.1") {
        client.send("GET /v1/events HTTP/" + std::string(version) + "\r\n\r\n");
        REQUIRE(served.soon([&] { return stream != nullptr; }));
    }
};

}  // namespace

TEST_CASE("a stream sends lines as they come and its last line carries the code") {
    Follower follower;
    Served served(follower.routes());
    RawClient client(served.path());
    follower.start(served, client);
    served.on_loop([&] { follower.stream->write(line_of(1)); });
    auto first = client.receive("{\"seq\":1}");
    CHECK(has(first, "application/x-ndjson"));
    CHECK(has(first, "Transfer-Encoding: chunked"));
    CHECK(has(first, "a\r\n{\"seq\":1}\n\r\n"));
    served.on_loop([&] { follower.stream->end(Code::ok); });
    CHECK(has(client.receive("0\r\n\r\n"), "{\"code\":\"ok\"}\n\r\n0\r\n\r\n"));
    CHECK_FALSE(follower.closed);
    client.send(get("/v1/nothing"));  // the connection lives on
    CHECK(has(client.receive("}\n"), " 404 "));
    follower.stream.reset();
}

TEST_CASE("a stream to an HTTP/1.0 client is not chunked and ends by closing") {
    Follower follower;
    Served served(follower.routes());
    RawClient client(served.path());
    follower.start(served, client, "1.0");
    served.on_loop([&] {
        follower.stream->write(line_of(1));
        follower.stream->end(Code::no);
        follower.stream.reset();
    });
    auto got = client.receive();
    CHECK_FALSE(has(got, "chunked"));
    CHECK(has(got, "\r\n\r\n{\"seq\":1}\n{\"code\":\"no\"}\n"));
    CHECK(client.closed_by_server());
}

TEST_CASE("a dropped stream ends with a problem") {
    Follower follower;
    Served served(follower.routes());
    RawClient client(served.path());
    follower.start(served, client);
    served.on_loop([&] { follower.stream.reset(); });
    auto got = client.receive("0\r\n\r\n");
    CHECK(has(got, R"("code":"internal")"));
    CHECK(has(got, "0\r\n\r\n"));
}

TEST_CASE("a silent stream sends blank lines as heartbeats") {
    http::ConnectionLimits limits;
    limits.heartbeat = 100ms;
    Follower follower;
    Served served(follower.routes(), limits);
    RawClient client(served.path());
    follower.start(served, client);
    CHECK(has(client.receive("1\r\n\n\r\n"), "1\r\n\n\r\n"));
    served.on_loop([&] { follower.stream.reset(); });
}

TEST_CASE("a follower that goes away stops its producer at once") {
    Follower follower;
    Served served(follower.routes());
    RawClient client(served.path());
    follower.start(served, client);
    client.hang_up();
    CHECK(served.soon([&] { return follower.closed; }));
    served.on_loop([&] {
        CHECK_FALSE(follower.stream->write(line_of(1)));
        CHECK(follower.stream->room() == 0);
        follower.stream.reset();
    });
}

TEST_CASE("a follower that stops reading gets a gap as its last line and is closed") {
    Follower follower;
    Served served(follower.routes());
    RawClient client(served.path());
    follower.start(served, client);
    int written = 0;
    served.on_loop([&] {
        Value line{Value::Object{{"text", std::string(1000, 'x')}}};
        while (written < 10'000 && follower.stream->write(line))
            ++written;
    });
    CHECK(written > 250);  // the watermark and what the kernel holds
    CHECK(written < 2000);
    CHECK(served.soon([&] { return follower.closed; }));
    auto got = client.receive({}, 5000ms);  // reads again, too late
    CHECK(client.closed_by_server());
    CHECK(got.ends_with("d\r\n{\"gap\":true}\n\r\n0\r\n\r\n"));
    served.on_loop([&] { follower.stream.reset(); });
}

TEST_CASE("a follower that never reads again is closed all the same") {
    http::ConnectionLimits limits;
    limits.write = 300ms;
    Follower follower;
    Served served(follower.routes(), limits);
    RawClient client(served.path());
    follower.start(served, client);
    served.on_loop([&] {
        Value line{Value::Object{{"text", std::string(1000, 'x')}}};
        while (follower.stream->write(line)) {
        }
    });
    CHECK(served.soon([&] { return served.server->connections() == 0; }));
    served.on_loop([&] { follower.stream.reset(); });
}

TEST_CASE("a paced producer sends far more than the watermark without a gap") {
    Follower follower;
    Served served(follower.routes());
    RawClient client(served.path());
    follower.start(served, client);
    int sent = 0;
    std::function<void()> more = [&] {
        Value line{Value::Object{{"text", std::string(1000, 'x')}}};
        while (sent < 5000 && follower.stream->room() > 100'000) {
            REQUIRE(follower.stream->write(line));
            ++sent;
        }
        if (sent < 5000) return follower.stream->on_room(more);
        follower.stream->end(Code::ok);
    };
    served.on_loop(more);
    auto got = client.receive("0\r\n\r\n", 10'000ms);
    CHECK(sent == 5000);
    CHECK(got.size() > 5'000'000);
    CHECK(has(got, R"({"code":"ok"})"));
    CHECK_FALSE(has(got, "gap"));
    served.on_loop([&] { follower.stream.reset(); });
}
