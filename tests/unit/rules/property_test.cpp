// Random commands and facts in any order: what holds after every step, whatever happened.
#include <map>
#include <random>

#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

const char* const kSeals[] = {"S1", "S2", "S3", "S4", "S5"};
const char* const kSlots[] = {"01", "02", "03", "04", "05"};
const char* const kPersons[] = {"ann", "bob", "carl", "cora", "lee"};

class Chance {
  public:
    explicit Chance(std::uint32_t seed) : engine_(seed) {}
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
    }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class T, std::size_t N>
    const T& of(const T (&items)[N]) {
        return items[below(N)];
    }

  private:
    std::mt19937 engine_;
};

// Makes commands that fit the state more often than not, and sometimes not at all.
class Commands {
  public:
    Commands(const State& state, Chance& chance, const Instant& now)
        : state_(state), chance_(chance), now_(now) {}

    Command next() {
        auto kind = chance_.below(16);
        if (kind >= 7 && kind != 14 && !any_busy() && !chance_.one_in(20)) return take();
        switch (kind) {
            case 0:
            case 1:
                return request();
            case 2:
            case 3:
            case 4:
                return take();
            case 5:
            case 6:
                return give_back();
            case 7:
                return outcome();
            case 8:
            case 9:
                return DoorMoved{slot(), !chance_.one_in(3)};
            case 10:
                return DoorMoved{slot(), false};
            case 11:
            case 12:
            case 13:
                return tag_read();
            case 14:
                return rare();
            default:
                return outcome();
        }
    }

