// What may go and what must stay: legal hold, erasure, purge, the check of the files.
#include "world.hpp"

using namespace seals;
using namespace seals::rules;
using namespace seals::rules::test;

namespace {

std::string refused(const Decision& decision) {
    return refused_by(decision, EventType::act_refused);
}

HoldLegally hold(const char* request, bool on = true) {
    return {RequestId(request), on, "court", {}};
}

ErasePerson erase(const char* person, FactorOutcome outcome = FactorOutcome::ok) {
    ErasePerson command;
    command.person = PersonId(person);
    command.basis = "he asked for it";
    command.persons = {{PersonId("ann"), {pin(outcome)}}, {PersonId("bob"), {pin()}}};
    command.texts = 2;
    command.secrets = {"pin"};
    return command;
}

RequestId with_request(World& world) {
    auto decision = world.run(approved("REQ-1"));
    REQUIRE_FALSE(decision.refusal);
    return RequestId(decision.id);
}

std::size_t count(const Decision& decision, EventType type) {
    return static_cast<std::size_t>(
        std::count_if(decision.events.begin(), decision.events.end(),
                      [&](const Event& event) { return event.type == type; }));
}

void leaves(World& world, const char* person) {
    auto left = *world.state.person(PersonId(person));
    left.active = false;
    world.run(PersonUpsert{left});
}

}  // namespace

TEST_CASE("a legal hold is set once and ended once, of a request that is known") {
    World world;
    auto request = with_request(world);
    auto name = request.str();
    const auto* id = name.c_str();
    CHECK(world.run(hold("nothing")).refusal->code == Code::not_found);
    CHECK(refused(world.run(hold(id, false))) == "R48");
    REQUIRE_FALSE(world.run(hold(id)).refusal);
    CHECK(world.state.request(request)->legal_hold);
    CHECK(world.state.request(request)->hold_basis == "court");
    CHECK(refused(world.run(hold(id))) == "R48");
    REQUIRE_FALSE(world.run(hold(id, false)).refusal);
    CHECK_FALSE(world.state.request(request)->legal_hold);
    CHECK(world.state.request(request)->hold_basis.empty());
}

TEST_CASE("only one who has left and keeps nothing is erased, by two others who prove it") {
    World world;
    CHECK(world.run(erase("nobody")).refusal->code == Code::not_found);
    CHECK(refused(world.run(erase("cora"))) == "R49");  // active
    leaves(world, "cora");
    CHECK(refused(world.run(erase("cora"))) == "R49");  // still a custodian
    auto alone = erase("lee");
    alone.persons.pop_back();
    CHECK(refused(world.run(alone)) == "R18");
    CHECK(refused(world.run(erase("lee", FactorOutcome::wrong))) == "R06");
    auto decision = world.run(erase("lee"));
    REQUIRE_FALSE(decision.refusal);
    const auto* lee = world.state.person(PersonId("lee"));
    CHECK(lee->erased);
    CHECK(lee->name.empty());
    CHECK(lee->phone.empty());
    CHECK_FALSE(lee->has_pin);
    CHECK(refused(world.run(erase("lee"))) == "R49");  // once
}

TEST_CASE("nobody who had a part in a request under legal hold is erased") {
    World world;
    auto request = with_request(world);
    world.run(hold(request.str().c_str()));
    auto command = erase("lee");
    command.requests = {request};
    auto decision = world.run(command);
    CHECK(refused(decision) == "R48");
    CHECK(decision.refusal->args.back() == request.str());
    world.run(hold(request.str().c_str(), false));
    CHECK_FALSE(world.run(command).refusal);
}

TEST_CASE("the name of an erased applicant goes from his requests, and comes back with no list") {
    World world;
    auto& request = world.state.requests.at(with_request(world));
    request.applicant = PersonId("lee");
    request.applicant_name = "Lee";
    REQUIRE_FALSE(world.run(erase("lee")).refusal);
    CHECK(request.applicant_name.empty());
    Person listed;
    listed.id = PersonId("lee");
    listed.name = "Lee";
    listed.active = false;
    CHECK(world.run(PersonUpsert{listed}).events.empty());
    listed.active = true;  // hired again
    CHECK(world.run(PersonUpsert{listed}).events.size() == 1);
    CHECK_FALSE(world.state.person(PersonId("lee"))->erased);
}

TEST_CASE("what came under hold since somebody looked is not purged") {
    World world;
    auto request = with_request(world);
    world.run(hold(request.str().c_str()));
    PurgeFiles command;
    command.klass = "documents";
    command.files = {{std::string(64, 'a'), {request}}, {std::string(64, 'b'), {}}};
    command.held = 3;
    command.before = world.now;
    auto decision = world.run(command);
    REQUIRE(count(decision, EventType::retention_purged) == 1);
    const auto& data = decision.events.front().data;
    CHECK(data.texts_or("files") == std::vector<std::string>{std::string(64, 'b')});
    CHECK(data.integer_or("held") == 4);
    command.files.pop_back();
    CHECK(world.run(command).events.empty());
}

TEST_CASE("missing and altered files are told once, and once more when all is well") {
    World world;
    CHECK(world.run(FilesChecked{0, 0, 0, 9}).events.empty());
    auto found = world.run(FilesChecked{1, 2, 5, 9});
    CHECK(count(found, EventType::selftest_failed) == 1);
    CHECK(count(found, EventType::alert_raised) == 1);
    CHECK(world.run(FilesChecked{1, 2, 5, 9}).events.empty());
    auto well = world.run(FilesChecked{0, 0, 0, 9});
    CHECK(count(well, EventType::selftest_ok) == 1);
    CHECK(world.state.node.files_fault.empty());
}
