#include "evidence/bundle.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "evidence/zip.hpp"
#include "leaf/canonical.hpp"
#include "leaf/hash.hpp"
#include "leaf/leaf.hpp"
#include "leaf/proof_text.hpp"

namespace seals::evidence {
namespace {

constexpr std::uint64_t kSmall = 256U * 1024;
constexpr std::uint64_t kLarge = std::uint64_t{16} << 20;

Error wrong(const std::string& what) {
    return {Code::corrupt, "the bundle does not prove what it should: " + what,
            "ask whoever handed it out for another, and keep this one"};
}

class BundleCheck {
  public:
    BundleCheck(ZipReader zip, const std::optional<leaf::PublicKey>& key,
                const std::vector<leaf::PublicKey>& witnesses)
        : zip_(std::move(zip)), key_(key), witnesses_(witnesses) {}

    Result<CheckedBundle> run() {
        for (auto step : {&BundleCheck::sums, &BundleCheck::checkpoint, &BundleCheck::about,
                          &BundleCheck::leaves, &BundleCheck::openings, &BundleCheck::files})
            if (auto status = (this->*step)(); !status) return status.error();
        return std::move(out_);
    }

  private:
    Result<std::string> text(const std::string& name, std::uint64_t most) {
        auto bytes = zip_.read(name, most);
        if (!bytes) return bytes.error();
        return std::string(as_text(*bytes));
    }

    // Lines "HASH  NAME": every file but this one, each once.
    Status sums() {
        auto lines = text("SHA256SUMS", kLarge);
        if (!lines) return lines.error();
        std::set<std::string> named;
        for (auto line : split(*lines, '\n')) {
            if (line.empty()) continue;
            constexpr std::size_t kHex = 64;
            if (line.size() < kHex + 3) return wrong("SHA256SUMS has a line that is none");
            std::string name(line.substr(kHex + 2));
            auto hash = zip_.sha256(name);
            if (!hash) return hash.error();
            if (*hash != line.substr(0, kHex)) return wrong(name + " is not what it was");
            named.insert(name);
        }
        for (const auto& entry : zip_.entries())
            if (entry.name != "SHA256SUMS" && !named.contains(entry.name))
                return wrong("SHA256SUMS does not name " + entry.name);
        return {};
    }

    Status checkpoint() {
        auto line = text("device.vkey", kSmall);
        if (!line) return line.error();
        auto own = leaf::parse_vkey(*line);
        if (!own) return own.error();
        out_.key = key_ ? *key_ : *own;
        out_.pinned = key_.has_value();
        auto note = text("checkpoint", kSmall);
        if (!note) return note.error();
        trust_ = {out_.key, witnesses_};
        auto checked = check_checkpoint(*note, trust_);
        if (!checked) return checked.error();
        out_.checkpoint = std::move(*checked);
        return {};
    }

    Status about() {
        auto bytes = zip_.read("about.json", kLarge);
        if (!bytes) return bytes.error();
        auto about = leaf::decode_value(*bytes);
        if (!about) return about.error();
        out_.about = std::move(*about);
        bool same = out_.about.text_or("origin") == out_.checkpoint.checkpoint.origin &&
                    out_.about.integer_or("size") ==
                        static_cast<std::int64_t>(out_.checkpoint.checkpoint.size) &&
                    out_.about.text_or("root") == to_base64(out_.checkpoint.checkpoint.root);
        return same ? Status{} : Status(wrong("about.json is of another checkpoint"));
    }

    Status leaves() {
        constexpr std::string_view kFolder = "leaves/", kEnd = ".leaf";
        for (const auto& entry : zip_.entries()) {
            if (!entry.name.starts_with(kFolder) || !entry.name.ends_with(kEnd)) continue;
            auto base = entry.name.substr(0, entry.name.size() - kEnd.size());
            if (auto status = one_leaf(base); !status) return status;
        }
        if (out_.leaves == 0) return wrong("it holds no entry");
        return {};
    }

