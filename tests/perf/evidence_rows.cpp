#include "evidence_rows.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <set>

#include <fmt/format.h>

#include "cabinet.hpp"
#include "engine/export.hpp"
#include "evidence/bundle.hpp"
#include "evidence/zip.hpp"
#include "leaf/canonical.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/hash.hpp"
#include "leaf/proof_text.hpp"
#include "ledger/ledger.hpp"

namespace seals::perf {
namespace {

constexpr std::size_t kLeaves = 1000;

struct Signed {
    leaf::SigningKey key;
    leaf::Checkpoint checkpoint;
    std::string note;
};

// A checkpoint made and kept, as the signer does it after a visit.
std::optional<Signed> measure_signing(Report& report, const std::string& path) {
    auto ledger = ledger::Ledger::open(path);
    auto key = leaf::SigningKey::generate();
    if (!ledger || !key) return std::nullopt;
    leaf::Checkpoint checkpoint{ledger->origin(), ledger->size(), ledger->root()};
    constexpr int kTimes = 2000;
    std::string note;
    auto plain = seconds_of([&] {
        for (int i = 0; i < kTimes; ++i)
            note = leaf::signed_checkpoint(checkpoint, *key);
    });
    bool ok = true;
    auto kept = seconds_of([&] {
        for (int i = 0; i < kTimes; ++i) {
            note = leaf::signed_checkpoint(checkpoint, *key);
            ok = ok && bool(ledger->keep_checkpoint({checkpoint.size, Instant{i}, note, true}));
        }
    });
    if (!ok) report.failed("checkpoints signed and kept", "one was not kept");
    report.add({"checkpoints signed a second", kTimes / plain, "1/s", Goal::none, 0,
                fmt::format("{:.0f} with their keeping", kTimes / kept)});
    return Signed{*key, checkpoint, note};
}

void put(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// The files of a bundle of that many entries, drawn from all over the ledger.
bool make_bundle(Report& report, const std::string& folder, const std::string& ledger,
                 const Signed& made) {
    namespace fs = std::filesystem;
    fs::remove_all(folder);
    fs::create_directories(folder + "/leaves");
    auto reader = ledger::Reader::open(ledger);
    if (!reader) return false;
    std::mt19937_64 random(5);
    std::set<std::uint64_t> seqs;
    while (seqs.size() < kLeaves)
        seqs.insert(1 + random() % made.checkpoint.size);
    std::vector<std::string> names;
    Value::Array openings;
    bool ok = true;
    auto span = seconds_of([&] {
        for (auto seq : seqs) {
            auto one = engine::exported_leaf(*reader, seq, made.checkpoint.size, true);
            ok = ok && bool(one);
            if (!one) return;
            auto base = "leaves/" + std::to_string(seq);
            put(folder + "/" + base + ".leaf", as_text(one->item.leaf));
            put(folder + "/" + base + ".tlog-proof",
                leaf::write_proof(leaf::InclusionProof{seq - 1, one->item.hashes, made.note}));
            names.push_back(base + ".leaf");
            names.push_back(base + ".tlog-proof");
            for (const auto& text : one->openings) {
                Value item{Value::Object{}};
                item.add("seq", static_cast<std::int64_t>(seq));
                item.add("field", text.field);
                item.add("text", text.text);
                item.add("salt", text.salt);
                openings.push_back(std::move(item));
            }
        }
    });
    if (!ok) return false;
    report.add({"inclusion proofs made and written a second", kLeaves / span, "1/s", Goal::none, 0,
                fmt::format("tree of {}", made.checkpoint.size)});
    leaf::PublicKey half{made.checkpoint.origin, leaf::KeyType::signs, made.key.public_key()};
    Value about{Value::Object{}};
    about.add("origin", made.checkpoint.origin);
    about.add("root", to_base64(made.checkpoint.root));
    about.add("size", static_cast<std::int64_t>(made.checkpoint.size));
    put(folder + "/about.json", as_text(*leaf::encode_value(about)));
    put(folder + "/openings.json", as_text(*leaf::encode_value(Value{openings})));
    put(folder + "/checkpoint", made.note);
    put(folder + "/device.vkey", half.vkey() + "\n");
    for (const auto* name : {"about.json", "openings.json", "checkpoint", "device.vkey"})
        names.emplace_back(name);
    leaf::Hasher hasher;
    std::string sums;
    for (const auto& name : names) {
        std::ifstream file(folder + "/" + name, std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(file)), {});
        sums += to_hex(hasher.sha256(as_bytes(bytes))) + "  " + name + "\n";
    }
    put(folder + "/SHA256SUMS", sums);
    names.emplace_back("SHA256SUMS");
    return bool(evidence::write_zip(folder + ".zip", folder, names));
}

}  // namespace

void measure_evidence(Report& report, const std::string& folder, std::uint64_t events) {
    auto path = folder + "/start/state/ledger.db";
    auto copy = folder + "/evidence.db";  // the ledger itself stays without these checkpoints
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
    auto made = measure_signing(report, copy);
    auto bundle = folder + "/bundle";
    if (!made || !make_bundle(report, bundle, copy, *made))
        return report.failed("evidence", "the bundle was not made");
    std::vector<double> spans;
    for (int i = 0; i < 5; ++i) {
        bool ok = false;
        spans.push_back(
            seconds_of([&] { ok = bool(evidence::check_bundle(bundle + ".zip", {}, {})); }));
        if (!ok) return report.failed("verification of a bundle", "it does not verify");
    }
    report.add({fmt::format("verification of a bundle of {} entries", kLeaves),
                median(spans) * 1000, "ms", Goal::none, 0,
                fmt::format("{:.0f} KB, of {} events",
                            static_cast<double>(std::filesystem::file_size(bundle + ".zip")) / 1024,
                            events)});
    std::filesystem::remove(copy);
}

}  // namespace seals::perf
