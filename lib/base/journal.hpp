// Journal: entries with fields for systemd's journal, in its native datagram protocol (systemd.io,
// "Native Journal Protocol"), which needs no library. Never blocks; any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seals {

using JournalField = std::pair<std::string, std::string>;

inline constexpr const char* kJournalSocket = "/run/systemd/journal/socket";

// Whether what this descriptor writes goes to the journal: $JOURNAL_STREAM names its device and
// inode. A variable that was only inherited does not count.
bool journal_reads(int fd);

// "seal" → "SEALS_SEAL": a name that the journal takes and that no other program uses.
std::string journal_name(std::string_view name);

// The bytes of an entry; a value may hold anything, a new line too.
std::string journal_entry(const std::vector<JournalField>& fields);

// false: the journal is not there or takes nothing now.
bool send_to_journal(const std::string& entry, const char* path = kJournalSocket);

}  // namespace seals
