#include "engine/restore.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "base/compact_time.hpp"
#include "base/origin.hpp"
#include "base/text.hpp"
#include "engine/held.hpp"
#include "engine/newer.hpp"
#include "engine/placing.hpp"
#include "engine/renewal.hpp"
#include "engine/tree_root.hpp"
#include "engine/verifier.hpp"
#include "evidence/device_key.hpp"
#include "leaf/hash.hpp"
#include "ledger/copy.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kMostBasis = 2000;
constexpr std::size_t kNameBytes = 4;  // of a hash, in a file's name
constexpr const char* kWays =
    "either add `--newer COPY`: another copy of ledger.db, or a dump, that has the missing "
    "entries; "
    "or, if there is none, `--new-origin --basis TEXT`: the ledger then goes on under a new "
    "origin, "
    "and its next entry says what was lost";

void drop(const std::string& database) {
    for (const auto* end : {"", "-wal", "-shm", "-journal"})
        ::unlink((database + end).c_str());
}

class Restoration {
  public:
    Restoration(const RestoreAsk& ask, const Clock& clock)
        : ask_(ask),
          clock_(clock),
          preparing_(ask.folder + kPreparing),
          path_(preparing_ + "/ledger.db") {}

    Result<Restored> run();

  private:
    Status check_ask() const;
    Status begin();
    Status take_file(const std::string& from, const std::string& to);
    Status learn_held();
    Status learn_what_lies_there();
    Status fetch_newer();
    Status fetch(const std::string& from);
    Status fetch_dump(const std::string& from);
    Status fetch_ledger(const std::string& from);
    void now_is(const ledger::Ledger& ledger);
    Status judge();
    Status judge_one(const Held& held, bool& lacks);
    Status go_on_anew();
    Status append_rollback(ledger::Ledger& ledger, const Origin& next);
    Origin next_origin(const std::string& origin) const;
    Status remake();
    Status verify_result();
    Status put_in_place();
    Result<ledger::Reader> reader() const { return ledger::Reader::open(path_); }
    const Held* most_held() const;

    const RestoreAsk& ask_;
    const Clock& clock_;
    std::string preparing_, path_;
    std::string origin_, old_origin_;  // of the ledger that is made ready; before a rollback
    std::uint64_t size_ = 0;
    std::vector<Held> held_;
    bool changed_ = false;  // since it was verified
    Restored out_;
};

Result<Restored> Restoration::run() {
    for (auto step :
         {+[](Restoration& r) { return r.check_ask(); }, +[](Restoration& r) { return r.begin(); },
          +[](Restoration& r) { return r.learn_held(); },
          +[](Restoration& r) { return r.fetch_newer(); },
          +[](Restoration& r) { return r.judge(); },
          +[](Restoration& r) { return r.verify_result(); },
          +[](Restoration& r) { return r.put_in_place(); }}) {
        auto status = step(*this);
        if (status) continue;
        std::error_code ignored;  // nothing was put in place, or the next start finishes it
        if (!std::filesystem::exists(ask_.folder + "/restore.placing", ignored))
            std::filesystem::remove_all(preparing_, ignored);
        return status.error();
    }
    return out_;
}

Status Restoration::check_ask() const {
    if (!ask_.new_origin) return {};
    if (trimmed(ask_.basis).empty())
        return invalid("basis", "a new origin needs --basis: what happened, and who decided it");
    if (ask_.basis.size() > kMostBasis || !valid_utf8(ask_.basis))
        return invalid("basis", "the basis is no text of at most 2000 bytes");
    return {};
}

Status Restoration::begin() {
    if (auto status = finish_placing(ask_.folder); !status) return status;
    if (::mkdir(preparing_.c_str(), 0700) != 0)
        return unavailable(preparing_ + ": " + std::strerror(errno), "look at the disk");
    if (auto status = take_file(ask_.file, path_); !status) return status;
    if (read_origin(origin_).same_node(read_origin(ask_.origin))) return {};
    return Error{
        Code::conflict,
        ask_.file + " is the ledger of " + origin_ + ", the configuration is of " + ask_.origin,
        "name the configuration of that cabinet with --config, or its own backup"};
}

