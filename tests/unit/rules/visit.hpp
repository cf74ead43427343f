// Visit: a World in which ann has just been let to slot 01 for seal S1, to take or to return it.
#pragma once

#include "world.hpp"

namespace seals::rules::test {

struct Visit : World {
    std::string id;

    explicit Visit(const char* kind = "take") {
        run(approved("R1"));
        if (std::string(kind) == "return") take_out("S1", requests({"R1"}), "ann");
        auto granted = std::string(kind) == "return" ? give_back("S1", "ann")
                                                     : take("S1", requests({"R1"}), "ann");
        REQUIRE_FALSE(granted.refusal);
        id = granted.id;
    }
    const Session& visit() { return session(id); }
    Decision end(TagReading reading) {
        fired(id);
        open("01");
        shut("01");
        return settle("01", std::move(reading));
    }
    void closed_as(const char* verdict, const char* code) {
        CHECK(visit().stage == Stage::closed);
        CHECK(visit().verdict == verdict);
        CHECK(visit().code == code);
        CHECK(seal_of("S1").session.empty());
        CHECK(slot_of("01").session.empty());
        CHECK_FALSE(slot_of("01").frozen);
    }
};

}  // namespace seals::rules::test
