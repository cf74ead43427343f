#include "engine/keeping_scan.hpp"

#include <algorithm>

#include "rules/row.hpp"

namespace seals::engine {
namespace {

constexpr std::size_t kPage = 1000;

void note(std::uint64_t& count, std::vector<BadFile>& some, const BadFile& file) {
    ++count;
    if (some.size() < kFilesNamed) some.push_back(file);
}

// A purge that was recorded while we looked explains what is missing now.
Status forgive_purged(ledger::Reader& reader, FilesReport& report,
                      const std::atomic<bool>& cancel) {
    if (report.missing == 0) return {};
    auto later = scan_files(reader, report.size, {}, cancel);
    if (!later) return later.error();
    std::set<std::string> gone;
    each_file(*later, [&](const NamedFile& file) {
        if (file.gone) gone.insert(to_hex(file.sha256()));
    });
    auto forgiven = std::erase_if(report.missing_files,
                                  [&](const BadFile& file) { return gone.contains(file.sha256); });
    report.missing -= forgiven;
    report.purged += forgiven;
    return {};
}

Status find_strangers(const evidence::FileStore& store, const FileScan& scan, FilesReport& report) {
    return store.each([&](const std::string& sha256) {
        auto hash = hash_from_hex(sha256);
        if (hash && is_kept(scan, *hash)) return;
        ++report.strangers;
        if (report.stranger_files.size() < kFilesNamed) report.stranger_files.push_back(sha256);
    });
}

class DueFiles {
  public:
    DueFiles(ledger::Reader& reader, const FileScan& scan, const rules::Policy& policy, Instant now)
        : reader_(reader), scan_(scan), now_(now) {
        for (const auto& row : retention_rows()) {
            auto place = static_cast<std::size_t>(row.klass);
            std::string term(row.default_term);
            if (place < policy.retention.size()) term = policy.retention[place];
            due_.classes.push_back({row.klass, std::move(term)});
        }
        last_.resize(due_.classes.size());
    }

    Status take(const NamedFile& file) {
        const auto& newest = *std::max_element(
            file.namings.begin(), file.namings.end(),
            [](const Naming& a, const Naming& b) { return !b.purged && a.seq < b.seq; });
        auto place = static_cast<std::size_t>(newest.klass);
        auto& klass = due_.classes[place];
        if (!all_past(file)) {
            ++klass.kept;
            return {};
        }
        rules::PurgeFiles::File going{to_hex(file.sha256()), requests_of(file)};
        auto held = is_held(going);
        if (!held) return held.error();
        if (*held) {
            ++klass.held;
            return {};
        }
        ++klass.due;
        add(place, newest.at, std::move(going));
        return {};
    }

    Due finish() {
        for (auto& command : due_.commands)
            for (const auto& klass : due_.classes)
                if (row_of(klass.klass).name == command.klass)
                    command.held = static_cast<std::int64_t>(klass.held);
        return std::move(due_);
    }

  private:
    bool all_past(const NamedFile& file) const {
        return std::all_of(file.namings.begin(), file.namings.end(), [&](const Naming& one) {
            if (one.purged) return true;
            const auto& term = due_.classes[static_cast<std::size_t>(one.klass)].term;
            auto end = retention_end(one.at, term);
            return end && *end <= now_;
        });
    }

    std::vector<RequestId> requests_of(const NamedFile& file) const {
        std::set<RequestId> requests;
        for (const auto& one : file.namings)
            if (one.request != 0) requests.insert(scan_.requests[one.request]);
        return {requests.begin(), requests.end()};
    }

    Result<bool> is_held(const rules::PurgeFiles::File& file) {
        for (const auto& id : file.requests) {
            auto row = reader_.row("request", id.str());
            if (!row) return row.error();
            if (*row && (*row)->body && (*row)->body->boolean_or("legal_hold")) return true;
        }
        return false;
    }

    void add(std::size_t place, Instant at, rules::PurgeFiles::File file) {
        auto& last = last_[place];
        if (!last || due_.commands[*last].files.size() >= rules::kMostPurged) {
            last = due_.commands.size();
            rules::PurgeFiles command;
            command.klass = row_of(due_.classes[place].klass).name;
            due_.commands.push_back(std::move(command));
        }
        auto& command = due_.commands[*last];
        command.before = std::max(command.before, at);
        command.files.push_back(std::move(file));
    }

