#include "reconcile_lines.hpp"

#include <utility>

#include "commands/import.hpp"
#include "event_text.hpp"
#include "report/csv.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

struct Sum {
    std::int64_t items = 0, exported = 0, ledger = 0, loans = 0, uses = 0;

    void add(const Sum& other) {
        items += other.items;
        exported += other.exported;
        ledger += other.ledger;
        loans += other.loans;
        uses += other.uses;
    }
    friend bool operator==(const Sum&, const Sum&) = default;
};

const Value* object_in(const Value& item, std::string_view name) {
    const auto* value = item.find(name);
    return value != nullptr && !value->is_null() ? value : nullptr;
}

std::string number_in(const Value* side, const char* name) {
    const auto* value = side != nullptr ? object_in(*side, name) : nullptr;
    return value != nullptr ? std::to_string(side->integer_or(name)) : std::string{};
}

Style style_of_state(const std::string& state) {
    if (state == "matched") return Style::good;
    return state == "explained" ? Style::plain : Style::bad;
}

std::string detail_text(const Value& item, Language language) {
    auto text = term_text(line_details(), item.text_or("detail"), language);
    auto differs = item.texts_or("differs");
    return differs.empty() ? text : text + ": " + joined(differs, ", ");
}

std::string reason_of(const Value& item) {
    const auto* told = object_in(item, "explanation");
    return told != nullptr ? told->text_or("reason") : std::string{};
}

// How the lines are printed; the summing is the same.
class Lines {
  public:
    explicit Lines(Context& context) : context_(context) {}
    virtual ~Lines() = default;
    virtual void begin(const Value&) {}
    virtual void add(const Value& item) = 0;
    virtual void end(const Value& run, const std::map<std::string, Sum>& sums) = 0;

  protected:
    std::string term(std::span<const TermRow> rows, const Value& item, const char* name) {
        return term_text(rows, item.text_or(name), context_.print.language());
    }
    Context& context_;
};

// The members of the reply, whose items are written as they come.
class JsonLines : public Lines {
  public:
    using Lines::Lines;
    void begin(const Value&) override { context_.print.raw("{\"items\":["); }
    void add(const Value& item) override {
        context_.print.raw(std::exchange(before_, ","));
        context_.print.raw(wire::dump_json(item));
    }
    void end(const Value& run, const std::map<std::string, Sum>&) override {
        context_.print.raw("],\"next\":null");
        for (const auto& [name, value] : *run.object())
            if (name != "items" && name != "next")
                context_.print.raw("," + wire::dump_json(name) + ":" + wire::dump_json(value));
        context_.print.line("}");
    }

  private:
    const char* before_ = "";
};

class CsvLines : public Lines {
  public:
    using Lines::Lines;
    void begin(const Value&) override {
        std::vector<report::Cell> heads;
        for (const char* head :
             {"head.request", "head.seal", "head.source", "head.class", "head.state",
              "head.line_detail", "head.differs", "head.loans", "head.uses", "head.oa_state",
              "head.oa_copies", "head.oa_count", "head.ledger_state", "head.ledger_copies",
              "head.ledger_count", "head.late_since", "head.reason"})
            heads.emplace_back(context_.text(head));
        context_.print.raw(report::kCsvMark);
        context_.print.raw(report::csv_line(heads));
    }
    void add(const Value& item) override {
        const auto *oa = object_in(item, "oa"), *ledger = object_in(item, "ledger");
        auto since = instant_of(item.find("since"));
        context_.print.raw(report::csv_line(
            {item.text_or("external_id"), item.text_or("seal"), item.text_or("source"),
             term(line_classes(), item, "class"), term(line_states(), item, "state"),
             term(line_details(), item, "detail"), joined(item.texts_or("differs")),
             std::to_string(item.integer_or("loans")), std::to_string(item.integer_or("uses")),
             oa != nullptr ? oa->text_or("state") : "", number_in(oa, "copies"),
             number_in(oa, "count"), ledger != nullptr ? ledger->text_or("state") : "",
             number_in(ledger, "copies"), number_in(ledger, "count"),
             since ? context_.print.at(*since) : "", reason_of(item)}));
    }
    void end(const Value&, const std::map<std::string, Sum>&) override {}
};

class TableLines : public Lines {
  public:
    explicit TableLines(Context& context)
        : Lines(context),
          all_(context.arguments.has("--all")),
          table_({{context.text("head.request")},
                  {context.text("head.seal")},
                  {context.text("head.class")},
                  {context.text("head.state")},
                  {context.text("head.loans"), Align::right},
                  {context.text("head.used_allowed"), Align::right},
                  {context.text("head.line_detail"), Align::left, true}}) {}

