// The print form as HTML: the same pages as a browser prints them, one section each. How high a row
// becomes is reckoned from its text, on the safe side. Pure; one thread.
#pragma once

#include "report/pages.hpp"

namespace seals::report {

class HtmlPaper : public Paper {
  public:
    HtmlPaper(const Form& form, Head head, Out out);

    std::size_t room() const override { return room_; }
    std::size_t height_of(const PrintRow& row) const override;
    void begin_page(std::int64_t page) override;
    void row(const PrintRow& row) override;
    void end_page(std::int64_t page, const ReportSums& of_page, const ReportSums& so_far,
                  bool last) override;

    // A page without a table, its foot as on all; for charts.
    void free_page(std::int64_t page, const std::string& body);

  private:
    void heading();
    void foot(std::int64_t page);
    void sums(const char* label, const ReportSums& sums);

    const Form& form_;
    Head head_;
    Out out_;
    std::vector<std::size_t> widths_;  // of text, in half-width characters
    std::size_t room_ = 0;
};

}  // namespace seals::report
