#include "workload.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rules/evolve.hpp"
#include "rules/row.hpp"

namespace seals::perf {
namespace {

constexpr std::size_t kPersons = 200;
constexpr std::size_t kSeals = 41;
constexpr std::size_t kAlphabet = 3000;  // characters in use
constexpr std::size_t kBatch = 1000;     // events per transaction when filling
constexpr std::int64_t kStep = 40'000;   // ms between two events: about 130 visits a day

std::string utf8(std::uint32_t point) {
    return {static_cast<char>(0xe0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3f)),
            static_cast<char>(0x80 | (point & 0x3f))};
}

Value object(std::initializer_list<Value::Member> members) {
    return Value::Object(members);
}

}  // namespace

// Frequencies fall as in running text: the first hundred characters make up about half of it.
std::string Workload::word(std::size_t characters) {
    std::uniform_real_distribution<double> uniform(0, 1);
    std::string out;
    for (; characters > 0; --characters) {
        auto rank = std::pow(static_cast<double>(kAlphabet), uniform(random_)) - 1;
        out += utf8(0x4e00 + static_cast<std::uint32_t>(rank) * 6);
    }
    return out;
}

std::string Workload::name() {
    return word(2 + random_() % 2);
}

rules::Event Workload::event(EventType type) {
    rules::Event out;
    now_ = now_ + milliseconds{kStep};
    out.type = type;
    out.at = now_;
    out.actor = {"1000", "uid"};
    return out;
}

std::vector<rules::Event> Workload::setting_up() {
    std::vector<rules::Event> out;
    for (std::size_t i = 0; i < kPersons; ++i) {
        auto next = event(EventType::person_registered);
        next.person = PersonId(fmt::format("E{}", 1000 + i));
        next.data = object({{"active", true}, {"department", word(4)}, {"role", "staff"}});
        next.personal = {{"name", name()}, {"phone", fmt::format("1380000{:04}", i)}};
        out.push_back(std::move(next));
    }
    for (std::size_t i = 0; i < kSeals; ++i) {
        auto next = event(EventType::seal_registered);
        next.seal = SealId(fmt::format("YZ-{:04}", i + 1));
        next.data = object({{"type", "contract"},
                            {"entity", word(8)},
                            {"slot", fmt::format("A{:02}", i + 1)},
                            {"filing_no", fmt::format("31010{:08}", i)}});
        next.personal = {{"name", word(6)}};
        out.push_back(next);
        for (auto type : {EventType::seal_enrolled, EventType::seal_activated}) {
            auto life = event(type);
            life.seal = next.seal;
            life.data = object({{"source", "import"}});
            out.push_back(std::move(life));
        }
    }
    return out;
}

// From the identification to the shut door; `about` has the seal, person and request.
void Workload::add_session(std::vector<rules::Event>& to, const std::string& kind,
                           const rules::Event& about) {
    using enum EventType;
    bool take = kind == "take";
    auto slot = "A" + about.seal.str().substr(5);
    auto session = SessionId(fmt::format("S-{:08x}", random_()));
    std::vector<EventType> types{session_opened, slot_unlock_cmd, slot_unlocked, slot_opened};
    types.insert(types.end(),
                 take ? std::initializer_list<EventType>{seal_taken, slot_closed, session_closed}
                      : std::initializer_list<EventType>{verify_tag_ok, slot_closed, verify_tag_ok,
                                                         seal_returned, session_closed});
    for (auto type : types) {
        auto next = event(type);
        next.session = session;
        next.seal = about.seal;
        next.person = about.person;
        next.request = about.request;
        next.data.add("slot", slot);
        if (type == session_opened) {
            next.data.add("kind", kind);
            next.data.add("requests", Value::Array{about.request.str()});
        }
        if (type == session_closed)
            next.data = object({{"kind", kind}, {"verdict", "taken"}, {"code", "ok"}});
        if (type == seal_taken) next.data.add("requests", Value::Array{about.request.str()});
        if (type == slot_unlock_cmd || type == slot_unlocked)
            next.data.add("nonce", fmt::format("{:016x}", random_()));
        if (type == verify_tag_ok) next.data.add("uid", "04a1b2c3d4e5f6");
        to.push_back(std::move(next));
    }
}

