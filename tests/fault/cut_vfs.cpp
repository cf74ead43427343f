#include "cut_vfs.hpp"

#include <algorithm>
#include <cstring>

#include <sqlite3.h>
#include <sys/stat.h>

namespace seals::test {
namespace {

// An open file; SQLite's struct has room for the pointer only.
struct Open {
    CutVfs& vfs;
    CutDisk::FilePtr file;
    std::string name;
    bool sync_folder = false;  // at the next sync: the unix VFS's UNIXFILE_DIRSYNC
    int level = SQLITE_LOCK_NONE;

    CutDisk& disk() const { return vfs.disk(); }
    CutLocks& locks() const { return vfs.locks_of(name); }
};

struct Handle {
    sqlite3_file base;
    Open* open;
};

Open& of(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file)->open;
}

CutVfs& of(sqlite3_vfs* vfs) {
    return *static_cast<CutVfs*>(vfs->pAppData);
}

std::size_t natural(sqlite3_int64 number) {
    return static_cast<std::size_t>(number);
}

int close(sqlite3_file* file) {
    auto& open = of(file);
    open.locks().lower(&open, open.level, SQLITE_LOCK_NONE);
    delete &open;
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    auto& open = of(file);
    if (!open.disk().powered()) return SQLITE_IOERR_READ;
    const auto& bytes = open.file->now;
    auto at = std::min(natural(offset), bytes.size());
    auto count = std::min(natural(size), bytes.size() - at);
    auto* out = static_cast<std::uint8_t*>(to);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, out);
    std::fill(out + count, out + size, std::uint8_t{0});
    return count == natural(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    auto& open = of(file);
    ByteView view(static_cast<const std::uint8_t*>(bytes), natural(size));
    return open.disk().write(*open.file, natural(offset), view) ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& open = of(file);
    return open.disk().truncate(*open.file, natural(size)) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* file, int) {
    auto& open = of(file);
    if (!open.disk().sync(*open.file)) return SQLITE_IOERR_FSYNC;
    if (!open.sync_folder) return SQLITE_OK;
    open.sync_folder = false;
    return open.disk().sync_folder() ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    if (!of(file).disk().powered()) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(of(file).file->now.size());
    return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
    auto& open = of(file);
    return open.locks().raise(&open, open.level, level) ? SQLITE_OK : SQLITE_BUSY;
}

int unlock(sqlite3_file* file, int level) {
    auto& open = of(file);
    open.locks().lower(&open, open.level, level);
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* out) {
    *out = of(file).locks().reserved() ? 1 : 0;
    return SQLITE_OK;
}

// SQLite hands us the text of the value that it is about to look at: it is written over in place.
// Should a later SQLite hand out a copy, the settings that must lose would lose nothing, and the
// test that wants them to would fail.
int overrule(const CutVfs& vfs, char** args) {
    auto found = args[1] == nullptr ? vfs.pragmas.end() : vfs.pragmas.find(args[1]);
    if (found == vfs.pragmas.end() || args[2] == nullptr) return SQLITE_NOTFOUND;
    const auto& value = found->second;
    if (value.empty()) return SQLITE_OK;
    if (value.size() > std::strlen(args[2])) return SQLITE_ERROR;
    std::copy_n(value.c_str(), value.size() + 1, args[2]);
    return SQLITE_NOTFOUND;
}

int control(sqlite3_file* file, int op, void* arg) {
    if (op != SQLITE_FCNTL_PRAGMA) return SQLITE_NOTFOUND;
    return overrule(of(file).vfs, static_cast<char**>(arg));
}

int sector_size(sqlite3_file*) {
    return 4096;
}

int traits(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int index, int size, int make, void volatile** out) {
    auto& open = of(file);
    *out = nullptr;
    if (!open.disk().powered()) return SQLITE_IOERR_SHMMAP;
    open.locks().use_slots(&open);
    *out = open.locks().region(static_cast<std::size_t>(index), natural(size), make != 0);
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int first, int count, int flags) {
    auto& open = of(file);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        open.locks().unlock_slots(&open, first, count);
        return SQLITE_OK;
    }
    bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    return open.locks().lock_slots(&open, first, count, exclusive) ? SQLITE_OK : SQLITE_BUSY;
}

void shm_barrier(sqlite3_file*) {}

int shm_unmap(sqlite3_file* file, int) {
    of(file).locks().forget_slots(&of(file));
    return SQLITE_OK;
}

// Version 2: no memory-mapped reading.
const sqlite3_io_methods kMethods = {2,           close,       read,    write,   truncate,
                                     sync,        file_size,   lock,    unlock,  check_reserved,
                                     control,     sector_size, traits,  shm_map, shm_lock,
                                     shm_barrier, shm_unmap,   nullptr, nullptr};

bool lies_there_empty(const char* path) {
    struct stat info {};
    return ::stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == 0;
}

CutDisk::FilePtr file_for(CutDisk& disk, const char* name, int flags) {
    if (name == nullptr) return CutDisk::make_nameless();
    auto file = disk.find(name);
    if (file) return file;
    bool take_over = (flags & SQLITE_OPEN_MAIN_DB) != 0 && lies_there_empty(name);
    if ((flags & SQLITE_OPEN_CREATE) == 0 && !take_over) return nullptr;
    return disk.make(name);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* handle = reinterpret_cast<Handle*>(file);
    handle->base.pMethods = nullptr;
    auto& mine = of(vfs);
    if (!mine.disk().powered()) return SQLITE_CANTOPEN;
    auto found = file_for(mine.disk(), name, flags);
    if (!found) return SQLITE_CANTOPEN;
    constexpr int kJournal = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    bool fresh = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kJournal) != 0;
    handle->open = new Open{mine, std::move(found), name != nullptr ? name : "", fresh};
    handle->base.pMethods = &kMethods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    auto& disk = of(vfs).disk();
    if (!disk.powered()) return SQLITE_IOERR_DELETE;
    if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
    if (!disk.remove(name)) return SQLITE_IOERR_DELETE;
    if (sync_folder == 0) return SQLITE_OK;
    return disk.sync_folder() ? SQLITE_OK : SQLITE_IOERR_DIR_FSYNC;
}

// As the unix VFS: an empty file does not count as being there.
int access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    auto& disk = of(vfs).disk();
    if (!disk.powered()) return SQLITE_IOERR_ACCESS;
    auto file = disk.find(name);
    *out = file && (flags != SQLITE_ACCESS_EXISTS || !file->now.empty()) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int room, char* out) {
    sqlite3_snprintf(room, out, "%s", name);
    return std::strlen(name) < natural(room) ? SQLITE_OK : SQLITE_CANTOPEN;
}

int sleep(sqlite3_vfs*, int micros) {
    return micros;
}

}  // namespace

CutVfs::CutVfs(CutDisk& disk, std::string name)
    : disk_(disk),
      name_(std::move(name)),
      vfs_(std::make_unique<sqlite3_vfs>(*sqlite3_vfs_find(nullptr))) {
    vfs_->szOsFile = sizeof(Handle);
    vfs_->zName = name_.c_str();
    vfs_->pNext = nullptr;
    vfs_->pAppData = this;
    vfs_->xOpen = &seals::test::open;
    vfs_->xDelete = &seals::test::remove;
    vfs_->xAccess = &access;
    vfs_->xFullPathname = &full_path;
    vfs_->xSleep = &sleep;
    sqlite3_vfs_register(vfs_.get(), 0);
}

CutVfs::~CutVfs() {
    sqlite3_vfs_unregister(vfs_.get());
}

}  // namespace seals::test
