#include "intake/map.hpp"

#include <algorithm>

#include <toml++/toml.h>

#include "base/id.hpp"
#include "intake/cell.hpp"
#include "intake/field.hpp"
#include "intake/vocabulary.hpp"

namespace seals::intake {
namespace {

Error at_line(const toml::node& node, std::string field, std::string detail) {
    Error error = invalid(std::move(field), "the map: " + std::move(detail));
    error.line = static_cast<long>(node.source().begin.line);
    error.remedy = "the keys of a map are listed in seals.toml(5)";
    return error;
}

bool names_a_field(std::string_view name) {
    for (auto kind : {Kind::persons, Kind::seals, Kind::requests})
        for (const auto& row : fields_of(kind))
            if (row.name == name) return true;
    return false;
}

bool known_section(std::string_view section) {
    return std::any_of(kMapKeys.begin(), kMapKeys.end(),
                       [&](const auto& row) { return row.section == section; });
}

bool known_key(std::string_view section, std::string_view key) {
    return std::any_of(kMapKeys.begin(), kMapKeys.end(), [&](const auto& row) {
        return row.section == section && (row.key == key || (row.key == "*" && names_a_field(key)));
    });
}

Result<std::vector<std::string>> read_words(const toml::node& node, const std::string& name) {
    std::vector<std::string> words;
    auto add = [&](const toml::node& from) {
        auto word = from.value_exact<std::string>();
        if (word && !clean(*word).empty()) words.push_back(*word);
        return word && !clean(*word).empty();
    };
    bool good = true;
    if (const auto* list = node.as_array())
        for (const auto& item : *list)
            good = good && add(item);
    else
        good = add(node);
    if (!good || words.empty())
        return at_line(node, name, name + " must be a text or a list of texts, none of them empty");
    return words;
}

std::optional<char> delimiter_named(std::string_view name) {
    struct Row {
        std::string_view name;
        char sign;
    };
    constexpr std::array kRows{Row{"comma", ','}, Row{",", ','},         Row{"tab", '\t'},
                               Row{"\t", '\t'},   Row{"semicolon", ';'}, Row{";", ';'},
                               Row{"bar", '|'},   Row{"|", '|'}};
    for (const auto& row : kRows)
        if (row.name == name) return row.sign;
    return std::nullopt;
}

Status read_format(const toml::node& node, const std::string& key, ExportMap& map) {
    auto name = "format." + key;
    auto text = node.value_exact<std::string>();
    if (!text) return at_line(node, name, name + " must be a text");
    if (key == "timezone") {
        map.timezone = *text;
    } else if (key == "source") {
        if (!valid_id(*text)) return at_line(node, name, name + " must be a name without blanks");
        map.source = *text;
    } else {
        map.delimiter = delimiter_named(*text);
        if (!map.delimiter)
            return at_line(node, name, name + " must be comma, tab, semicolon or bar");
    }
    return {};
}

Status read_key(const std::string& section, const std::string& key, const toml::node& node,
                ExportMap& map) {
    if (section == "format") return read_format(node, key, map);
    auto name = section + "." + key;
    auto words = read_words(node, name);
    if (!words) return words.error();
    for (const auto& word : *words) {
        if (section == "columns") {
            map.columns[key].push_back(fold_heading(word));
            continue;
        }
        auto [at, fresh] = map.status.emplace(fold_word(word), key);
        if (!fresh && at->second != key)
            return at_line(node, name,
                           in_quotes(word) + " cannot be both " + at->second + " and " + key);
    }
    return {};
}

Status read_section(const std::string& section, const toml::node& node, ExportMap& map) {
    if (!known_section(section))
        return at_line(node, section, "[" + clip(section) + "] is no section of a map");
    const auto* table = node.as_table();
    if (table == nullptr) return at_line(node, section, "[" + section + "] must be a table");
    for (const auto& [key, value] : *table) {
        std::string name(key.str());
        if (!known_key(section, name))
            return at_line(value, section + "." + name,
                           in_quotes(name) + " is no key of [" + section + "]");
        if (auto status = read_key(section, name, value, map); !status) return status;
    }
    return {};
}

Result<toml::table> parse_toml(std::string_view text) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& wrong) {
        Error error = invalid("map", "the map is not TOML: " + std::string(wrong.description()));
        error.line = static_cast<long>(wrong.source().begin.line);
        return error;
    } catch (const std::exception& wrong) {
        return invalid("map", std::string("the map cannot be read: ") + wrong.what());
    }
}

}  // namespace

Result<ExportMap> parse_map(std::string_view toml) {
    if (toml.size() > kMapBytes) return invalid("map", "the map is larger than 64 KiB");
    auto parsed = parse_toml(toml);
    if (!parsed) return parsed.error();
    ExportMap map;
    for (const auto& [section, node] : *parsed)
        if (auto status = read_section(std::string(section.str()), node, map); !status)
            return status.error();
    return map;
}

}  // namespace seals::intake
