// Statements of evidence as sheets for people and as JSON for programs. What they say is judged in
// lib/evidence; here it is put into words. One thread.
#pragma once

#include <string>

#include "context.hpp"
#include "evidence/uses.hpp"
#include "leaf_source.hpp"
#include "report/sheet.hpp"

namespace seals::sealctl {

// What is told beside the judgement.
struct StatementHead {
    Value seal;  // the reply of GET /v1/seals/{id}
    bool simulated = true;
    Instant made;
    std::string command;  // by which it is made again
};

report::Sheet sheet_of(Context& context, const evidence::Statement& statement,
                       const evidence::Given& given, const LeafSet& set, const StatementHead& head);
report::Sheet sheet_of(Context& context, const evidence::UsesStatement& statement,
                       const evidence::Given& given, const LeafSet& set, const StatementHead& head);

Value value_of(const evidence::Statement& statement, const LeafSet& set, const StatementHead& head);
Value value_of(const evidence::UsesStatement& statement, const LeafSet& set,
               const StatementHead& head);

}  // namespace seals::sealctl
