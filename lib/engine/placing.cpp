#include "engine/placing.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "base/log.hpp"
#include "engine/held.hpp"
#include "evidence/whole_file.hpp"

namespace seals::engine {
namespace {

constexpr const char* kMarker = "/restore.placing";
constexpr std::size_t kMostMarker = 4096;
constexpr std::array kOld = {"ledger.db", "ledger.db-wal", "ledger.db-shm",
                             "search.db", "search.db-wal", "search.db-shm"};

Error disk(const std::string& path) {
    return unavailable(path + ": " + std::strerror(errno), "look at the disk of that folder");
}

bool exists(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

bool plain_name(const std::string& name) {
    return !name.empty() && name[0] != '.' && name.find('/') == std::string::npos;
}

std::string written(const Placing& placing) {
    return placing.replaced + "\n" + (placing.held_too ? "held" : "-") + "\n" +
           (placing.key_aside.empty() ? "-" : placing.key_aside) + "\nend\n";
}

Result<Placing> read_marker(const std::string& folder) {
    auto path = folder + kMarker;
    auto bytes = evidence::read_file(path, kMostMarker);
    if (!bytes) return bytes.error();
    auto text = std::string(as_text(*bytes));
    std::array<std::string, 4> lines;
    std::size_t from = 0;
    for (auto& line : lines) {
        auto end = text.find('\n', from);
        if (end == std::string::npos) break;
        line = text.substr(from, end - from);
        from = end + 1;
    }
    if (lines[3] != "end" || !plain_name(lines[0]) || !plain_name(lines[2]))
        return Error{Code::corrupt, path + " is not what a restore writes",
                     "look into restoring/ and replaced-*/ beside it, and put in place by hand"};
    return Placing{lines[0], lines[1] == "held", lines[2] == "-" ? std::string{} : lines[2]};
}

Status move(const std::string& from, const std::string& to) {
    if (!exists(from)) return {};
    if (std::rename(from.c_str(), to.c_str()) != 0) return disk(from);
    return {};
}

Status move_old(const std::string& folder, const Placing& placing) {
    auto replaced = folder + "/" + placing.replaced;
    if (::mkdir(replaced.c_str(), 0700) != 0 && errno != EEXIST) return disk(replaced);
    for (const auto* name : kOld)
        if (auto status = move(folder + "/" + name, replaced + "/" + name); !status) return status;
    if (placing.held_too)
        for (const auto* name : {kHeldSigned, kHeldCosigned})
            if (auto status = move(folder + name, replaced + name); !status) return status;
    if (!placing.key_aside.empty()) {
        auto aside = folder + "/" + placing.key_aside;
        if (exists(aside)) aside = replaced + "/device.key";
        if (auto status = move(folder + "/device.key", aside); !status) return status;
        if (auto s = move(folder + "/device.key.next", replaced + "/device.key.next"); !s) return s;
    }
    return evidence::sync_folder_of(replaced + "/ledger.db");
}

// As long as the new ledger is not in its place, what lies there is old.
Status finish(const std::string& folder, const Placing& placing) {
    auto ready = folder + kPreparing + "/ledger.db";
    auto in_place = folder + "/ledger.db";
    if (exists(ready)) {
        if (auto status = move_old(folder, placing); !status) return status;
        if (auto status = move(ready, in_place); !status) return status;
    }
    if (!exists(in_place))
        return Error{Code::corrupt, in_place + " is missing after a restore that was interrupted",
                     "run `sealctl ledger restore` again"};
    if (auto status = evidence::sync_folder_of(in_place); !status) return status;
    auto marker = folder + kMarker;
    if (::unlink(marker.c_str()) != 0) return disk(marker);
    return evidence::sync_folder_of(marker);
}

void clear(const std::string& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder + kPreparing, ignored);
}

}  // namespace

Status place(const std::string& folder, const Placing& placing) {
    auto ready = folder + kPreparing + "/ledger.db";
    if (auto status = evidence::sync_folder_of(ready); !status) return status;
    auto status = evidence::replace_file(folder + kMarker, as_bytes(written(placing)),
                                         evidence::Durable::yes);
    if (status) status = finish(folder, placing);
    if (status) clear(folder);
    return status;
}

Status finish_placing(const std::string& folder) {
    if (!exists(folder + kMarker)) {
        clear(folder);
        return {};
    }
    auto placing = read_marker(folder);
    if (!placing) return placing.error();
    if (auto status = finish(folder, *placing); !status) return status;
    clear(folder);
    log(Priority::warning, "sealsd", "a restore that was interrupted is finished",
        {{"replaced", placing->replaced}});
    return {};
}

}  // namespace seals::engine
