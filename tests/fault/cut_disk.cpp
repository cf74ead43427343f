#include "cut_disk.hpp"

#include <algorithm>

namespace seals::test {
namespace {

void put(Bytes& to, std::size_t at, ByteView bytes) {
    if (to.size() < at + bytes.size()) to.resize(at + bytes.size());
    std::copy(bytes.begin(), bytes.end(), to.begin() + static_cast<std::ptrdiff_t>(at));
}

void apply(Bytes& to, const CutDisk::Change& change) {
    if (change.bytes.empty())
        to.resize(std::min(to.size(), change.at));
    else
        put(to, change.at, change.bytes);
}

}  // namespace

CutDisk::FilePtr CutDisk::find(const std::string& name) const {
    auto found = names_.find(name);
    return found == names_.end() ? nullptr : found->second;
}

CutDisk::FilePtr CutDisk::make(const std::string& name) {
    (void)tick("make", name);
    auto file = std::make_shared<File>();
    names_[name] = file;
    pending_names_.push_back({name, file});
    return file;
}

bool CutDisk::remove(const std::string& name) {
    bool done = tick("remove", name);
    names_.erase(name);
    pending_names_.push_back({name, nullptr});
    return done;
}

CutDisk::FilePtr CutDisk::make_nameless() {
    auto file = std::make_shared<File>();
    file->nameless = true;
    return file;
}

// True: the change is made. The one that the power fails in is pending, but was never answered.
bool CutDisk::tick(const char* what, const std::string& name) {
    bool counts = powered_ && left_ > 0 && (only_.empty() || only_ == what);
    if (counts && --left_ == 0) {
        powered_ = false;
        struck_ = what + (" " + name);
    }
    return powered_;
}

std::string CutDisk::name_of(const File& file) const {
    for (const auto& [name, known] : names_)
        if (known.get() == &file) return name;
    return "a file without a name";
}

bool CutDisk::write(File& file, std::size_t at, ByteView bytes) {
    if (!powered_) return false;
    bool done = tick("write", name_of(file));
    put(file.now, at, bytes);
    if (!file.nameless && !bytes.empty()) file.pending.push_back({at, to_bytes(bytes)});
    return done;
}

bool CutDisk::truncate(File& file, std::size_t size) {
    if (!powered_) return false;
    bool done = tick("truncate", name_of(file));
    apply(file.now, {size, {}});
    if (!file.nameless) file.pending.push_back({size, {}});
    return done;
}

bool CutDisk::sync(File& file) {
    if (!tick("sync", name_of(file))) return false;
    if (lies) return true;
    for (const auto& change : file.pending)
        apply(file.durable, change);
    file.pending.clear();
    return true;
}

bool CutDisk::sync_folder() {
    if (!tick("sync", "folder")) return false;
    if (lies) return true;
    durable_names_ = names_;
    pending_names_.clear();
    return true;
}

void CutDisk::choose_temper() {
    static constexpr unsigned kKeep[] = {0, 0, 10, 50, 50, 90, 100, 50};
    keep_ = kKeep[below(std::size(kKeep))];
    tear_ = static_cast<unsigned>(below(4) * 33);
    in_order_ = below(4) == 0;
}

CutDisk::Fate CutDisk::fate_of(std::size_t index, std::size_t count) {
    if (in_order_) {
        auto end = count * keep_ / 100;
        return index < end ? Fate::kept : index == end && tear_ > 0 ? Fate::torn : Fate::dropped;
    }
    if (below(100) < keep_) return Fate::kept;
    return below(100) < tear_ ? Fate::torn : Fate::dropped;
}

// What lies outside of the write is left alone, also in a sector that it covers in part: SQLite's
// unix VFS promises that much (SQLITE_IOCAP_POWERSAFE_OVERWRITE).
void CutDisk::tear(Bytes& to, const Change& change) {
    for (std::size_t from = 0; from < change.bytes.size();) {
        auto end = ((change.at + from) / kSector + 1) * kSector - change.at;
        end = std::min(end, change.bytes.size());
        if (below(2) == 0)
            put(to, change.at + from, ByteView(change.bytes).subspan(from, end - from));
        from = end;
    }
}

void CutDisk::survive(File& file) {
    for (std::size_t i = 0; i < file.pending.size(); ++i) {
        const auto& change = file.pending[i];
        auto fate = fate_of(i, file.pending.size());
        if (fate == Fate::torn && !change.bytes.empty())
            tear(file.durable, change);
        else if (fate == Fate::kept)
            apply(file.durable, change);
    }
    file.pending.clear();
    file.now = file.durable;
}

void CutDisk::restore_power() {
    choose_temper();
    for (std::size_t i = 0; i < pending_names_.size(); ++i) {
        if (fate_of(i, pending_names_.size()) != Fate::kept) continue;
        const auto& [name, file] = pending_names_[i];
        if (file)
            durable_names_[name] = file;
        else
            durable_names_.erase(name);
    }
    pending_names_.clear();
    names_ = durable_names_;
    for (const auto& [name, file] : names_)
        survive(*file);
    powered_ = true;
    left_ = 0;
    struck_.clear();
}

}  // namespace seals::test
