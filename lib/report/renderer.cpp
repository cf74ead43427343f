#include "report/renderer.hpp"

#include "report/chart.hpp"
#include "report/csv.hpp"
#include "report/html.hpp"
#include "report/html_paper.hpp"
#include "report/text_paper.hpp"
#include "report/usage.hpp"

namespace seals::report {
namespace {

class Csv : public Renderer {
  public:
    Csv(const Head& head, Out out) : form_(form_of(head.kind)), out_(std::move(out)) {
        out_(kCsvMark);
        std::vector<Cell> titles;
        for (auto title : form_.titles)
            titles.emplace_back(std::string(title));
        out_(csv_line(titles));
    }
    void row(const Value& row) override { out_(csv_line(form_.cells(row))); }
    void end() override {}

  private:
    const Form& form_;
    Out out_;
};

class Text : public Renderer {
  public:
    Text(const Head& head, Out out)
        : paper_(form_of(head.kind), head, std::move(out)), pages_(form_of(head.kind), paper_) {}
    void row(const Value& row) override { pages_.add(row); }
    void end() override { pages_.finish(); }
    std::int64_t pages() const override { return pages_.pages(); }

  private:
    TextPaper paper_;
    Pages pages_;
};

class Html : public Renderer {
  public:
    Html(const Head& head, Out out)
        : paper_(form_of(head.kind), head, out),
          pages_(form_of(head.kind), paper_),
          out_(std::move(out)) {
        out_(html_begin(title_of(head), page_style()));
    }
    void row(const Value& row) override { pages_.add(row); }
    void end() override {
        pages_.finish();
        out_(html_end());
    }
    std::int64_t pages() const override { return pages_.pages(); }

  private:
    HtmlPaper paper_;
    Pages pages_;
    Out out_;
};

constexpr std::string_view kChartStyle =
    ".charts{display:grid;grid-template-columns:1fr 1fr;gap:5mm 8mm;margin-top:3mm}"
    ".chart{width:100%;max-height:70mm;font-family:\"Noto Sans CJK SC\",\"Microsoft YaHei\","
    "\"PingFang SC\",sans-serif}\n";

// With pictures after the tables. A bar is kept a seal, person, department, hour: these are few.
class UsageHtml : public Renderer {
  public:
    UsageHtml(const Head& head, Out out)
        : paper_(form_of(head.kind), head, out),
          pages_(form_of(head.kind), paper_),
          out_(std::move(out)) {
        out_(html_begin(title_of(head), std::string(page_style()) + std::string(kChartStyle)));
    }
    void row(const Value& row) override {
        pages_.add(row);
        auto section = usage_section(row);
        if (sections_.empty() || sections_.back().first != section)
            sections_.emplace_back(section, std::vector<Bar>{});
        sections_.back().second.push_back(
            {usage_name(row), row.integer_or("impressions"), row.integer_or("cross_page")});
    }
    void end() override {
        pages_.finish();
        pictures();
        out_(html_end());
    }
    std::int64_t pages() const override { return pages_.pages() + picture_pages_; }

  private:
    void pictures() {
        constexpr std::size_t kOnAPage = 4, kBars = 12;
        std::string body;
        std::size_t there = 0;
        auto turn = [&] {
            ++picture_pages_;
            paper_.free_page(pages(), "<div class=\"charts\">\n" + body + "</div>\n");
            body.clear();
            there = 0;
        };
        for (const auto& [title, bars] : sections_) {
            bool hours = bars.front().name.find(":00–") != std::string::npos;
            body += hours ? standing_bars(title, by_hour(bars)) : lying_bars(title, bars, kBars);
            if (++there == kOnAPage) turn();
        }
        if (there > 0) turn();
    }
    // All of the day, also hours without a use, so that its shape is seen.
    static std::vector<Bar> by_hour(const std::vector<Bar>& bars) {
        std::vector<Bar> day(24);
        for (std::size_t hour = 0; hour < day.size(); ++hour) {
            auto name = (hour < 10 ? "0" : "") + std::to_string(hour);
            for (const auto& bar : bars)
                if (bar.name.starts_with(name)) day[hour] = bar;
            day[hour].name = name;
        }
        return day;
    }

    HtmlPaper paper_;
    Pages pages_;
    Out out_;
    std::vector<std::pair<std::string, std::vector<Bar>>> sections_;
    std::int64_t picture_pages_ = 0;
};

}  // namespace

std::unique_ptr<Renderer> csv_renderer(const Head& head, Out out) {
    return std::make_unique<Csv>(head, std::move(out));
}

std::unique_ptr<Renderer> text_renderer(const Head& head, Out out) {
    return std::make_unique<Text>(head, std::move(out));
}

std::unique_ptr<Renderer> html_renderer(const Head& head, Out out) {
    if (head.kind == ReportKind::usage) return std::make_unique<UsageHtml>(head, std::move(out));
    return std::make_unique<Html>(head, std::move(out));
}

}  // namespace seals::report
