#include "api/openapi.hpp"

#include <algorithm>
#include <string>

#include "api/problem.hpp"
#include "base/code.hpp"
#include "base/text.hpp"
#include "http/parser.hpp"

namespace seals::api {
namespace {

using Object = Value::Object;

Value typed(std::string_view type) {
    return Object{{"type", type}};
}

Value ref_to(std::string_view name) {
    return Object{{"$ref", "#/components/schemas/" + std::string(name)}};
}

Value schema_or_any(const Shape& shape) {
    return shape ? ref_to(shape.name) : typed("object");
}

Value list_of(const Value& item) {
    Value::Array next{Value{"string"}, Value{"null"}};
    return Object{
        {"type", "object"},
        {"properties",
         Object{{"items", Object{{"type", "array"}, {"items", item}}},
                {"next",
                 Object{{"type", next}, {"description", "give it as cursor for the next page"}}}}},
        {"required", Value::Array{"items", "next"}}};
}

Value parameter(std::string_view name, std::string_view where, std::string_view about) {
    Value out{Object{{"name", name}, {"in", where}}};
    if (where == "path") out.add("required", true);
    if (!about.empty()) out.add("description", about);
    out.add("schema", typed("string"));
    return out;
}

Value::Array parameters_of(const Row& row) {
    Value::Array out;
    for (auto segment : split(row.pattern, '/'))
        if (segment.starts_with('{'))
            out.push_back(parameter(segment.substr(1, segment.size() - 2), "path", {}));
    for (const auto& param : row.query)
        out.push_back(parameter(param.name, "query", param.about));
    if (row.method == Method::post)
        out.push_back(parameter("Idempotency-Key", "header",
                                "repeating the call with the same key repeats its outcome only"));
    return out;
}

Value content(std::string_view type, Value schema) {
    return Object{{std::string(type), Object{{"schema", std::move(schema)}}}};
}

Value answer_of(const Row& row) {
    auto item = schema_or_any(row.reply);
    if (row.answer == Answer::list) return content("application/json", list_of(item));
    auto out = content("application/json", item);
    if (row.answer == Answer::stream)
        out.add("application/x-ndjson", Object{{"schema", typed("object")}});
    return out;
}

Value responses_of(const Row& row) {
    Value success{
        Object{{"description", http::reason_of(row.success)}, {"content", answer_of(row)}}};
    Value failure{Object{{"description", "what went wrong; `code` says of which kind"},
                         {"content", content(kProblemType, ref_to("Problem"))}}};
    return Object{{std::to_string(row.success), success}, {"default", failure}};
}

// "/v1/seals/{id}/take" by POST -> "post_seals_id_take"
std::string operation_id(const Row& row) {
    std::string out = row.method == Method::get ? "get" : "post";
    for (auto segment : split(row.pattern, '/')) {
        if (segment.empty() || segment == "v1") continue;
        if (segment.starts_with('{')) segment = segment.substr(1, segment.size() - 2);
        out += "_" + std::string(segment);
    }
    return out;
}

Value operation_of(const Row& row) {
    Value out{Object{{"operationId", operation_id(row)}, {"summary", row.about}}};
    if (row.role) out.add("x-role", name_of(*row.role));
    if (auto parameters = parameters_of(row); !parameters.empty())
        out.add("parameters", std::move(parameters));
    if (row.request)
        out.add("requestBody",
                Object{{"required", true},
                       {"content", content("application/json", ref_to(row.request.name))}});
    out.add("responses", responses_of(row));
    return out;
}

// Rows of one path stand together, in the order of their first row.
Value paths_of(std::span<const Row> rows) {
    Object paths;
    for (const auto& row : rows) {
        auto found = std::find_if(paths.begin(), paths.end(),
                                  [&](const auto& path) { return path.first == row.pattern; });
        if (found == paths.end())
            found = paths.insert(paths.end(), {std::string(row.pattern), Value{Object{}}});
        found->second.add(row.method == Method::get ? "get" : "post", operation_of(row));
    }
    return paths;
}

Value problem_schema() {
    Value::Array codes;
    for (const auto& row : kCodes)
        codes.emplace_back(row.name);
    Value properties{Object{}};
    for (const char* name : {"type", "title", "detail"})
        properties.add(name, typed("string"));
    properties.add("status", typed("integer"));
    properties.add("code", Object{{"type", "string"}, {"enum", codes}});
    for (const char* name : {"field", "rule", "remedy"})
        properties.add(name, typed("string"));
    for (const char* name : {"line", "record", "seq"})
        properties.add(name, typed("integer"));
    return Object{{"type", "object"},
                  {"properties", properties},
                  {"required", Value::Array{"type", "title", "status", "detail", "code"}}};
}

Value schemas_of(std::span<const Row> rows) {
    Value schemas{Object{{"Problem", problem_schema()}}};
    for (const auto& row : rows)
        for (const auto& shape : {row.request, row.reply})
            if (shape && schemas.find(shape.name) == nullptr)
                schemas.add(std::string(shape.name), shape.schema());
    return schemas;
}

}  // namespace

Value openapi(std::span<const Row> rows) {
    Value info{Object{{"title", "sealsd"},
                      {"version", "1"},
                      {"description",
                       "The seal cabinet's API on its Unix socket; who may call "
                       "what is decided by the peer's uid and groups (x-role). "
                       "Ignore members that you do not know."}}};
    return Object{{"openapi", "3.1.0"},
                  {"info", info},
                  {"servers", Value::Array{Object{{"url", "http://seals"}}}},
                  {"paths", paths_of(rows)},
                  {"components", Object{{"schemas", schemas_of(rows)}}}};
}

}  // namespace seals::api
