// CutVfs: a CutDisk under SQLite, as a VFS of that name while the object lives. It syncs a folder
// when and only when SQLite's unix VFS does: at the first sync of a new journal or write-ahead log,
// and at a deletion that asks for it. Readers and writers of one process see each other; sleeping
// takes no time. One thread.
//   A program that makes its database file itself, with open(2), leaves an empty file on the real
//   file system: the VFS takes it over when it is opened, as a name that is not synced yet.
//   `pragmas`: what the program sets is overruled before SQLite sees it, so that code is tested
//   under settings that it does not offer. The value must not be longer than the program's; an
//   empty one: the pragma is not carried out.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "cut_disk.hpp"
#include "cut_locks.hpp"

struct sqlite3_vfs;

namespace seals::test {

class CutVfs {
  public:
    CutVfs(CutDisk& disk, std::string name);
    ~CutVfs();
    CutVfs(const CutVfs&) = delete;
    CutVfs& operator=(const CutVfs&) = delete;

    std::map<std::string, std::string> pragmas;

    CutDisk& disk() { return disk_; }
    CutLocks& locks_of(const std::string& name) { return locks_[name]; }

  private:
    CutDisk& disk_;
    std::string name_;
    std::map<std::string, CutLocks> locks_;  // by the database's name
    std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace seals::test