// A copy, brought to this program's form and verified in full. What it was made from stays as it
// is.
Status Restoration::take_file(const std::string& from, const std::string& to) {
    if (auto status = copy_plain(from, to); !status) return status;
    auto fault = [&](Error error) {
        error.detail = from + " does not verify: " + error.detail;
        error.remedy = "take another backup";
        return error;
    };
    {
        auto ledger = ledger::Ledger::open(to);
        if (!ledger && ledger.error().code == Code::corrupt) return fault(ledger.error());
        if (!ledger) return ledger.error();
        auto views = ledger::Reader::open(to);
        if (!views) return views.error();
        if (auto status = renew_views(*ledger, *views); !status) return status;
        now_is(*ledger);
    }
    auto report = verify_views(to);
    if (!report) return report.error();
    if (report->ok) return {};
    return fault(Error{Code::corrupt, "entry " + std::to_string(report->first_bad->seq) + ": " +
                                          report->first_bad->reason});
}

Status Restoration::learn_held() {
    auto held = read_held(ask_.folder);
    if (!held) return held.error();
    held_ = std::move(*held);
    out_.held = !held_.empty();
    return learn_what_lies_there();
}

// A ledger there that is whole, and is the one that was here, counts like a signed checkpoint: its
// last entries may not have been signed yet.
Status Restoration::learn_what_lies_there() {
    auto there = ask_.folder + "/ledger.db";
    std::error_code error;
    if (std::filesystem::file_size(there, error) == 0 || error) return {};
    if (std::filesystem::equivalent(there, ask_.file, error)) return {};
    ledger::VerifyOptions hashes;
    hashes.depth = ledger::Depth::hashes;
    auto report = ledger::verify(there, hashes);
    if (!report || !report->ok) return {};
    auto reader = ledger::Reader::open(there);
    if (!reader || !check_held(*reader, ask_.folder, {})) return {};
    held_.push_back({there, {{}, report->size, report->root}});
    return {};
}

Status Restoration::fetch_newer() {
    for (const auto& from : ask_.newer)
        if (auto status = fetch(from); !status) return status;
    return changed_ ? remake() : Status{};
}

Status Restoration::fetch(const std::string& from) {
    auto before = size_;
    auto fetched = is_database(from) ? fetch_ledger(from) : fetch_dump(from);
    if (!fetched) return fetched;
    out_.appended += size_ - before;
    return {};
}

Status Restoration::fetch_dump(const std::string& from) {
    auto ledger = ledger::Ledger::open(path_);
    if (!ledger) return ledger.error();
    auto fetched = fetch_from_dump(*ledger, from);
    if (!fetched) return fetched.error();
    out_.without_texts += fetched->without_texts;
    changed_ = changed_ || fetched->appended > 0;
    now_is(*ledger);
    return {};
}

// A copy that verifies, and begins with what we have, takes the place of it, vault and all. From
// one that does not verify the leaves are taken that continue ours.
Status Restoration::fetch_ledger(const std::string& from) {
    auto copy = preparing_ + "/newer.db";
    drop(copy);
    auto size = size_;
    auto origin = origin_;
    auto verified = take_file(from, copy);
    size_ = size;
    origin_ = origin;
    if (!verified && verified.error().code != Code::corrupt) return verified;
    {
        auto ledger = ledger::Ledger::open(path_);
        if (!ledger) return ledger.error();
        auto fetched = fetch_from_copy(*ledger, copy);
        if (!fetched) return fetched.error();
        now_is(*ledger);
        if (fetched->appended == 0) return {};
    }
    if (!verified || changed_) {
        changed_ = true;
        return {};
    }
    if (auto status = ledger::make_single(copy); !status) return status;
    drop(path_);
    std::error_code error;
    std::filesystem::rename(copy, path_, error);
    return error ? Status(unavailable(path_ + ": " + error.message())) : Status{};
}

void Restoration::now_is(const ledger::Ledger& ledger) {
    size_ = ledger.size();
    origin_ = ledger.origin();
}

Status Restoration::judge_one(const Held& held, bool& lacks) {
    lacks = size_ < held.checkpoint.size;
    if (lacks) return {};
    auto now = reader();
    if (!now) return now.error();
    auto root = root_at(*now, held.checkpoint.size);
    if (!root) return root.error();
    if (*root == held.checkpoint.root) return {};
    return Error{Code::corrupt,
                 "the first " + std::to_string(held.checkpoint.size) + " entries of " + ask_.file +
                     " are not those of " + held.path,
                 "take another backup. Only where a new machine began a ledger of its own here: "
                 "stop sealsd, "
                 "move the whole folder " +
                     ask_.folder + " away, and restore into an empty one"};
}