  private:
    bool any_busy() const {
        return std::any_of(state_.slots.begin(), state_.slots.end(), [](const auto& item) {
            return !item.second.session.empty() || item.second.open || item.second.frozen;
        });
    }
    SlotId slot() {  // one with a visit, mostly
        std::vector<SlotId> busy;
        for (const auto& [id, slot] : state_.slots)
            if (!slot.session.empty() || slot.open || slot.frozen) busy.push_back(id);
        if (!busy.empty() && !chance_.one_in(30)) return busy[chance_.below(busy.size())];
        return SlotId(chance_.of(kSlots));
    }
    Kind likely(const SlotId& slot, const Seal* home) {
        auto at = state_.slots.find(slot);
        bool visited = at != state_.slots.end() && !at->second.session.empty();
        if (!visited && home != nullptr && home->custody == Custody::in_slot)
            return Kind::authentic;
        if (!visited && home != nullptr && home->custody == Custody::in_hand) return Kind::absent;
        return chance_.one_in(2) ? Kind::absent : Kind::authentic;
    }
    // Mostly what an honest cabinet would say; a clone now and then, for it ends a seal's days.
    TagReading reading(const SlotId& slot) {
        TagReading out;
        const auto* home = state_.seal_at(slot);
        bool odd = chance_.one_in(12);
        out.kind = odd ? static_cast<Kind>(chance_.below(5)) : likely(slot, home);
        if (out.kind == Kind::failed && !chance_.one_in(6)) out.kind = Kind::unreadable;
        if (out.kind == Kind::authentic)
            out.seal = odd || home == nullptr ? SealId(chance_.of(kSeals)) : home->id;
        if (out.kind != Kind::absent && out.kind != Kind::unreadable) out.uid = "04aa";
        if (out.kind == Kind::failed || out.kind == Kind::unreadable) out.reason = "because";
        if (chance_.one_in(5)) out.at = now_ - milliseconds{static_cast<int>(chance_.below(3000))};
        return out;
    }
    Command tag_read() {
        auto at = slot();
        return TagRead{at, reading(at), !chance_.one_in(3)};
    }
    std::string number() { return "R" + std::to_string(chance_.below(12 + ++numbers_ / 40)); }
    Command withdrawal(const Request& request) {
        RequestUpsert upsert;
        upsert.request = request;
        upsert.status = "withdrawn";
        return upsert;
    }
    Command request() {
        for (const auto& [id, seal] : state_.seals)
            if (seal.loan && chance_.one_in(8))
                return withdrawal(*state_.request(
                    seal.loan->requests[chance_.below(seal.loan->requests.size())]));
        auto upsert = approved(number().c_str(), chance_.of(kSeals));
        auto& request = upsert.request;
        if (chance_.one_in(8)) request.source = "paper";
        request.applicant = PersonId(chance_.of(kPersons));
        request.applied_at = now_ - milliseconds{static_cast<int>(chance_.below(20'000))};
        if (chance_.one_in(3))
            request.take_out =
                TakeOut{"court", now_ + milliseconds{static_cast<int>(chance_.below(60'000))}};
        if (chance_.one_in(3)) {
            Line other;
            other.seal = SealId(chance_.of(kSeals));
            request.lines.push_back(other);
        }
        if (chance_.one_in(6)) upsert.status = "withdrawn";
        if (chance_.one_in(12)) upsert.status = "pending";
        return upsert;
    }
    std::vector<FactorChecked> factors() {
        if (chance_.one_in(25)) return {pin(FactorOutcome::wrong)};
        if (chance_.one_in(25)) return {};
        return {pin()};
    }
    Command take() {
        Take take{SealId(chance_.of(kSeals)), {}, PersonId(chance_.of(kPersons)), factors(), {}};
        for (const auto& [id, request] : state_.requests)
            if (request.line_for(take.seal) != nullptr && chance_.one_in(2)) {
                take.requests.push_back(id);
                if (chance_.one_in(2)) take.person = request.applicant;
                if (chance_.one_in(3)) break;
            }
        if (take.requests.empty() || chance_.one_in(8)) take.requests.emplace_back(number());
        return take;
    }
    Command give_back() {
        bool any = std::any_of(state_.seals.begin(), state_.seals.end(), [](const auto& item) {
            return item.second.loan || item.second.custody == Custody::unknown;
        });
        if (!any && !chance_.one_in(20)) return request();
        Return command{SealId(chance_.of(kSeals)), PersonId(chance_.of(kPersons)), factors(), {}};
        for (const auto& [id, seal] : state_.seals)
            if (seal.loan && chance_.one_in(2)) {
                command.seal = id;
                if (chance_.one_in(2)) command.person = seal.loan->person;
            }
        return command;
    }
    SessionId session() {
        if (state_.sessions.empty() || chance_.one_in(20)) return SessionId("SES0");
        std::vector<SessionId> live;
        for (const auto& [id, session] : state_.sessions)
            if (is_live(session.stage)) live.push_back(id);
        if (!live.empty() && !chance_.one_in(5)) return live[chance_.below(live.size())];
        auto any = state_.sessions.begin();
        std::advance(any, static_cast<std::ptrdiff_t>(chance_.below(state_.sessions.size())));
        return any->first;
    }
    Command outcome() {
        switch (chance_.below(12)) {
            case 0:
                return LineNotFired{session(), "too late"};
            case 1:
                return OutcomeLost{session()};
            case 2:
                return DoorTimeout{session()};
            default:
                return LineFired{session()};
        }
    }
    Command rare() {
        switch (chance_.below(8)) {
            case 0: {
                Booted boot{"1", "c0", "text", "p0", {}};
                for (const auto* id : kSlots)
                    boot.slots.emplace_back(id);
                return boot;
            }
            case 1:
                return Shutdown{};
            case 2:
            case 3:
                return LeftOpen{slot()};
            case 4: {
                Person person;
                person.id = PersonId(chance_.of(kPersons));
                person.name = "n";
                person.active = !chance_.one_in(8);
                return PersonUpsert{person};
            }
            case 5:
                return SetPin{PersonId(chance_.of(kPersons)), {}};
            case 6: {
                InventoryTaken count{"I", {}, {}, {}};
                for (const auto* id : kSlots)
                    count.readings.emplace_back(SlotId(id), reading(SlotId(id)));
                return count;
            }
            default: {
                Seal seal;
                seal.id = SealId(chance_.of(kSeals));
                seal.slot = SlotId(chance_.of(kSlots));
                seal.name = "n";
                seal.custodians = {PersonId("carl"), PersonId("cora")};
                return SealUpsert{seal, true};
            }
        }
    }

    const State& state_;
    Chance& chance_;
    const Instant& now_;
    std::size_t numbers_ = 0;  // withdrawn ones are spent for good: more come in time
};

bool line_passes(const State& state, const RequestId& id, const SealId& seal, Instant now) {
    const auto* request = state.request(id);
    const auto* line = request != nullptr ? request->line_for(seal) : nullptr;
    return line != nullptr && !request->withdrawn && now >= line->valid_from &&
           now <= line->valid_to && line->used < line->count;
}

// One cabinet and its shadows: a twin whose finished rows are evicted and restored on demand, as
// the engine does, and the ledger of its events.
class Run {
  public:
    explicit Run(std::uint32_t seed)
        : chance_(seed), commands_(state_, chance_, now_), evictor_(seed + 1'000'000) {
        setup();
    }

    void steps(int count) {
        for (int i = 0; i < count; ++i) {
            now_ = now_ +
                   milliseconds{static_cast<int>(chance_.below(chance_.one_in(50) ? 40'000 : 900))};
            trusted_ = !chance_.one_in(30);
            step(commands_.next());
            if (evictor_.one_in(40)) evict();
            if (evictor_.one_in(200)) reload();
        }
        check_replay();
    }

    std::size_t taken = 0, granted = 0, refused = 0, returned = 0, unknown = 0;

  private:
    void setup() {
        Booted boot{"1", "c0", "text", "p0", {}};
        for (const auto* id : kSlots)
            boot.slots.emplace_back(id);
        step(boot);
        policy_.failure_window = milliseconds{20'000};
        policy_.lockout = milliseconds{10'000};
        policy_.window_days = 1;
        for (const auto* id : kPersons) {
            Person person;
            person.id = PersonId(id);
            person.name = "n";
            step(PersonUpsert{person});
        }
        for (std::size_t i = 0; i < 4; ++i) {
            Seal seal;
            seal.id = SealId(kSeals[i]);
            seal.slot = SlotId(kSlots[i]);
            seal.name = "n";
            seal.custodians = {PersonId("carl"), PersonId("cora")};
            step(SealUpsert{seal, true});
        }
    }

    void step(const Command& command) {
        auto n = std::to_string(++made_);
        Context context{now_,      trusted_,    "stepped", true, Actor{"tests", "uid"},
                        "SES" + n, "nonce" + n, "04" + n};
        auto decision = decide(state_, policy_, context, command);
        check_twin(context, command, decision);
        for (const auto& event : decision.events) {
            check_event(event, decision);
            evolve(state_, event);
            evolve(twin_, event);
            log_.push_back(event);
        }
        store_rows();
        check_state();
        if (decision.refusal && !decision.events.empty()) ++refused;
    }

    void check_twin(const Context& context, const Command& command, const Decision& decision) {
        for (const auto& key : rows_named_by(command))
            if (auto row = rows_.find(key); !has_row(twin_, key) && row != rows_.end())
                restore_row(twin_, key.first, row->second);
        auto same = decide(twin_, policy_, context, command);
        REQUIRE(same.events == decision.events);
        REQUIRE(same.refusal.has_value() == decision.refusal.has_value());
        if (same.refusal) REQUIRE(same.refusal->detail == decision.refusal->detail);
        REQUIRE(same.id == decision.id);
        REQUIRE(same.upserted == decision.upserted);
    }

    void check_event(const Event& event, const Decision& decision) {
        auto wrong = unlisted_in(event);
        if (!wrong.empty()) FAIL(wrong);
        using enum EventType;
        if (event.type == session_opened) opened(event);
        if (event.type == slot_unlock_cmd) {
            REQUIRE(decision.events.front().type == session_opened);
            REQUIRE(decision.events.front().session == event.session);
            REQUIRE(ordered_.insert(event.session).second);
        }
        if (event.type == slot_unlocked) REQUIRE(fired_.insert(event.session).second);
        if (event.type == seal_taken) {
            REQUIRE(grants_.contains(event.session));
            REQUIRE(grants_.at(event.session) == event.seal);
            REQUIRE(lent_.insert(event.session).second);
            ++taken;
        }
        if (event.type == seal_returned) ++returned;
        if (event.type == session_unknown) ++unknown;
    }

    // A grant is only as good as what stood at that moment.
    void opened(const Event& event) {
        if (event.data.text_or("kind") != "take") return;
        ++granted;
        const auto& seal = *state_.seal(event.seal);
        REQUIRE(trusted_);
        REQUIRE(seal.state == SealState::active);
        REQUIRE(seal.custody == Custody::in_slot);
        REQUIRE_FALSE(seal.loan);
        REQUIRE(state_.person(event.person)->active);
        auto named = event.data.texts_or("requests");
        REQUIRE_FALSE(named.empty());
        for (const auto& id : named)
            REQUIRE(line_passes(state_, RequestId(id), event.seal, now_));
        grants_[event.session] = event.seal;
    }

    // The views, as the ledger keeps them.
    void store_rows() {
        REQUIRE(state_.touched == twin_.touched);
        for (const auto& key : state_.touched) {
            auto view = row_view(state_, key, now_);
            auto twin = row_view(twin_, key, now_);
            REQUIRE(view.body == twin.body);
            if (view.body)
                rows_[key] = *view.body;
            else
                rows_.erase(key);
            live_[key] = view.live;
        }
        state_.touched.clear();
        twin_.touched.clear();
    }

    void check_state() {
        std::set<PersonId> busy;
        std::set<SealId> seals;
        std::set<SlotId> slots;
        for (const auto& [id, session] : state_.sessions) {
            if (!is_live(session.stage)) continue;
            REQUIRE(busy.insert(session.person).second);
            REQUIRE(seals.insert(session.seal).second);
            REQUIRE(slots.insert(session.slot).second);
            REQUIRE(state_.seal(session.seal)->session == id);
            REQUIRE(state_.slots.at(session.slot).session == id);
            if (session.stage == Stage::unknown) REQUIRE(state_.slots.at(session.slot).frozen);
            if (session.stage == Stage::open) REQUIRE(state_.slots.at(session.slot).open);
        }
        for (const auto& [id, seal] : state_.seals) {
            REQUIRE(seal.session.empty() == !seals.contains(id));
            if (seal.custody == Custody::in_slot) REQUIRE_FALSE(seal.loan);
            if (seal.custody == Custody::in_hand) REQUIRE(seal.loan);
            if (seal.loan) REQUIRE(lent_.contains(seal.loan->session));
        }
        for (const auto& [id, slot] : state_.slots)
            REQUIRE(slot.session.empty() == !slots.contains(id));
    }

    void evict() { evict_settled(twin_, now_); }

    // What a restart does: the live rows, and nothing else.
    void reload() {
        State fresh;
        for (const auto& [key, body] : rows_)
            if (live_[key]) restore_row(fresh, key.first, body);
        evict_settled(fresh, now_);
        twin_ = std::move(fresh);
    }

    void check_replay() {
        State replayed;
        for (const auto& event : log_)
            evolve(replayed, event);
        auto live = rows_of(state_, now_);
        REQUIRE(rows_of(replayed, now_) == live);
        State loaded;
        for (const auto& [key, body] : rows_)
            restore_row(loaded, key.first, body);
        REQUIRE(rows_of(loaded, now_) == live);
    }

    State state_, twin_;
    Policy policy_;
    Instant now_ = kStart;
    bool trusted_ = true;
    Chance chance_;
    Commands commands_;
    Chance evictor_;
    int made_ = 0;
    std::map<Key, Value> rows_;
    std::map<Key, bool> live_;
    std::vector<Event> log_;
    std::set<SessionId> ordered_, fired_, lent_;
    std::map<SessionId, SealId> grants_;
};

}  // namespace

TEST_CASE("whatever happens in whatever order, custody stays consistent and replays the same") {
    constexpr std::uint32_t kRuns = 40;
    std::size_t taken = 0, returned = 0, refused = 0, unknown = 0, granted = 0;
    for (std::uint32_t seed = 1; seed <= kRuns; ++seed) {
        INFO("seed " << seed);
        Run run(seed);
        run.steps(1000);
        taken += run.taken;
        granted += run.granted;
        returned += run.returned;
        refused += run.refused;
        unknown += run.unknown;
    }
    INFO(kRuns << " runs: " << granted << " granted, " << taken << " taken, " << returned
               << " returned, " << refused << " refused, " << unknown << " unknown");
    CHECK(taken > 150);  // the runs reach what they are to prove
    CHECK(granted > 300);
    CHECK(returned > 150);
    CHECK(refused > 500);
    CHECK(unknown > 20);
}
