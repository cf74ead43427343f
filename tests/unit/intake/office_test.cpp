// The export that an office made, in both of its encodings, against what a careful clerk reads.
#include <map>
#include <set>

#include "base/value.hpp"
#include "reading.hpp"
#include "wire/json.hpp"

using namespace intake_test;

namespace {

struct Lists {
    std::set<std::string> persons, seals;
    Lists() {
        for (const auto& item : read(data("oa/people.csv"), Kind::persons))
            persons.insert(item.person->id);
        for (const auto& item : read(data("oa/seals.csv"), Kind::seals))
            seals.insert(item.seal->id);
    }
    // What sealsd will say beyond what the line itself shows.
    std::string complaint(const wire::RequestRecord& request) const {
        if (!persons.contains(request.applicant)) return "unknown person";
        for (const auto& line : request.lines)
            if (!seals.contains(line.seal)) return "unknown seal";
        return {};
    }
};

std::string complaint_of(const wire::RecordFault& fault) {
    const std::map<std::string, std::string> kBy{{"申请时间", "bad time"},
                                                 {"流程编号", "no id"},
                                                 {"用印份数", "bad count"},
                                                 {"预计归还时间", "due before start"}};
    auto found = kBy.find(fault.field);
    return found == kBy.end() ? fault.field + ": " + fault.reason : found->second;
}

Value truth() {
    auto parsed = wire::parse_json(data("oa/truth.json"));
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace

TEST_CASE("both encodings of one export give the same items") {
    auto utf8 = read(data("oa/requests.csv"));
    auto gbk = read(data("oa/requests.gbk.csv"));
    REQUIRE(utf8.size() == 525);
    REQUIRE(gbk.size() == utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i)
        CHECK(wire::write(utf8[i]) == wire::write(gbk[i]));
}

TEST_CASE("the broken lines are those that a careful clerk finds, for the same reasons") {
    Lists lists;
    std::map<std::string, std::string> found;
    for (const auto& item : read(data("oa/requests.csv"))) {
        auto complaint = item.fault ? complaint_of(*item.fault) : lists.complaint(*item.request);
        if (!complaint.empty()) found[std::to_string(item.record)] = complaint;
    }
    std::map<std::string, std::string> expected;
    auto wanted = truth();
    for (const auto& [record, why] : *wanted.find("invalid")->object())
        expected[record] = *why.string();
    CHECK(found == expected);
}

TEST_CASE("every request is approved, withdrawn or left out as the clerk says, with its content") {
    Lists lists;
    std::map<std::string, wire::RequestRecord> approved;
    std::set<std::string> withdrawn, left_out;
    for (const auto& item : read(data("oa/requests.csv"))) {
        if (item.fault || !lists.complaint(*item.request).empty()) continue;
        const auto& request = *item.request;
        CHECK(item.key == request.external_id);
        if (request.status == "approved") approved.emplace(request.external_id, request);
        if (request.status == "withdrawn") withdrawn.insert(request.external_id);
        if (request.status == "pending" || request.status == "rejected")
            left_out.insert(request.external_id);
    }
    std::set<std::string> expected_void, expected_out;
    auto wanted = truth();
    for (const auto& id : *wanted.find("void")->array())
        expected_void.insert(*id.string());
    for (const auto& id : *wanted.find("rejected_or_pending")->array())
        expected_out.insert(*id.string());
    CHECK(withdrawn == expected_void);
    CHECK(left_out == expected_out);
    for (const auto& id : withdrawn)
        approved.erase(id);
    REQUIRE(approved.size() == wanted.find("approved")->object()->size());
    for (const auto& [id, want] : *wanted.find("approved")->object()) {
        INFO(id);
        REQUIRE(approved.contains(id));
        const auto& got = approved.at(id);
        std::vector<std::string> seals;
        for (const auto& line : got.lines) {
            seals.push_back(line.seal);
            CHECK(line.copies == want.integer_or("copies"));
        }
        CHECK(seals == want.texts_or("seals"));
        CHECK(got.take_out.has_value() == want.boolean_or("takeout"));
        CHECK(got.applicant == want.text_or("applicant"));
    }
}

TEST_CASE("a record is numbered without the header and placed by its physical line") {
    auto items = read(data("oa/requests.csv"));
    CHECK(items[0].line == 2);
    CHECK(items[0].record == 1);
    CHECK(items[4].line == 6);  // its title goes on in line 7
    CHECK(items[5].line == 8);
    CHECK(items[5].record == 6);
    CHECK(items.back().record == 525);
}

TEST_CASE("the list of persons is read with roles and who has left") {
    auto items = read(data("oa/people.csv"), Kind::persons);
    REQUIRE(items.size() == 200);
    std::map<std::string, int> roles;
    int left = 0;
    for (const auto& item : items) {
        REQUIRE(item.person);
        ++roles[item.person->role];
        left += item.person->active ? 0 : 1;
    }
    CHECK(roles == std::map<std::string, int>{{"auditor", 3}, {"custodian", 6}, {"staff", 191}});
    CHECK(left == 5);
    CHECK(items[0].person->phone == "13881836553");
}

TEST_CASE("the list of seals is read with its leading zeros") {
    auto items = read(data("oa/seals.csv"), Kind::seals);
    REQUIRE(items.size() == 41);
    for (const auto& item : items)
        REQUIRE(item.seal);
    CHECK(items[4].seal->filing_no == "0645843968770");
    CHECK(items[0].seal->custodians == std::vector<std::string>{"E1003"});
    CHECK(items[0].seal->state == "active");
    CHECK(items[40].seal->slot == "41");
}
