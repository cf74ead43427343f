#include "api/records.hpp"

#include <algorithm>

#include "base/slot.hpp"
#include "base/text.hpp"

namespace seals::api {
namespace {

constexpr std::int64_t kMostCopies = 100'000;
constexpr std::size_t kMostLines = 100;

Status check_id(const std::string& text, const std::string& field) {
    if (valid_id(text)) return {};
    return invalid(field, text.empty()
                              ? "\"" + field + "\" is empty"
                              : "\"" + field + "\" is no id: 1 to 96 bytes, no space, / ? # or %");
}

Result<std::vector<PersonId>> person_ids(const std::vector<std::string>& texts,
                                         const std::string& field) {
    std::vector<PersonId> out;
    for (const auto& text : texts) {
        if (auto status = check_id(text, field); !status) return status.error();
        if (std::find(out.begin(), out.end(), PersonId(text)) == out.end()) out.emplace_back(text);
    }
    return out;
}

bool filing_number(const std::string& text) {
    return text.size() == 13 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<rules::Line> line_of(const wire::RequestRecordLine& record, const std::string& at,
                            rules::RequestUpsert::LineGiven& given) {
    rules::Line line;
    if (auto status = check_id(record.seal, at + "seal"); !status) return status.error();
    line.seal = SealId(record.seal);
    auto in_bounds = [](std::int64_t n, std::int64_t least) {
        return n >= least && n <= kMostCopies;
    };
    if (!in_bounds(record.copies, 1))
        return invalid(at + "copies", "copies must be from 1 to 100000");
    if (record.count && !in_bounds(*record.count, 1))
        return invalid(at + "count", "count must be from 1 to 100000");
    if (!in_bounds(record.cross_page, 0))
        return invalid(at + "cross_page", "cross_page must be from 0 to 100000");
    auto users = person_ids(record.users, at + "users");
    if (!users) return users.error();
    line.copies = record.copies;
    line.count = record.count.value_or(0);
    line.cross_page = record.cross_page;
    line.users = std::move(*users);
    line.valid_from = record.valid_from.value_or(Instant{});
    line.valid_to = record.valid_to.value_or(Instant{});
    given = {record.count.has_value(), !line.users.empty(), record.valid_from.has_value(),
             record.valid_to.has_value()};
    return line;
}

}  // namespace

Result<rules::Command> to_command(const wire::PersonRecord& record) {
    if (auto status = check_id(record.id, "id"); !status) return status.error();
    if (trimmed(record.name).empty()) return invalid("name", "\"name\" is empty");
    rules::Person person;
    person.id = PersonId(record.id);
    person.name = record.name;
    person.department = record.department;
    person.phone = record.phone;
    person.role = record.role.empty() ? "staff" : record.role;
    person.active = record.active;
    return rules::Command{rules::PersonUpsert{std::move(person)}};
}

Result<rules::Command> to_command(const wire::SealRecord& record) {
    if (auto status = check_id(record.id, "id"); !status) return status.error();
    if (trimmed(record.name).empty()) return invalid("name", "\"name\" is empty");
    if (!record.filing_no.empty() && !filing_number(record.filing_no))
        return invalid("filing_no", "a filing number has 13 digits");
    rules::Seal seal;
    if (!record.slot.empty()) {
        auto slot = slot_number(record.slot);
        if (!slot) return invalid("slot", "\"slot\" must be a number from 1 to 999");
        seal.slot = slot_id(*slot);
    }
    auto custodians = person_ids(record.custodians, "custodians");
    if (!custodians) return custodians.error();
    seal.id = SealId(record.id);
    seal.name = record.name;
    seal.type = record.type;
    seal.entity = record.entity;
    seal.filing_no = record.filing_no;
    seal.custodians = std::move(*custodians);
    return rules::Command{rules::SealUpsert{std::move(seal), record.state == "active"}};
}

Result<rules::Command> to_command(const wire::RequestRecord& record,
                                  rules::Idempotency idempotency) {
    if (auto status = check_id(record.external_id, "external_id"); !status) return status.error();
    if (auto status = check_id(record.source, "source"); !status) return status.error();
    if (auto status = check_id(record.applicant, "applicant"); !status) return status.error();
    if (record.lines.size() > kMostLines)
        return invalid("lines", "a request has at most 100 lines");
    rules::RequestUpsert upsert;
    upsert.status = record.status;
    upsert.idempotency = std::move(idempotency);
    auto& request = upsert.request;
    request.source = record.source;
    request.external_id = record.external_id;
    request.applicant = PersonId(record.applicant);
    request.applicant_name = record.applicant_name;
    request.department = record.department;
    request.title = record.title;
    request.chain = record.chain;
    request.remark = record.remark;
    request.applied_at = record.applied_at;
    if (const auto& out = record.take_out) {
        if (!out->supervisor.empty())
            if (auto status = check_id(out->supervisor, "take_out.supervisor"); !status)
                return status.error();
        request.take_out =
            rules::TakeOut{out->place, out->due, out->reason, PersonId(out->supervisor)};
    }
    for (std::size_t i = 0; i < record.lines.size(); ++i) {
        rules::RequestUpsert::LineGiven given;
        auto line = line_of(record.lines[i], "lines[" + std::to_string(i) + "].", given);
        if (!line) return line.error();
        request.lines.push_back(std::move(*line));
        upsert.given.push_back(given);
    }
    return rules::Command{std::move(upsert)};
}

Result<rules::Command> to_command(const wire::ImportItem& item) {
    if (item.person) return to_command(*item.person);
    if (item.seal) return to_command(*item.seal);
    if (item.request) return to_command(*item.request);
    return invalid("record", "the record is empty");
}

}  // namespace seals::api