// All that was held must be in it; of what is not, a new origin says so.
Status Restoration::judge() {
    const Held* lacking = nullptr;
    for (const auto& held : held_) {
        bool lacks = false;
        if (auto status = judge_one(held, lacks); !status) return status;
        if (lacks && (lacking == nullptr || held.checkpoint.size > lacking->checkpoint.size))
            lacking = &held;
    }
    if (ask_.new_origin) return go_on_anew();
    if (lacking == nullptr) return {};
    return Error{Code::refused,
                 ask_.file + (out_.appended > 0 ? " with the newer copies" : "") + " has " +
                     std::to_string(size_) + " entries, and here were " +
                     std::to_string(lacking->checkpoint.size) + " (" + lacking->path +
                     "): a ledger never goes on under the same origin with less",
                 kWays};
}

const Held* Restoration::most_held() const {
    auto most = std::max_element(held_.begin(), held_.end(), [](const Held& a, const Held& b) {
        return a.checkpoint.size < b.checkpoint.size;
    });
    return most == held_.end() ? nullptr : &*most;
}

// After every origin that is known to have been used, so that none is used twice.
Origin Restoration::next_origin(const std::string& origin) const {
    auto next = read_origin(origin);
    auto after = [&](const std::string& other) {
        auto used = read_origin(other);
        if (used.same_node(next)) next.epoch = std::max(next.epoch, used.epoch);
    };
    for (const auto& held : held_)
        after(held.checkpoint.origin);
    if (auto key = evidence::load_device_key(ask_.folder + "/device.key")) after(key->name);
    ++next.epoch;
    return next;
}

Status Restoration::go_on_anew() {
    old_origin_ = origin_;
    auto next = next_origin(origin_);
    {
        auto ledger = ledger::Ledger::open(path_);
        if (!ledger) return ledger.error();
        if (auto status = append_rollback(*ledger, next); !status) return status;
        now_is(*ledger);
    }
    out_.new_origin = changed_ = true;
    return remake();
}

Status Restoration::append_rollback(ledger::Ledger& ledger, const Origin& next) {
    auto reading = clock_.read();
    const auto* held = most_held();
    rules::Event event;
    event.type = EventType::rolled_back;
    event.at = std::max(reading.utc, ledger.last_time());
    event.actor = ask_.actor;
    event.data.add("origin", next.text());
    event.data.add("kept", static_cast<std::int64_t>(ledger.size()));
    event.data.add("held_size",
                   held == nullptr ? 0 : static_cast<std::int64_t>(held->checkpoint.size));
    event.data.add("held_root", held == nullptr ? "" : to_base64(held->checkpoint.root));
    event.personal = {{"basis", ask_.basis}};
    auto done = ledger.append({&event, 1}, {clock_.boot_id(), reading.mono_ms});
    return done ? Status{} : Status(done.error());
}

Status Restoration::remake() {
    auto ledger = ledger::Ledger::open(path_);
    if (!ledger) return ledger.error();
    auto views = reader();
    if (!views) return views.error();
    return remake_views(*ledger, *views);
}

Status Restoration::verify_result() {
    auto report = verify_views(path_);
    if (!report) return report.error();
    if (!report->ok)
        return Error{Code::corrupt,
                     "what the copies give does not verify: entry " +
                         std::to_string(report->first_bad->seq) + ": " + report->first_bad->reason,
                     "give other copies"};
    out_.origin = origin_;
    out_.size = report->size;
    out_.root = report->root;
    return ledger::make_single(path_);
}

// A device's key signs for one origin: with another one it is set aside, and the start makes its
// own.
Status Restoration::put_in_place() {
    auto time = to_compact_utc(clock_.read().utc);
    Placing placing{"replaced-" + time, out_.new_origin};
    std::error_code error;
    for (int n = 2; std::filesystem::exists(ask_.folder + "/" + placing.replaced, error); ++n)
        placing.replaced = "replaced-" + time + "-" + std::to_string(n);
    if (out_.new_origin) {
        leaf::Hasher hasher;
        auto hash = hasher.sha256(as_bytes(old_origin_));
        placing.key_aside = "device.key." + to_hex(ByteView(hash).first(kNameBytes));
    }
    out_.replaced = ask_.folder + "/" + placing.replaced;
    return place(ask_.folder, placing);
}

}  // namespace

Result<Restored> restore(const RestoreAsk& ask, const Clock& clock) {
    return Restoration(ask, clock).run();
}

}  // namespace seals::engine
