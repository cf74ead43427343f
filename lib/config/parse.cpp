// TOML -> Config, driven by the table of keys.
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>

#include <toml++/toml.h>

#include "base/text.hpp"
#include "config/keys.hpp"

namespace seals::config {
namespace {

constexpr std::size_t kMostFile = 1024 * 1024;
constexpr std::size_t kMostText = 4096;
constexpr std::int64_t kMostUid = 0xfffffffe;
constexpr const char* kRemedy = "seals.toml(5) lists every key";

std::string full_name(const Key& key) {
    return std::string(key.section) + "." + std::string(key.name);
}

class Reader {
  public:
    explicit Reader(std::string_view name) : name_(name) {}

    Result<Config> read(const toml::table& root);
    Error at(const toml::source_region& where, std::string field, const std::string& what) const;

  private:
    Status read_section(std::string_view name, const toml::node& node);
    Status read_table(std::string_view section, const toml::table& table);
    Status read_tables(std::string_view section, const toml::node& node);
    void begin_table(std::string_view section);
    Status fill_defaults(std::string_view section, const toml::table* table,
                         const toml::source_region& where);
    Status read_key(const Key& key, std::string_view name, const toml::node& node);
    Status read_to(const Key& key, const toml::node& node, std::string& to) const;
    Status read_to(const Key& key, const toml::node& node, std::int64_t& to) const;
    Status read_to(const Key& key, const toml::node& node, bool& to) const;
    Status read_to(const Key& key, const toml::node& node, std::vector<std::string>& to) const;
    Status read_to(const Key& key, const toml::node& node, Grant& to) const;
    Status read_grant(const Key& key, const toml::node& node, Grant& to) const;
    Status read_uids(const Key& key, const toml::node& node, std::vector<std::int64_t>& to) const;
    Status read_person(std::string_view uid, const toml::node& node);
    Error wrong_kind(const Key& key, const toml::node& node) const;
    Status check_choice(const Key& key, const toml::node& node, const std::string& text) const;

