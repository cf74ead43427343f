// Sheet maker: the parts that all statements of evidence have. Shared by the files that make them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reply.hpp"
#include "statement_sheet.hpp"

namespace seals::sealctl {

class SheetMaker {
  public:
    SheetMaker(Context& context, const LeafSet& set, const StatementHead& head)
        : context_(context), set_(set), head_(head) {}

    report::SheetPart& part(std::string_view key);  // numbered
    void fact(std::string_view key, const std::string& text);
    void what(const evidence::Period& period);
    void takes(const std::vector<evidence::TakeSeen>& all);
    void chain(std::string_view key, const std::vector<const evidence::Entry*>& all);
    void device(const std::vector<const evidence::Entry*>& all);
    void checkpoint();
    void limits();
    void how();
    report::Sheet finish(std::string title, std::string verdict, bool good);

    std::string text(std::string_view key, const std::vector<std::string>& args = {}) const {
        return context_.text(key, args);
    }
    std::string time(Instant at) const { return time_with_zone(at, context_.print.language()); }
    std::string span(milliseconds length) const;
    std::string event(const std::string& name) const;
    std::string persons(const std::vector<std::string>& ids) const;
    std::string reason(const evidence::Reason& reason) const;
    std::string reasons(const std::vector<evidence::Reason>& all) const;
    std::string custody(const std::string& name) const;
    void columns(std::initializer_list<std::string_view> keys);  // of the part's table
    report::SheetPart& now() { return sheet_.parts.back(); }

  private:
    std::string note(const leaf::Leaf& leaf) const;

    Context& context_;
    const LeafSet& set_;
    const StatementHead& head_;
    report::Sheet sheet_;
};

}  // namespace seals::sealctl
