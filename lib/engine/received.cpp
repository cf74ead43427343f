// What the signer takes in from outside: cosignatures and time stamps.
#include <algorithm>

#include "engine/held.hpp"
#include "engine/signer.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/hash.hpp"

namespace seals::engine {
namespace {

Error no_checkpoint(std::uint64_t size) {
    return {Code::not_found, "no checkpoint of size " + std::to_string(size) + " is kept",
            "`sealctl evidence checkpoint` gives the newest", "size"};
}

Result<leaf::OpenedCheckpoint> kept_checkpoint(ledger::Reader& reader, std::uint64_t size) {
    auto kept = reader.checkpoint(size);
    if (!kept) return kept.error();
    if (!*kept) return no_checkpoint(size);
    return leaf::read_checkpoint((*kept)->note);
}

Status check(const std::vector<leaf::PublicKey>& witnesses, const leaf::Checkpoint& checkpoint,
             const leaf::NoteSignature& signature) {
    auto known = std::find_if(witnesses.begin(), witnesses.end(), [&](const auto& key) {
        return key.name == signature.name && key.id() == signature.id;
    });
    if (known == witnesses.end()) {
        auto error = invalid("cosignature", "no witness of that key is known: " + signature.name);
        error.remedy = "name it in seals.toml(5): [[witness]] name and key";
        return error;
    }
    auto time = leaf::check_cosignature(checkpoint, signature, *known);
    return time ? Status{} : Status(time.error());
}

struct Taken {
    ledger::Received received;
    std::string held;  // the note that is held from now on; empty: a newer one is
};

Status keep(ledger::Ledger& ledger, const std::string& folder, const Taken& taken) {
    if (auto status = ledger.keep_received(taken.received); !status) return status;
    if (taken.held.empty()) return {};
    return hold(folder, kHeldCosigned, taken.held, evidence::Durable::yes);
}

}  // namespace

void Signer::take_cosignature(std::uint64_t size, const std::string& line,
                              std::function<void(Status)> done) {
    auto& store = engine_.store();
    auto opened = kept_checkpoint(store.reader(), size);
    if (!opened) return done(opened.error());
    auto signature = leaf::parse_signature(line);
    if (!signature) return done(signature.error());
    if (auto status = check(witnesses_, opened->checkpoint, *signature); !status)
        return done(status);
    Taken taken{
        {size, "cosignature", signature->name, to_bytes(as_bytes(line)), engine_.moment().now}, {}};
    auto newest = store.reader().newest_received("cosignature");
    if (newest && (!*newest || (*newest)->size <= size)) {
        opened->note.signatures.push_back(std::move(*signature));
        taken.held = leaf::write_note(opened->note);
    }
    store.write<Status>([taken, folder = store.folder()](
                            ledger::Ledger& ledger) { return keep(ledger, folder, taken); },
                        std::move(done));
}

void Signer::take_timestamp(std::uint64_t size, Bytes token, std::function<void(Status)> done) {
    auto& store = engine_.store();
    if (auto opened = kept_checkpoint(store.reader(), size); !opened) return done(opened.error());
    leaf::Hasher hasher;
    auto name = to_hex(hasher.sha256(token));
    Taken taken{{size, "timestamp", name, std::move(token), engine_.moment().now}, {}};
    store.write<Status>([taken, folder = store.folder()](
                            ledger::Ledger& ledger) { return keep(ledger, folder, taken); },
                        std::move(done));
}

}  // namespace seals::engine
