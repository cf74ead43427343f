#include <fstream>

#include "engine/report_rows.hpp"
#include "office.hpp"
#include "rules/register.hpp"

namespace seals::engine::test {
namespace {

std::string fresh_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "seals-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

struct Folder {
    std::string path = fresh_folder();
    ~Folder() { std::filesystem::remove_all(path); }
};

using Maker = Status (*)(ReportReading&, const Emit&);

std::vector<Value> rows_of(Office& office, Maker maker, ReportQuery query = {}) {
    static const std::atomic<bool> kGoOn{false};
    office.commit();
    if (query.period.to.ms == 0) query.period = {kMorning, office.now()};
    query.offset = std::chrono::hours(8);
    auto reading = ReportReading::open(office.path(), query, kGoOn);
    REQUIRE(reading);
    std::vector<Value> rows;
    auto status = maker(**reading, [&](Value row) -> Status {
        rows.push_back(std::move(row));
        return {};
    });
    INFO((status ? "" : status.error().detail));
    REQUIRE(status);
    return rows;
}

void people_and_seals(Office& office) {
    office.person("E1", "赵一", "法务部");
    office.person("E2", "钱二");
    office.person("E3", "孙三");
    office.seal("YZ-1", "合同专用章", "御海集团", "E1");
    office.seal("YZ-2", "财务专用章", "御海上海", "E3");
}

// Three requests under one taking, one of them in two lines and two visits.
void a_morning(Office& office) {
    people_and_seals(office);
    for (const char* id : {"REQ-1", "REQ-2"})
        office.request({id});
    office.request({"REQ-3", "租赁协议", {"YZ-1", "YZ-2"}, 2, 4, 1});
    auto session = office.take("YZ-1", "E1", {"REQ-1", "REQ-2", "REQ-3"});
    office.pass(kMinute);
    office.use({.request = "REQ-1", .count = 2, .session = session});
    office.pass(kMinute);
    office.use({.request = "REQ-3", .count = 2, .cross_page = 1, .session = session});
    office.pass(kMinute);
    auto spoiled = office.use({.request = "REQ-2", .count = 1, .session = session});
    office.void_use(spoiled);
    office.use({.request = "REQ-2", .count = 1, .session = session});
    office.pass(kMinute);
    office.use({.request = "REQ-3",
                .count = 3,
                .excess = 1,
                .session = session,
                .exceptions = "多盖一处"});
    office.pass(kMinute);
    office.give_back("YZ-1", "E1");
    office.pass(kMinute);
}

std::int64_t sum(const std::vector<Value>& rows, const char* name) {
    std::int64_t all = 0;
    for (const auto& row : rows)
        all += row.integer_or(name);
    return all;
}

TEST_CASE("the uses of a line stand in one row, a voided one in a row of its own") {
    Folder folder;
    Office office(folder.path);
    a_morning(office);
    auto rows = rows_of(office, register_report);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].text_or("request") == "REQ-1");
    CHECK(rows[1].text_or("request") == "REQ-3");
    CHECK(rows[1].integer_or("impressions") == 5);
    CHECK(rows[1].integer_or("granted") == 4);
    CHECK(rows[1].integer_or("excess") == 1);
    CHECK(rows[1].texts_or("others") == std::vector<std::string>{"2026-cab-1-000005"});
    CHECK(rows[1].find("seqs")->array()->size() == 2);
    CHECK(rows[2].texts_or("marks") == std::vector<std::string>{"voided"});
    CHECK(rows[2].text_or("void_reason") == "印迹不清");
    CHECK(rows[2].integer_or("granted") == 0);
    CHECK(rows[3].text_or("id") == "2026-cab-1-000004");
    CHECK(rows[3].integer_or("granted") == 2);
    CHECK(rows[0].text_or("title") == "采购合同");
    const auto& loan = rows[0].find("loans")->array()->front();
    CHECK(loan.find("person")->text_or("name") == "赵一");
    CHECK(loan.text_or("verdict") == "present");
    // All that was ever stamped, and nothing twice.
    CHECK(sum(rows, "impressions") == 2 + 2 + 1 + 1 + 3);
    CHECK(sum(rows, "cross_page") == 1);
    CHECK(sum(rows, "granted") == 2 + 2 + 4);
}

