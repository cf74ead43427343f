#include "metrics.hpp"

#include <map>

#include <fmt/format.h>

#include "moment.hpp"

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
    text.gauge("seals_overdue", "Seals on loan beyond their time.", counts.integer_or("overdue"));
    text.gauge("seals_frozen_slots", "Slots that wait to be read again.",
               counts.integer_or("frozen"));
}

void add_inventory(Text& text, const Value& inventory) {
    text.gauge("seals_inventory_discrepancies", "Slots that the last inventory found amiss.",
               inventory.integer_or("discrepancies"));
    text.gauge("seals_inventory_mismatches", "Entries of the last blind inventory that differ.",
               inventory.integer_or("mismatches"));
    auto seconds = [&](const char* name, const char* member, const char* help) {
        if (auto at = instant_of(inventory.find(member))) text.gauge(name, help, at->ms / 1000);
    };
    seconds("seals_inventory_time_seconds", "time", "When the last inventory was made.");
    seconds("seals_inventory_due_seconds", "due", "When the next inventory is due.");
    seconds("seals_inventory_full_due_seconds", "full_due", "When the next of all slots is due.");
}

void add_attention(Text& text, const Value& status) {
    std::map<std::string, int> kinds;
    for (const char* kind : {"overdue", "recalled", "lost", "unknown", "quarantined", "unverified",
                             "frozen", "left_open", "handover", "override", "alerts"})
        kinds[kind] = 0;
    const auto* items = status.find("attention");
    if (items != nullptr && items->array() != nullptr)
        for (const auto& item : *items->array())
            ++kinds[item.text_or("kind")];
    text.family("seals_attention", "What needs a person, by kind.");
    for (const auto& [kind, count] : kinds)
        text.sample("seals_attention", count, fmt::format("kind=\"{}\"", label(kind)));
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
    if (const auto* inventory = status.find("inventory")) add_inventory(text, *inventory);
    add_attention(text, status);
    add_parts(text, status);
    return text.end();
}

}  // namespace seals::sealctl
