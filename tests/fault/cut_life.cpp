#include "cut_life.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "leaf/checkpoint.hpp"

namespace seals::test {
namespace {

constexpr const char* kVfs = "seals-cut";
const ledger::Birth kBirth{"cut.test/cab-1/sim", true};
const ledger::Stamp kStamp{"boot", 1};
constexpr const char* kWitness = "witness.test/w";
constexpr int kMostActs = 300;  // of a round whose cut is still to come

ledger::Options on_cut_disk() {
    ledger::Options options;
    options.vfs = kVfs;
    return options;
}

leaf::SigningKey key_of(std::uint8_t byte) {
    return *leaf::SigningKey::from_seed(Bytes(32, byte));
}

}  // namespace

// A checkpoint of SQLite's every 4000 pages would come once in a life: other lives have it often.
CutLife::CutLife(const Setting& setting, std::uint64_t seed, std::string path)
    : setting_(setting),
      path_(std::move(path)),
      random_(seed),
      disk_(seed + 1),
      vfs_(disk_, kVfs),
      workload_(perf::kFirstDay, static_cast<unsigned>(seed)),
      key_(key_of('k')),
      witness_key_(key_of('w')) {
    static const char* const kCheckpoints[] = {"4000", "400", "60", "8"};
    static const char* const kLimits[] = {"16777216", "65536", "0"};
    disk_.lies = setting.lies;
    vfs_.pragmas = setting.pragmas;
    vfs_.pragmas["wal_autocheckpoint"] = kCheckpoints[below(std::size(kCheckpoints))];
    vfs_.pragmas["journal_size_limit"] = kLimits[below(std::size(kLimits))];
}

CutLife::~CutLife() {
    disk_.cut_power();  // so that nothing is written any more
    held_.reset();
    reader_.reset();
    witness_.reset();
    ledger_.reset();
    ::unlink(path_.c_str());
}

Finding CutLife::failed(const char* what, const Error& error) const {
    Finding out;
    if (!powered()) return out;  // of course it failed
    out.corrupt = true;
    out.what = fmt::format("{}: {}", what, error.detail);
    return out;
}

// The power is gone; whoever had files open goes; then what survived is there again.
void CutLife::cut() {
    disk_.cut_power();
    held_.reset();
    reader_.reset();
    witness_.reset();
    ledger_.reset();
    disk_.restore_power();
    if (!disk_.find(path_)) ::unlink(path_.c_str());
}

void Cuts::add(const Cuts& more) {
    in_write += more.in_write;
    after_answer += more.after_answer;
    for (const auto& [what, n] : more.struck)
        struck[what] += n;
    for (const auto& [what, n] : more.doing)
        doing[what] += n;
}

void CutLife::count() {
    if (powered()) {
        ++cuts_.after_answer;
        return;
    }
    auto struck = disk_.struck();
    if (auto at = struck.find(path_); at != std::string::npos)
        struck.replace(at, path_.size(), "database");
    ++cuts_.in_write;
    ++cuts_.struck[struck];
    ++cuts_.doing[doing_];
}

// A birth is some twenty changes: a cut within it is one of few.
void CutLife::set_moment() {
    if (one_in(4))
        disk_.cut_power_in(1 + below(12), "sync");
    else
        disk_.cut_power_in(1 + below(unborn() ? 30 : std::uint64_t{1} << (1 + below(9))));
}

// Of the cuts in a write every third aims at what is done seldom: an end, a settling, new views.
Finding CutLife::round() {
    bool in_write = one_in(2), aimed = in_write && !unborn() && one_in(3);
    bool early = in_write && !aimed && (unborn() || one_in(4));  // may strike while it is opened
    if (early) set_moment();
    auto finding = rise();
    if (in_write && !early && !aimed) set_moment();
    auto acts = in_write && !aimed ? kMostActs : 1 + below(one_in(4) ? 40 : 6);
    for (std::uint64_t i = 0; i < acts && powered() && finding.ok(); ++i)
        finding = act();
    if (aimed && finding.ok()) finding = act_aimed();
    count();
    cut();
    return finding;
}

Finding CutLife::act_aimed() {
    static const char* const kOnly[] = {"", "", "write", "sync", "truncate", "remove"};
    const auto* only = kOnly[below(std::size(kOnly))];
    disk_.cut_power_in(1 + below(*only == 0 ? 40 : 2), only);
    auto which = below(4);
    return which == 0 ? settle() : which == 1 ? replace_views() : close_and_open();
}

Finding CutLife::last_look() {
    return rise();
}

Finding CutLife::rise() {
    auto finding = open();
    if (!finding.ok() || !powered()) return finding;
    return ledger_ ? look() : give_birth();
}

// No ledger there is right only where none was acknowledged.
Finding CutLife::open() {
    doing_ = "opening";
    auto opened = ledger::Ledger::open(path_, on_cut_disk());
    if (opened) {
        ledger_.emplace(std::move(*opened));
        return {};
    }
    if (opened.error().code == Code::not_found && truth_.leaves.empty() && !truth_.answered)
        return {};
    auto finding = failed("the ledger does not open", opened.error());
    if (finding.ok()) return finding;
    finding.corrupt = opened.error().code != Code::not_found;
    Witness witness(path_, kVfs);
    std::vector<Hash> leaves;
    (void)witness.hashes_after(0, hasher_, leaves);
    for (std::size_t i = 0; i < truth_.leaves.size(); ++i)
        if (i >= leaves.size() || leaves[i] != truth_.leaves[i]) ++finding.lost;
    return finding;
}

Finding CutLife::give_birth() {
    doing_ = "birth";
    truth_.birth_under_way = true;
    auto made = ledger::Ledger::create(path_, kBirth, perf::kFirstDay, kStamp, on_cut_disk());
    if (!made) return failed("no ledger can be made", made.error());
    ledger_.emplace(std::move(*made));
    return acknowledge();
}

Finding CutLife::look() {
    witness_ = std::make_unique<Witness>(path_, kVfs);
    auto finding = survey(path_, kVfs, *witness_, truth_, mirror_);
    if (!finding.ok()) return finding;
    truth_.cosignatures = witness_->number("SELECT count(*) FROM received");
    truth_.cosignature_under_way = false;
    cosigned_ = ledger_->size();  // one of this size may be there
    if (finding.secret >= 0) truth_.secret_under_way = finding.secret;
    if (finding.adopted) return acknowledge();
    queue_.insert(queue_.begin(), truth_.under_way.begin(), truth_.under_way.end());
    forget_under_way();
    return finding;
}

void CutLife::forget_under_way() {
    truth_.birth_under_way = truth_.answered = false;
    truth_.under_way.clear();
    if (truth_.secret_under_way >= 0) truth_.secrets_tried.push_back(truth_.secret_under_way);
    truth_.secret_under_way = -1;
}

// What was acknowledged may be signed: from here on size and root must stand. The power may be gone
// already, since SQLite's checkpoint comes after the commit and tells nobody when it fails.
Finding CutLife::acknowledge() {
    auto& signed_before = truth_.checkpoints;
    if (signed_before.empty() || signed_before.back().size < ledger_->size())
        signed_before.push_back({ledger_->size(), ledger_->root()});
    truth_.answered = true;
    if (!powered()) return {};
    if (!witness_) witness_ = std::make_unique<Witness>(path_, kVfs);
    auto before = truth_.leaves.size();
    if (!witness_->hashes_after(before, hasher_, truth_.leaves) ||
        truth_.leaves.size() != ledger_->size()) {
        Finding out;
        out.corrupt = true;
        out.what = "what was just acknowledged cannot be read";
        return out;
    }
    acknowledged_ += truth_.leaves.size() - before;
    for (const auto& event : truth_.under_way)
        truth_.texts += event.personal.size();
    if (truth_.secret_under_way >= 0) truth_.secret = truth_.secret_under_way;
    forget_under_way();
    truth_.secrets_tried.clear();
    return {};
}

Finding CutLife::act() {
    auto dice = below(100);
    if (ledger_->settle_due() || dice < 4) return settle();
    if (dice < 5) return replace_views();
    if (dice < 8) return close_and_open();
    if (dice < 14) read_beside();
    if (dice < 22) {  // many small ones, so that the ring comes round
        Finding finding;
        for (int i = 0; i < 30 && powered() && finding.ok(); ++i)
            finding = append(1);
        return finding;
    }
    if (dice < 26) return append(60 + below(300));
    if (dice < 40) return sign();
    return append(dice < 75 ? 1 : 1 + below(20));
}

void CutLife::fill_queue(std::size_t count) {
    auto take = [this](std::vector<rules::Event> events) {
        std::move(events.begin(), events.end(), std::back_inserter(queue_));
    };
    if (!furnished_) {
        rules::Event made;
        made.type = EventType::key_made;
        made.at = perf::kFirstDay;
        made.actor = device_actor();
        made.data.add(
            "vkey", leaf::PublicKey{kBirth.origin, leaf::KeyType::signs, key_.public_key()}.vkey());
        take({std::move(made)});
        take(workload_.setting_up());
    }
    furnished_ = true;
    while (queue_.size() < count)
        take(workload_.one_visit());
}

// Every session was opened by a command that somebody may send again.
std::vector<ledger::Idempotency> CutLife::keys_of(std::vector<rules::Event>& batch) {
    std::vector<ledger::Idempotency> keys;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (batch[i].type != EventType::session_opened) continue;
        auto& data = batch[i].data;
        if (data.find("idempotency") == nullptr)  // else the batch was lost, and comes again
            data.add("idempotency", Value::Object{{"uid", std::int64_t{1000}},
                                                  {"key", fmt::format("key-{}", keys_++)},
                                                  {"body", std::string(64, 'a')}});
        const auto* key = data.find("idempotency");
        keys.push_back({1000, key->text_or("key"), key->text_or("body"), i});
    }
    return keys;
}

