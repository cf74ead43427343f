// Whoever says what in whatever order: no application is accepted without each of its steps decided
// by somebody who was entitled to it, and who neither applied nor uses the seal.
#include "applying.hpp"
#include "commands.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

const char* const kPeople[] = {"ann", "bob", "carl", "cora", "mia"};
const char* const kPosts[] = {"head", "law", "gm"};

// The judge: it knows the chains as they stood in request.received and the policy of each moment,
// and nothing of how the rules decide.
struct Judged {
    std::set<PersonId> own;  // who applied or uses
    std::vector<ApprovalStep> chain;
    std::vector<PersonId> approved;
    bool ended = false;
};

class Office {
  public:
    explicit Office(std::uint32_t seed) : chance_(seed) {
        for (const auto* post : kPosts)
            world_.policy.posts.push_back({post, post, "", {}, {}, 0});
        world_.policy.approvals = {{{}, {"head", "law", "gm"}, 0}};
        reorganise();
    }

    void steps(int count) {
        for (int i = 0; i < count; ++i) {
            world_.pass(milliseconds{static_cast<int>(chance_.below(60'000))});
            step();
            if (chance_.one_in(20)) restart();
        }
        State replayed;
        for (const auto& event : world_.log)
            evolve(replayed, event);
        for (const auto& [id, request] : world_.state.requests)
            REQUIRE(to_value(request) == to_value(replayed.requests.at(id)));
    }

    std::size_t accepted = 0, delegated = 0, appointed = 0, refused = 0;

  private:
    std::vector<PersonId> some(std::size_t most) {
        std::set<PersonId> out;
        for (auto n = 1 + chance_.below(most); n > 0; --n)
            out.insert(PersonId(chance_.of(kPeople)));
        return {out.begin(), out.end()};
    }
    void reorganise() {
        for (auto& post : world_.policy.posts) {
            post.persons = some(2);
            post.delegates = some(2);
            post.max_impressions = chance_.one_in(4) ? 2 : 0;
        }
    }
    // Only the live rows come back.
    void restart() {
        State fresh = world_.state;
        fresh.requests.clear();
        for (const auto& [id, request] : world_.state.requests) {
            auto row = row_view(world_.state, {"request", id.str()}, world_.now);
            if (row.live || !chance_.one_in(3)) restore_row(fresh, "request", *row.body);
        }
        world_.state = std::move(fresh);
    }
    void step() {
        if (chance_.one_in(25)) reorganise();
        if (chance_.one_in(25)) world_.person(chance_.of(kPeople), chance_.one_in(2));
        if (chance_.one_in(6)) return judge(world_.run(apply()));
        if (ids_.empty()) return;
        const auto& id =
            ids_[ids_.size() - 1 - chance_.below(std::min<std::size_t>(ids_.size(), 6))];
        if (chance_.one_in(40)) return judge(world_.run(WithdrawRequest{id, {}, {}}));
        if (chance_.one_in(10)) {
            auto take = world_.take("S1", {id}, chance_.of(kPeople));
            if (!take.refusal) {
                REQUIRE(judged_.at(id).approved.size() == judged_.at(id).chain.size());
                world_.run(DoorTimeout{SessionId(take.id)});
                world_.run(TagRead{SlotId("01"), authentic("S1"), true});
            }
            return;
        }
        judge(world_.run(decide_one(id)));
    }
    Apply apply() {
        auto command = application(chance_.of(kPeople), "S1", chance_.one_in(2) ? 2 : 3);
        if (chance_.one_in(2)) {
            command.request.lines.front().users = some(2);
            command.given.front().users = true;
        }
        return command;
    }
    DecideApplication decide_one(const RequestId& id) {
        DecideApplication command;
        command.request = id;
        auto outcome = chance_.one_in(12) ? FactorOutcome::wrong : FactorOutcome::ok;
        command.person = proved(chance_.of(kPeople), outcome);
        command.approve = !chance_.one_in(15);
        command.opinion = "so be it";
        if (chance_.one_in(2)) command.delegate_of = PersonId(chance_.of(kPeople));
        if (outcome == FactorOutcome::wrong) ++wrong_;
        return command;
    }

    void judge(const Decision& decided) {
        if (decided.refusal) ++refused;
        for (const auto& event : decided.events) {
            using enum EventType;
            if (event.type == request_received) receive(event);
            if (event.type == approval_given) approve(event);
            if (event.type == approval_refused || event.type == request_withdrawn)
                judged_.at(event.request).ended = true;
            if (event.type == request_accepted) accept(event);
        }
    }
    void receive(const Event& event) {
        Judged judged;
        judged.own.insert(event.person);
        for (const auto& line : lines_from(event.data.find("lines")))
            judged.own.insert(line.users.begin(), line.users.end());
        judged.chain = steps_from(event.data.find("chain"));
        REQUIRE_FALSE(judged.chain.empty());
        REQUIRE(judged_.emplace(event.request, std::move(judged)).second);
        ids_.push_back(event.request);
    }
    static bool has(const std::vector<PersonId>& in, const PersonId& id) {
        return std::find(in.begin(), in.end(), id) != in.end();
    }
    void approve(const Event& event) {
        auto& judged = judged_.at(event.request);
        REQUIRE_FALSE(judged.ended);
        const auto& person = event.person;
        auto number = static_cast<std::size_t>(event.data.integer_or("step"));
        REQUIRE(number == judged.approved.size() + 1);
        REQUIRE(number <= judged.chain.size());
        const auto& step = judged.chain[number - 1];
        REQUIRE(event.data.text_or("post") == step.post);
        REQUIRE_FALSE(judged.own.contains(person));
        REQUIRE_FALSE(has(judged.approved, person));
        REQUIRE(world_.person_of(person.str().c_str()).active);
        if (event.data.boolean_or("appointed")) {
            ++appointed;
            for (const auto* persons : {&step.persons, &step.delegates})
                for (const auto& other : *persons)
                    REQUIRE((judged.own.contains(other) || has(judged.approved, other) ||
                             !world_.person_of(other.str().c_str()).active));
        } else if (auto holder = event.data.text_or("delegate_of"); !holder.empty()) {
            ++delegated;
            REQUIRE(has(step.delegates, person));
            REQUIRE(has(step.persons, PersonId(holder)));
        } else {
            REQUIRE(has(step.persons, person));
        }
        judged.approved.push_back(person);
    }
    void accept(const Event& event) {
        const auto& judged = judged_.at(event.request);
        REQUIRE(judged.approved.size() == judged.chain.size());
        REQUIRE(event.data.texts_or("approvers") == texts_of(judged.approved));
        ++accepted;
    }

    World world_;
    Chance chance_;
    std::map<RequestId, Judged> judged_;
    std::vector<RequestId> ids_;
    std::size_t wrong_ = 0;
};

}  // namespace

TEST_CASE("no order of approvals accepts what its chain has not approved, step by step") {
    std::size_t accepted = 0, delegated = 0, appointed = 0, refused = 0;
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        Office office(seed);
        office.steps(400);
        accepted += office.accepted;
        delegated += office.delegated;
        appointed += office.appointed;
        refused += office.refused;
    }
    INFO(accepted << " accepted, " << delegated << " by delegates, " << appointed
                  << " by appointment, " << refused << " refused");
    CHECK(accepted > 100);  // the runs reach what they are to prove
    CHECK(delegated > 50);
    CHECK(appointed > 5);
    CHECK(refused > 1000);
}
