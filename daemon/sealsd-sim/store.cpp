#include "store.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"
#include "wire/json.hpp"

namespace seals::simd {
namespace {

struct LineRow {  // read back on the same machine
    std::int64_t since_ms;
    std::int64_t active;
};

Error disk_error(const std::string& what) {
    return unavailable(what + ": " + std::strerror(errno));
}

Fd open_file(const std::string& path, int flags) {
    return Fd(::open(path.c_str(), flags | O_CLOEXEC, 0600));
}

Status write_all(int fd, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        auto written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return disk_error("write " + path);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

std::string read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    return std::move(text).str();
}

}  // namespace

Value to_value(const Pulse& pulse) {
    Value out;
    out.add("mono", pulse.mono_ms);
    out.add("slot", std::to_string(pulse.slot));
    out.add("line", "lock");
    out.add("active_ms", pulse.active_ms);
    if (!pulse.ended.empty()) out.add("ended", pulse.ended);
    return out;
}

Result<Store> Store::open(const std::string& dir) {
    ::mkdir(dir.c_str(), 0700);
    Store store;
    store.dir_ = dir;
    store.lock_ = open_file(dir + "/sim.lock", O_RDWR | O_CREAT);
    if (!store.lock_) return disk_error("open " + dir + "/sim.lock");
    if (::flock(store.lock_.get(), LOCK_EX | LOCK_NB) != 0)
        return Error{Code::conflict, "another sealsd-sim has " + dir,
                     "stop it, or give this one a directory of its own"};
    store.lines_ = open_file(dir + "/lines.bin", O_RDWR | O_CREAT);
    if (!store.lines_) return disk_error("open " + dir + "/lines.bin");
    store.trace_ = open_file(dir + "/trace.ndjson", O_WRONLY | O_CREAT | O_APPEND);
    if (!store.trace_) return disk_error("open " + dir + "/trace.ndjson");
    return store;
}

Result<std::optional<World>> Store::load() {
    auto path = dir_ + "/state.json";
    if (::access(path.c_str(), F_OK) != 0) return std::optional<World>{};
    auto saved = wire::parse_json(read_all(path));
    if (!saved) return Error{Code::corrupt, path + ": " + saved.error().detail};
    auto world = world_from(*saved);
    if (!world) return world.error();
    load_lines(*world);
    return std::optional<World>{std::move(*world)};
}

void Store::load_lines(World& world) const {
    for (auto& slot : world.slots) {
        LineRow row{};
        auto at = static_cast<off_t>(&slot - world.slots.data()) * off_t{sizeof row};
        if (::pread(lines_.get(), &row, sizeof row, at) != sizeof row) continue;
        slot.line = row.active != 0;
        slot.line_since = row.since_ms;
    }
}

Status Store::save_line(SlotNo number, const Slot& slot) {
    LineRow row{slot.line_since, slot.line ? 1 : 0};
    auto at = off_t{number - 1} * off_t{sizeof row};
    if (::pwrite(lines_.get(), &row, sizeof row, at) != sizeof row)
        return disk_error("write " + dir_ + "/lines.bin");
    return {};
}

Status Store::save(const World& world) {
    auto path = dir_ + "/state.json";
    auto fresh = path + ".new";
    auto file = open_file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) return disk_error("open " + fresh);
    if (auto status = write_all(file.get(), wire::dump_json(to_value(world)) + "\n", fresh);
        !status)
        return status;
    if (::rename(fresh.c_str(), path.c_str()) != 0) return disk_error("rename " + fresh);
    return {};
}

Status Store::trace(const Pulse& pulse) {
    return write_all(trace_.get(), wire::dump_json(to_value(pulse)) + "\n", dir_ + "/trace.ndjson");
}

Result<Value> Store::pulses(std::size_t most) const {
    auto text = read_all(dir_ + "/trace.ndjson");
    auto lines = split(text, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    Value::Array out;
    for (auto i = lines.size() > most ? lines.size() - most : 0; i < lines.size(); ++i) {
        auto pulse = wire::parse_json(lines[i]);
        if (!pulse) return Error{Code::corrupt, "the pulse trace holds a broken line"};
        out.push_back(std::move(*pulse));
    }
    return Value(std::move(out));
}

void Store::sync() {
    ::fdatasync(trace_.get());
    ::fdatasync(lines_.get());
    if (auto file = open_file(dir_ + "/state.json", O_RDONLY)) ::fsync(file.get());
    if (auto folder = open_file(dir_, O_RDONLY | O_DIRECTORY)) ::fsync(folder.get());
}

}  // namespace seals::simd
