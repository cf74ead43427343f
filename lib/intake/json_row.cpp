#include "intake/json_row.hpp"

#include <array>
#include <charconv>

#include "intake/cell.hpp"
#include "wire/json.hpp"

namespace seals::intake {
namespace {

// The text that a CSV cell would hold; nullopt for what no cell can hold.
std::optional<std::string> text_of(const Value& value) {
    if (value.is_null()) return std::string();
    if (const auto* text = value.string()) return clean(*text);
    if (const auto* flag = value.boolean()) return std::string(*flag ? "true" : "false");
    if (const auto* number = value.integer()) return std::to_string(*number);
    if (const auto* number = value.real()) {
        std::array<char, 64> digits{};
        auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
        return std::string(digits.data(), end);
    }
    if (const auto* items = value.array()) {
        std::string list;
        for (const auto& item : *items) {
            if (item.array() != nullptr || item.object() != nullptr) return std::nullopt;
            list += (list.empty() ? "" : ";") + *text_of(item);
        }
        return list;
    }
    return std::nullopt;
}

Row nothing(Kind kind) {
    auto size = fields_of(kind).size();
    return Row(kind, std::make_shared<const Row::Names>(size), std::vector<std::string>(size));
}

Error no_text(const std::string& name) {
    return invalid(name, name + ": must be a text or a number");
}

// What is put beside a row's own cells.
struct Extra {
    std::size_t field;
    std::string name;
    std::string text;
};

Row with(Kind kind, const Row& row, const std::vector<Extra>& extras) {
    auto size = fields_of(kind).size();
    Row::Names names(size);
    std::vector<std::string> texts(size);
    for (std::size_t field = 0; field < size; ++field) {
        if (row.has(field)) names[field] = row.name(field);
        texts[field] = row.text(field);
    }
    for (const auto& extra : extras) {
        names[extra.field] = extra.name;
        texts[extra.field] = extra.text;
    }
    Row out(kind, std::make_shared<const Row::Names>(std::move(names)), std::move(texts));
    out.broken = row.broken;
    return out;
}

// take_out as the API has it: null, or an object with place and due.
Row with_take_out(const Row& row, const Value& take_out) {
    std::vector<Extra> extras{
        {request::take_out, "take_out", take_out.is_null() ? "false" : "true"}};
    for (auto [field, name] : {std::pair{std::size_t{request::place}, "place"},
                               std::pair{std::size_t{request::due}, "due"},
                               std::pair{std::size_t{request::out_reason}, "reason"},
                               std::pair{std::size_t{request::supervisor}, "supervisor"}}) {
        const auto* value = take_out.find(name);
        auto text = value != nullptr ? text_of(*value) : std::string();
        if (take_out.object() != nullptr || row.text(field).empty())
            extras.push_back({field, std::string("take_out.") + name, text.value_or("")});
    }
    return with(Kind::requests, row, extras);
}

// A line of a request may leave to the record what is the same for all lines.
Row with_common(const Row& line, const Row& record) {
    std::vector<Extra> extras;
    for (std::size_t field : {request::copies, request::count, request::cross_page, request::users,
                              request::valid_from, request::valid_to})
        if (!line.has(field) && record.has(field))
            extras.push_back({field, record.name(field), record.text(field)});
    return extras.empty() ? line : with(Kind::requests, line, extras);
}

}  // namespace

const Columns& JsonRows::columns_of(const std::vector<std::string>& members) {
    if (members != members_ || columns_.at.empty()) {
        columns_ = match_columns(kind_, members, map_);
        members_ = members;
    }
    return columns_;
}

Row JsonRows::row_of(const Value& object, const std::string& prefix) {
    std::vector<std::string> members;
    for (const auto& [name, value] : *object.object())
        members.push_back(name);
    const auto& columns = columns_of(members);
    std::vector<std::string> texts(columns.at.size());
    Row::Names names = *columns.names;
    Error broken{Code::ok, {}};
    for (std::size_t field = 0; field < texts.size(); ++field) {
        if (!columns.has(field)) continue;
        names[field] = prefix + names[field];
        const auto& value = (*object.object())[columns.at[field]].second;
        auto text = text_of(value);
        if (text)
            texts[field] = std::move(*text);
        else if (field != request::take_out || kind_ != Kind::requests || value.object() == nullptr)
            broken = no_text(names[field]);
    }
    Row row(kind_, std::make_shared<const Row::Names>(std::move(names)), std::move(texts));
    row.broken = std::move(broken);
    return row;
}

Row JsonRows::read(const JsonPart& part) {
    Row row = nothing(kind_);
    if (part.too_large) {
        row.broken = invalid("record", "the record is larger than 1 MiB");
        return row;
    }
    auto value = wire::parse_json(part.text);
    if (!value || value->object() == nullptr) {
        row.broken = invalid("record", value ? "the record is no JSON object"
                                             : "the record is " + value.error().detail);
        return row;
    }
    row = row_of(*value, "");
    if (kind_ != Kind::requests) return row;
    const auto* take_out = value->find("take_out");
    if (take_out != nullptr && (take_out->is_null() || take_out->object() != nullptr))
        row = with_take_out(row, *take_out);
    const auto* lines = value->find("lines");
    if (lines == nullptr || lines->is_null()) return row;
    if (lines->array() == nullptr) {
        row.broken = invalid("lines", "lines: must be an array of {seal, copies}");
        return row;
    }
    for (std::size_t i = 0; i < lines->array()->size(); ++i) {
        const auto& item = (*lines->array())[i];
        auto prefix = "lines[" + std::to_string(i) + "].";
        if (item.object() == nullptr) {
            row.broken =
                invalid("lines", prefix.substr(0, prefix.size() - 1) + ": must be an object");
            return row;
        }
        auto line = with_common(row_of(item, prefix), row);
        if (line.broken.code != Code::ok) row.broken = line.broken;
        row.lines.push_back(std::move(line));
    }
    return row;
}

Result<std::optional<Row>> JsonRows::next() {
    auto part = parts_.next();
    if (!part) return part.error();
    if (!*part) return std::optional<Row>{};
    auto row = read(**part);
    row.line = (*part)->line;
    row.record = ++record_;
    return std::optional{std::move(row)};
}

}  // namespace seals::intake