TEST_CASE("the numbers of the rows name the entries that recorded the uses") {
    Folder folder;
    Office office(folder.path);
    a_morning(office);
    auto rows = rows_of(office, register_report);
    auto reader = ledger::Reader::open(office.path());
    REQUIRE(reader);
    for (const auto& row : rows)
        for (const auto& seq : *row.find("seqs")->array()) {
            auto entry = reader->entry(static_cast<std::uint64_t>(*seq.integer()));
            REQUIRE(entry);
            CHECK(entry->event.type == EventType::use_recorded);
            CHECK(entry->event.request.str() == row.text_or("request"));
        }
}

TEST_CASE("a period holds the uses made in it, and a role what its entities have") {
    Folder folder;
    Office office(folder.path);
    a_morning(office);
    auto second = office.take("YZ-2", "E3", {"REQ-3"});
    office.use({.request = "REQ-3", .seal = "YZ-2", .by = "E3", .line = 2, .session = second});
    ReportQuery query;
    query.period = {kMorning, kMorning + 2 * kMinute};
    CHECK(rows_of(office, register_report, query).size() == 2);
    CHECK(sum(rows_of(office, register_report, query), "impressions") == 4);
    query.period = {Instant{0}, kMorning - kMinute};
    CHECK(rows_of(office, register_report, query).empty());
    query.period = {kMorning, office.now()};
    query.entity = "御海上海";
    auto rows = rows_of(office, register_report, query);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text_or("seal") == "YZ-2");
    CHECK(rows[0].find("loans")->array()->front().find("returned") == nullptr);
    query.entity.clear();
    query.entities = {"御海上海"};
    CHECK(rows_of(office, register_report, query).size() == 1);
    CHECK(rows_of(office, custody_report, query).size() == 1);
    query.seal = SealId("YZ-1");
    CHECK(rows_of(office, register_report, query).empty());
    // What concerns no seal is not for a role that ends at entities.
    query.seal = {};
    for (const auto& row : rows_of(office, exceptions_report, query))
        CHECK(row.text_or("entity") == "御海上海");
}

TEST_CASE("paper requests and late records say so") {
    Folder folder;
    Office office(folder.path);
    people_and_seals(office);
    office.request({.id = "ZZ-1", .title = "\"=1+1\"\n补录", .source = "paper"});
    auto session = office.take("YZ-1", "E1", {"ZZ-1"});
    office.use({.request = "ZZ-1", .session = session, .late = true});
    auto rows = rows_of(office, register_report);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].texts_or("marks") == std::vector<std::string>{"paper", "unmatched", "late"});
    CHECK(rows[0].find("put_in_by")->array()->size() == 2);
    auto exceptions = rows_of(office, exceptions_report);
    REQUIRE(exceptions.size() == 2);
    CHECK(exceptions[0].text_or("event") == "request.accepted");
    CHECK(exceptions[1].text_or("event") == "use.recorded");
}

TEST_CASE("seals taken out are told with place, times and what was stamped there") {
    Folder folder;
    Office office(folder.path);
    people_and_seals(office);
    office.request({.id = "OUT-1", .place = "上海"});
    office.request({"REQ-1"});
    auto session = office.take("YZ-1", "E2", {"OUT-1", "REQ-1"});
    office.use({.request = "OUT-1", .by = "E2", .count = 2, .session = session});
    office.pass(std::chrono::hours(30));
    office.give_back("YZ-1", "E2");
    auto rows = rows_of(office, take_out_report);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text_or("place") == "上海");
    CHECK(rows[0].text_or("reason") == "投标现场盖章");
    CHECK(rows[0].integer_or("impressions") == 2);
    CHECK(rows[0].integer_or("overdue") == 1);
}

