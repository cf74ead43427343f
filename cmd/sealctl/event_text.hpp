// Events and states in words for people. `event` is an envelope of the API. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/value.hpp"
#include "table.hpp"
#include "words/terms.hpp"
#include "words/texts.hpp"

namespace seals::sealctl {

// A word of a closed set in that language; in English, and where the set has none, as it stands.
std::string term_text(std::span<const TermRow> terms, const std::string& name, Language language);

std::string event_text(const std::string& type, Language language);  // "door opened"
Style style_of(const std::string& type);                             // of events that are bad news

// What else an event says: slot, verdict, rule and reason, counts.
std::string note_of(const Value& event, Language language);

// One step of a visit as its person hears it; nullopt for what only the ledger cares for.
std::optional<std::string> step_text(const Value& event, Language language);
// How it ended. `session` is the API's session.
std::string ending_text(const Value& session, Language language);

}  // namespace seals::sealctl
