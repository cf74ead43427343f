#include "words/event_types.hpp"

#include <map>
#include <set>

#include "base/text.hpp"
#include "catch.hpp"

using namespace seals;

namespace {

// The words of a space-separated list; fails on doubles, stray spaces and names that are no names.
std::set<std::string_view> members(std::string_view list) {
    std::set<std::string_view> out;
    if (list.empty()) return out;
    for (auto word : split(list, ' ')) {
        CHECK_FALSE(word.empty());
        CHECK(out.insert(word).second);
        for (char c : word)
            CHECK((c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')));
    }
    return out;
}

}  // namespace

TEST_CASE("event names are unique, lower-case, and found again by name") {
    std::set<std::string_view> names;
    for (const auto& row : event_rows()) {
        INFO(row.name);
        CHECK(names.insert(row.name).second);
        CHECK(event_type_named(row.name) == row.type);
        CHECK(&row_of(row.type) == &row);
        for (char c : row.name)
            CHECK((c == '.' || c == '_' || (c >= 'a' && c <= 'z')));
    }
    CHECK(names.size() == static_cast<std::size_t>(EventType::count_));
    CHECK_FALSE(event_type_named("no.such_event"));
    CHECK_FALSE(event_type_named(""));
}

TEST_CASE("rows stand in the order of the enumeration") {
    auto rows = event_rows();
    for (std::size_t i = 0; i < rows.size(); ++i)
        CHECK(static_cast<std::size_t>(rows[i].type) == i);
}

TEST_CASE("lists of data and personal members are well formed and share no name") {
    for (const auto& row : event_rows()) {
        INFO(row.name);
        auto personal = members(row.personal);
        for (auto name : members(row.data))
            CHECK(personal.count(name) == 0);
    }
}

TEST_CASE("every event has a sentence in English and in Chinese") {
    for (const auto& row : event_rows()) {
        INFO(row.name);
        CHECK_FALSE(row.en.empty());
        CHECK(valid_utf8(row.zh));
        CHECK(count_code_points(row.zh) < row.zh.size());  // not an English text left over
    }
}

TEST_CASE("an order to unlock is a release: on the disk before anything moves") {
    CHECK(row_of(EventType::slot_unlock_cmd).klass == EventClass::release);
    CHECK(row_of(EventType::slot_unlocked).klass == EventClass::fact);
}

TEST_CASE("names, telephone numbers and titles are never plain members of data") {
    for (const auto& row : event_rows()) {
        auto data = members(row.data);
        for (auto personal :
             {"name", "phone", "title", "applicant_name", "pin", "pin_hash", "key"}) {
            INFO(row.name << " " << personal);
            CHECK(data.count(personal) == 0);
        }
    }
}
