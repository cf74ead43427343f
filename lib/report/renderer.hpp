// Renderer: a report as it comes, row by row, in one of the forms that people read. What it makes
// goes out at once, with kPagesMark in the place of the number of pages. Pure; one thread.
#pragma once

#include <memory>

#include "report/pages.hpp"

namespace seals::report {

class Renderer {
  public:
    virtual ~Renderer() = default;
    virtual void row(const Value& row) = 0;
    virtual void end() = 0;
    virtual std::int64_t pages() const { return 0; }  // after end(); 0: it has none
};

std::unique_ptr<Renderer> csv_renderer(const Head& head, Out out);
std::unique_ptr<Renderer> text_renderer(const Head& head, Out out);
std::unique_ptr<Renderer> html_renderer(const Head& head, Out out);

}  // namespace seals::report