    Status one_leaf(const std::string& base) {
        auto bytes = zip_.read(base + ".leaf", leaf::kMaxLeafBytes);
        if (!bytes) return bytes.error();
        auto proof = text(base + ".tlog-proof", kSmall);
        if (!proof) return proof.error();
        auto parsed = leaf::parse_inclusion_proof(*proof);
        if (!parsed) return parsed.error();
        auto inclusion = check_inclusion(*proof, *bytes, trust_);
        if (!inclusion) return inclusion.error();
        if (!(inclusion->newer.checkpoint == out_.checkpoint.checkpoint))
            return wrong(base + ".tlog-proof is for another checkpoint");
        auto decoded = leaf::decode(*bytes);
        if (!decoded) return decoded.error();
        if (base != "leaves/" + std::to_string(decoded->seq))
            return wrong(base + ".leaf is entry " + std::to_string(decoded->seq));
        named_.insert(decoded->img.begin(), decoded->img.end());
        if (!decoded->doc.empty()) named_.insert(decoded->doc);
        for (auto& [field, commitment] : decoded->c)
            commitments_[{static_cast<std::int64_t>(decoded->seq), field}] = commitment;
        ++out_.leaves;
        return {};
    }

    Status openings() {
        auto bytes = zip_.read("openings.json", leaf::kMaxValueBytes);
        if (!bytes) return bytes.error();
        auto all = leaf::decode_value(*bytes);
        if (!all) return all.error();
        if (all->array() == nullptr) return wrong("openings.json is no list");
        for (const auto& one : *all->array())
            if (auto status = one_opening(one); !status) return status;
        return {};
    }

    Status one_opening(const Value& one) {
        auto seq = one.integer_or("seq");
        auto field = one.text_or("field");
        auto commitment = commitments_.find({seq, field});
        auto place = "text " + field + " of entry " + std::to_string(seq);
        if (commitment == commitments_.end()) return wrong("no entry commits to " + place);
        auto salt = from_hex(one.text_or("salt"));
        if (salt && salt->empty()) {  // masked: it claims nothing
            ++out_.masked;
            return {};
        }
        leaf::Salt bytes;
        if (!salt || salt->size() != bytes.size()) return wrong(place + " has no salt of 16 bytes");
        std::copy(salt->begin(), salt->end(), bytes.begin());
        if (hasher_.commitment(bytes, one.text_or("text")) != commitment->second)
            return wrong(place + " is not what the entry commits to");
        ++out_.texts;
        return {};
    }

    // A file is called by its hash, which SHA256SUMS has proved; each one that an entry names is
    // there, or said to be missing.
    Status files() {
        std::set<std::string> missing;
        if (const auto* list = out_.about.find("missing"); list != nullptr && list->array())
            for (const auto& one : *list->array())
                missing.insert(one.text_or("sha256"));
        out_.missing = missing.size();
        for (const auto& entry : zip_.entries()) {
            if (entry.name.starts_with("timestamps/")) out_.timestamps.push_back(entry.name);
            if (!entry.name.starts_with("files/")) continue;
            auto hash = zip_.sha256(entry.name);
            if (!hash) return hash.error();
            if (entry.name != "files/" + *hash) return wrong(entry.name + " has another hash");
            ++out_.files;
        }
        for (const auto& sha256 : named_)
            if (!zip_.has("files/" + sha256) && !missing.contains(sha256))
                return wrong("file " + sha256 + " is named and not there");
        return {};
    }

    ZipReader zip_;
    const std::optional<leaf::PublicKey>& key_;
    const std::vector<leaf::PublicKey>& witnesses_;
    Trust trust_;
    leaf::Hasher hasher_;
    std::set<std::string> named_;  // files
    std::map<std::pair<std::int64_t, std::string>, std::string> commitments_;
    CheckedBundle out_;
};

}  // namespace

Result<CheckedBundle> check_bundle(const std::string& path,
                                   const std::optional<leaf::PublicKey>& key,
                                   const std::vector<leaf::PublicKey>& witnesses) {
    auto zip = ZipReader::open(path);
    if (!zip) return zip.error();
    return BundleCheck(std::move(*zip), key, witnesses).run();
}

}  // namespace seals::evidence
