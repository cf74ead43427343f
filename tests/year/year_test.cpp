// A year of operation: about 500 entries a day, the clock accelerated, with random faults: wrong
// PINs, doors that stay shut or are forced, tags that do not answer, clones, lost outcomes, kills
// in the middle of a visit, clock steps. What must hold every day is checked every day; at the end
// the whole ledger is verified, views included.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include <malloc.h>
#include <unistd.h>

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

constexpr milliseconds kDay{86'400'000};
constexpr int kDays = SEALS_YEAR_DAYS;
const char* const kSlots[] = {"01", "02", "03", "04", "05"};
const char* const kSeals[] = {"S1", "S2", "S3", "S4", "S5"};

std::size_t descriptors() {
    std::size_t n = 0;
    for ([[maybe_unused]] const auto& fd : std::filesystem::directory_iterator("/proc/self/fd"))
        ++n;
    return n;
}

// KiB of memory that are this process's own.
long resident() {
    ::malloc_trim(0);
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:")) return std::stol(line.substr(8));
    return 0;
}

rules::TagReading own_tag(House& house, int n) {
    return {Kind::authentic, SealId(kSeals[n]), house.seal_of(kSeals[n]).uid};
}

class Year {
  public:
    Year() { restart(); }

    void furnish() {
        for (const auto* id : {"ann", "bob", "carl", "cora"})
            house_->person(id);
        for (int n = 0; n < 5; ++n)
            REQUIRE_FALSE(house_->seal(kSeals[n], kSlots[n]).error);
    }

    // The day's work is spread over the day: 20 visits, their requests, and what goes wrong.
    void day() {
        requests_.clear();
        for (int n = 0; n < 350; ++n)
            request();
        for (int visit = 0; visit < 20; ++visit) {
            pass(milliseconds{86'400'000 / 24});
            visit_once();
            if (dice(97) == 0) restart();
        }
        house_->idle(milliseconds{1});
        count();
        pass(kDay - milliseconds{20 * 86'400'000 / 24});
        house_->run(rules::TimePassed{});
        tell_results();
        house_->engine->evict();
        house_->rest();
    }

    void check_invariants() {
        const auto& state = house_->engine->state();
        for (const auto& [id, seal] : state.seals) {
            INFO(id.str());
            if (seal.loan) CHECK(seal.custody != Custody::in_slot);
            if (!seal.loan) CHECK(seal.custody != Custody::in_hand);
            if (seal.loan) CHECK_FALSE(seal.loan->requests.empty());
            if (seal.state == SealState::quarantined)
                CHECK(house_->run(House::take_of(id.str().c_str(), last_.c_str(), "carl")).error);
        }
        CHECK(told_ == house_->store->size());  // the feed left nothing out
    }

    std::size_t unlock_orders() {
        std::size_t n = 0;
        std::uint64_t after = 0;
        for (;;) {
            auto page = house_->store->reader().entries_of(ledger::By::type, "slot.unlock_cmd",
                                                           after, 5000);
            REQUIRE(page);
            n += page->size();
            if (page->size() < 5000) return n;
            after = page->back().seq;
        }
    }

    House& house() { return *house_; }
    World& world() { return world_; }
    std::size_t memory_objects() const {
        const auto& state = house_->engine->state();
        return state.requests.size() + state.sessions.size() + state.handovers.size() +
               state.overrides.size() + state.inventories.size();
    }

  private:
    int dice(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }
    void pass(milliseconds time) { world_.clock.pass(time); }