std::vector<rules::Event> Workload::one_visit() {
    ++visits_;
    auto day = to_civil(now_, std::chrono::minutes{0});
    auto accepted = event(EventType::request_accepted);
    accepted.request = RequestId(fmt::format("YY-{}{:02}-{:05}", day.year, day.month, visits_));
    auto person = fmt::format("E{}", 1000 + random_() % kPersons);
    auto seal = fmt::format("YZ-{:04}", 1 + random_() % kSeals);
    rules::Line line{
        SealId(seal), 2, 2, 0, 0, {PersonId(person)}, now_, now_ + std::chrono::days{30}, {}};
    accepted.data = object({{"source", "oa"},
                            {"external_id", accepted.request.str()},
                            {"applied_at", now_.ms},
                            {"applicant", person},
                            {"department", word(4)},
                            {"lines", Value::Array{rules::to_value(line)}}});
    accepted.personal = {
        {"title", word(14)}, {"applicant_name", name()}, {"chain", name() + ">" + name()}};
    std::vector<rules::Event> out{accepted};
    auto about = accepted;
    about.seal = SealId(seal);
    about.person = PersonId(person);
    add_session(out, "take", about);
    add_session(out, "return", about);
    add_end(out, about);
    return out;
}

// Both copies stamped, the request ended, its source told: as of almost every visit.
void Workload::add_end(std::vector<rules::Event>& to, const rules::Event& about) {
    auto use = event(EventType::use_recorded);
    use.seal = about.seal;
    use.person = about.person;
    use.request = about.request;
    auto id = fmt::format("2026-cab-1-{:06}", visits_);
    use.data = object({{"id", id}, {"line", 1}, {"count", 2}});
    use.personal = {{"document", word(14)}};
    to.push_back(std::move(use));
    Value line = object({{"line", 1},
                         {"seal", about.seal.str()},
                         {"granted", 2},
                         {"used", 2},
                         {"cancelled", 0},
                         {"excess", 0}});
    for (auto type :
         {EventType::request_fulfilled, EventType::request_reported, EventType::request_closed}) {
        auto next = event(type);
        next.request = about.request;
        next.data = object({{"revision", 1}});
        if (type == EventType::request_fulfilled)
            next.data = object({{"outcome", "fulfilled"},
                                {"revision", 1},
                                {"lines", Value::Array{line}},
                                {"uses", Value::Array{id}}});
        if (type == EventType::request_reported)
            next.data =
                object({{"revision", 1}, {"receipt", std::string(64, 'a')}, {"attempts", 1}});
        to.push_back(std::move(next));
    }
}

std::vector<ledger::Row> Workload::rows_after(const std::vector<rules::Event>& events) {
    for (const auto& event : events)
        rules::evolve(state_, event);
    std::vector<ledger::Row> rows;
    for (const auto& key : state_.touched) {
        auto view = rules::row_view(state_, key, now_);
        rows.push_back({key.first, key.second, view.live, std::move(view.body), view.until});
    }
    state_.touched.clear();
    rules::evict_settled(state_, now_);  // however long the life, it is remembered from now on
    return rows;
}

Status fill(ledger::Ledger& ledger, Workload& workload, std::uint64_t events) {
    std::vector<rules::Event> batch = workload.setting_up();
    while (ledger.size() < events) {
        while (batch.size() < kBatch && ledger.size() + batch.size() < events) {
            auto visit = workload.one_visit();
            batch.insert(batch.end(), visit.begin(), visit.end());
        }
        auto rows = workload.rows_after(batch);
        if (auto done = ledger.append(batch, {"boot", 1}, rows); !done) return done.error();
        batch.clear();
    }
    return {};
}

}  // namespace seals::perf
