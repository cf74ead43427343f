#include "metrics.hpp"

#include <fmt/format.h>

namespace seals::sealctl {
namespace {

// As the text formats want label values: backslash, quote and line feed escaped.
std::string label(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

class Text {
  public:
    void family(std::string_view name, std::string_view help) {
        out_ += fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
    }
    template <class Number>
    void sample(std::string_view name, Number value, std::string_view labels = {}) {
        out_ += labels.empty() ? fmt::format("{} {}\n", name, value)
                               : fmt::format("{}{{{}}} {}\n", name, labels, value);
    }
    template <class Number>
    void gauge(std::string_view name, std::string_view help, Number value) {
        family(name, help);
        sample(name, value);
    }
    std::string end() { return std::move(out_) + "# EOF\n"; }

  private:
    std::string out_;
};

void add_seals(Text& text, const Value& counts) {
    text.family("seals_seals", "Seals by where they are.");
    for (const char* place : {"in_slot", "out", "unverified", "quarantined", "unknown"})
        text.sample("seals_seals", counts.integer_or(place), fmt::format("place=\"{}\"", place));
}

void add_parts(Text& text, const Value& status) {
    const auto* parts = status.find("parts");
    if (parts == nullptr || parts->array() == nullptr) return;
    text.family("seals_part_state", "Health of each part; 1 at the state that it is in.");
    for (const auto& part : *parts->array())
        for (const char* state : {"ok", "warning", "fault"})
            text.sample(
                "seals_part_state", part.text_or("state") == state ? 1 : 0,
                fmt::format("part=\"{}\",state=\"{}\"", label(part.text_or("part")), state));
}

}  // namespace

std::string metrics_of(const Value& status) {
    static const Value kNone;
    Text text;
    bool up = !status.is_null();
    text.gauge("seals_up", "Whether sealsd answered.", up ? 1 : 0);
    if (!up) return text.end();
    text.family("seals_build", "Version of sealsd and origin of its ledger.");
    text.sample("seals_build", 1,
                fmt::format("version=\"{}\",origin=\"{}\"", label(status.text_or("version")),
                            label(status.text_or("origin"))));
    text.gauge("seals_simulated", "Whether the cabinet is simulated.",
               status.boolean_or("simulated") ? 1 : 0);
    text.gauge("seals_uptime_seconds", "Since sealsd started.",
               static_cast<double>(status.integer_or("uptime_ms")) / 1000);
    text.gauge("seals_ledger_entries", "Entries of the ledger.", status.integer_or("ledger_size"));
    text.gauge("seals_indexed_entries", "Entries in the search index.",
               status.integer_or("indexed"));
    const auto* counts = status.find("counts");
    if (counts == nullptr) counts = &kNone;
    text.gauge("seals_slots", "Slots of the cabinet.", status.integer_or("slots"));
    text.gauge("seals_persons", "Persons known.", counts->integer_or("persons"));
    text.gauge("seals_visits", "Visits going on.", counts->integer_or("sessions"));
    add_seals(text, *counts);
    add_parts(text, status);
    return text.end();
}

}  // namespace seals::sealctl