    std::string name_;
    Config config_;
};

Error Reader::at(const toml::source_region& where, std::string field,
                 const std::string& what) const {
    auto line = static_cast<long>(where.begin.line);
    Error error{Code::invalid, name_ + ":" + std::to_string(line) + ": " + what, kRemedy};
    error.field = std::move(field);
    error.line = line;
    return error;
}

Error Reader::wrong_kind(const Key& key, const toml::node& node) const {
    return at(node.source(), full_name(key),
              full_name(key) + " must be " + std::string(kind_name(key.kind)));
}

Status Reader::check_choice(const Key& key, const toml::node& node, const std::string& text) const {
    if (key.one_of.empty()) return {};
    for (auto choice : split(key.one_of, '|'))
        if (choice == text) return {};
    return at(node.source(), full_name(key),
              full_name(key) + ": \"" + text + "\" is none of " + std::string(key.one_of));
}

Status Reader::read_to(const Key& key, const toml::node& node, std::string& to) const {
    const auto* text = node.as_string();
    if (text == nullptr) return wrong_kind(key, node);
    to = text->get();
    if (to.size() > kMostText) return at(node.source(), full_name(key), "this text is too long");
    return check_choice(key, node, to);
}

Status Reader::read_to(const Key& key, const toml::node& node, std::int64_t& to) const {
    const auto* number = node.as_integer();
    if (number == nullptr) return wrong_kind(key, node);
    to = number->get();
    if (to >= key.least && to <= key.most) return {};
    return at(node.source(), full_name(key),
              full_name(key) + " must be from " + std::to_string(key.least) + " to " +
                  std::to_string(key.most));
}

Status Reader::read_to(const Key& key, const toml::node& node, bool& to) const {
    const auto* flag = node.as_boolean();
    if (flag == nullptr) return wrong_kind(key, node);
    to = flag->get();
    return {};
}

Status Reader::read_to(const Key& key, const toml::node& node, std::vector<std::string>& to) const {
    const auto* items = node.as_array();
    if (items == nullptr) return wrong_kind(key, node);
    to.clear();
    std::set<std::string> seen;
    for (const auto& item : *items) {
        if (!item.is_string()) return wrong_kind(key, item);
        const auto& text = item.as_string()->get();
        if (auto status = check_choice(key, item, text); !status) return status;
        if (!seen.insert(text).second)
            return at(item.source(), full_name(key),
                      full_name(key) + " names \"" + text + "\" twice");
        to.push_back(text);
    }
    return {};
}

// One table: over everything, or over its entities only.
Status Reader::read_grant(const Key& key, const toml::node& node, Grant& to) const {
    const auto* table = node.as_table();
    if (table == nullptr) return wrong_kind(key, node);
    Scoped given;
    for (const auto& [name, value] : *table) {
        Status status;
        if (name == "groups")
            status = read_to(key, value, given.groups);
        else if (name == "uids")
            status = read_uids(key, value, given.uids);
        else if (name == "persons")
            status = read_to(key, value, given.persons);
        else if (name == "entities")
            status = read_to(key, value, given.entities);
        else
            status = at(name.source(), full_name(key),
                        "unknown key \"" + std::string(name.str()) + "\" in " + full_name(key) +
                            ", which has groups, uids, persons and entities");
        if (!status) return status;
    }
    if (table->contains("entities")) {
        if (given.entities.empty())
            return at(node.source(), full_name(key), full_name(key) + ": entities names none");
        to.scoped.push_back(std::move(given));
        return {};
    }
    to.groups.insert(to.groups.end(), given.groups.begin(), given.groups.end());
    to.uids.insert(to.uids.end(), given.uids.begin(), given.uids.end());
    to.persons.insert(to.persons.end(), given.persons.begin(), given.persons.end());
    return {};
}

Status Reader::read_to(const Key& key, const toml::node& node, Grant& to) const {
    const auto* several = node.as_array();
    if (several == nullptr) return read_grant(key, node, to);
    for (const auto& one : *several)
        if (auto status = read_grant(key, one, to); !status) return status;
    return {};
}

Status Reader::read_uids(const Key& key, const toml::node& node,
                         std::vector<std::int64_t>& to) const {
    const auto* items = node.as_array();
    auto wrong = [&](const toml::node& where) {
        return at(where.source(), full_name(key),
                  full_name(key) + ": uids must be a list of integers from 0 to 4294967294");
    };
    if (items == nullptr) return wrong(node);
    for (const auto& item : *items) {
        const auto* number = item.as_integer();
        if (number == nullptr || number->get() < 0 || number->get() > kMostUid) return wrong(item);
        to.push_back(number->get());
    }
    return {};
}

Status Reader::read_person(std::string_view uid, const toml::node& node) {
    std::int64_t number = -1;
    auto end = uid.data() + uid.size();
    auto parsed = std::from_chars(uid.data(), end, number);
    const auto* person = node.as_string();
    if (parsed.ec != std::errc{} || parsed.ptr != end || number < 0 || number > kMostUid ||
        person == nullptr)
        return at(node.source(), "persons",
                  "[persons] maps a uid to a person id, as in \"1000\" = \"E1001\"");
    config_.persons[number] = person->get();
    return {};
}

Status Reader::read_key(const Key& key, std::string_view name, const toml::node& node) {
    auto target = key.at(config_);
    if (key.kind == Kind::person) return read_person(name, node);
    return std::visit(
        [&](auto* to) -> Status {
            if constexpr (requires { read_to(key, node, *to); })
                return read_to(key, node, *to);
            else
                return {};
        },
        target);
}

// The default as text into its place; a key without one must be in the file.
void apply_default(const Key& key, Config& config) {
    auto target = key.at(config);
    switch (key.kind) {
        case Kind::text:
            *std::get<std::string*>(target) = key.fallback;
            break;
        case Kind::flag:
            *std::get<bool*>(target) = key.fallback == "true";
            break;
        case Kind::number:
            std::from_chars(key.fallback.data(), key.fallback.data() + key.fallback.size(),
                            *std::get<std::int64_t*>(target));
            break;
        case Kind::list:
            for (auto item : split(key.fallback, ','))
                if (!item.empty()) std::get<std::vector<std::string>*>(target)->emplace_back(item);
            break;
        case Kind::grant:
        case Kind::person:
            break;
    }
}

Status Reader::fill_defaults(std::string_view section, const toml::table* table,
                             const toml::source_region& where) {
    for (const auto& key : keys()) {
        if (key.section != section || (table != nullptr && table->contains(key.name))) continue;
        if (key.required())
            return at(where, full_name(key),
                      full_name(key) + " is missing: " + std::string(key.about));
        apply_default(key, config_);
    }
    return {};
}

Status Reader::read_table(std::string_view section, const toml::table& table) {
    if (auto status = fill_defaults(section, &table, table.source()); !status) return status;
    for (const auto& [name, node] : table) {
        const auto* key = find_key(section, name.str());
        if (key == nullptr)
            return at(name.source(), std::string(section) + "." + std::string(name.str()),
                      "unknown key \"" + std::string(name.str()) + "\" in [" +
                          std::string(section) + "]");
        if (auto status = read_key(*key, name.str(), node); !status) return status;
    }
    return {};
}

void Reader::begin_table(std::string_view section) {
    if (section == "slot") config_.slots.emplace_back();
    if (section == "post") config_.posts.emplace_back();
    if (section == "approval") config_.approvals.emplace_back();
    if (section == "witness") config_.witnesses.emplace_back();
}

Status Reader::read_tables(std::string_view section, const toml::node& node) {
    const auto* items = node.as_array();
    auto name = std::string(section);
    if (items == nullptr || !items->is_array_of_tables())
        return at(node.source(), name, name + "s are written as [[" + name + "]], one for each");
    for (const auto& item : *items) {
        begin_table(section);
        if (auto status = read_table(section, *item.as_table()); !status) return status;
    }
    return {};
}

Status Reader::read_section(std::string_view name, const toml::node& node) {
    if (is_repeated(name)) return read_tables(name, node);
    const auto* table = node.as_table();
    if (table == nullptr)
        return at(
            node.source(), std::string(name),
            "\"" + std::string(name) + "\" must be a section, as in [" + std::string(name) + "]");
    return read_table(name, *table);
}

Result<Config> Reader::read(const toml::table& root) {
    std::set<std::string_view> sections;
    for (const auto& key : keys())
        sections.insert(key.section);
    for (auto section : sections)
        if (!is_repeated(section) && !root.contains(section))
            if (auto status = fill_defaults(section, nullptr, root.source()); !status)
                return status.error();
    for (const auto& [name, node] : root) {
        if (!known_section(name.str()))
            return at(name.source(), std::string(name.str()),
                      "unknown section \"" + std::string(name.str()) + "\"");
        if (auto status = read_section(name.str(), node); !status) return status.error();
    }
    return std::move(config_);
}

}  // namespace

namespace {

// "post[1]" is the second [[post]]; without a number the section itself.
toml::node_view<const toml::node> section_at(const toml::table& root, std::string_view section) {
    auto bracket = section.find('[');
    auto node = root[section.substr(0, bracket)];
    if (bracket == std::string_view::npos) return node;
    std::size_t index = 0;
    auto digits = section.substr(bracket + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), index);
    return node[index];
}

// check() names the key; here we still know where it stands.
Error placed(const toml::table& root, std::string_view name, Error error) {
    auto dot = error.field.find('.');
    auto node = section_at(root, std::string_view(error.field).substr(0, dot));
    if (dot != std::string::npos && node.is_table())
        if (auto inner = node[std::string_view(error.field).substr(dot + 1)]) node = inner;
    auto place = std::string(name);
    if (node) {
        error.line = static_cast<long>(node.node()->source().begin.line);
        place += ":" + std::to_string(*error.line);
    }
    error.detail = place + ": " + error.detail;
    if (error.remedy.empty()) error.remedy = kRemedy;
    return error;
}

}  // namespace

