#include "engine/held.hpp"

#include "base/log.hpp"
#include "base/origin.hpp"
#include "engine/tree_root.hpp"
#include "leaf/checkpoint.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kMostBytes = leaf::kMaxNoteBytes;
constexpr const char* kRemedy =
    "nothing was appended. Put the newer ledger back, or run `sealctl ledger restore`: it fetches "
    "the missing entries from a newer copy, or goes on under a new origin and says so";

Error behind(const leaf::Checkpoint& held, std::uint64_t size, const std::string& path) {
    return {Code::corrupt,
            "the ledger has " + std::to_string(size) + " entries, and this device once signed " +
                std::to_string(held.size) + " (" + path +
                "): it was rolled back, or the disk lost what it had confirmed",
            kRemedy};
}

Error another(const leaf::Checkpoint& held, const std::string& path) {
    return {Code::corrupt,
            "the first " + std::to_string(held.size) +
                " entries of the ledger are not those that this device once signed (" + path + ")",
            kRemedy};
}

Status check_one(ledger::Reader& reader, const Held& file, const std::string& origin) {
    const auto& held = file.checkpoint;
    auto ours = read_origin(origin), theirs = read_origin(held.origin);
    // One from before a rollback is over entries that were kept.
    if (!origin.empty() && (!theirs.same_node(ours) || theirs.epoch > ours.epoch))
        return Error{Code::corrupt,
                     file.path + " is of " + held.origin + ", the ledger of " + origin, kRemedy};
    auto size = reader.size();
    if (!size) return size.error();
    if (*size < held.size) return behind(held, *size, file.path);
    auto root = root_at(reader, held.size);
    if (!root) return root.error();
    return *root == held.root ? Status{} : Status(another(held, file.path));
}

}  // namespace

Status hold(const std::string& folder, const char* which, const std::string& note,
            evidence::Durable durable) {
    return evidence::replace_file(folder + which, as_bytes(note), durable, 0640);
}

Result<std::vector<Held>> read_held(const std::string& folder) {
    std::vector<Held> out;
    for (const auto* which : {kHeldSigned, kHeldCosigned}) {
        auto path = folder + which;
        auto bytes = evidence::read_file(path, kMostBytes);
        if (!bytes && bytes.error().code == Code::not_found) continue;
        if (!bytes) return bytes.error();
        auto opened = leaf::read_checkpoint(as_text(*bytes));
        if (opened)
            out.push_back({path, opened->checkpoint});
        else
            log(Priority::warning, "evidence", "a held checkpoint is not whole",
                {{"file", path}, {"why", opened.error().detail}});
    }
    return out;
}

Status check_held(ledger::Reader& reader, const std::string& folder, const std::string& origin) {
    auto held = read_held(folder);
    if (!held) return held.error();
    for (const auto& one : *held)
        if (auto status = check_one(reader, one, origin); !status) return status;
    return {};
}

}  // namespace seals::engine
