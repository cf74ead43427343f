#include "report/fields.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"

namespace seals::report {
namespace {

constexpr std::chrono::minutes kBeijing{480};

Civil beijing(Instant at) {
    return to_civil(at, kBeijing);
}

constexpr auto kSealTypes = std::to_array<TermRow>({{"official", "公章"},
                                                    {"contract", "合同专用章"},
                                                    {"finance", "财务专用章"},
                                                    {"invoice", "发票专用章"},
                                                    {"legal-representative", "法定代表人名章"},
                                                    {"representative", "法定代表人名章"},
                                                    {"hr", "人事专用章"},
                                                    {"personnel", "人事专用章"},
                                                    {"department", "部门章"},
                                                    {"bid", "投标专用章"}});

// The names between what separates them in a chain: > → 、 , ; | / and their full-width forms.
std::vector<std::string> parts_of(std::string_view chain) {
    static constexpr std::string_view kSeparators[] = {
        ">", "→", "、", ",", ";", "|", "\n", "\xEF\xBC\x8C", "\xEF\xBC\x9B", "\xEF\xBC\x9E"};
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < chain.size();) {
        std::size_t skip = 0;
        for (auto separator : kSeparators)
            if (chain.substr(at).starts_with(separator)) skip = separator.size();
        if (skip == 0)
            parts.back() += chain[at++];
        else
            parts.emplace_back();
        at += skip;
    }
    for (auto& part : parts)
        part = std::string(trimmed(part));
    std::erase(parts, std::string{});
    return parts;
}

bool is_named_in(const Value& person, const std::string& part) {
    auto name = person.text_or("name"), id = person.text_or("id");
    return (!name.empty() && part.find(name) != std::string::npos) ||
           (!id.empty() && part.find(id) != std::string::npos);
}

}  // namespace

std::string date_text(Instant at) {
    auto c = beijing(at);
    return fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
}

std::string clock_text(Instant at) {
    auto c = beijing(at);
    return fmt::format("{:02}:{:02}:{:02}", c.hour, c.minute, c.second);
}

std::string moment_text(Instant at) {
    auto c = beijing(at);
    return date_text(at) + fmt::format(" {:02}:{:02}", c.hour, c.minute);
}

std::string exact_moment_text(Instant at) {
    return date_text(at) + " " + clock_text(at);
}

std::optional<Instant> instant_in(const Value& row, std::string_view name) {
    return from_rfc3339(row.text_or(name));
}

std::string moment_in(const Value& row, std::string_view name) {
    auto at = instant_in(row, name);
    return at ? moment_text(*at) : std::string{};
}

std::string span_text(std::optional<Instant> from, std::optional<Instant> to) {
    auto text = from ? moment_text(*from) : std::string{};
    if (!to) return text.empty() ? text : text + "–";
    auto end = moment_text(*to);
    bool same_day = from && date_text(*from) == date_text(*to);
    return text + "–" + (same_day ? end.substr(end.find(' ') + 1) : end);
}

std::string person_text(const Value* person) {
    if (person == nullptr) return {};
    auto name = person->text_or("name"), id = person->text_or("id");
    return name.empty() ? id : name + "(" + id + ")";
}

std::string person_in(const Value& row, std::string_view name) {
    return person_text(row.find(name));
}

std::string persons_in(const Value& row, std::string_view name) {
    std::vector<std::string> persons;
    for (const auto& person : array_in(row, name))
        persons.push_back(person_text(&person));
    return joined(persons);
}

std::string approvers_in(const Value& row, std::string_view unknown) {
    auto parts = parts_of(row.text_or("chain"));
    if (parts.empty()) return persons_in(row, "approvers");
    std::vector<std::string> named;
    for (const auto& part : parts) {
        std::vector<std::string> bearers;
        for (const auto& person : array_in(row, "approvers"))
            if (is_named_in(person, part)) bearers.push_back(person_text(&person));
        named.push_back(bearers.empty() ? part + std::string(unknown) : joined(bearers, "或"));
    }
    return joined(named);
}

std::string joined(const std::vector<std::string>& parts, std::string_view with) {
    std::string out;
    for (const auto& part : parts)
        if (!part.empty()) out += (out.empty() ? std::string{} : std::string(with)) + part;
    return out;
}

std::string texts_in(const Value& row, std::string_view name) {
    return joined(row.texts_or(name));
}

std::string term_in(std::span<const TermRow> terms, const std::string& name) {
    auto found = std::find_if(terms.begin(), terms.end(),
                              [&](const TermRow& row) { return row.name == name; });
    return found == terms.end() ? name : std::string(found->zh);
}

std::string seal_type_text(const std::string& type) {
    return term_in(kSealTypes, type);
}

const Value::Array& array_in(const Value& row, std::string_view name) {
    static const Value::Array kNone;
    const auto* value = row.find(name);
    return value != nullptr && value->array() != nullptr ? *value->array() : kNone;
}

bool has_text(const Value& row, std::string_view list, std::string_view text) {
    auto texts = row.texts_or(list);
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace seals::report
