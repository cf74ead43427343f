// History: a ledger of a test's own making, leaf by leaf, as a cabinet with two seals would write
// it; and the evidence cut out of it, with proofs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "evidence/never_left.hpp"
#include "evidence/uses.hpp"
#include "leaf/canonical.hpp"
#include "leaf/proof.hpp"
#include "leaf/tree.hpp"

namespace seals::evidence::test {

inline constexpr std::int64_t kMinute = 60'000;
inline constexpr std::int64_t kStart = 1'764'000'000'000;

inline Value object(std::vector<Value::Member> members) {
    return Value{Value::Object(members.begin(), members.end())};
}

class History {
  public:
    History() {
        add("ledger.created", {},
            object({{"format", 1}, {"origin", "example.com/cab-1"}, {"simulated", false}}));
        boot(true, false);
    }

    // Time passes, by the clock and by the time since boot.
    void pass(std::int64_t ms) {
        now_ += ms;
        mono_ += ms;
    }
    std::int64_t now() const { return std::max(now_, floor_); }
    void step(std::int64_t ms, bool seen_late = false) {
        now_ += ms;
        if (seen_late) add("person.changed");
        add("clock.stepped", {}, object({{"by_ms", ms}}));
    }

    std::uint64_t add(const std::string& type, const std::string& seal = {}, Value data = {}) {
        leaf::Leaf leaf;
        leaf.seq = bytes_.size() + 1;
        floor_ = now();
        leaf.t = {floor_};
        leaf.boot = boot_;
        leaf.mono = mono_;
        leaf.type = type;
        leaf.actor = device_actor();
        if (!seal.empty()) {
            auto& [sn, sp] = chains_[seal];
            leaf.seal = seal;
            leaf.sp = sp;
            leaf.sn = ++sn;
            sp = leaf.seq;
        }
        leaf.data = std::move(data);
        auto encoded = leaf::encode(leaf);
        INFO((encoded ? std::string() : encoded.error().detail));
        REQUIRE(encoded);
        bytes_.push_back(*encoded);
        return leaf.seq;
    }

    void boot(bool clean, bool other_boot = true) {
        if (other_boot) {
            boot_ = "boot-" + std::to_string(++boots_);
            mono_ = 5'000;
        }
        full_.clear();
        add("device.booted", {}, object({{"version", "0.1.0"}, {"clean", clean}}));
    }

    void register_seals() {
        for (const auto* seal : {"S1", "S2"}) {
            add("seal.registered", seal, object({{"slot", seal}}));
            add("seal.enrolled", seal, object({{"source", "import"}}));
            lie(seal);
        }
    }
    void baseline() {
        add("inventory.finished", {},
            object({{"items", Value{Value::Array{item("S1"), item("S2")}}}}));
        add("baseline.recorded", {},
            object({{"inventory", "I1"},
                    {"seals", Value{Value::Array{"S1", "S2"}}},
                    {"witnesses", Value{Value::Array{"E1", "E2"}}}}));
    }

    // What the readers say from now on.
    void lie(const std::string& seal) { set(seal, "in_slot", "shut", "authentic"); }
    void set(const std::string& seal, const std::string& custody, const std::string& door,
             const std::string& reading) {
        states_[seal] = {custody, door, reading};
    }
    void read(const std::string& seal, const std::string& reading) {
        std::get<2>(states_[seal]) = reading;
    }

    std::uint64_t state(bool full = false) {
        std::map<std::string, Value> now;
        Value::Array all, deviations;
        for (const auto& [seal, state] : states_) {
            const auto& [custody, door, reading] = state;
            auto item = object({{"custody", custody},
                                {"door", door},
                                {"reading", reading},
                                {"seal", seal},
                                {"sn", static_cast<std::int64_t>(chains_[seal].first)}});
            if (!full_.contains(seal) || !(full_[seal] == item)) deviations.push_back(item);
            all.push_back(item);
            now[seal] = item;
        }
        full = full || full_.empty();
        Value data{Value::Object{}};
        data.add("full", full);
        if (full) {
            data.add("seals", all);
            full_ = now;
        } else {
            leaf::Hasher hasher;
            data.add("digest", to_hex(hasher.sha256(*leaf::encode_value(Value{all}))));
            data.add("deviations", deviations);
        }
        return add("state", {}, std::move(data));
    }
    // So many state leaves, ten minutes apart.
    void watch(int states) {
        for (int i = 0; i < states; ++i) {
            pass(10 * kMinute);
            state();
        }
    }

    void open(const std::string& seal) {
        add("session.opened", seal, object({{"kind", "take"}}));
        add("slot.unlock_cmd", seal);
        add("slot.opened", seal);
        pass(4'000);
    }
    void take(const std::string& seal) {
        open(seal);
        add("seal.taken", seal, object({{"slot", seal}}));
        add("slot.closed", seal);
        add("session.closed", seal);
        set(seal, "in_hand", "shut", "absent");
    }
    void give_back(const std::string& seal) {
        open(seal);
        add("slot.closed", seal);
        add("verify.tag_ok", seal);
        add("seal.returned", seal, object({{"verdict", "present"}}));
        add("session.closed", seal);
        lie(seal);
    }
    void look_and_leave(const std::string& seal) {
        open(seal);
        add("slot.closed", seal);
        add("session.null", seal, object({{"kind", "take"}}));
    }

    std::size_t size() const { return bytes_.size(); }
    Bytes& leaf(std::uint64_t seq) { return bytes_[seq - 1]; }

    // The whole tree's checkpoint and every leaf with its proof.
    void prove() {
        leaf::Hasher hasher;
        levels_.assign(1, {});
        for (const auto& bytes : bytes_)
            levels_[0].push_back(hasher.leaf_hash(bytes));
        while (levels_.back().size() > 1) {
            std::vector<Hash> next;
            for (std::size_t i = 0; i + 1 < levels_.back().size(); i += 2)
                next.push_back(hasher.node_hash(levels_.back()[i], levels_.back()[i + 1]));
            levels_.push_back(std::move(next));
        }
        leaf::Frontier tree;
        for (const auto& hash : levels_[0])
            tree.append(hasher, hash);
        checkpoint = {"example.com/cab-1", bytes_.size(), tree.root(hasher)};
        leaves.clear();
        for (std::uint64_t i = 0; i < bytes_.size(); ++i) {
            auto proof = leaf::inclusion_proof(
                hasher,
                [&](unsigned level, std::uint64_t index) -> Result<Hash> {
                    return levels_[level][index];
                },
                i, bytes_.size());
            REQUIRE(proof);
            leaves.push_back({bytes_[i], *proof});
        }
    }

    leaf::Checkpoint checkpoint;
    std::vector<GivenLeaf> leaves;

  private:
    static Value item(const std::string& seal) {
        return object({{"slot", seal}, {"seal", seal}, {"verdict", "present"}});
    }

    std::vector<Bytes> bytes_;
    std::vector<std::vector<Hash>> levels_;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> chains_;
    std::map<std::string, std::tuple<std::string, std::string, std::string>> states_;
    std::map<std::string, Value> full_;
    std::string boot_ = "boot-0";
    int boots_ = 0;
    std::int64_t now_ = kStart, floor_ = kStart, mono_ = 0;
};

}  // namespace seals::evidence::test
