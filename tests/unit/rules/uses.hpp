// A cabinet whose seal S1 is out under R1 (three impressions, one of them cross-page), by ann.
#pragma once

#include "world.hpp"

namespace seals::rules::test {

struct Using : World {
    explicit Using(std::int64_t count = 3, std::int64_t cross_page = 1) {
        auto upsert = approved("R1");
        upsert.request.lines[0].count = count;
        upsert.request.lines[0].cross_page = cross_page;
        upsert.given = {{true, false, false, false}};
        run(upsert);
        take_out("S1", requests({"R1"}), "ann");
        pass(milliseconds{60'000});
    }
    static RecordUse use_of(std::int64_t count, std::int64_t cross_page = 0,
                            const char* by = "ann") {
        RecordUse command;
        command.use.request = RequestId("R1");
        command.use.seal = SealId("S1");
        command.use.impressions = {count, cross_page};
        command.by = {PersonId(by), {}};
        return command;
    }
    Decision use(std::int64_t count, std::int64_t cross_page = 0, const char* by = "ann") {
        return run(use_of(count, cross_page, by));
    }
    void bring_back() { walk(give_back("S1", "ann"), authentic("S1")); }
    const Line& line(std::size_t number = 1, const char* request = "R1") {
        return request_of(request).lines.at(number - 1);
    }
};

inline std::string refused_act(const Decision& decision) {
    return refused_by(decision, EventType::act_refused);
}

inline std::vector<Acting> two(const char* first, const char* second) {
    return {{PersonId(first), {pin()}}, {PersonId(second), {pin()}}};
}

}  // namespace seals::rules::test
