#include "helper/intake.hpp"

#include "wire/json.hpp"

namespace seals::helper {
namespace {

// A reply that is not what the protocol says is the program's fault, not the file's.
Error not_ours(const std::string& what) {
    return internal("sealsd-intake answered with what is no answer: " + what);
}

int count_of_contents(const wire::ImportItem& item) {
    return int{item.fault.has_value()} + int{item.person.has_value()} + int{item.seal.has_value()} +
           int{item.request.has_value()};
}

bool is_of_kind(const wire::ImportItem& item, std::string_view kind) {
    if (item.line < 1 || item.record < 1 || count_of_contents(item) != 1) return false;
    return item.fault || (kind == "persons" && item.person) || (kind == "seals" && item.seal) ||
           (kind == "requests" && item.request);
}

}  // namespace

std::string encode_job(const IntakeJob& job) {
    return wire::dump_json(Value::Object{{"kind", job.kind},
                                         {"format", job.format},
                                         {"source", job.source},
                                         {"timezone", job.timezone},
                                         {"map", job.map}});
}

Result<IntakeJob> decode_job(std::string_view text) {
    auto value = wire::parse_json(text);
    if (!value) return value.error();
    IntakeJob job;
    for (auto [name, member] : {std::pair{"kind", &IntakeJob::kind},
                                {"format", &IntakeJob::format},
                                {"source", &IntakeJob::source},
                                {"timezone", &IntakeJob::timezone},
                                {"map", &IntakeJob::map}}) {
        const auto* part = value->find(name);
        if (part == nullptr || part->string() == nullptr)
            return invalid(name, std::string("the job's ") + name + " is missing or no text");
        job.*member = *part->string();
    }
    return job;
}

Result<std::vector<wire::ImportItem>> decode_items(std::string_view text, std::string_view kind) {
    auto value = wire::parse_json(text);
    if (!value) return not_ours(value.error().detail);
    std::vector<wire::ImportItem> items;
    if (auto read = wire::read_value(*value, items, "items"); !read)
        return not_ours(read.error().detail);
    if (items.size() > kBatchItems) return not_ours("a batch of too many items");
    for (const auto& item : items)
        if (!is_of_kind(item, kind))
            return not_ours("record " + std::to_string(item.record) + " is none of the " +
                            std::string(kind));
    return items;
}

std::string encode_end(std::int64_t records) {
    return wire::dump_json(Value::Object{{"records", records}});
}

Result<std::int64_t> decode_end(std::string_view text) {
    auto value = wire::parse_json(text);
    const auto* records = value ? value->find("records") : nullptr;
    if (records == nullptr || records->integer() == nullptr || *records->integer() < 0)
        return not_ours("an end without the number of records");
    return *records->integer();
}

std::string encode_error(const Error& error) {
    Value::Object members{{"code", row_of(error.code).name}, {"detail", error.detail}};
    if (!error.remedy.empty()) members.emplace_back("remedy", error.remedy);
    if (!error.field.empty()) members.emplace_back("field", error.field);
    if (error.line) members.emplace_back("line", std::int64_t{*error.line});
    if (error.record) members.emplace_back("record", std::int64_t{*error.record});
    return wire::dump_json(std::move(members));
}

Error decode_error(std::string_view text) {
    auto value = wire::parse_json(text);
    auto code = value ? code_named(value->text_or("code")) : std::nullopt;
    if (!code || *code == Code::ok || value->text_or("detail").empty())
        return not_ours("an error without code or detail");
    Error error{*code, value->text_or("detail"), value->text_or("remedy"), value->text_or("field")};
    if (auto line = value->integer_or("line"); line > 0) error.line = line;
    if (auto record = value->integer_or("record"); record > 0) error.record = record;
    return error;
}

Status IntakeReply::send(IntakeKind kind, const std::string& payload) {
    return write_frame(fd_, static_cast<std::uint8_t>(kind), payload, deadline_);
}

Status IntakeReply::flush() {
    if (items_ == 0) return {};
    auto status = send(IntakeKind::items, batch_ + "]");
    batch_.clear();
    items_ = 0;
    return status;
}

Status IntakeReply::put(const wire::ImportItem& item) {
    auto text = wire::dump_json(wire::write(item));
    if (items_ == kBatchItems || batch_.size() + text.size() > kBatchBytes)
        if (auto status = flush(); !status) return status;
    batch_ += (items_ == 0 ? "[" : ",") + text;
    ++items_;
    return {};
}

Status IntakeReply::finish(const Result<std::int64_t>& records) {
    if (!records) return send(IntakeKind::error, encode_error(records.error()));
    if (auto status = flush(); !status) return status;
    return send(IntakeKind::end, encode_end(*records));
}

}  // namespace seals::helper