TEST_CASE("every section of the usage adds up to the register, and the keepers' work is told") {
    Folder folder;
    Office office(folder.path);
    a_morning(office);
    auto rows = rows_of(office, usage_report);
    std::map<std::string, std::int64_t> impressions;
    for (const auto& row : rows)
        impressions[row.text_or("by")] += row.integer_or("impressions");
    for (const char* by : {"seal", "entity", "person", "department", "document", "hour"})
        CHECK(impressions[by] == 9);
    auto worked = std::find_if(rows.begin(), rows.end(), [](const Value& row) {
        return row.text_or("by") == "custodian" && row.find("person")->text_or("id") == "E1";
    });
    REQUIRE(worked != rows.end());
    CHECK(worked->integer_or("loans") == 1);
    CHECK(worked->integer_or("out_ms") == 5 * kMinute.count());
    auto hour = std::find_if(rows.begin(), rows.end(),
                             [](const Value& row) { return row.text_or("by") == "hour"; });
    CHECK(hour->text_or("name") == "09");
}

TEST_CASE("the books of custody and of seals' lives tell each seal") {
    Folder folder;
    Office office(folder.path);
    a_morning(office);
    auto custody = rows_of(office, custody_report);
    REQUIRE(custody.size() == 2);
    CHECK(custody[0].integer_or("takings") == 1);
    CHECK(custody[0].integer_or("impressions") == 9);
    auto lives = rows_of(office, destruction_report);
    REQUIRE(lives.size() == 6);
    CHECK(lives[2].text_or("event") == "seal.activated");
    CHECK(lives[2].find("texts")->text_or("basis") == "公司用章管理办法");
}

TEST_CASE("a report that was called off ends") {
    Folder folder;
    Office office(folder.path);
    a_morning(office);
    office.commit();
    const std::atomic<bool> off{true};
    auto reading = ReportReading::open(office.path(), {}, off);
    CHECK_FALSE(reading);
}

// Run by hand: a year of uses. SEALS_YEAR_DIR keeps the ledger, SEALS_YEAR_USES says how many.
TEST_CASE("a year of uses is read without keeping it", "[.][year]") {
    const char* dir = std::getenv("SEALS_YEAR_DIR");
    const char* uses = std::getenv("SEALS_YEAR_USES");
    Folder folder;
    Office office(dir != nullptr ? dir : folder.path, "demo.example/cab-1/sim");
    people_and_seals(office);
    const int most = uses != nullptr ? std::atoi(uses) : 200'000;
    const milliseconds step{365LL * 86'400'000 / most};
    SessionId session;
    for (int i = 1; i <= most; ++i) {
        auto id = "YY-2026-" + std::to_string(100'000 + i);
        std::string seal = i % 3 == 0 ? "YZ-2" : "YZ-1";
        office.request(
            {.id = id, .title = "年度采购合同第" + std::to_string(i) + "号", .seals = {seal}});
        session = office.take(seal, "E1", {id});
        office.use({.request = id, .seal = seal, .count = 1 + i % 2, .session = session});
        office.pass(step);
        office.give_back(seal, "E1");
    }
    auto memory = [] {
        std::ifstream status("/proc/self/statm");
        std::size_t all = 0, resident = 0;
        status >> all >> resident;
        return resident * 4 / 1024;
    };
    office.commit();
    static const std::atomic<bool> kGoOn{false};
    ReportQuery query;
    query.period = {kMorning, office.now()};
    auto before = memory();
    auto began = std::chrono::steady_clock::now();
    auto reading = ReportReading::open(office.path(), query, kGoOn);
    REQUIRE(reading);
    std::int64_t rows = 0;
    REQUIRE(register_report(**reading, [&](const Value&) -> Status {
        ++rows;
        return {};
    }));
    auto took = std::chrono::steady_clock::now() - began;
    WARN(rows << " rows in " << std::chrono::duration_cast<milliseconds>(took).count() << " ms, "
              << before << " MiB before, " << memory() << " MiB after");
    CHECK(rows == most);
    CHECK(memory() < before + 64);
}

}  // namespace
}  // namespace seals::engine::test
