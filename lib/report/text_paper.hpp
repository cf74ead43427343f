// The print form as plain text: A4 landscape at 12 characters and 6 lines an inch, 132 columns and
// 44 lines a page, form feeds between pages. Pure; one thread.
#pragma once

#include "report/pages.hpp"

namespace seals::report {

inline constexpr std::size_t kPageColumns = 132;
inline constexpr std::size_t kPageLines = 44;

class TextPaper : public Paper {
  public:
    TextPaper(const Form& form, Head head, Out out);

    std::size_t room() const override { return room_; }
    std::size_t height_of(const PrintRow& row) const override;
    void begin_page(std::int64_t page) override;
    void row(const PrintRow& row) override;
    void end_page(std::int64_t page, const ReportSums& of_page, const ReportSums& so_far,
                  bool last) override;

  private:
    using Lines = std::vector<std::string>;
    std::vector<Lines> lines_of(const std::vector<std::string>& cells) const;
    void say(const std::string& line);
    void say_cells(const std::vector<std::string>& cells, bool titles);
    void rule();

    const Form& form_;
    Head head_;
    Out out_;
    std::vector<std::string> titles_;
    std::size_t room_ = 0, said_ = 0;
};

}  // namespace seals::report