    ledger::Reader& reader_;
    const FileScan& scan_;
    Instant now_;
    Due due_;
    std::vector<std::optional<std::size_t>> last_;  // command that is being filled, by class
};

bool names_user(const rules::Event& event, const std::string& person) {
    for (const auto& line : rules::lines_from(event.data.find("lines")))
        for (const auto& user : line.users)
            if (user.str() == person) return true;
    return false;
}

}  // namespace

Result<FilesReport> check_files(const std::string& ledger, const evidence::FileStore& store,
                                const std::atomic<bool>& cancel) {
    auto reader = ledger::Reader::open(ledger);
    if (!reader) return reader.error();
    auto scan = scan_files(*reader, 0, {}, cancel);
    if (!scan) return scan.error();
    FilesReport report;
    report.size = scan->size;
    Status status;
    each_file(*scan, [&](const NamedFile& file) {
        if (!status) return;
        if (file.gone) {
            ++report.purged;
            return;
        }
        ++report.named;
        BadFile one{to_hex(file.sha256()), file.seq()};
        auto found = store.check(one.sha256, cancel);
        if (!found) {
            status = found.error();
            return;
        }
        using Found = evidence::FileStore::Found;
        if (*found == Found::missing) note(report.missing, report.missing_files, one);
        if (*found == Found::altered) note(report.altered, report.altered_files, one);
    });
    if (!status) return status.error();
    if (status = forgive_purged(*reader, report, cancel); !status) return status.error();
    if (status = find_strangers(store, *scan, report); !status) return status.error();
    return report;
}

Result<Due> find_due(const std::string& ledger, const evidence::FileStore& store,
                     const rules::Policy& policy, Instant now, const std::atomic<bool>& cancel) {
    auto reader = ledger::Reader::open(ledger);
    if (!reader) return reader.error();
    auto scan = scan_files(*reader, 0, policy.finance_types, cancel);
    if (!scan) return scan.error();
    DueFiles due(*reader, *scan, policy, now);
    std::vector<std::string> unfinished;
    Status status;
    each_file(*scan, [&](const NamedFile& file) {
        if (!status) return;
        if (!file.gone)
            status = due.take(file);
        else if (store.has(to_hex(file.sha256())))
            unfinished.push_back(to_hex(file.sha256()));
    });
    if (!status) return status.error();
    auto out = due.finish();
    out.unfinished = std::move(unfinished);
    return out;
}

namespace {

class PersonScan {
  public:
    PersonScan(const PersonId& person, const std::string& name, Erasable& found)
        : person_(person), found_(found) {
        if (!name.empty()) names_.insert(name);
    }

    void take(const ledger::Recorded& entry) {
        const auto& event = entry.event;
        found_.size = entry.seq;
        bool himself =
            event.type == EventType::person_registered || event.type == EventType::person_changed;
        bool applied = event.data.text_or("applicant") == person_.str();
        bool part = applied || event.person == person_ || event.actor.id == person_.str() ||
                    names_user(event, person_.str());
        if (part && !event.request.empty()) found_.requests.insert(event.request);
        bool mentioned = false;
        for (const auto& [field, text] : event.personal) {
            bool own =
                (himself && event.person == person_) || (applied && field == "applicant_name");
            if (own) found_.texts.push_back({entry.seq, field});
            if (own && field != "phone" && !text.empty()) names_.insert(text);
            mentioned = mentioned || (!own && !himself && has_name(text));
        }
        if (!mentioned) return;
        ++found_.mentioned;
        if (found_.mentions.size() < kFilesNamed) found_.mentions.push_back(entry.seq);
    }

  private:
    bool has_name(const std::string& text) const {
        return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
            return text.find(name) != std::string::npos;
        });
    }

    const PersonId& person_;
    std::set<std::string> names_;
    Erasable& found_;
};

}  // namespace

Status find_person(const std::string& ledger, const PersonId& person, const std::string& name,
                   Erasable& found, const std::atomic<bool>& cancel) {
    auto reader = ledger::Reader::open(ledger);
    if (!reader) return reader.error();
    PersonScan scan(person, name, found);
    for (;;) {
        if (cancel) return unavailable("sealsd stops");
        auto page = reader->entries(found.size, kPage);
        if (!page) return page.error();
        if (page->empty()) return {};
        for (const auto& entry : *page)
            scan.take(entry);
    }
}

}  // namespace seals::engine
