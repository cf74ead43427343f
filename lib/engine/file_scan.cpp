#include "engine/file_scan.hpp"

#include <algorithm>

#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 1000;

class Scan {
  public:
    Scan(ledger::Reader& reader, const std::vector<std::string>& finance_types)
        : reader_(reader), finance_types_(finance_types) {}

    Status take(const ledger::Recorded& entry) {
        const auto& event = entry.event;
        out_.size = entry.seq;
        if (event.type == EventType::retention_purged) {
            for (const auto& sha256 : event.data.texts_or("files"))
                add(entry, sha256, RetentionClass::lists, true);
            return {};
        }
        if (event.doc.empty() && event.img.empty()) return {};
        bool finance = false;
        if (retention_needs_seal(event.type))
            if (auto status = about_finance(event, finance); !status) return status;
        if (!event.doc.empty())
            add(entry, event.doc, retention_class_of(event.type, Kept::document, finance));
        for (const auto& sha256 : event.img)
            add(entry, sha256, retention_class_of(event.type, Kept::image, finance));
        return {};
    }

    FileScan finish() {
        std::sort(out_.namings.begin(), out_.namings.end());
        return std::move(out_);
    }

  private:
    void add(const ledger::Recorded& entry, const std::string& sha256, RetentionClass klass,
             bool purged = false) {
        auto hash = hash_from_hex(sha256);
        if (!hash) return;  // verification of the entries tells that
        Naming naming{*hash, entry.seq, 0, klass, purged, entry.at};
        if (!purged && !entry.event.request.empty()) naming.request = place_of(entry.event.request);
        out_.namings.push_back(naming);
    }

    std::uint32_t place_of(const RequestId& id) {
        auto [found, fresh] = places_.try_emplace(id, static_cast<std::uint32_t>(0));
        if (fresh) {
            found->second = static_cast<std::uint32_t>(out_.requests.size());
            out_.requests.push_back(id);
        }
        return found->second;
    }

    // Of a finance seal, by itself or by a line of the request.
    Status about_finance(const rules::Event& event, bool& finance) {
        auto look = [&](const SealId& id) -> Status {
            auto found = finance_.find(id);
            if (found == finance_.end()) {
                auto row = reader_.row("seal", id.str());
                if (!row) return row.error();
                auto type = *row && (*row)->body ? (*row)->body->text_or("type") : std::string();
                bool is = std::count(finance_types_.begin(), finance_types_.end(), type) > 0;
                found = finance_.emplace(id, is).first;
            }
            finance = finance || found->second;
            return {};
        };
        if (!event.seal.empty())
            if (auto status = look(event.seal); !status) return status;
        for (const auto& line : rules::lines_from(event.data.find("lines")))
            if (auto status = look(line.seal); !status) return status;
        return {};
    }

    ledger::Reader& reader_;
    const std::vector<std::string>& finance_types_;
    FileScan out_;
    std::map<RequestId, std::uint32_t> places_;
    std::map<SealId, bool> finance_;
};

}  // namespace

Result<FileScan> scan_files(ledger::Reader& reader, std::uint64_t after,
                            const std::vector<std::string>& finance_types,
                            const std::atomic<bool>& cancel) {
    Scan scan(reader, finance_types);
    for (auto at = after;;) {
        if (cancel) return unavailable("sealsd stops");
        auto page = reader.entries(at, kPage);
        if (!page) return page.error();
        if (page->empty()) return scan.finish();
        for (const auto& entry : *page)
            if (auto status = scan.take(entry); !status) return status.error();
        at = page->back().seq;
    }
}

std::uint64_t NamedFile::seq() const {
    for (auto one = namings.rbegin(); one != namings.rend(); ++one)
        if (!one->purged) return one->seq;
    return 0;
}

void each_file(const FileScan& scan, const std::function<void(const NamedFile&)>& call) {
    const auto& all = scan.namings;
    for (auto from = all.begin(); from != all.end();) {
        auto to = std::find_if(from, all.end(),
                               [&](const Naming& one) { return one.sha256 != from->sha256; });
        NamedFile file{{from, to}, std::prev(to)->purged};
        call(file);
        from = to;
    }
}

bool is_kept(const FileScan& scan, const Hash& sha256) {
    Naming after;
    after.sha256 = sha256;
    after.seq = UINT64_MAX;
    auto found = std::upper_bound(scan.namings.begin(), scan.namings.end(), after);
    if (found == scan.namings.begin()) return false;
    const auto& last = *std::prev(found);
    return last.sha256 == sha256 && !last.purged;
}

}  // namespace seals::engine