    // A kill: nothing is said farewell to; then the same disk and cabinet again.
    void restart() {
        auto had = house_ ? house_->store->size() : 0;
        house_.reset();
        HouseOptions options;
        options.times = {milliseconds{8},         milliseconds{4},    milliseconds{2},
                         milliseconds{1},         milliseconds{1},    milliseconds{4},
                         milliseconds{3'600'000}, milliseconds{2'000}};
        house_ = std::make_unique<House>(world_, options);
        CHECK(house_->store->size() >= had);
        told_ = house_->store->size();
        feed_ = house_->engine->feed().subscribe([this](const ledger::Recorded& entry) {
            CHECK(entry.seq == told_ + 1);
            told_ = entry.seq;
        });
        house_->boot();
        house_->tell_doors();
        house_->idle(milliseconds{10});
        house_->rest();
    }

    void request() {
        last_ = "R" + std::to_string(++made_);
        auto upsert = house_->approved(last_.c_str(), kSeals[dice(5)]);
        if (dice(20) == 0) upsert.status = "withdrawn";
        house_->run(upsert);
        requests_.push_back(upsert.request);
    }

    // The outbox: the OA takes most results at once, others on another day.
    void tell_results() {
        std::vector<rules::TellResult> results;
        for (const auto& [id, request] : house_->engine->state().requests) {
            if (!request.waits_to_be_told()) continue;
            rules::TellResult result;
            result.kind =
                dice(10) == 0 ? rules::TellResult::Kind::failed : rules::TellResult::Kind::reported;
            result.request = id;
            result.revision = request.ending->revision;
            result.attempts = request.ending->attempts + 1;
            result.receipt = std::string(64, 'a');
            results.push_back(std::move(result));
        }
        for (auto& result : results)
            CHECK_FALSE(house_->run(result).error);
    }

    const std::string* request_for(const char* seal) {
        for (auto one = requests_.rbegin(); one != requests_.rend(); ++one)
            if (one->lines.front().seal == SealId(seal)) {
                chosen_ = one->external_id;
                return &chosen_;
            }
        return nullptr;
    }

    void visit_once() {
        int n = dice(5);
        const auto& seal = house_->seal_of(kSeals[n]);
        // Refusals: no request, a wrong PIN, one who may not.
        house_->run(House::take_of(kSeals[n], "nothing", "ann"));
        if (dice(8) == 0) {
            auto wrong = House::take_of(kSeals[n], last_.c_str(), "bob");
            wrong.factors = {{"pin", rules::FactorOutcome::wrong}};
            house_->run(wrong);
        }
        if (dice(60) == 0) force(n);
        world_.answer = dice(25) == 0 ? Answer{Fate::lost, {}} : Answer{Fate::fired, {}};
        if (seal.loan)
            bring_back(n);
        else if (const auto* id = request_for(kSeals[n]))
            take(n, *id);
        world_.answer = {Fate::fired, {}};
        repair(n);
    }

    void take(int n, const std::string& id) {
        auto outcome = house_->run(House::take_of(kSeals[n], id.c_str(), "ann"));
        if (outcome.error) return;
        settle_order();
        if (dice(15) == 0) return wait_for_end(outcome.id);  // nobody opens
        door(n, true);
        if (dice(12) != 0) world_.remove(kSlots[n]);  // else nothing is taken
        if (dice(150) == 0) return restart();         // killed with the door open
        door(n, false);
        wait_for_end(outcome.id);
    }

    void bring_back(int n) {
        const auto& loan = *house_->seal_of(kSeals[n]).loan;
        rules::Return command{
            SealId(kSeals[n]), loan.person, {{"pin", rules::FactorOutcome::ok}}, {}};
        auto outcome = house_->run(command);
        if (outcome.error) return;
        settle_order();
        door(n, true);
        int luck = dice(30);
        if (luck == 0)
            world_.put(kSlots[n], {Kind::failed, {}, "04clone", "wrong key"});
        else if (luck == 1)
            world_.put(kSlots[n], engine::test::unreadable());
        else
            world_.put(kSlots[n], own_tag(*house_, n));
        door(n, false);
        wait_for_end(outcome.id);
    }

    // Somebody with a lever; then it is counted and explained, as the house would.
    void force(int n) {
        door(n, true);
        door(n, false);
        house_->idle(milliseconds{6});
    }

    // What the next morning's custodian does: true tags where they belong, two persons release what
    // is in quarantine, everything is read again.
    void repair(int n) {
        const auto& seal = house_->seal_of(kSeals[n]);
        if (seal.loan && seal.custody == Custody::in_hand) return;
        if (seal.custody == Custody::in_slot && seal.state == SealState::active) return;
        world_.put(kSlots[n], own_tag(*house_, n));
        if (seal.state == SealState::quarantined) {
            std::vector<rules::Acting> two;
            for (const auto* id : {"ann", "carl"})
                two.push_back({PersonId(id), {{"pin", rules::FactorOutcome::ok}}});
            house_->run(rules::ReleaseQuarantine{SealId(kSeals[n]), "checked", two, {}});
        }
        house_->run(rules::TagRead{SlotId(kSlots[n]), own_tag(*house_, n), true});
        house_->rest();
    }

    void count() {
        rules::InventoryTaken taken;
        taken.id = "I" + std::to_string(++made_);
        for (int n = 0; n < 5; ++n) {
            auto found = world_.tags.find(SlotId(kSlots[n]));
            taken.readings.emplace_back(SlotId(kSlots[n]), found == world_.tags.end()
                                                               ? rules::TagReading{Kind::absent}
                                                               : found->second);
        }
        house_->run(taken);
    }

    void settle_order() {
        house_->until([&] { return house_->quiet(); });
    }
    void door(int n, bool open) {
        house_->visits->door(SlotId(kSlots[n]), open);
        house_->until([&] { return house_->slot_of(kSlots[n]).open == open && house_->quiet(); });
    }
    void wait_for_end(const std::string& session) {
        house_->until([&] { return house_->stage(session) == rules::Stage::closed; });
        house_->rest();
    }

    World world_;
    std::unique_ptr<House> house_;
    Subscription feed_;
    std::mt19937 random_{20261127};
    std::vector<rules::Request> requests_;
    std::string last_, chosen_;
    std::uint64_t told_ = 0;
    int made_ = 0;
};

}  // namespace

TEST_CASE("a year of operation holds its invariants, its memory and its descriptors") {
    Year year;
    year.furnish();
    std::size_t fds = 0;
    long memory = 0;
    int settled = std::min(30, kDays / 3);
    for (int day = 1; day <= kDays; ++day) {
        year.day();
        year.check_invariants();
        if (day == settled) {
            fds = descriptors();
            memory = resident();
        }
    }
    auto entries = year.house().store->size();
    std::printf(
        "%d days, %llu entries, %zu objects in memory, %zu descriptors, %ld KiB then, %ld KiB "
        "now\n",
        kDays, static_cast<unsigned long long>(entries), year.memory_objects(), descriptors(),
        memory, resident());
    CHECK(entries / static_cast<unsigned>(kDays) >= 400);
    CHECK(year.memory_objects() < 1000);
    CHECK(descriptors() == fds);
    // A sanitizer keeps what was freed for a while, so there it says nothing.
    if (SEALS_YEAR_MEMORY) CHECK(resident() < memory + 8 * 1024);
    // Every pulse had its order, and none had two.
    std::set<std::string> nonces;
    for (const auto& order : year.world().orders)
        CHECK(nonces.insert(order.nonce).second);
    CHECK(nonces.size() <= year.unlock_orders());
    CHECK(year.house().fault() == "");
}