Finding CutLife::append(std::size_t count) {
    doing_ = "append";
    fill_queue(count);
    auto& batch = truth_.under_way;
    batch.assign(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
    auto keys = keys_of(batch);
    std::vector<ledger::Secret> secrets;
    if (one_in(8)) {
        truth_.secret_under_way = static_cast<std::int64_t>(random_() >> 1);
        secrets.push_back(secret_of(truth_.secret_under_way));
    }
    for (const auto& event : batch)
        mirror_.take(event);
    auto rows = mirror_.changed();
    auto done = ledger_->append(batch, kStamp, rows, keys, secrets);
    if (!done) return failed("an append was refused", done.error());
    return acknowledge();
}

// Signed and kept as the device does it; sometimes a witness has cosigned.
Finding CutLife::sign() {
    doing_ = "keeping a checkpoint";
    leaf::Checkpoint checkpoint{ledger_->origin(), ledger_->size(), ledger_->root()};
    auto at = ledger_->last_time();
    auto note = leaf::signed_checkpoint(checkpoint, key_);
    auto kept = ledger_->keep_checkpoint({checkpoint.size, at, std::move(note), one_in(4)});
    if (!kept) return failed("the checkpoint is not kept", kept.error());
    if (checkpoint.size == cosigned_ || !one_in(4)) return {};
    doing_ = "keeping a cosignature";
    truth_.cosignature_under_way = true;
    auto line =
        leaf::write_signature(leaf::cosign(checkpoint, kWitness, witness_key_, at.ms / 1000));
    auto done = ledger_->keep_received(
        {checkpoint.size, "cosignature", kWitness, to_bytes(as_bytes(line)), at});
    if (!done) return failed("the cosignature is not kept", done.error());
    cosigned_ = checkpoint.size;
    truth_.cosignature_under_way = false;
    ++truth_.cosignatures;
    return {};
}

Finding CutLife::settle() {
    doing_ = "settling";
    auto done = ledger_->settle();
    return done ? Finding{} : failed("the views are not settled", done.error());
}

Finding CutLife::replace_views() {
    doing_ = "replacing views";
    auto done = ledger_->replace_views(mirror_.rows());
    return done ? Finding{} : failed("the views are not replaced", done.error());
}

// An orderly end: the last connection takes the write-ahead log away.
Finding CutLife::close_and_open() {
    doing_ = "closing";
    held_.reset();
    reader_.reset();
    witness_.reset();
    ledger_.reset();
    if (!powered()) return {};
    auto finding = open();
    if (ledger_) witness_ = std::make_unique<Witness>(path_, kVfs);
    return finding;
}

// A reader that holds a state keeps checkpoints from finishing, and the log from starting over.
void CutLife::read_beside() {
    if (!setting_.beside) return;
    if (held_) return held_.reset();
    if (!reader_) {
        auto opened = ledger::Reader::open(path_, on_cut_disk());
        if (opened) reader_.emplace(std::move(*opened));
    }
    if (!reader_) return;
    held_ = reader_->hold();
    (void)reader_->size();
}

}  // namespace seals::test
