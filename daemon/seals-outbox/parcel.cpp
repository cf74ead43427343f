#include "parcel.hpp"

#include <cstdio>
#include <filesystem>

#include <unistd.h>

#include "base/bytes.hpp"
#include "base/log.hpp"
#include "disk/files.hpp"
#include "leaf/hash.hpp"
#include "wire/json.hpp"

namespace seals::outboxd {
namespace {

constexpr std::size_t kMostRow = 65'536;
constexpr std::size_t kMostName = 200;  // of 255 that a folder takes, with ".headers" and the like

bool is_plain(char c, std::size_t at) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '-' || c == '_' || (c == '.' && at > 0);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    leaf::Hasher hasher;
    return to_hex(hasher.sha256(as_bytes(bytes)));
}

std::string file_name(const std::string& key) {
    constexpr std::size_t kHash = 32;
    std::string name;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (is_plain(key[i], i)) {
            name += key[i];
            continue;
        }
        char hex[4];
        std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned char>(key[i]));
        name += hex;
    }
    if (name.size() <= kMostName) return name;
    return name.substr(0, kMostName - kHash - 1) + "-" + sha256_hex(key).substr(0, kHash);
}

Parcel parcel_of(const Value& result, std::int64_t seq, Instant now) {
    Parcel parcel;
    parcel.key = result.text_or("idempotency_key");
    parcel.request = result.text_or("request");
    const auto* matched = result.find("matched");
    const auto& whom = matched != nullptr && matched->object() != nullptr ? *matched : result;
    parcel.source = whom.text_or("source");
    parcel.external_id = whom.text_or("external_id");
    parcel.revision = result.integer_or("revision", 1);
    parcel.seq = seq;
    parcel.first = parcel.due = now;
    return parcel;
}

Value to_value(const Parcel& parcel) {
    Value out{Value::Object{}};
    out.add("key", parcel.key);
    out.add("request", parcel.request);
    out.add("source", parcel.source);
    out.add("external_id", parcel.external_id);
    out.add("revision", parcel.revision);
    out.add("seq", parcel.seq);
    out.add("attempts", parcel.attempts);
    out.add("first", parcel.first.ms);
    out.add("due", parcel.due.ms);
    out.add("dropped", parcel.dropped);
    out.add("dead", parcel.dead);
    out.add("dead_told", parcel.dead_told);
    out.add("receipt", parcel.receipt);
    return out;
}

Parcel parcel_from(const Value& row) {
    return {row.text_or("key"),         row.text_or("request"),        row.text_or("source"),
            row.text_or("external_id"), row.integer_or("revision", 1), row.integer_or("seq"),
            row.integer_or("attempts"), {row.integer_or("first")},     {row.integer_or("due")},
            row.boolean_or("dropped"),  row.boolean_or("dead"),        row.boolean_or("dead_told"),
            row.text_or("receipt")};
}

Result<Shelf> Shelf::open(const std::string& state) {
    for (const auto* folder : {"/waiting", "/receipts"})
        if (auto status = disk::make_folder(state + folder); !status) return status.error();
    return Shelf(state);
}

std::string Shelf::path(const Parcel& parcel, const char* end) const {
    return state_ + "/waiting/" + file_name(parcel.key) + end;
}

Result<std::vector<Parcel>> Shelf::load() {
    std::vector<Parcel> parcels;
    std::error_code error;
    for (std::filesystem::directory_iterator at(state_ + "/waiting", error), end;
         !error && at != end; at.increment(error)) {
        auto file = at->path();
        if (file.extension() != ".json" || file.filename().string().starts_with('.')) continue;
        auto text = disk::read_file(file, kMostRow);
        auto row = text && *text ? wire::parse_json(**text) : Result<Value>(invalid("", "empty"));
        if (row && !row->text_or("key").empty()) {
            parcels.push_back(parcel_from(*row));
            continue;
        }
        log(Priority::error, "outbox",
            "a result that waits cannot be read; its request is told "
            "again by `sealctl outbox retry`",
            {{"file", file.string()}});
    }
    if (error) return unavailable(state_ + "/waiting: " + error.message());
    return parcels;
}

// The body first: where the row is, the body is.
Status Shelf::add(const Parcel& parcel, const std::string& body) {
    if (body.size() > kMostBody) return invalid("result", parcel.key + " is too large to be sent");
    if (auto status = disk::write_file(path(parcel, ".body"), body); !status) return status;
    return save(parcel);
}

Status Shelf::save(const Parcel& parcel) {
    return disk::write_file(path(parcel, ".json"), wire::dump_json(to_value(parcel)) + "\n");
}

Result<std::string> Shelf::body(const Parcel& parcel) {
    auto text = disk::read_file(path(parcel, ".body"), kMostBody);
    if (!text) return text.error();
    if (!*text) return unavailable(path(parcel, ".body") + " is gone");
    return std::move(**text);
}

void Shelf::remove(const Parcel& parcel) {
    for (const auto* end : {".json", ".body"})
        ::unlink(path(parcel, end).c_str());
}

Result<std::string> Shelf::keep_receipt(const std::string& text) {
    auto name = sha256_hex(text);
    auto file = state_ + "/receipts/" + name;
    if (auto status = disk::write_file(file, text); !status) return status.error();
    return name;
}

}  // namespace seals::outboxd
