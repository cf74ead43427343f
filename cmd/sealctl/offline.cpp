#include "offline.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "base/origin.hpp"
#include "evidence/bundle.hpp"
#include "evidence/check.hpp"
#include "evidence/timestamp.hpp"
#include "files.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/proof.hpp"
#include "leaf/proof_text.hpp"
#include "reply.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

constexpr std::size_t kPiece = 1U << 20;

Result<leaf::PublicKey> key_in(const std::string& path) {
    auto text = read_small(path);
    if (!text) return text.error();
    auto key = leaf::parse_vkey(*text);
    if (!key) {
        auto error = key.error();
        error.detail = path + ": " + error.detail;
        return error;
    }
    return key;
}

// What was found, for people and as one object for scripts.
class Findings {
  public:
    explicit Findings(Context& context) : context_(context) {}

    void add(const std::string& what, const std::string& key, const std::vector<std::string>& args,
             const evidence::CheckedCheckpoint* checked = nullptr) {
        if (!context_.print.json())
            context_.print.line(context_.print.paint(Style::good, "ok") + "  " +
                                context_.text(key, args));
        Value item{Value::Object{}};
        item.add("check", what);
        if (checked != nullptr) add_checkpoint(item, *checked);
        checks_.push_back(std::move(item));
    }

    void note(std::size_t count, const std::string& key) {
        if (count > 0 && !context_.print.json()) context_.print.say(key, {std::to_string(count)});
    }

    int end() {
        if (!context_.print.json()) return 0;
        Value body{Value::Object{}};
        body.add("ok", true);
        body.add("checks", std::move(checks_));
        body.add("code", "ok");
        context_.print.line(wire::dump_json(body));
        return 0;
    }

  private:
    void add_checkpoint(Value& item, const evidence::CheckedCheckpoint& checked) {
        item.add("origin", checked.checkpoint.origin);
        item.add("size", static_cast<std::int64_t>(checked.checkpoint.size));
        item.add("root", to_base64(checked.checkpoint.root));
        Value::Array witnesses;
        for (const auto& one : checked.witnessed) {
            Value witness{Value::Object{}};
            witness.add("name", one.name);
            witness.add("time", to_rfc3339(Instant{one.time * 1000}));
            witnesses.push_back(std::move(witness));
            if (!context_.print.json())
                context_.print.say("verify.witnessed",
                                   {one.name, context_.print.at(Instant{one.time * 1000})});
        }
        item.add("witnesses", std::move(witnesses));
        if (checked.strangers > 0 && !context_.print.json())
            context_.print.say("verify.strangers", {std::to_string(checked.strangers)});
    }

    Context& context_;
    Value::Array checks_;
};

class Files {
  public:
    Files(Context& context, evidence::Trust trust)
        : context_(context), findings_(context), trust_(std::move(trust)) {}

    int run() {
        for (auto step : {&Files::checkpoint, &Files::proof, &Files::consistency, &Files::dump,
                          &Files::bundle, &Files::timestamp, &Files::against_daemon})
            if (auto status = (this->*step)(); !status) return fail(context_, status.error());
        return findings_.end();
    }

  private:
    Status checkpoint() {
        auto path = context_.arguments.one("--checkpoint");
        if (path.empty()) return {};
        auto note = read_small(path);
        if (!note) return note.error();
        auto checked = evidence::check_checkpoint(*note, trust_);
        if (!checked) return checked.error();
        checkpoint_ = checked->checkpoint;
        findings_.add(
            "checkpoint", "verify.checkpoint",
            {checkpoint_->origin, std::to_string(checkpoint_->size), to_base64(checkpoint_->root)},
            &*checked);
        return {};
    }

    Status proof() {
        auto path = context_.arguments.one("--proof");
        if (path.empty()) return {};
        auto text = read_small(path);
        if (!text) return text.error();
        auto leaf = read_small(leaf_of(path));
        if (!leaf) return leaf.error();
        auto checked = evidence::check_inclusion(*text, as_bytes(*leaf), trust_);
        if (!checked) return checked.error();
        findings_.add(
            "inclusion", "verify.inclusion",
            {std::to_string(checked->number), std::to_string(checked->newer.checkpoint.size)},
            &checked->newer);
        return {};
    }

    // 12.leaf beside 12.tlog-proof, unless it is named.
    std::string leaf_of(const std::string& proof) const {
        auto named = context_.arguments.one("--leaf");
        constexpr std::string_view kEnd = ".tlog-proof";
        if (!named.empty() || !proof.ends_with(kEnd)) return named;
        return proof.substr(0, proof.size() - kEnd.size()) + ".leaf";
    }

    Status consistency() {
        auto path = context_.arguments.one("--consistency");
        if (path.empty()) return {};
        if (!checkpoint_)
            return invalid("--consistency", "--checkpoint FILE must name the older checkpoint");
        auto text = read_small(path);
        if (!text) return text.error();
        auto checked = evidence::check_consistency(*text, *checkpoint_, trust_);
        if (!checked) return checked.error();
        findings_.add(
            "consistency", "verify.consistency",
            {std::to_string(checked->number), std::to_string(checked->newer.checkpoint.size)},
            &checked->newer);
        return {};
    }

    Status dump() {
        auto path = context_.arguments.one("--dump");
        if (path.empty()) return {};
        Fd file(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file) return invalid("--dump", path + ": " + std::strerror(errno));
        auto figures = evidence::check_dump(
            [&]() -> Result<Bytes> {
                Bytes piece(kPiece);
                auto got = ::read(file.get(), piece.data(), piece.size());
                if (got < 0) return invalid("--dump", path + ": " + std::strerror(errno));
                piece.resize(static_cast<std::size_t>(got));
                return piece;
            },
            checkpoint_);
        if (!figures) return figures.error();
        if (checkpoint_ && figures->origin != checkpoint_->origin)
            return Error{Code::corrupt, "the dump is of " + figures->origin +
                                            ", the checkpoint of " + checkpoint_->origin};
        findings_.add("dump", "verify.dump",
                      {std::to_string(figures->size), to_base64(figures->root)});
        return {};
    }

