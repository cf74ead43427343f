// Pages: rows put on pages that are full at the same row whenever they are made from the same rows,
// each with its own sums and those so far. What a page looks like is the Paper's affair. Keeps
// nothing but sums. Pure; one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "report/form.hpp"

namespace seals::report {

using Out = std::function<void(std::string_view)>;

// Stands for the number of pages until it is known: whoever keeps the output puts it in its place.
// No text has it, as control characters are taken out of all.
inline constexpr char kPagesMark = '\x01';

// What is told of a report beside its rows.
struct Head {
    ReportKind kind = ReportKind::use_register;
    Instant from, to;
    std::string seal, entity;  // empty: all
    std::string origin;        // of the ledger: which cabinet
    bool simulated = false;
    std::int64_t size = 0;  // of the ledger
    std::string root;
};

std::string title_of(const Head& head);    // "用印登记簿(模拟柜 SIMULATED)"
std::string unit_of(const Head& head);     // "单位:…"
std::string period_of(const Head& head);   // "期间:… 至 …"
std::string ledger_of(const Head& head);   // "账本规模 12  根哈希 …"
std::string page_text(std::int64_t page);  // "第 1 页/共 m 页", m as its mark

struct PrintRow {
    std::vector<std::string> cells;
    std::string section;  // not empty: it begins one
};

class Paper {
  public:
    virtual ~Paper() = default;
    virtual std::size_t room() const = 0;  // for rows on a page, in a unit of its own
    virtual std::size_t height_of(const PrintRow& row) const = 0;
    virtual void begin_page(std::int64_t page) = 0;
    virtual void row(const PrintRow& row) = 0;
    // `last`: sums are then those of all.
    virtual void end_page(std::int64_t page, const ReportSums& of_page, const ReportSums& so_far,
                          bool last) = 0;
};

class Pages {
  public:
    Pages(const Form& form, Paper& paper) : form_(form), paper_(paper) {}

    void add(const Value& row);
    void finish();  // an empty report has a page, too
    std::int64_t pages() const { return page_; }

  private:
    void turn();

    const Form& form_;
    Paper& paper_;
    std::int64_t page_ = 0;
    std::size_t used_ = 0;
    ReportSums of_page_{form_.kind}, so_far_{form_.kind};
    std::string section_;
};

}  // namespace seals::report
