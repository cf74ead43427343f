// Times, texts and the table of commands.
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "commands/table.hpp"
#include "find.hpp"
#include "help.hpp"
#include "moment.hpp"
#include "parse.hpp"
#include "words/cli_texts.hpp"
#include "words/event_types.hpp"

namespace seals::sealctl {
namespace {

constexpr auto zh = Language::zh_CN;
constexpr auto en = Language::en;

std::string text_in(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

TEST_CASE("times in Chinese are Beijing's, in English local ones with their offset") {
    ::setenv("TZ", "UTC+3", 1);  // three hours behind
    ::tzset();
    auto at = *from_rfc3339("2026-11-25T17:30:05.900Z");
    CHECK(time_text(at, zh) == "2026-11-26 01:30:05");
    CHECK(time_text(at, en) == "2026-11-25 14:30:05");
    CHECK(time_with_zone(at, zh) == "2026-11-26 01:30:05");
    CHECK(time_with_zone(at, en) == "2026-11-25 14:30:05 -03:00");
    CHECK(time_from("2026-11-25 14:30:05", en, Edge::start)->ms == at.ms - 900);
    ::unsetenv("TZ");
    ::tzset();
}

TEST_CASE("a date typed alone means its first or its last moment") {
    CHECK(to_rfc3339(*time_from("2026-11-25", zh, Edge::start)) == "2026-11-24T16:00:00.000Z");
    CHECK(to_rfc3339(*time_from("2026-11-25", zh, Edge::end)) == "2026-11-25T15:59:59.999Z");
    CHECK(to_rfc3339(*time_from("2026-11-25 09:30", zh, Edge::end)) == "2026-11-25T01:30:00.000Z");
    CHECK(to_rfc3339(*time_from("2026-11-25T09:30:00+08:00", en, Edge::end)) ==
          "2026-11-25T01:30:00.000Z");
    for (const char* wrong : {"", "x", "2026-13-45", "2026-11-25 9", "2026-11-25 09:30 x"})
        CHECK_FALSE(time_from(wrong, zh, Edge::start));
}

TEST_CASE("durations name their two largest units") {
    CHECK(duration_text(milliseconds{0}, en) == "0 s");
    CHECK(duration_text(milliseconds{61'000}, en) == "1 min 1 s");
    CHECK(duration_text(milliseconds{90'061'000}, en) == "1 d 1 h");
    CHECK(duration_text(milliseconds{3'600'000}, zh) == "1 小时");
}

TEST_CASE("every text has both languages, and no key stands twice") {
    std::set<std::string_view> keys;
    for (auto rows : {cli_message_rows(), cli_help_rows(), cli_use_rows(), cli_application_rows(),
                      cli_outbox_rows(), cli_scene_rows(), cli_evidence_rows(), cli_keeping_rows(),
                      cli_outside_rows(), cli_statement_rows()})
        for (const auto& row : rows) {
            INFO(row.key);
            CHECK(keys.insert(row.key).second);
            CHECK_FALSE(row.en.empty());
            CHECK_FALSE(row.zh.empty());
        }
}

TEST_CASE("every text that the sources name stands in the table, and every row is named") {
    std::string sources;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(SEALS_SOURCE "/cmd/sealctl"))
        if (entry.is_regular_file()) sources += text_in(entry.path());
    // "step.x" and the like are put together from what the daemon says.
    static const std::regex kKey(
        R"~("((usage|error|ask|pin|visit|act|request|handover|override|inventory|blind|search|find|list|verify|import|head|fact|opt|help|word|policy|event|clock|reconcile|alert|cabinet|application|report|hold|erase|purge|statement|col|reindex|progress|witness|timestamp)\.[a-z0-9_.]+[a-z0-9_])")~");
    std::set<std::string> named;
    for (std::sregex_iterator at(sources.begin(), sources.end(), kKey), end; at != end; ++at)
        named.insert((*at)[1]);
    std::erase_if(named, [](const std::string& key) {  // include files and events look alike
        return key.ends_with(".hpp") || event_type_named(key);
    });
    for (const auto& key : named) {
        INFO(key);
        CHECK(has_cli_text(key));
    }
    static const std::regex kComposed(
        "(step|end|cause|direction|verdict|attention|kind|stage|severity|note|status|state|part|"
        "role|"
        "verb|span|approval|scene|retention|statement|reason|door|reading|restart)\\..*");
    for (auto rows : {cli_message_rows(), cli_help_rows(), cli_use_rows(), cli_application_rows(),
                      cli_outbox_rows(), cli_scene_rows(), cli_evidence_rows(), cli_keeping_rows(),
                      cli_outside_rows(), cli_statement_rows()})
        for (const auto& row : rows) {
            std::string key(row.key);
            INFO(key);
            auto remedy = key.ends_with(".remedy") ? key.substr(0, key.size() - 7) : key;
            CHECK((named.contains(key) || named.contains(remedy) ||
                   std::regex_match(key, kComposed)));
        }
}

TEST_CASE("every command has its help, every option is told in the manual") {
    auto page = text_in(SEALS_SOURCE "/man/sealctl.1");
    for (const auto& command : commands()) {
        auto help = help_of(command, en);
        INFO(help);
        CHECK(help.find("verb.") == std::string::npos);
        CHECK(help.find("opt.") == std::string::npos);
        CHECK(page.find(std::string(command.path)) != std::string::npos);
        for (const auto* option : options_of(command)) {
            auto name = std::string(option->name);
            if (!option->is_argument()) {
                INFO(name);
                CHECK(page.find("Fl Fl " + name.substr(2)) != std::string::npos);
            }
        }
    }
}

TEST_CASE("options may stand anywhere, and lists end at the next option") {
    auto parsed = parse(commands(),
                        {"take", "--json", "YZ-1", "--request", "A", "B", "--person", "E1",
                         "--request=C", "--socket", "/s"},
                        en);
    REQUIRE(parsed);
    CHECK(parsed->command->path == "take");
    CHECK(parsed->arguments.one("SEAL") == "YZ-1");
    CHECK(parsed->arguments.all("--request") == std::vector<std::string>{"A", "B", "C"});
    CHECK(parsed->arguments.one("--socket") == "/s");
    CHECK(parsed->arguments.has("--json"));
}

TEST_CASE("words reach a command as they were typed") {
    auto parsed = parse(commands(), {"search", "[急件,x]", "{}", "a,b", "", "--", "--json"}, en);
    REQUIRE(parsed);
    CHECK(parsed->arguments.all("WORD") ==
          std::vector<std::string>{"[急件,x]", "{}", "a,b", "", "--json"});
    auto step = parse(commands(), {"sim", "clock", "-30"}, en);
    REQUIRE(step);
    CHECK(step->arguments.one("SECONDS") == "-30");
}

TEST_CASE("a wrong command line is told in the language of its reader") {
    CHECK(parse(commands(), {"take", "X"}, en).error().detail == "take needs --person");
    CHECK(parse(commands(), {"take", "X"}, zh).error().detail == "take 缺少 --person");
    CHECK(parse(commands(), {"bogus"}, en).error().detail == "bogus is not understood here");
    CHECK(parse(commands(), {"take", "--request"}, en).error().detail == "--request needs a value");
    CHECK(parse(commands(), {"verify", "--dry-run"}, en).error().detail ==
          "--dry-run is not understood here");
    auto noun = parse(commands(), {"seal"}, en);
    REQUIRE(noun);
    CHECK(noun->command == nullptr);
    CHECK(noun->noun == "seal");
}

Value seal(const char* id, const char* name, const char* entity) {
    Value out{Value::Object{}};
    out.add("id", id);
    out.add("name", name);
    out.add("entity", entity);
    return out;
}

TEST_CASE("a seal is found by id before name before entity, and all words must occur") {
    Value::Array seals{seal("YZ-0001", "御海公司公章", "合同公司"),
                       seal("YZ-0002", "御海公司合同专用章", "御海公司"),
                       seal("HT-合同", "御海公司公章", "御海公司")};
    auto found = find_seals(seals, {"合同"});
    REQUIRE(found.size() == 3);
    CHECK(found[0].text_or("id") == "HT-合同");
    CHECK(found[1].text_or("id") == "YZ-0002");
    CHECK(found[2].text_or("id") == "YZ-0001");
    CHECK(find_seals(seals, {"yz-0002"}).size() == 1);
    CHECK(find_seals(seals, {"合同", "专用"}).size() == 1);
    CHECK(find_seals(seals, {"没有"}).empty());
}

}  // namespace
}  // namespace seals::sealctl
