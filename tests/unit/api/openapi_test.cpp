#include "api/openapi.hpp"

#include <algorithm>
#include <array>

#include "catch.hpp"
#include "wire/import.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::api;

namespace {

constexpr std::array<Param, 1> kQuery{{{"limit", "how many"}}};

std::vector<Row> some_rows() {
    auto person = shape<wire::PersonRecord>("PersonRecord");
    return {{Method::get,
             "/v1/persons",
             Role::viewer,
             "list persons",
             {},
             person,
             Answer::list,
             200,
             kQuery},
            {Method::post, "/v1/persons", Role::bridge, "register a person", person, {}},
            {Method::get, "/v1/persons/{id}", std::nullopt, "one person", {}, person}};
}

const Value* at(const Value& from, std::initializer_list<std::string_view> path) {
    const auto* value = &from;
    for (auto name : path) {
        value = value->find(name);
        INFO(name);
        REQUIRE(value != nullptr);
    }
    return value;
}

}  // namespace

TEST_CASE("every row of the table stands in the document with its role, parameters and shapes") {
    auto rows = some_rows();
    auto document = openapi(rows);
    CHECK(document.text_or("openapi") == "3.1.0");
    REQUIRE(at(document, {"paths"})->object()->size() == 2);
    const auto* list = at(document, {"paths", "/v1/persons", "get"});
    CHECK(list->text_or("x-role") == "viewer");
    CHECK(list->text_or("operationId") == "get_persons");
    CHECK(at(*list, {"parameters"})->array()->front().text_or("name") == "limit");
    const auto* items = at(*list, {"responses", "200", "content", "application/json", "schema",
                                   "properties", "items", "items"});
    CHECK(items->text_or("$ref") == "#/components/schemas/PersonRecord");
    const auto* post = at(document, {"paths", "/v1/persons", "post"});
    at(*post, {"requestBody", "content", "application/json", "schema"});
    at(*post, {"responses", "default", "content", "application/problem+json"});
    const auto* one = at(document, {"paths", "/v1/persons/{id}", "get"});
    CHECK(at(*one, {"parameters"})->array()->front().text_or("in") == "path");
    CHECK(one->find("x-role") == nullptr);
}

TEST_CASE("a struct's schema says types, choices, what is required and what may be null") {
    auto schema = wire::json_schema<wire::RequestRecord>();
    CHECK(schema.text_or("type") == "object");
    auto required = schema.texts_or("required");
    CHECK(std::find(required.begin(), required.end(), "external_id") != required.end());
    CHECK(std::find(required.begin(), required.end(), "remark") == required.end());
    const auto* status = at(schema, {"properties", "status"});
    CHECK(status->texts_or("enum").front() == "approved");
    CHECK(status->text_or("description") == "what the OA decided");
    CHECK(at(schema, {"properties", "take_out", "type"})->array()->back().string()[0] == "null");
    CHECK(at(schema, {"properties", "lines", "items", "properties", "copies"})->text_or("type") ==
          "integer");
}
