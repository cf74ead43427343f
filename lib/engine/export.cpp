#include "engine/export.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "leaf/leaf.hpp"
#include "leaf/proof.hpp"

namespace seals::engine {
namespace {

using ledger::By;

constexpr std::size_t kChunk = 500;

// Entries that say what device made the rest, by which rules, and whether it worked.
constexpr std::string_view kDeviceFacts[] = {
    "ledger.created", "key.made",        "key.rotated",   "policy.loaded",
    "device.booted",  "device.shutdown", "clock.stepped", "clock.accepted",
    "selftest.ok",    "selftest.failed", "rollback",      "baseline.recorded"};

class Planner {
  public:
    Planner(ledger::Reader& reader, const ExportAsk& ask) : reader_(reader), ask_(ask) {}

    Result<ExportPlan> plan() {
        auto status = own_entries();
        if (status) status = device_facts();
        if (!status) return status.error();
        ExportPlan out;
        out.seqs.assign(seqs_.begin(), seqs_.end());
        out.files.assign(files_.begin(), files_.end());
        return out;
    }

  private:
    Status own_entries() {
        if (ask_.kind == "session") return take_session(ask_.id);
        if (ask_.kind == "request") return take_request();
        return take_seal();
    }

    // With the requests that it stood on, so that the approval is there, too.
    Status take_session(const std::string& id) {
        if (auto status = take_all(By::session, id); !status) return status;
        if (seqs_.empty()) return nothing("session");
        for (const auto& request : std::set<std::string>(requests_))
            if (auto status = take_all(By::request, request); !status) return status;
        return {};
    }

    Status take_request() {
        if (auto status = take_all(By::request, ask_.id); !status) return status;
        if (seqs_.empty()) return nothing("request");
        for (const auto& session : std::set<std::string>(sessions_))
            if (auto status = take_all(By::session, session); !status) return status;
        return {};
    }

    // All of the period and, at both ends, the seal's entry beyond it; the state leaves between.
    Status take_seal() {
        std::vector<ledger::Recorded> all;
        auto status = each(By::seal, ask_.id, [&](const ledger::Recorded& one) {
            all.push_back(one);
            return true;
        });
        if (!status) return status;
        if (all.empty()) return nothing("seal");
        auto first = std::find_if(all.begin(), all.end(), [&](const auto& one) {
            return !ask_.from || one.at >= *ask_.from;
        });
        auto last = std::find_if(all.rbegin(), all.rend(), [&](const auto& one) {
                        return !ask_.to || one.at <= *ask_.to;
                    }).base();
        if (first != all.begin()) --first;
        if (last != all.end()) ++last;
        for (auto one = first; one < last; ++one)
            if (!take(*one)) return too_many();
        return take_of_period("state");
    }

    // What of the kind lies in the period, or all when there is none.
    Status take_of_period(std::string_view type) {
        return each(By::type, type, [&](const ledger::Recorded& one) {
            bool within = (!ask_.from || one.at >= *ask_.from) && (!ask_.to || one.at <= *ask_.to);
            return !within || take(one);
        });
    }

    Status device_facts() {
        for (auto type : kDeviceFacts)
            if (auto status = each(By::type, type, [&](const auto& one) { return take(one); });
                !status)
                return status;
        return {};
    }

    Status take_all(By by, std::string_view id) {
        return each(by, id, [&](const ledger::Recorded& one) { return take(one); });
    }

    Status each(By by, std::string_view id,
                const std::function<bool(const ledger::Recorded&)>& take_one) {
        for (std::uint64_t after = 0;;) {
            auto chunk = reader_.entries_of(by, id, after, kChunk);
            if (!chunk) return chunk.error();
            for (const auto& one : *chunk) {
                if (!take_one(one)) return too_many();
                after = one.seq;
            }
            if (chunk->size() < kChunk) return {};
        }
    }

    bool take(const ledger::Recorded& one) {
        seqs_.insert(one.seq);
        const auto& event = one.event;
        if (!event.session.empty()) sessions_.insert(event.session.str());
        if (!event.request.empty()) requests_.insert(event.request.str());
        for (const auto& request : event.data.texts_or("requests"))
            requests_.insert(request);
        for (const auto& file : event.img)
            files_.insert(file);
        if (!event.doc.empty()) files_.insert(event.doc);
        return seqs_.size() <= kMostExported && files_.size() <= kMostFiles;
    }

    Status nothing(const char* kind) const {
        return Error{Code::not_found,
                     "the ledger has no entry of " + std::string(kind) + " " + ask_.id,
                     {},
                     "id"};
    }
    static Status too_many() {
        return invalid("id", "more than 100000 entries or 10000 files belong to it; name a period");
    }

    ledger::Reader& reader_;
    const ExportAsk& ask_;
    std::set<std::uint64_t> seqs_;
    std::set<std::string> files_, sessions_, requests_;
};

// Texts that say who a person is, and nothing of the act.
bool is_private(std::string_view type, std::string_view field) {
    return field == "phone" || field == "applicant_name" ||
           (field == "name" && type.starts_with("person."));
}

}  // namespace

Result<ExportPlan> plan_export(ledger::Reader& reader, const ExportAsk& ask) {
    auto snapshot = reader.snapshot();
    return Planner(reader, ask).plan();
}

std::string masked(std::string_view name) {
    std::size_t first = 1;
    while (first < name.size() && (static_cast<unsigned char>(name[first]) & 0xC0) == 0x80)
        ++first;
    return std::string(name.substr(0, std::min(first, name.size()))) + "***";
}

Result<ExportedLeaf> exported_leaf(ledger::Reader& reader, std::uint64_t seq, std::uint64_t size,
                                   bool names) {
    auto bytes = reader.leaf(seq);
    if (!bytes) return bytes.error();
    auto decoded = leaf::decode(*bytes);
    if (!decoded) return Error{Code::corrupt, decoded.error().detail};
    leaf::Hasher hasher;
    auto hashes = leaf::inclusion_proof(
        hasher, [&](unsigned level, std::uint64_t index) { return reader.subtree(level, index); },
        seq - 1, size);
    if (!hashes) return hashes.error();
    ExportedLeaf out{{seq, std::move(*bytes), std::move(*hashes)}, {}};
    auto texts = reader.openings(seq);
    if (!texts) return texts.error();
    for (auto& one : *texts) {
        if (!names && is_private(decoded->type, one.field)) {
            if (one.field != "phone")
                out.openings.push_back({one.field, masked(one.text), {}, true});
            continue;
        }
        out.openings.push_back({one.field, std::move(one.text), to_hex(one.salt), false});
    }
    return out;
}

}  // namespace seals::engine