    Status bundle() {
        auto path = context_.arguments.one("--bundle");
        if (path.empty()) return {};
        std::optional<leaf::PublicKey> pinned;
        if (context_.arguments.has("--key")) pinned = trust_.key;
        auto checked = evidence::check_bundle(path, pinned, trust_.witnesses);
        if (!checked) return checked.error();
        findings_.add("bundle", "verify.bundle",
                      {checked->about.text_or("kind"), checked->about.text_or("id"),
                       std::to_string(checked->leaves), std::to_string(checked->texts),
                       std::to_string(checked->files)},
                      &checked->checkpoint);
        findings_.note(checked->masked, "verify.bundle_masked");
        findings_.note(checked->missing, "verify.bundle_missing");
        findings_.note(checked->timestamps.size(), "verify.bundle_stamps");
        if (!checked->pinned) findings_.note(1, "verify.bundle_own_key");
        return {};
    }

    // Over the three lines of --checkpoint, by an authority of --tsa-ca.
    Status timestamp() {
        auto path = context_.arguments.one("--timestamp");
        if (path.empty()) return {};
        if (!checkpoint_)
            return invalid("--timestamp", "--checkpoint FILE must name what it is a time stamp of");
        auto token = read_small(path);
        if (!token) return token.error();
        auto stamp = evidence::check_timestamp(as_bytes(*token), checkpoint_->text(),
                                               context_.arguments.one("--tsa-ca"));
        if (!stamp) return stamp.error();
        findings_.add("timestamp", "verify.timestamp",
                      {stamp->authority, context_.print.at(stamp->time)});
        return {};
    }

    // Is the ledger of the cabinet still one that begins with this checkpoint?
    Status against_daemon() {
        bool asked = checkpoint_ && !context_.arguments.has("--offline") &&
                     !context_.arguments.has("--dump") && !context_.arguments.has("--consistency");
        if (!asked) return {};
        auto reply =
            context_.daemon.get(client::with_query("/v1/proofs/consistency",
                                                   {{"old", std::to_string(checkpoint_->size)}}),
                                kLong);
        if (!reply) {
            context_.print.note(context_.text("verify.no_daemon"));
            return {};
        }
        if (reply->problem) {
            auto error = *reply->problem;
            if (error.field == "old") error.code = Code::corrupt;  // it has fewer than it signed
            return error;
        }
        auto proof = reply->body.text_or("proof");
        if (auto later = later_origin(proof); !later.empty()) return kept_under(later, proof);
        auto checked = evidence::check_consistency(proof, *checkpoint_, trust_);
        if (!checked) return checked.error();
        findings_.add(
            "ledger", "verify.extends",
            {std::to_string(checked->number), std::to_string(checked->newer.checkpoint.size)},
            &checked->newer);
        return {};
    }

    // Under which origin the ledger goes on since it was restored short; empty: it was not.
    std::string later_origin(const std::string& proof) const {
        auto parsed = leaf::parse_consistency_proof(proof);
        auto newer = parsed ? leaf::read_checkpoint(parsed->checkpoint)
                            : Result<leaf::OpenedCheckpoint>(parsed.error());
        if (!newer) return {};
        auto now = read_origin(newer->checkpoint.origin), then = read_origin(checkpoint_->origin);
        return now.same_node(then) && now.epoch > then.epoch ? now.text() : std::string{};
    }

    // Its key is another, which is not at hand: so this is what the cabinet says, and no finding.
    Status kept_under(const std::string& origin, const std::string& proof) {
        auto parsed = leaf::parse_consistency_proof(proof);
        auto newer = leaf::read_checkpoint(parsed->checkpoint)->checkpoint;
        leaf::Hasher hasher;
        if (!leaf::verify_consistency(hasher, checkpoint_->size, checkpoint_->root, newer.size,
                                      newer.root, parsed->hashes))
            return Error{Code::corrupt, context_.text("verify.lost", {origin}),
                         context_.text("verify.lost.remedy")};
        context_.print.note(context_.text("verify.later_origin", {origin}));
        return {};
    }

    Context& context_;
    Findings findings_;
    evidence::Trust trust_;
    std::optional<leaf::Checkpoint> checkpoint_;
};

}  // namespace

bool wants_files(const Arguments& arguments) {
    for (const auto* name : {"--checkpoint", "--proof", "--consistency", "--dump", "--bundle"})
        if (arguments.has(name)) return true;
    return false;
}

int verify_files(Context& context) {
    evidence::Trust trust;
    bool signed_files = context.arguments.has("--checkpoint") || context.arguments.has("--proof") ||
                        context.arguments.has("--consistency");
    bool given = context.arguments.has("--key");
    if (signed_files || given) {
        if (!given) return wrong_usage(context, "error.verify_key");
        auto key = key_in(context.arguments.one("--key"));
        if (!key) return fail(context, key.error());
        trust.key = std::move(*key);
    }
    if (context.arguments.has("--timestamp") && !context.arguments.has("--tsa-ca"))
        return wrong_usage(context, "error.verify_tsa");
    for (const auto& path : context.arguments.all("--witness-key")) {
        auto key = key_in(path);
        if (!key) return fail(context, key.error());
        trust.witnesses.push_back(std::move(*key));
    }
    return Files(context, std::move(trust)).run();
}

}  // namespace seals::sealctl
