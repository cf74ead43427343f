// Use scan: the uses of the period, in the order of the register, with their ledger numbers and
// their requests. Blocks; one thread.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/report_reading.hpp"
#include "rules/register.hpp"

namespace seals::engine {

class UseScan {
  public:
    explicit UseScan(ReportReading& reading) : reading_(reading) {}

    // Each use of the period whose seal is wanted.
    Status each(const std::function<Status(const rules::Use&)>& call);

    // Once before seq_of(): the ledger numbers of all uses, 16 bytes each.
    Status number();
    std::uint64_t seq_of(const std::string& use) const;  // 0: not there

    // The request, and all uses recorded under it; kept for a while, as uses of one request stand
    // near each other. Valid until the next call.
    struct Group {
        rules::Request request;
        std::vector<rules::Use> uses;
        std::vector<rules::RegisterRow> rows;  // of the period
    };
    Result<const Group*> group_of(const RequestId& id);

  private:
    Result<Group> read_group(const RequestId& id);

    ReportReading& reading_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> seqs_;  // year and number, seq
    std::unordered_map<std::string, Group> groups_;
};

}  // namespace seals::engine
