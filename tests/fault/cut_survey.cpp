#include "cut_survey.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <sqlite3.h>

#include "leaf/canonical.hpp"
#include "leaf/tree.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "rules/evolve.hpp"
#include "rules/row.hpp"

namespace seals::test {
namespace {

constexpr const char* kSecretKind = "tag_key";
constexpr const char* kSecretId = "YZ-0001";

// In the order that the ledger gives back, which is not that of insertion.
rules::Event in_order(rules::Event event) {
    std::sort(event.personal.begin(), event.personal.end());
    auto bytes = leaf::encode_value(event.data);
    auto data = bytes ? leaf::decode_value(*bytes) : Result<Value>(Value{});
    event.data = data && data->object() != nullptr && !data->object()->empty() ? *data : Value{};
    return event;
}

class Survey {
  public:
    Survey(const std::string& path, const std::string& vfs, Witness& witness, const Truth& truth)
        : path_(path), witness_(witness), truth_(truth) {
        options_.vfs = vfs;
    }

    Finding run(Mirror& mirror) {
        if (read_leaves()) {
            compare_leaves();
            compare_checkpoints();
            if (finding_.lost == 0) check_under_way();
            if (finding_.lost == 0) check_vault();
        }
        check_pages();
        check_whole(mirror);
        return std::move(finding_);
    }

  private:
    bool read_leaves();
    void compare_leaves();
    void compare_checkpoints();
    void check_under_way();
    void check_events(ledger::Reader& reader);
    void check_vault();
    void check_pages();
    void check_whole(Mirror& mirror);

    void wrong(bool Finding::*kind, std::string what) {
        finding_.*kind = true;
        if (finding_.what.empty()) finding_.what = std::move(what);
    }

    const std::string& path_;
    ledger::Options options_;
    Witness& witness_;
    const Truth& truth_;
    leaf::Hasher hasher_;
    std::vector<Hash> leaves_;
    Finding finding_;
};

bool Survey::read_leaves() {
    if (witness_.hashes_after(0, hasher_, leaves_)) return true;
    compare_leaves();
    wrong(&Finding::corrupt, fmt::format("only {} leaves can be read in order", leaves_.size()));
    return false;
}

void Survey::compare_leaves() {
    for (std::size_t i = 0; i < truth_.leaves.size(); ++i)
        if (i >= leaves_.size() || leaves_[i] != truth_.leaves[i]) ++finding_.lost;
    auto all = truth_.leaves.size();
    if (truth_.answered) all += truth_.leaves_under_way();
    if (leaves_.size() < all && all > truth_.leaves.size())
        finding_.lost += all - std::max(leaves_.size(), truth_.leaves.size());
    if (finding_.lost > 0)
        finding_.what =
            fmt::format("{} of {} acknowledged leaves are lost or altered; {} are there",
                        finding_.lost, all, leaves_.size());
}

void Survey::compare_checkpoints() {
    leaf::Frontier tree;
    auto checkpoint = truth_.checkpoints.begin();
    for (const auto& leaf : leaves_) {
        tree.append(hasher_, leaf);
        if (checkpoint == truth_.checkpoints.end() || checkpoint->size != tree.size()) continue;
        if (tree.root(hasher_) != checkpoint->root)
            return wrong(&Finding::forked, fmt::format("the tree of size {} has another root than "
                                                       "was signed",
                                                       tree.size()));
        ++checkpoint;
    }
    if (checkpoint != truth_.checkpoints.end())
        wrong(&Finding::forked, fmt::format("size {} was signed, {} leaves are there",
                                            truth_.checkpoints.back().size, leaves_.size()));
}

// All of the batch that was not acknowledged, or nothing of it, and nothing else.
void Survey::check_under_way() {
    if (leaves_.size() <= truth_.leaves.size()) return;
    auto more = leaves_.size() - truth_.leaves.size();
    auto could = truth_.leaves_under_way();
    if (more != could)
        return wrong(
            &Finding::corrupt,
            fmt::format("{} leaves more than were acknowledged, {} were under way", more, could));
    auto reader = ledger::Reader::open(path_, options_);
    if (!reader) return wrong(&Finding::corrupt, reader.error().detail);
    check_events(*reader);
    finding_.adopted = true;
}

void Survey::check_events(ledger::Reader& reader) {
    auto entries = reader.entries(truth_.leaves.size(), leaves_.size());
    if (!entries) return wrong(&Finding::corrupt, entries.error().detail);
    if (truth_.birth_under_way) {
        if (entries->front().event.type != EventType::ledger_created)
            wrong(&Finding::corrupt, "the first leaf is not that of the birth");
        return;
    }
    for (std::size_t i = 0; i < entries->size(); ++i)
        if (in_order((*entries)[i].event) != in_order(truth_.under_way[i]))
            return wrong(&Finding::corrupt,
                         fmt::format("entry {} is not the event that was handed to the ledger",
                                     (*entries)[i].seq));
}

// The vault goes with its leaves; what was received stays as well.
void Survey::check_vault() {
    auto texts = truth_.texts;
    auto secret = truth_.secret;
    if (finding_.adopted) {
        for (const auto& event : truth_.under_way)
            texts += event.personal.size();
        if (truth_.secret_under_way >= 0) secret = truth_.secret_under_way;
    }
    auto have = witness_.number("SELECT count(*) FROM personal");
    if (have != static_cast<std::int64_t>(texts))
        wrong(&Finding::corrupt,
              fmt::format("{} personal texts are there, {} belong to the leaves", have, texts));
    auto cosignatures = witness_.number("SELECT count(*) FROM received");
    if (cosignatures < truth_.cosignatures) {
        finding_.lost += static_cast<std::uint64_t>(truth_.cosignatures - cosignatures);
        if (finding_.what.empty())
            finding_.what = fmt::format("{} cosignatures are there, {} were acknowledged",
                                        cosignatures, truth_.cosignatures);
    } else if (cosignatures > truth_.cosignatures + (truth_.cosignature_under_way ? 1 : 0)) {
        wrong(&Finding::corrupt, "there are cosignatures that nobody handed over");
    }
    if (secret < 0) return;
    auto reader = ledger::Reader::open(path_, options_);
    if (!reader) return wrong(&Finding::corrupt, reader.error().detail);
    auto kept = reader->secret(kSecretKind, kSecretId);
    if (!kept) return wrong(&Finding::corrupt, "the secret cannot be read: " + kept.error().detail);
    if (*kept == secret_of(secret).blob) return;
    // A batch that was cut before, and handed over again, may be whole after the next cut: what the
    // second attempt wrote in the same places can complete the first.
    for (auto tried : truth_.secrets_tried)
        if (finding_.adopted && *kept == secret_of(tried).blob) {
            finding_.secret = tried;
            return;
        }
    wrong(&Finding::corrupt, "the secret is not the one that was written with the last batch");
}

void Survey::check_pages() {
    auto said = witness_.integrity();
    if (said != "ok") wrong(&Finding::corrupt, "integrity_check: " + said);
}

void Survey::check_whole(Mirror& mirror) {
    mirror = {};
    ledger::VerifyOptions how;
    how.options = options_;
    how.replay = [&mirror](const ledger::Recorded& entry) -> Status {
        mirror.take(entry.event);
        return {};
    };
    how.rows = [&mirror] { return mirror.rows(); };
    auto report = ledger::verify(path_, how);
    (void)mirror.changed();
    if (!report) return wrong(&Finding::corrupt, "verify: " + report.error().detail);
    if (!report->ok) wrong(&Finding::corrupt, "verify: " + report->first_bad->reason);
}

}  // namespace

void Mirror::take(const rules::Event& event) {
    rules::evolve(state_, event);
    for (const auto& key : state_.touched)
        touched_[key] = changed_[key] = event.at;
    state_.touched.clear();
}

std::vector<ledger::Row> Mirror::changed() {
    return rows_of(std::exchange(changed_, {}));
}

std::vector<ledger::Row> Mirror::rows() const {
    return rows_of(touched_);
}

std::vector<ledger::Row> Mirror::rows_of(const std::map<rules::Key, Instant>& keys) const {
    std::vector<ledger::Row> rows;
    rows.reserve(keys.size());
    for (const auto& [key, at] : keys) {
        auto view = rules::row_view(state_, key, at);
        rows.push_back({key.first, key.second, view.live, std::move(view.body), view.until});
    }
    return rows;
}

Witness::Witness(const std::string& path, const std::string& vfs) {
    sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READONLY, vfs.c_str());
    sqlite3_prepare_v2(handle_, "SELECT seq, leaf FROM entry WHERE seq>? ORDER BY seq", -1,
                       &leaves_, nullptr);
}

