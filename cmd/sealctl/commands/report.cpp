// sealctl report: rendered as the rows come, added up once more by what was printed, and printed
// only when it is whole and both sums are the same.
#include "wire/report.hpp"

#include <array>

#include <fmt/format.h>

#include "commands/table.hpp"
#include "page_file.hpp"
#include "reply.hpp"
#include "report/renderer.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

// {"kind", "from", ..., "items": [...], "totals", "ledger"}; the rows as they came.
class JsonReport {
  public:
    JsonReport(const Value& head, report::Out out) : out_(std::move(out)) {
        std::string text = "{";
        for (const auto& [name, value] : *head.object())
            if (name != "rows" && name != "ledger")
                text += wire::dump_json(name) + ":" + wire::dump_json(value) + ",";
        out_(text + "\"items\":[");
    }
    void row(std::string_view text) {
        out_(before_);
        out_(text);
        before_ = ",\n";
    }
    void end(const Value& last) {
        Value ledger{Value::Object{}};
        ledger.add("size", last.integer_or("size"));
        ledger.add("root", last.text_or("root"));
        const auto* totals = last.find("totals");
        out_("],\"totals\":" + wire::dump_json(totals != nullptr ? *totals : Value{}) +
             ",\"ledger\":" + wire::dump_json(ledger) + "}\n");
    }

  private:
    report::Out out_;
    std::string_view before_ = "\n";
};

class Report {
  public:
    Report(Context& context, PageFile& file, std::string format, std::string seal)
        : context_(context), file_(file), format_(std::move(format)), seal_(std::move(seal)) {}

    // A line of the stream: the head, a row, or the end. False: no more of it is wanted.
    bool take(const Value& line, std::string_view text) {
        if (!head_) return begin(line);
        if (line.find("code") != nullptr) return true;  // the end; run() looks at it
        sums_->add(line);
        if (json_) json_->row(text);
        if (renderer_) renderer_->row(line);
        progress();
        return true;
    }

    bool begun() const { return head_.has_value(); }

    // What was printed was added up here once more, by another program than the one that read it.
    Status end(const Value& last) {
        const auto* totals = last.find("totals");
        bool same = totals != nullptr && sums_->agrees(*totals) && sums_->rows() == head_->rows &&
                    last.integer_or("size") == head_->ledger.size &&
                    last.text_or("root") == head_->ledger.root;
        if (!same) return internal(context_.text("report.disagree"));
        if (json_) json_->end(last);
        if (renderer_) renderer_->end();
        auto pages = renderer_ ? renderer_->pages() : 0;
        context_.print.progress("");
        return file_.print(context_.print, report::kPagesMark, std::to_string(pages));
    }

  private:
    bool begin(const Value& line) {
        auto head = wire::read<wire::ReportHead>(line);
        auto kind = head ? report_kind_named(head->kind) : std::nullopt;
        if (!kind) return false;  // a problem, or no report at all
        head_ = std::move(*head);
        sums_.emplace(*kind);
        report::Out out = [this](std::string_view text) { file_.add(text); };
        if (format_ == "json")
            json_.emplace(line, out);
        else
            renderer_ = renderer_of(*kind, std::move(out));
        return true;
    }
    std::unique_ptr<report::Renderer> renderer_of(ReportKind kind, report::Out out) {
        report::Head head{kind,
                          head_->from,
                          head_->to,
                          seal_,
                          head_->entity.value_or(""),
                          head_->origin,
                          head_->simulated,
                          head_->ledger.size,
                          head_->ledger.root};
        if (format_ == "csv") return report::csv_renderer(head, std::move(out));
        if (format_ == "html") return report::html_renderer(head, std::move(out));
        return report::text_renderer(head, std::move(out));
    }
    void progress() {
        constexpr std::int64_t kEvery = 500;
        if (sums_->rows() % kEvery != 0 || head_->rows == 0) return;
        context_.print.progress(context_.text(
            "report.progress", {std::to_string(sums_->rows()), std::to_string(head_->rows),
                                std::to_string(sums_->rows() * 100 / head_->rows)}));
    }

    Context& context_;
    PageFile& file_;
    std::string format_, seal_;
    std::optional<wire::ReportHead> head_;
    std::optional<ReportSums> sums_;
    std::optional<JsonReport> json_;
    std::unique_ptr<report::Renderer> renderer_;
};

constexpr std::array kFormats{"txt", "csv", "html", "json"};

std::optional<std::string> format_of(Context& context) {
    if (context.print.json()) return "json";
    auto named = context.arguments.maybe("--format").value_or(kFormats.front());
    for (const char* format : kFormats)
        if (named == format) return named;
    return std::nullopt;
}

// The forms are Chinese, and so are their days: they begin and end in Beijing.
std::optional<Instant> moment(Context& context, const std::string& name, Edge edge) {
    return time_from(context.arguments.one(name), Language::zh_CN, edge);
}

int stream(Context& context, const std::string& path, Report& report) {
    context.print.progress(context.text("report.reading"));
    auto reply = context.daemon.follow(
        path, [&](const Value& line, std::string_view text) { return report.take(line, text); });
    context.print.progress("");
    if (!reply) return fail(context, reply.error());
    if (reply->problem) return show_reply(context, reply, {});
    if (reply->body.find("detail") != nullptr)
        return fail(context, client::error_of(reply->body, reply->status));
    if (!report.begun()) return fail(context, internal(context.text("report.no_head")));
    if (auto status = report.end(reply->body); !status) return fail(context, status.error());
    return 0;
}

int run_report(Context& context) {
    auto from = moment(context, "--from", Edge::start), to = moment(context, "--to", Edge::end);
    if (!from || !to)
        return wrong_usage(context, "usage.time",
                           {context.arguments.one(from ? "--to" : "--from")});
    auto format = format_of(context);
    if (!format) return wrong_usage(context, "usage.report", {context.arguments.one("--format")});
    auto seal = context.arguments.one("--seal");
    auto file = PageFile::create();
    if (!file) return fail(context, file.error());
    auto path =
        client::with_query(client::path_of("/v1/reports/{}", {context.arguments.one("KIND")}),
                           {{"from", to_rfc3339(*from)},
                            {"to", to_rfc3339(*to)},
                            {"seal", seal},
                            {"entity", context.arguments.one("--entity")}});
    auto named = *format == "json" ? seal : Names::with_id(context.names.seal_name(seal), seal);
    Report report(context, *file, *format, named);
    return stream(context, path, report);
}

constexpr Option kReport[] = {{"KIND", "", "opt.report_kind", true},
                              {"--from", "TIME", "opt.from.report", true},
                              {"--to", "TIME", "opt.to.report", true},
                              {"--seal", "ID", "opt.seal.report"},
                              {"--entity", "NAME", "opt.entity.report"},
                              {"--format", "txt|csv|html|json", "opt.format.report"}};
const Command kCommands[] = {{"report", kReport, false, run_report}};

}  // namespace

std::span<const Command> report_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