Result<Config> parse(std::string_view text, std::string_view name) {
    Reader reader(name);
    if (text.size() > kMostFile)
        return Error{Code::invalid, std::string(name) + " is longer than 1 MiB", kRemedy};
    try {
        auto root = toml::parse(text);
        auto config = reader.read(root);
        if (!config) return config;
        if (auto status = config->check(); !status) return placed(root, name, status.error());
        return config;
    } catch (const toml::parse_error& fault) {
        return reader.at(fault.source(), {}, "not TOML: " + std::string(fault.description()));
    } catch (const std::exception& fault) {
        return Error{Code::invalid, std::string(name) + ": " + fault.what(), kRemedy};
    }
}

Result<Config> load(const std::string& path) {
    auto close = [](std::FILE* file) { std::fclose(file); };
    std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "re"), close);
    std::string text;
    std::array<char, 16 * 1024> room;
    bool failed = !file;
    while (!failed && text.size() <= kMostFile) {
        auto size = std::fread(room.data(), 1, room.size(), file.get());
        text.append(room.data(), size);
        failed = std::ferror(file.get()) != 0;
        if (size == 0) break;
    }
    if (failed)
        return unavailable("cannot read " + path + ": " + std::strerror(errno),
                           "name the file with --config, or see seals.toml(5) for an example");
    auto slash = path.rfind('/');
    return parse(text, slash == std::string::npos ? path : path.substr(slash + 1));
}

}  // namespace seals::config
