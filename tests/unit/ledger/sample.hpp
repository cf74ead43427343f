// What the ledger's tests share: a directory that goes away, sample events, SQL by hand.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <stdlib.h>

#include "catch.hpp"
#include "ledger/ledger.hpp"
#include "ledger/reader.hpp"

namespace seals::ledger::sample {

class Directory {
  public:
    Directory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "seals-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~Directory() { std::filesystem::remove_all(path_); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

inline const Birth kBirth{"seals.test/cab-1/sim", true};
inline const Stamp kStamp{"boot-1", 1000};
inline constexpr Instant kStart{1'795'651'200'000};

inline rules::Event event(EventType type, std::int64_t at = kStart.ms) {
    rules::Event out;
    out.type = type;
    out.at = {at};
    out.actor = device_actor();
    return out;
}

inline rules::Event slot_opened(const std::string& seal, const std::string& session = {},
                                std::int64_t at = kStart.ms) {
    auto out = event(EventType::slot_opened, at);
    out.seal = SealId{seal};
    out.session = SessionId{session};
    out.data.add("slot", "A01");
    return out;
}

inline rules::Event person(const std::string& id, const std::string& name) {
    auto out = event(EventType::person_registered);
    out.person = PersonId{id};
    out.data.add("active", true);
    out.personal = {{"name", name}};
    return out;
}

inline Row row(const std::string& kind, const std::string& id, Value body, bool live = true) {
    return {kind, id, live, std::move(body)};
}

inline Value object(std::string name, Value value) {
    Value out;
    out.add(std::move(name), std::move(value));
    return out;
}

inline Ledger make(const std::string& path, const Options& options = {}) {
    auto ledger = Ledger::create(path, kBirth, kStart, kStamp, options);
    INFO((ledger ? "" : ledger.error().detail));
    REQUIRE(ledger);
    return std::move(*ledger);
}

inline std::vector<Recorded> put(Ledger& ledger, const std::vector<rules::Event>& events,
                                 const std::vector<Row>& rows = {}) {
    auto recorded = ledger.append(events, kStamp, rows);
    INFO((recorded ? "" : recorded.error().detail));
    REQUIRE(recorded);
    return std::move(*recorded);
}

// SQL as somebody with the sqlite3 shell would run it.
inline void by_hand(const std::string& path, const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
    char* message = nullptr;
    int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
    INFO((message != nullptr ? message : "") << ": " << sql);
    CHECK(code == SQLITE_OK);
    sqlite3_free(message);
    sqlite3_close(handle);
}

inline Reader read(const std::string& path) {
    auto reader = Reader::open(path);
    INFO((reader ? "" : reader.error().detail));
    REQUIRE(reader);
    return std::move(*reader);
}

}  // namespace seals::ledger::sample
