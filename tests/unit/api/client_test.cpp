// The real client against the real server.
#include "client/client.hpp"

#include "served.hpp"

using namespace seals;
using namespace seals::api;

namespace {

std::vector<Route> routes() {
    return {
        {{Method::get, "/v1/seals/{id}", std::nullopt, "for tests"},
         [](Request request, Responder responder) {
             responder.reply(200, Value{Value::Object{{"id", request.param("id")}}});
         }},
        {{Method::get, "/v1/events", std::nullopt, "for tests"}, [](Request, Responder responder) {
             auto stream = responder.start_stream();
             for (int i = 0; i < 100; ++i)
                 stream.write(Value{Value::Object{{"seq", i}}});
             stream.end(Code::ok);
         }}};
}

}  // namespace

TEST_CASE("client and server agree on calls, problems and streams over one connection") {
    Served served(routes());
    client::Client client(served.path());
    for (int i = 0; i < 3; ++i) {
        auto reply = client.get("/v1/seals/%E5%8D%B0");
        REQUIRE(reply);
        CHECK(reply->body.text_or("id") == "印");
    }
    CHECK(served.open_connections() == 1);
    auto missing = client.get("/v1/nothing");
    REQUIRE(missing);
    REQUIRE(missing->problem);
    CHECK(missing->problem->code == Code::not_found);
    int lines = 0;
    auto followed = client.follow({"GET", "/v1/events"}, [&](const Value&, std::string_view) {
        ++lines;
        return true;
    });
    REQUIRE(followed);
    CHECK(lines == 101);
    CHECK(followed->body.text_or("code") == "ok");
}
