// What the tests of applications share: a chain of two posts over the seals of World, and the acts
// of those who apply and decide.
#pragma once

#include "world.hpp"

namespace seals::rules::test {

inline Acting proved(const char* person, FactorOutcome outcome = FactorOutcome::ok) {
    return {PersonId(person), {pin(outcome)}};
}

inline std::vector<PersonId> people(std::initializer_list<const char*> ids) {
    return {ids.begin(), ids.end()};
}

// bob heads the department, carl stands in for him; cora is general manager, mia stands in for her.
inline Policy two_posts() {
    Policy policy;
    policy.posts = {{"head", "部门负责人", "本部门用印", people({"bob"}), people({"carl"}), 0},
                    {"gm", "总经理", "", people({"cora"}), people({"mia"}), 0}};
    policy.approvals = {{{"company"}, {"head", "gm"}, 0}};
    return policy;
}

inline Apply application(const char* person = "ann", const char* seal = "S1",
                         std::int64_t copies = 2) {
    Apply command;
    command.applicant = proved(person);
    command.request.title = "采购合同";
    Line line;
    line.seal = SealId(seal);
    line.copies = copies;
    command.request.lines = {line};
    command.given = {{}};
    return command;
}

inline DecideApplication decision(const std::string& id, const char* person, bool approve = true,
                                  const char* delegate_of = "") {
    return {RequestId(id),
            proved(person),
            approve,
            approve ? "同意" : "要件不全",
            PersonId(delegate_of),
            {}};
}

inline std::string refused_act(const Decision& decided) {
    return refused_by(decided, EventType::act_refused);
}

// A cabinet with that chain, and one application of ann in it.
struct Applied {
    World world;
    std::string id;

    explicit Applied(const Apply& command = application()) {
        world.policy = two_posts();
        auto received = world.run(command);
        INFO((received.refusal ? received.refusal->detail : std::string()));
        REQUIRE_FALSE(received.refusal);
        id = received.id;
    }
    Decision approve(const char* person, const char* delegate_of = "") {
        return world.run(decision(id, person, true, delegate_of));
    }
    Decision reject(const char* person) { return world.run(decision(id, person, false)); }
    void approve_all() {
        REQUIRE_FALSE(approve("bob").refusal);
        REQUIRE_FALSE(approve("cora").refusal);
    }
    const Request& request() { return world.request_of(id.c_str()); }
    RequestState state() { return request().state(world.now); }
    const Alert* due() {
        for (const auto& [key, alert] : world.state.alerts)
            if (alert.type == "approval_due" && alert.state != AlertState::closed) return &alert;
        return nullptr;
    }
};

}  // namespace seals::rules::test
