#include "event_text.hpp"

#include <algorithm>
#include <array>

#include "moment.hpp"
#include "words/alert_types.hpp"
#include "words/cli_texts.hpp"
#include "words/event_types.hpp"
#include "words/rules.hpp"

namespace seals::sealctl {
namespace {

// The text of the key, or nothing where the table has none.
std::string text_if_any(Language language, const std::string& key,
                        const std::vector<std::string>& args = {}) {
    return has_cli_text(key) ? cli_text(language, key, args) : std::string{};
}

const Value& data_of(const Value& event) {
    static const Value kNone;
    const auto* data = event.find("data");
    return data != nullptr ? *data : kNone;
}

std::string scalar_text(const Value& value) {
    if (const auto* text = value.string()) return *text;
    if (const auto* number = value.integer()) return std::to_string(*number);
    if (const auto* flag = value.boolean()) return *flag ? "true" : "false";
    return {};
}

// Why a refusal refused: its text is kept as a key with arguments, so it can be told in any
// language.
std::string refusal_text(const Value& data, Language language) {
    auto id = data.text_or("rule");
    auto why = data.text_or("text");
    auto text = id;
    if (!why.empty())
        text += (id.empty() ? "" : " ") + render(language, why, data.texts_or("args"));
    return text;
}

void add_part(std::string& to, const std::string& part) {
    if (!part.empty()) to += (to.empty() ? "" : ", ") + part;
}

// Times in data are ms since 1970.
std::string due_of(const Value& data, Language language) {
    auto due = instant_of(data.find("due"));
    return due ? time_with_zone(*due, language) : std::string{};
}

std::string counts_text(const Value& data, Language language) {
    static constexpr std::array kCounts{"accepted", "unchanged", "withdrawn",
                                        "left_out", "refused",   "conflicts"};
    std::string text;
    for (const char* name : kCounts)
        if (data.find(name) != nullptr)
            add_part(text, cli_text(language, "note." + std::string(name),
                                    {std::to_string(data.integer_or(name))}));
    return text;
}

}  // namespace

std::string term_text(std::span<const TermRow> terms, const std::string& name, Language language) {
    if (language == Language::en) return name;
    auto found = std::find_if(terms.begin(), terms.end(),
                              [&](const TermRow& row) { return row.name == name; });
    return found == terms.end() ? name : std::string(found->zh);
}

std::string event_text(const std::string& type, Language language) {
    auto known = event_type_named(type);
    if (!known) return type;
    const auto& row = row_of(*known);
    return std::string(language == Language::zh_CN ? row.zh : row.en);
}

Style style_of(const std::string& type) {
    static constexpr std::array kBad{"slot.forced",       "seal.missing",  "seal.quarantined",
                                     "verify.tag_failed", "alert.raised",  "alert.repeated",
                                     "seal.unknown",      "cabinet.frozen"};
    static constexpr std::array kDoubtful{"take.refused",
                                          "return.refused",
                                          "session.unknown",
                                          "session.timeout",
                                          "session.null",
                                          "slot.left_open",
                                          "slot.unlock_abandoned",
                                          "seal.returned_unverified",
                                          "verify.tag_unreadable",
                                          "auth.failed",
                                          "auth.locked_out",
                                          "clock.stepped",
                                          "device.silent",
                                          "disk.low",
                                          "approval.refused",
                                          "request.rejected",
                                          "act.refused"};
    if (std::find(kBad.begin(), kBad.end(), type) != kBad.end()) return Style::bad;
    if (std::find(kDoubtful.begin(), kDoubtful.end(), type) != kDoubtful.end())
        return Style::warning;
    return Style::plain;
}

std::string note_of(const Value& event, Language language) {
    const auto& data = data_of(event);
    std::string note;
    if (auto slot = data.text_or("slot"); !slot.empty())
        add_part(note, cli_text(language, "note.slot", {slot}));
    if (auto alert = data.text_or("alert"); !alert.empty()) {
        add_part(note, std::string(alert_text(language, alert)));
    }
    if (auto verdict = data.text_or("verdict"); !verdict.empty()) {
        bool session = event.text_or("type").starts_with("session.");
        add_part(note, term_text(session ? session_verdicts() : verdicts(), verdict, language));
    }
    add_part(note, refusal_text(data, language));
    for (const char* name : {"post_title", "reason", "factor", "stage", "origin", "version",
                             "about", "device", "job", "scope"})
        if (const auto* value = data.find(name)) add_part(note, scalar_text(*value));
    if (auto due = due_of(data, language); !due.empty())
        add_part(note, cli_text(language, "note.due", {due}));
    if (event.text_or("type") == "import.finished") add_part(note, counts_text(data, language));
    return note;
}

std::optional<std::string> step_text(const Value& event, Language language) {
    auto type = event.text_or("type");
    const auto& data = data_of(event);
    auto reason = data.text_or("reason");
    if (type == "alert.raised") {
        auto alert = data.text_or("alert");
        return cli_text(language, "step.alert.raised", {std::string(alert_text(language, alert))});
    }
    if (type == "seal.taken")
        if (auto due = due_of(data, language); !due.empty())
            return cli_text(language, "step.seal.taken.due", {due});
    auto key = "step." + type;
    if (!has_cli_text(key)) return std::nullopt;
    return cli_text(language, key, {reason});
}

std::string ending_text(const Value& session, Language language) {
    auto verdict = session.text_or("verdict");
    if (verdict.empty()) verdict = "unknown";
    auto special = "end." + session.text_or("kind") + "." + verdict;
    auto told = text_if_any(language, special);
    if (told.empty()) told = text_if_any(language, "end." + verdict);
    return told.empty() ? term_text(session_verdicts(), verdict, language) : told;
}

}  // namespace seals::sealctl