    void add(const Value& item) override {
        auto state = item.text_or("state");
        if (state == "matched" && !all_) return;
        const auto *oa = object_in(item, "oa"), *ledger = object_in(item, "ledger");
        auto detail = detail_text(item, context_.print.language());
        if (auto reason = reason_of(item); !reason.empty()) detail += " — " + reason;
        table_.row({item.text_or("external_id"), item.text_or("seal"),
                    term(line_classes(), item, "class"),
                    Cell(term(line_states(), item, "state"), style_of_state(state)),
                    std::to_string(item.integer_or("loans")),
                    std::to_string(item.integer_or("uses")) + "/" + number_in(oa, "count") + "/" +
                        number_in(ledger, "count"),
                    detail});
    }
    void end(const Value& run, const std::map<std::string, Sum>& sums) override {
        auto time = [&](const char* name) {
            auto at = instant_of(run.find(name));
            return at ? context_.print.at(*at) : std::string{};
        };
        const auto& totals = *run.find("totals");
        auto total = [&](const char* name) { return std::to_string(totals.integer_or(name)); };
        context_.print.say("reconcile.heading",
                           {run.text_or("id"), run.text_or("source"), time("from"), time("to")});
        if (!table_.empty()) {
            context_.print.line("");
            context_.print.table(table_);
        }
        print_refused(context_, run, totals.integer_or("refused"));
        context_.print.line("");
        print_sums(sums);
        context_.print.say("reconcile.proved", {total("export_lines"), total("ledger_lines"),
                                                total("loans"), total("uses")});
        if (totals.integer_or("repeated") + totals.integer_or("outside") > 0)
            context_.print.say("reconcile.beside", {total("repeated"), total("outside")});
        context_.print.say("reconcile.states",
                           {total("matched"), total("explained"), total("open")});
    }

  private:
    void print_sums(const std::map<std::string, Sum>& sums) {
        Table table({{context_.text("head.class")},
                     {context_.text("head.items"), Align::right},
                     {context_.text("head.export_lines"), Align::right},
                     {context_.text("head.ledger_lines"), Align::right},
                     {context_.text("head.loans"), Align::right},
                     {context_.text("head.uses"), Align::right}});
        Sum all;
        auto row = [&](const std::string& name, const Sum& sum) {
            table.row({name, std::to_string(sum.items), std::to_string(sum.exported),
                       std::to_string(sum.ledger), std::to_string(sum.loans),
                       std::to_string(sum.uses)});
        };
        for (const auto& term : line_classes()) {
            auto name = std::string(term.name);
            auto found = sums.find(name);
            auto sum = found != sums.end() ? found->second : Sum{};
            row(term_text(line_classes(), name, context_.print.language()), sum);
            all.add(sum);
        }
        row(context_.text("reconcile.sum"), all);
        context_.print.table(table);
    }

    bool all_;
    Table table_;
};

class Run {
  public:
    Run(Context& context, const Value& body, Lines& lines)
        : context_(context), body_(body), lines_(lines) {}

    int print() {
        lines_.begin(body_);
        take(body_);
        auto path = client::path_of("/v1/reconciliations/{}", {body_.text_or("id")});
        for (auto cursor = body_.text_or("next"); !cursor.empty();) {
            auto reply = context_.daemon.get(
                client::with_query(path, {{"cursor", cursor}, {"limit", "200"}}));
            if (!reply || reply->problem) return broke_off(reply);
            take(reply->body);
            cursor = reply->body.text_or("next");
        }
        lines_.end(body_, sums_);
        return agrees() ? 0 : disagree();
    }

  private:
    void take(const Value& page) {
        const auto* items = page.find("items");
        if (items == nullptr || items->array() == nullptr) return;
        for (const auto& item : *items->array()) {
            lines_.add(item);
            sums_[item.text_or("class")].add({1, item.integer_or("export_lines"),
                                              item.integer_or("ledger_lines"),
                                              item.integer_or("loans"), item.integer_or("uses")});
        }
    }
    // What is printed was added up here once more, by another program than the one that proved it.
    bool agrees() const {
        const auto* totals = body_.find("totals");
        if (totals == nullptr) return false;
        Sum all;
        for (const auto& [name, sum] : sums_)
            all.add(sum);
        return all == Sum{totals->integer_or("items"), totals->integer_or("export_lines"),
                          totals->integer_or("ledger_lines"), totals->integer_or("loans"),
                          totals->integer_or("uses")};
    }
    int disagree() {
        context_.print.error(internal(context_.text("reconcile.disagree", {body_.text_or("id")})));
        return row_of(Code::internal).exit;
    }
    int broke_off(const Result<Reply>& reply) {
        const auto& error = reply ? *reply->problem : reply.error();
        lines_.end(body_, sums_);
        context_.print.error(error);
        return row_of(error.code).exit;
    }

    Context& context_;
    const Value& body_;
    Lines& lines_;
    std::map<std::string, Sum> sums_;
};

}  // namespace

int print_reconciliation(Context& context, const Value& body) {
    JsonLines json(context);
    CsvLines csv(context);
    TableLines table(context);
    Lines* lines = &table;
    if (context.arguments.has("--csv")) lines = &csv;
    if (context.print.json()) lines = &json;
    return Run(context, body, *lines).print();
}

}  // namespace seals::sealctl
