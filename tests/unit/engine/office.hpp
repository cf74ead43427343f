// Office: a ledger as months of work in an office leave it, made by events alone: persons, seals,
// requests, takings, uses, returns. What the reports must say is added up on the way.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <stdlib.h>

#include "catch.hpp"
#include "ledger/ledger.hpp"
#include "rules/evolve.hpp"
#include "rules/row.hpp"
#include "rules/use.hpp"

namespace seals::engine::test {

// 2026-03-02 09:00 in Beijing.
inline constexpr Instant kMorning{1'772'413'200'000};
inline constexpr milliseconds kMinute{60'000};

class Office {
  public:
    explicit Office(std::string folder, const std::string& origin = "seals.test/cab-1/sim")
        : folder_(std::move(folder)), now_(kMorning) {
        std::filesystem::create_directories(folder_);
        auto made = ledger::Ledger::create(path(), {origin, true}, now_, {"boot-1", 1000});
        INFO((made ? "" : made.error().detail));
        REQUIRE(made);
        ledger_ = std::make_unique<ledger::Ledger>(std::move(*made));
    }

    std::string path() const { return folder_ + "/ledger.db"; }
    const std::string& folder() const { return folder_; }
    Instant now() const { return now_; }
    void pass(milliseconds time) { now_ = now_ + time; }
    const rules::State& state() const { return state_; }

    rules::Event event(EventType type) const {
        rules::Event out;
        out.type = type;
        out.at = now_;
        out.actor = device_actor();
        out.data = Value{Value::Object{}};
        return out;
    }
    void person(const char* id, const char* name, const char* department = "市场部") {
        auto out = event(EventType::person_registered);
        out.person = PersonId(id);
        out.data.add("department", department);
        out.data.add("role", "staff");
        out.data.add("active", true);
        out.personal = {{"name", name}};
        add(std::move(out));
    }
    void seal(const char* id, const char* name, const char* entity, const char* keeper) {
        auto out = event(EventType::seal_registered);
        out.seal = SealId(id);
        out.data.add("type", "contract");
        out.data.add("entity", entity);
        out.data.add("slot", std::to_string(++slots_));
        out.data.add("custodians", std::vector<std::string>{keeper});
        out.data.add("filing_no", "3100000000123");
        out.personal = {{"name", name}};
        add(std::move(out));
        for (auto type : {EventType::seal_enrolled, EventType::seal_activated}) {
            auto act = event(type);
            act.seal = SealId(id);
            act.data.add("source", "import");
            act.personal = {{"basis", "公司用章管理办法"}};
            add(std::move(act));
        }
    }
    struct Ask {
        std::string id, title = "采购合同";
        std::vector<std::string> seals{"YZ-1"};
        std::int64_t copies = 1, count = 2, cross_page = 0;
        std::string source = "oa", applicant = "E2", chain = "赵一(E1)>王总";
        std::string place{};  // set: taken out, due in a day
    };
    void request(const Ask& ask) {
        auto out = event(EventType::request_accepted);
        out.request = RequestId(ask.id);
        out.data.add("source", ask.source);
        out.data.add("external_id", ask.id);
        out.data.add("applicant", ask.applicant);
        out.data.add("department", "市场部");
        out.data.add("applied_at", now_.ms);
        out.data.add("approvers", std::vector<std::string>{"E1"});
        Value::Array lines;
        for (const auto& seal : ask.seals) {
            rules::Line line;
            line.seal = SealId(seal);
            line.copies = ask.copies;
            line.count = ask.count;
            line.cross_page = ask.cross_page;
            line.users = {PersonId(ask.applicant)};
            line.valid_from = now_;
            line.valid_to = now_ + std::chrono::hours(24 * 30);
            if (!ask.place.empty()) line.mode = LineMode::take_out;
            lines.push_back(to_value(line));
        }
        out.data.add("lines", std::move(lines));
        if (!ask.place.empty()) out.data.add("due", (now_ + std::chrono::hours(24)).ms);
        out.personal = {{"title", ask.title}, {"chain", ask.chain}};
        if (!ask.place.empty()) {
            out.personal.emplace_back("place", ask.place);
            out.personal.emplace_back("purpose", "投标现场盖章");
        }
        if (ask.source == "paper") {
            out.data.add("paper_by", std::vector<std::string>{"E1", "E3"});
            out.personal.emplace_back("basis", "OA 停机通知");
        }
        add(std::move(out));
    }
    SessionId take(const std::string& seal, const std::string& person,
                   const std::vector<std::string>& requests) {
        SessionId session("S" + std::to_string(++sessions_));
        auto out = event(EventType::seal_taken);
        out.seal = SealId(seal);
        out.person = PersonId(person);
        out.session = session;
        out.data.add("slot", "1");
        out.data.add("requests", requests);
        add(std::move(out));
        return session;
    }
    void give_back(const std::string& seal, const std::string& person) {
        auto out = event(EventType::seal_returned);
        out.seal = SealId(seal);
        out.person = PersonId(person);
        out.session = SessionId("S" + std::to_string(++sessions_));
        out.data.add("slot", "1");
        out.data.add("verdict", "present");
        add(std::move(out));
    }
    struct Stamp {
        std::string request, seal = "YZ-1", by = "E1", witness = "E3", document = "采购合同";
        std::int64_t line = 1, count = 1, cross_page = 0, excess = 0;
        SessionId session{};
        bool late = false;
        std::string exceptions{};
    };
    std::string use(const Stamp& stamp) {
        auto out = event(EventType::use_recorded);
        auto id = rules::register_id("cab-1", {2026, ++uses_});
        out.request = RequestId(stamp.request);
        out.seal = SealId(stamp.seal);
        out.person = PersonId(stamp.by);
        out.session = stamp.session;
        out.img = {std::string(64, 'a'), std::string(64, 'b')};
        out.data.add("id", id);
        out.data.add("line", stamp.line);
        out.data.add("count", stamp.count);
        out.data.add("cross_page", stamp.cross_page);
        out.data.add("excess", stamp.excess);
        out.data.add("at", now_.ms);
        out.data.add("witness", stamp.witness);
        out.data.add("before", 1);
        if (stamp.late) out.data.add("late", true);
        out.personal = {{"document", stamp.document}, {"counterpart", "星河贸易有限公司"}};
        if (!stamp.exceptions.empty()) out.personal.emplace_back("exceptions", stamp.exceptions);
        add(std::move(out));
        return id;
    }
    void void_use(const std::string& id) {
        auto out = event(EventType::use_voided);
        out.person = PersonId("E1");
        out.data.add("id", id);
        out.personal = {{"reason", "印迹不清"}};
        add(std::move(out));
    }
    void add(rules::Event event) {
        rules::evolve(state_, event);
        waiting_.push_back(std::move(event));
        if (waiting_.size() >= 500) commit();
    }
    // What waits is written; then the ledger may be read. Settled objects leave memory.
    void commit() {
        if (waiting_.empty()) return;
        std::vector<ledger::Row> rows;
        for (const auto& key : state_.touched) {
            auto view = rules::row_view(state_, key, now_);
            rows.push_back({key.first, key.second, view.live, std::move(view.body), view.until});
        }
        state_.touched.clear();
        auto written = ledger_->append(waiting_, {"boot-1", 1000}, rows);
        INFO((written ? "" : written.error().detail));
        REQUIRE(written);
        waiting_.clear();
        state_.uses.clear();
        state_.loans.clear();
        state_.requests.clear();
    }

  private:
    std::string folder_;
    Instant now_;
    std::unique_ptr<ledger::Ledger> ledger_;
    rules::State state_;
    std::vector<rules::Event> waiting_;
    int slots_ = 0, sessions_ = 0;
    std::int64_t uses_ = 0;
};

}  // namespace seals::engine::test
