#include "spool.hpp"

#include <algorithm>
#include <filesystem>

#include <unistd.h>

#include "disk/files.hpp"

namespace seals::outboxd {
namespace {

constexpr mode_t kShared = 0640;  // with the group of the folder
constexpr mode_t kSharedFolder = 02770;

// "x.json" and ".json" -> "x"; empty: it is none of these.
std::string stem_of(const std::string& file, std::string_view end) {
    bool is = file.size() > end.size() && file.ends_with(end) && !file.starts_with('.');
    return is ? file.substr(0, file.size() - end.size()) : std::string();
}

Status collect(const std::string& folder, const std::vector<std::string_view>& ends, bool taken,
               std::vector<Spool::Answer>& to) {
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), last; !error && at != last;
         at.increment(error)) {
        if (to.size() >= Spool::kMostAnswers) return {};
        for (auto end : ends) {
            auto name = stem_of(at->path().filename().string(), end);
            if (name.empty()) continue;
            Spool::Answer answer{name, taken, {}};
            if (end != ".json") {
                auto text = disk::read_file(at->path(), Spool::kMostReceipt);
                answer.taken = taken && text && *text && !(**text).empty();
                answer.text = !text   ? text.error().detail
                              : *text ? **text
                                      : "it went while it was read";
                if (taken && !answer.taken && answer.text.empty())
                    answer.text = "the receipt is empty";
            }
            auto same = std::find_if(to.begin(), to.end(), [&](const Spool::Answer& other) {
                return other.name == answer.name && other.taken == answer.taken;
            });
            if (same == to.end())
                to.push_back(std::move(answer));
            else if (same->text.empty())
                same->text = answer.text;
        }
    }
    if (error) return unavailable(folder + ": " + error.message());
    return {};
}

}  // namespace

Result<Spool> Spool::open(const std::string& dir) {
    if (auto status = disk::make_folder(dir, kSharedFolder); !status) return status.error();
    for (const auto* folder : {"/new", "/done", "/failed"})
        if (auto status = disk::make_folder(dir + folder, kSharedFolder); !status)
            return status.error();
    return Spool(dir);
}

Status Spool::drop(const std::string& name, const std::string& headers, const std::string& body) {
    auto path = dir_ + "/new/" + name;
    if (auto status = disk::write_file(path + ".headers", headers, kShared); !status) return status;
    return disk::write_file(path + ".json", body, kShared);
}

Result<std::vector<Spool::Answer>> Spool::answers() const {
    std::vector<Answer> out;
    if (auto status = collect(dir_ + "/done", {".receipt"}, true, out); !status)
        return status.error();
    if (auto status = collect(dir_ + "/failed", {".json", ".reason"}, false, out); !status)
        return status.error();
    return out;
}

void Spool::clear(const std::string& name) {
    for (const auto* file : {"/new/%.json", "/new/%.headers", "/done/%.receipt", "/done/%.json",
                             "/failed/%.json", "/failed/%.reason", "/failed/%.headers"}) {
        auto path = dir_ + file;
        path.replace(path.rfind('%'), 1, name);
        ::unlink(path.c_str());
    }
}

}  // namespace seals::outboxd
