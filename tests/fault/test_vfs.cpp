#include "test_vfs.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>

#include <sqlite3.h>
#include <sys/stat.h>

namespace seals::test {
namespace {

struct File {
    sqlite3_file base;
    sqlite3_file* real;  // in the memory behind this struct
};

sqlite3_file* real_of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file)->real;
}

// --- faults from a file, for programs that cannot be reached otherwise ---

void read_controls(const char* path) {
    Faults& to = faults();
    to.clear();
    std::ifstream lines(path);
    std::string name;
    std::int64_t value = 0;
    while (lines >> name >> value) {
        if (name == "fail_syncs") to.fail_syncs = value;
        if (name == "fail_writes") to.fail_writes = value;
        if (name == "room") to.room = value;
        if (name == "sync_ms") to.sync_ms = value;
        if (name == "read_only") to.read_only = value;
    }
}

// Looked at once in a millisecond at most: a commit writes many pages.
void follow_controls() {
    using Steady = std::chrono::steady_clock;
    static const char* const path = std::getenv("SEALS_TEST_VFS");
    if (path == nullptr) return;
    static std::mutex mutex;
    static timespec seen{-1, 0};
    static Steady::time_point looked{};
    std::lock_guard lock(mutex);
    auto now = Steady::now();
    if (now - looked < std::chrono::milliseconds(1)) return;
    looked = now;
    struct stat info {};
    if (::stat(path, &info) != 0) info.st_mtim = {};
    if (info.st_mtim.tv_sec == seen.tv_sec && info.st_mtim.tv_nsec == seen.tv_nsec) return;
    seen = info.st_mtim;
    read_controls(path);
}

// Takes one from a count of faults; a count below 0 never runs out.
bool take(std::atomic<std::int64_t>& count) {
    auto now = count.load();
    while (now > 0)
        if (count.compare_exchange_weak(now, now - 1)) return true;
    return now < 0;
}

bool read_only() {
    follow_controls();
    if (faults().read_only.load() == 0) return false;
    errno = EROFS;
    return true;
}

// --- the methods that differ from the real file's ---

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    if (read_only() || take(faults().fail_writes)) return SQLITE_IOERR_WRITE;
    auto room = faults().room.load();
    if (room >= 0) {
        sqlite3_int64 end = 0;
        if (int code = real_of(file)->pMethods->xFileSize(real_of(file), &end); code != SQLITE_OK)
            return code;
        auto growth = std::max<sqlite3_int64>(offset + size - end, 0);
        if (growth > room) {
            ++traffic().refused;
            return SQLITE_FULL;
        }
        faults().room = room - growth;
    }
    traffic().bytes += size;
    return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, offset);
}

int sync(sqlite3_file* file, int flags) {
    if (read_only()) return SQLITE_IOERR_FSYNC;
    auto start = std::chrono::steady_clock::now();
    ++traffic().syncs;
    if (take(faults().fail_syncs)) return SQLITE_IOERR_FSYNC;
    int code = real_of(file)->pMethods->xSync(real_of(file), flags);
    std::this_thread::sleep_until(start + std::chrono::milliseconds(faults().sync_ms.load()));
    return code;
}

// --- the others, passed on ---

int close(sqlite3_file* file) {
    auto* real = real_of(file);
    return real->pMethods != nullptr ? real->pMethods->xClose(real) : SQLITE_OK;
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    return real_of(file)->pMethods->xRead(real_of(file), to, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (read_only()) return SQLITE_IOERR_TRUNCATE;
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int control(sqlite3_file* file, int op, void* arg) {
    return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}
int sector_size(sqlite3_file* file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}
int traits(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) {
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

// Version 2: no memory-mapped reading, which would go past us.
const sqlite3_io_methods kMethods = {2,           close,       read,    write,   truncate,
                                     sync,        file_size,   lock,    unlock,  check_lock,
                                     control,     sector_size, traits,  shm_map, shm_lock,
                                     shm_barrier, shm_unmap,   nullptr, nullptr};

sqlite3_vfs* real_vfs(sqlite3_vfs* vfs) {
    return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* mine = reinterpret_cast<File*>(file);
    mine->base.pMethods = nullptr;
    mine->real = reinterpret_cast<sqlite3_file*>(mine + 1);
    mine->real->pMethods = nullptr;
    if (read_only()) {
        flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        flags |= SQLITE_OPEN_READONLY;
    }
    int code = real_vfs(vfs)->xOpen(real_vfs(vfs), name, mine->real, flags, out_flags);
    if (mine->real->pMethods != nullptr) mine->base.pMethods = &kMethods;
    return code;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    if (read_only()) return SQLITE_IOERR_DELETE;
    return real_vfs(vfs)->xDelete(real_vfs(vfs), name, sync_folder);
}

}  // namespace

void Faults::clear() {
    fail_syncs = 0;
    fail_writes = 0;
    room = -1;
    sync_ms = 0;
    read_only = 0;
}

Faults& faults() {
    static Faults faults;
    return faults;
}

Traffic& traffic() {
    static Traffic traffic;
    return traffic;
}

void register_test_vfs(bool as_default) {
    static sqlite3_vfs vfs;
    if (sqlite3_vfs_find(kTestVfs) != nullptr) return;
    auto* real = sqlite3_vfs_find(nullptr);
    vfs = *real;  // the rest is the real one's, which looks at no state of its own
    vfs.zName = kTestVfs;
    vfs.pNext = nullptr;
    vfs.pAppData = real;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    sqlite3_vfs_register(&vfs, as_default ? 1 : 0);
}

}  // namespace seals::test
