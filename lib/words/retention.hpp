// THE table of retention classes: which files of the record are kept for how long. An entry names a
// file as document or as image; with the entry's type that gives the class. A file that several
// entries name stays until the terms of all have passed. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/instant.hpp"
#include "words/event_types.hpp"

namespace seals {

enum class RetentionClass { scene, documents, finance, lists, count_ };

struct RetentionRow {
    RetentionClass klass;
    std::string_view name;  // also the key in [retention]
    std::string_view default_term;
    std::string_view en, zh;
};

std::span<const RetentionRow> retention_rows();
const RetentionRow& row_of(RetentionClass klass);

enum class Kept { document, image };  // how the entry names it
// `finance`: a finance seal is concerned.
RetentionClass retention_class_of(EventType type, Kept kept, bool finance);
bool retention_needs_seal(EventType type);  // whether `finance` makes a difference

// When what was named then may go, by a term as the configuration writes it; none: never. A term
// that is not one counts as "permanent".
std::optional<Instant> retention_end(Instant named, std::string_view term);

}  // namespace seals