Witness::~Witness() {
    sqlite3_finalize(leaves_);
    sqlite3_close(handle_);
}

bool Witness::hashes_after(std::uint64_t seq, leaf::Hasher& hasher, std::vector<Hash>& out) {
    if (leaves_ == nullptr) return false;
    sqlite3_bind_int64(leaves_, 1, static_cast<sqlite3_int64>(seq));
    int code = SQLITE_OK;
    while ((code = sqlite3_step(leaves_)) == SQLITE_ROW) {
        if (sqlite3_column_int64(leaves_, 0) != static_cast<sqlite3_int64>(++seq)) break;
        const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(leaves_, 1));
        auto size = static_cast<std::size_t>(sqlite3_column_bytes(leaves_, 1));
        out.push_back(hasher.leaf_hash({bytes, size}));
    }
    sqlite3_reset(leaves_);
    return code == SQLITE_DONE;
}

std::string Witness::integrity() {
    std::string said;
    auto add = [](void* to, int, char** columns, char**) {
        auto& text = *static_cast<std::string*>(to);
        if (text.size() < 300 && columns[0] != nullptr)
            text += (text.empty() ? "" : "; ") + std::string(columns[0]);
        return 0;
    };
    if (sqlite3_exec(handle_, "PRAGMA integrity_check", add, &said, nullptr) != SQLITE_OK)
        return sqlite3_errmsg(handle_);
    return said;
}

std::int64_t Witness::number(const char* sql) {
    std::int64_t out = -1;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr);
    if (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW)
        out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return out;
}

Finding survey(const std::string& path, const std::string& vfs, Witness& witness,
               const Truth& truth, Mirror& mirror) {
    return Survey(path, vfs, witness, truth).run(mirror);
}

ledger::Secret secret_of(std::int64_t number) {
    return {kSecretKind, kSecretId, to_bytes(as_bytes("key " + std::to_string(number)))};
}

}  // namespace seals::test
