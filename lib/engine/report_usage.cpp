// Use in figures: by seal, entity, person, department, kind of document and hour, and what each
// custodian had to do. Every section but the custodians' adds up to the same sums.
#include <algorithm>
#include <map>

#include "engine/report_rows.hpp"
#include "engine/use_scan.hpp"
#include "rules/row.hpp"
#include "words/document_types.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kMostNames = 5000;  // of a section; what is more is told as one
constexpr const char* kOthers = "…";

struct Sum {
    std::int64_t uses = 0, impressions = 0, cross_page = 0;
    std::int64_t loans = 0, out_ms = 0, witnessed = 0;

    void add(const rules::Use& use) {
        ++uses;
        impressions += use.impressions.ordinary;
        cross_page += use.impressions.cross_page;
    }
};

using Section = std::map<std::string, Sum>;

Sum& sum_of(Section& section, const std::string& name) {
    if (section.size() < kMostNames || section.contains(name)) return section[name];
    return section[kOthers];
}

class Usage {
  public:
    Usage(ReportReading& reading, const Emit& emit)
        : reading_(reading), emit_(emit), scan_(reading) {}

    Status run() {
        for (const auto& [id, seal] : reading_.seals())
            if (reading_.wants(id))
                for (const auto& keeper : seal.custodians)
                    sum_of(custodians_, keeper.str());
        auto status = scan_.each([this](const rules::Use& use) { return take(use); });
        if (status) status = take_loans();
        for (auto [name, section] :
             {std::pair{"seal", &seals_}, std::pair{"entity", &entities_},
              std::pair{"person", &persons_}, std::pair{"department", &departments_},
              std::pair{"document", &documents_}})
            if (status) status = tell(name, *section, true);
        if (status) status = tell("hour", hours_, false);
        return status ? tell("custodian", custodians_, true) : status;
    }

  private:
    Status take(const rules::Use& use) {
        auto group = scan_.group_of(use.request);
        if (!group) return group.error();
        const auto& request = (*group)->request;
        const auto* seal = reading_.seal(use.seal);
        sum_of(seals_, use.seal.str()).add(use);
        sum_of(entities_, seal != nullptr ? seal->entity : "").add(use);
        sum_of(persons_, use.by.str()).add(use);
        sum_of(departments_, request.department).add(use);
        auto named = use.document.empty() ? request.title : use.document;
        sum_of(documents_, std::string(document_type_of(named))).add(use);
        auto hour = to_civil(use.at + reading_.query().offset, std::chrono::minutes{0}).hour;
        sum_of(hours_, (hour < 10 ? "0" : "") + std::to_string(hour)).add(use);
        if (auto found = custodians_.find(use.by.str()); found != custodians_.end())
            found->second.add(use);
        if (auto found = custodians_.find(use.witness.str()); found != custodians_.end())
            ++found->second.witnessed;
        return {};
    }

    // How often each custodian took a seal, and how long they were out with him; one that is out
    // still counts up to the ledger's last entry.
    Status take_loans() {
        auto last = reading_.reader().entry(reading_.size());
        if (!last) return last.error();
        return reading_.each_entry(
            EventType::seal_taken, [&](const ledger::Recorded& entry) -> Status {
                const auto& event = entry.event;
                if (!reading_.query().period.has(entry.at) || !reading_.wants(event.seal))
                    return {};
                auto found = custodians_.find(event.person.str());
                if (found == custodians_.end()) return {};
                auto body = reading_.row("loan", event.session.str());
                if (!body) return body.error();
                ++found->second.loans;
                if (!*body) return {};
                auto loan = rules::loan_record_from(**body);
                found->second.out_ms += (loan.returned.value_or(last->at) - loan.taken).count();
                return {};
            });
    }

    Value row_of(const std::string& by, const std::string& name, const Sum& sum) {
        Value row{Value::Object{}};
        row.add("number", ++number_);
        row.add("by", by);
        if (by == "seal")
            reading_.add_seal(row, SealId(name));
        else if (by == "person" || by == "custodian")
            add_present(row, "person", reading_.person(PersonId(name)));
        else
            row.add("name", name);
        row.add("uses", sum.uses);
        row.add("impressions", sum.impressions);
        row.add("cross_page", sum.cross_page);
        if (by == "custodian") {
            row.add("loans", sum.loans);
            row.add("out_ms", sum.out_ms);
            row.add("witnessed", sum.witnessed);
        }
        return row;
    }

    Status tell(const std::string& by, const Section& section, bool most_first) {
        number_ = 0;
        std::vector<const Section::value_type*> rows;
        for (const auto& one : section)
            rows.push_back(&one);
        if (most_first)
            std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
                return std::pair{a->second.impressions + a->second.cross_page, a->second.loans} >
                       std::pair{b->second.impressions + b->second.cross_page, b->second.loans};
            });
        for (const auto* one : rows)
            if (auto status = emit_(row_of(by, one->first, one->second)); !status) return status;
        return {};
    }

    ReportReading& reading_;
    const Emit& emit_;
    UseScan scan_;
    Section seals_, entities_, persons_, departments_, documents_, hours_, custodians_;
    std::int64_t number_ = 0;
};

}  // namespace

Status usage_report(ReportReading& reading, const Emit& emit) {
    return Usage(reading, emit).run();
}

}  // namespace seals::engine
