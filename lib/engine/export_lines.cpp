#include "engine/export_lines.hpp"

#include "engine/ledger_lines.hpp"
#include "engine/normal_form.hpp"

namespace seals::engine {
namespace {

rules::LineStatus status_of(const std::string& text) {
    for (auto status :
         {rules::LineStatus::approved, rules::LineStatus::withdrawn, rules::LineStatus::rejected})
        if (name_of(status) == text) return status;
    return rules::LineStatus::pending;
}

// What the OA did not give is not compared.
rules::LineContent given_content(const rules::RequestUpsert& upsert, std::size_t i) {
    auto content = content_of(upsert.request, upsert.request.lines[i]);
    auto given = i < upsert.given.size() ? upsert.given[i] : rules::RequestUpsert::LineGiven{};
    if (!given.count) content.count.reset();
    if (!given.users) content.users = 0;
    if (!given.valid_from) content.valid_from.reset();
    if (!given.valid_to) content.valid_to.reset();
    return content;
}

class Reader {
  public:
    Reader(const ReconcileJob& job, rules::Comparison& comparison)
        : job_(job), comparison_(comparison) {}

    void take(const wire::ImportItem& item) {
        if (item.fault) return refuse(item, item.fault->field, item.fault->reason);
        auto command = job_.convert(item);
        if (!command) return refuse(item, command.error().field, command.error().detail);
        normalise(*command);
        const auto* upsert = std::get_if<rules::RequestUpsert>(&*command);
        if (upsert == nullptr) return;
        const auto& request = upsert->request;
        read.sources.insert(request.source);
        for (std::size_t i = 0; i < request.lines.size(); ++i)
            comparison_.add(rules::ExportLine{
                {request.external_id, request.lines[i].seal.str(), request.source},
                status_of(upsert->status),
                given_content(*upsert, i)});
    }

    ExportRead read;

  private:
    void refuse(const wire::ImportItem& item, std::string field, std::string reason) {
        ++read.refused_count;
        if (read.refused.size() < kMostListed)
            read.refused.push_back(
                {item.line, item.record, item.key, std::move(field), std::move(reason)});
    }

    const ReconcileJob& job_;
    rules::Comparison& comparison_;
};

}  // namespace

Result<ExportRead> read_export(const ReconcileJob& job, rules::Comparison& comparison,
                               const std::atomic<bool>& cancel) {
    auto file = job.open();
    if (!file) return file.error();
    auto socket = job.connect();
    if (!socket) return socket.error();
    Reader reader(job, comparison);
    auto each = [&](const std::vector<wire::ImportItem>& items) -> Status {
        if (cancel) return unavailable("sealsd stops; nothing was recorded", "run it again");
        for (const auto& item : items)
            reader.take(item);
        if (comparison.size() <= kMostCompared) return {};
        return invalid("file", "the export has more than " + std::to_string(kMostCompared) +
                                   " lines; reconcile it in parts");
    };
    auto status = helper::run_intake(socket->get(), job.job, file->get(), each);
    if (!status) return status.error();
    if (!job.job.source.empty()) reader.read.sources.insert(job.job.source);
    if (reader.read.sources.empty()) reader.read.sources.insert("csv");
    return std::move(reader.read);
}

}  // namespace seals::engine
