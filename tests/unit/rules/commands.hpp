// Random commands and facts for the property test of the rules.
#pragma once

#include <random>

#include "world.hpp"

namespace seals::rules::test {

inline const char* const kSeals[] = {"S1", "S2", "S3", "S4", "S5"};
inline const char* const kSlots[] = {"01", "02", "03", "04", "05"};
inline const char* const kPersons[] = {"ann", "bob", "carl", "cora", "lee"};

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
        if (chance_.one_in(8)) request.source = "crm";
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
    std::string inventory() { return "I" + std::to_string(counts_); }
    CountWanted wanted() {
        CountWanted wanted;
        wanted.since_last = chance_.one_in(2);
        wanted.blind = chance_.one_in(2);
        if (!wanted.blind) return wanted;
        wanted.person = PersonId(chance_.of(kPersons));
        for (const auto* id : kSlots)
            if (!chance_.one_in(4))
                wanted.entry.push_back(
                    {SlotId(id), SealId(chance_.one_in(2) ? "" : chance_.of(kSeals)), 1});
        if (counts_ > 0 && chance_.one_in(3))
            wanted.recount_of = "I" + std::to_string(1 + chance_.below(counts_));
        return wanted;
    }
    Command count() {
        ++counts_;
        InventoryTaken count{inventory(), {}, {}, {}, wanted()};
        for (const auto* id : kSlots)
            if (!count.wanted.since_last || chance_.one_in(2))
                count.readings.emplace_back(SlotId(id), reading(SlotId(id)));
        return count;
    }
    Command count_by() {
        ++counts_;
        auto asked = wanted();
        if (asked.person.empty()) asked.person = PersonId("mia");
        return StartInventory{inventory(), {asked.person, factors()}, asked, {}};
    }
    Command rare() {
        switch (chance_.below(15)) {
            case 9:
                return TimePassed{};
            case 10:
            case 11:
                return count_by();
            case 12:
                return alert_act();
            case 13:
                return ReleaseCabinet{{{PersonId(chance_.of(kPersons)), factors()},
                                       {PersonId(chance_.of(kPersons)), factors()}},
                                      "found",
                                      {}};
            case 14:
                return watched();
            case 8:
                return ConfigLoaded{"c1", "text", chance_.below(2) == 0 ? "p0" : "p1"};
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
                person.department = person.id.str();
                person.active = !chance_.one_in(8);
                return PersonUpsert{person};
            }
            case 5:
                return SetPin{PersonId(chance_.of(kPersons)), {}};
            case 6: {
                return count();
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

    Command alert_act() {
        AlertAct act;
        act.kind = static_cast<AlertAct::Kind>(chance_.below(3));
        act.alert = "A0";
        for (const auto& [id, alert] : state_.alerts)
            if (chance_.one_in(3)) act.alert = id;
        if (act.kind == AlertAct::Kind::assign) act.to = PersonId(chance_.of(kPersons));
        if (act.kind == AlertAct::Kind::close) act.reason = "seen";
        act.by = {{PersonId(chance_.of(kPersons)), factors()}};
        return act;
    }
    Command watched() {
        switch (chance_.below(3)) {
            case 0:
                return DevicesSeen{{{"bolt", !chance_.one_in(3)}, {"reader 1", true}}};
            case 1:
                return DiskSeen{chance_.one_in(2) ? 1 : std::int64_t{1} << 50};
            default:
                return Heartbeat{"job", milliseconds{chance_.one_in(4) ? 0 : 60'000}, {}};
        }
    }

    const State& state_;
    Chance& chance_;
    const Instant& now_;
    std::size_t counts_ = 0;
    std::size_t numbers_ = 0;  // withdrawn ones are spent for good: more come in time
};

}  // namespace seals::rules::test
