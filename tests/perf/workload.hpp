// Workload: the life of a cabinet as events, with the rows that the engine keeps of it: persons,
// seals, then request after request accepted, taken and returned. The same seed gives the same
// life.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ledger/ledger.hpp"
#include "rules/event.hpp"
#include "rules/state.hpp"

namespace seals::perf {

class Workload {
  public:
    explicit Workload(Instant start, unsigned seed = 1) : now_(start), random_(seed) {}

    std::vector<rules::Event> setting_up();  // persons and seals
    std::vector<rules::Event> one_visit();   // a request, its take and its return: 17 events
    std::vector<ledger::Row> rows_after(const std::vector<rules::Event>& events);
    std::string word(std::size_t characters);  // Chinese, as titles have them

  private:
    rules::Event event(EventType type);
    void add_end(std::vector<rules::Event>& to, const rules::Event& about);
    void add_session(std::vector<rules::Event>& to, const std::string& kind,
                     const rules::Event& about);
    std::string name();

    Instant now_;
    std::mt19937 random_;
    rules::State state_;
    std::uint64_t visits_ = 0;
};

inline constexpr Instant kFirstDay{1'704'067'200'000};  // 2024-01-01

// Appends until the ledger has at least `events` entries.
Status fill(ledger::Ledger& ledger, Workload& workload, std::uint64_t events);

}  // namespace seals::perf
