#include "bundle_maker.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "evidence/bundle.hpp"
#include "evidence/zip.hpp"
#include "leaf/canonical.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/proof_text.hpp"

namespace seals::sealctl {
namespace {

const Value& member(const Value& of, const char* name) {
    static const Value kNone;
    const auto* found = of.find(name);
    return found == nullptr ? kNone : *found;
}

Status write_whole(int to, ByteView bytes, const std::string& path) {
    while (!bytes.empty()) {
        auto sent = ::write(to, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0)
            return unavailable(path + ": " + std::strerror(errno),
                               "free space there, or set TMPDIR to a folder with room");
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::string> canonical(const Value& value) {
    auto bytes = leaf::encode_value(value);
    if (!bytes) return bytes.error();
    return std::string(as_text(*bytes));
}

}  // namespace

Result<BundleMaker> BundleMaker::create() {
    const char* set = std::getenv("TMPDIR");
    std::string folder = set != nullptr && *set != '\0' ? set : "/var/tmp";
    folder += "/sealctl-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr)
        return unavailable(folder + ": " + std::strerror(errno),
                           "set TMPDIR to a folder that may be written");
    return BundleMaker(std::move(folder));
}

BundleMaker::BundleMaker(BundleMaker&& from) noexcept
    : folder_(std::exchange(from.folder_, {})),
      names_(std::move(from.names_)),
      sums_(std::move(from.sums_)) {}

BundleMaker::~BundleMaker() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

Status BundleMaker::put(const std::string& name, std::string_view bytes) {
    auto path = folder_ + "/" + name;
    std::error_code error;
    std::filesystem::create_directories(path.substr(0, path.rfind('/')), error);
    Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return unavailable(path + ": " + std::strerror(errno));
    if (auto status = write_whole(file.get(), as_bytes(bytes), path); !status) return status;
    leaf::Hasher hasher;
    names_.push_back(name);
    sums_[name] = to_hex(hasher.sha256(as_bytes(bytes)));
    return {};
}

Status BundleMaker::take(const Value& line) {
    if (head_.is_null()) return take_head(line);
    const auto& leaf = member(line, "leaf");
    if (!leaf.is_null()) return take_leaf(leaf, member(line, "openings"));
    auto sha256 = line.text_or("file");
    if (!hash_from_hex(sha256)) return internal("a line of the export that has no sense");
    auto why = line.text_or("missing");
    if (why.empty()) return take_piece(sha256, line.text_or("bytes"));
    if (auto status = end_file(); !status) return status;
    Value item{Value::Object{}};
    item.add("sha256", sha256);
    item.add("why", why);
    missing_.push_back(std::move(item));
    return {};
}

Status BundleMaker::take_head(const Value& head) {
    head_ = head;
    const auto& checkpoint = member(head, "checkpoint");
    note_ = checkpoint.text_or("note");
    if (auto s = put("VERIFY.txt", evidence::verify_text()); !s) return s;
    if (auto s = put("checkpoint", note_); !s) return s;
    if (auto s = put("device.vkey", checkpoint.text_or("key") + "\n"); !s) return s;
    const auto& stamps = member(checkpoint, "timestamps");
    if (stamps.array() == nullptr) return {};
    for (const auto& stamp : *stamps.array()) {
        auto token = from_base64(stamp.text_or("token"));
        auto name = stamp.text_or("sha256");
        if (!token || !hash_from_hex(name)) return internal("a time stamp that is none");
        if (auto s = put("timestamps/" + name + ".tsr", as_text(*token)); !s) return s;
    }
    return {};
}

Status BundleMaker::take_leaf(const Value& leaf, const Value& openings) {
    auto bytes = from_base64(leaf.text_or("leaf"));
    auto seq = leaf.integer_or("seq");
    if (!bytes || seq < 1) return internal("a leaf that is none");
    leaf::InclusionProof proof{static_cast<std::uint64_t>(seq - 1), {}, note_};
    for (const auto& text : leaf.texts_or("hashes")) {
        auto hash = from_base64(text);
        if (!hash || hash->size() != Hash{}.size()) return internal("a hash that is none");
        proof.hashes.emplace_back();
        std::copy(hash->begin(), hash->end(), proof.hashes.back().begin());
    }
    auto name = "leaves/" + std::to_string(seq);
    if (auto s = put(name + ".leaf", as_text(*bytes)); !s) return s;
    if (auto s = put(name + ".tlog-proof", leaf::write_proof(proof)); !s) return s;
    ++leaves_;
    if (openings.array() == nullptr) return {};
    for (const auto& one : *openings.array()) {
        Value item{Value::Object{}};
        item.add("seq", seq);
        item.add("field", one.text_or("field"));
        item.add("text", one.text_or("text"));
        item.add("salt", one.text_or("salt"));
        openings_.push_back(std::move(item));
    }
    return {};
}

Status BundleMaker::take_piece(const std::string& sha256, const std::string& base64) {
    auto bytes = from_base64(base64);
    if (!bytes) return internal("a piece of a file that is not base64");
    auto path = folder_ + "/files/" + sha256;
    if (open_ != sha256) {
        if (auto status = end_file(); !status) return status;
        std::error_code error;
        std::filesystem::create_directories(folder_ + "/files", error);
        file_.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file_) return unavailable(path + ": " + std::strerror(errno));
        open_ = sha256;
    }
    return write_whole(file_.get(), *bytes, path);
}

// Its name is its hash; check_bundle() holds one against the other before anybody gets it.
Status BundleMaker::end_file() {
    if (open_.empty()) return {};
    names_.push_back("files/" + open_);
    sums_["files/" + open_] = open_;
    ++files_;
    open_.clear();
    file_.reset();
    return {};
}

std::string BundleMaker::about_of(const Value& call) const {
    const auto& checkpoint = member(head_, "checkpoint");
    Value about = call;
    about.add("format", std::int64_t{1});
    about.add("missing", missing_);
    about.add("origin", checkpoint.text_or("origin"));
    about.add("root", checkpoint.text_or("root"));
    about.add("seq", head_.integer_or("seq"));
    about.add("simulated", head_.boolean_or("simulated"));
    about.add("size", checkpoint.integer_or("size"));
    about.add("version", head_.text_or("version"));
    auto text = canonical(about);
    return text ? *text : std::string();
}

Status BundleMaker::finish(const Value& about, const std::string& path) {
    if (auto s = end_file(); !s) return s;
    auto text = about_of(about);
    auto openings = canonical(Value{openings_});
    if (text.empty() || !openings) return internal("the bundle's own files cannot be written");
    if (auto s = put("about.json", text); !s) return s;
    if (auto s = put("openings.json", *openings); !s) return s;
    std::string sums;
    for (const auto& [name, sha256] : sums_)
        sums += sha256 + "  " + name + "\n";
    if (auto s = put("SHA256SUMS", sums); !s) return s;
    return evidence::write_zip(path, folder_, names_);
}

}  // namespace seals::sealctl
