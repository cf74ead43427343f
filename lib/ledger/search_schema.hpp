// The tables of search.db. Inside this room only.
//   doc   the text of each entry with what a hit shows and the filters compare
//   idx   FTS5 over the text: contentless, without positions; what it finds is looked at in doc
//   span  least and greatest time of each kSpan entries: clocks step, so time does not follow seq
//   mark  how far it goes, the hash of that entry, and the newest erasure before it was begun: a
//         later one has the file made anew
#pragma once

#include <cstdint>

namespace seals::ledger {

inline constexpr std::int64_t kSearchVersion = 2;
inline constexpr std::int64_t kSearchApplicationId = 0x5345414b;  // "SEAK"
inline constexpr std::uint64_t kSpan = 8192;

inline constexpr const char* kSearchTables = R"sql(
CREATE TABLE doc(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL,
    seal TEXT NOT NULL, request TEXT NOT NULL, person TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE idx USING fts5(text, content='', columnsize=0, detail=none, tokenize='cjk2');
CREATE TABLE span(n INTEGER PRIMARY KEY, least INTEGER NOT NULL, greatest INTEGER NOT NULL);
CREATE TABLE mark(seq INTEGER NOT NULL, hash BLOB NOT NULL, erased INTEGER NOT NULL);
INSERT INTO mark VALUES(0, x'', 0);
)sql";

}  // namespace seals::ledger
