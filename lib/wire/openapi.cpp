#include "wire/openapi.hpp"

#include "base/text.hpp"

namespace seals::wire::detail {

Value scalar_schema(std::string_view type, std::string_view format) {
    Value schema{Value::Object{}};
    schema.add("type", type);
    if (!format.empty()) schema.add("format", format);
    return schema;
}

Value object_schema(Value properties, Value::Array required) {
    auto schema = scalar_schema("object");
    schema.add("properties", std::move(properties));
    if (!required.empty()) schema.add("required", std::move(required));
    return schema;
}

// An optional field is null or left out when there is nothing to say.
void annotate(Value& schema, std::string_view about, std::string_view one_of, bool nullable) {
    auto* members = schema.object();
    if (nullable)
        for (auto& [name, value] : *members)
            if (name == "type") value = Value::Array{value, Value{"null"}};
    if (!one_of.empty()) {
        Value::Array choices;
        for (auto choice : split(one_of, '|'))
            choices.emplace_back(choice);
        if (nullable) choices.emplace_back(nullptr);
        schema.add("enum", std::move(choices));
    }
    if (!about.empty()) schema.add("description", about);
}

}  // namespace seals::wire::detail
