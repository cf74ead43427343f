#include "commands/witness_ask.hpp"

#include <optional>

#include "base/text.hpp"
#include "config/config.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/proof_text.hpp"
#include "reply.hpp"
#include "web/post.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

constexpr int kTries = 4;  // others may ask for this ledger at the same time

struct Asked {
    std::string url;
    leaf::PublicKey key;
};

struct Cosigned {
    std::uint64_t size = 0;
    std::string line;
    Instant time;
};

Result<leaf::PublicKey> witness_key(std::string_view vkey) {
    auto key = leaf::parse_vkey(vkey);
    if (!key) return key;
    if (key->type != leaf::KeyType::cosigns)
        return invalid("key", "the key of " + key->name + " cosigns nothing: it is not of type 4");
    return key;
}

// Cosignatures of keys that nobody named are worth nothing; sealsd goes by the same table.
Result<std::vector<Asked>> witnesses_of(Context& context) {
    auto url = context.arguments.one("--url");
    auto file = context.arguments.maybe("--config").value_or("/etc/seals/seals.toml");
    auto config = config::load(file);
    if (!config) return config.error();
    std::vector<Asked> out;
    for (const auto& witness : config->witnesses) {
        if (witness.url.empty() || (!url.empty() && witness.url != url)) continue;
        auto key = witness_key(witness.key);
        if (!key) return key.error();
        out.push_back({witness.url, std::move(*key)});
    }
    if (out.empty())
        return Error{Code::invalid, context.text("ask.none", {file}),
                     context.text("ask.none.remedy"), url.empty() ? "witness" : "url"};
    return out;
}

struct Body {  // of a request to a witness
    leaf::Checkpoint checkpoint;
    std::string text;
};

// From nothing: the newest checkpoint needs no proof. From a size: with what shows that it grew.
Result<Body> body_from(Context& context, std::uint64_t old) {
    auto path = old == 0
                    ? std::string("/v1/checkpoint")
                    : client::with_query("/v1/proofs/consistency", {{"old", std::to_string(old)}});
    auto reply = context.daemon.get(path);
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    auto text = reply->body.text_or("proof");
    if (old == 0)
        text = leaf::write_proof(leaf::ConsistencyProof{0, {}, reply->body.text_or("note")});
    auto proof = leaf::parse_consistency_proof(text);
    if (!proof) return proof.error();
    auto opened = leaf::read_checkpoint(proof->checkpoint);
    if (!opened) return opened.error();
    return Body{std::move(opened->checkpoint), std::move(text)};
}

// --- what a witness answers ---

Result<Cosigned> cosignature_in(const Asked& asked, const leaf::Checkpoint& checkpoint,
                                std::string_view body) {
    for (auto line : split(body, '\n')) {
        auto signature = leaf::parse_signature(line);
        if (!signature || signature->name != asked.key.name || signature->id != asked.key.id())
            continue;
        auto time = leaf::check_cosignature(checkpoint, *signature, asked.key);
        if (!time) return time.error();
        return Cosigned{checkpoint.size, std::string(line), Instant{*time * 1000}};
    }
    return Error{Code::corrupt, asked.url + " gave no cosignature of " + asked.key.name,
                 "ask whoever runs it for its key"};
}

Error refused(Context& context, const Asked& asked, const web::Answer& answer) {
    auto told = [&](Code code, const char* key) {
        return Error{code, context.text(key, {asked.key.name}),
                     context.text(std::string(key) + ".remedy")};
    };
    if (answer.status == 404) return told(Code::not_found, "ask.unknown");
    if (answer.status == 403) return told(Code::corrupt, "ask.other_key");
    if (answer.status == 422) return told(Code::corrupt, "ask.unproven");
    return unavailable(asked.url + " answered with status " + std::to_string(answer.status),
                       "look whether the address is that of a witness (c2sp.org/tlog-witness)");
}

// The size that it has seen; what cannot be is proof of a fault of this ledger, or of the witness.
Result<std::uint64_t> size_seen(Context& context, const Asked& asked, const web::Answer& answer,
                                std::uint64_t old, std::uint64_t ours) {
    std::string_view text = answer.body;
    if (text.ends_with('\n')) text.remove_suffix(1);
    auto seen = leaf::parse_natural(text);
    if (answer.type != "text/x.tlog.size" || !seen)
        return unavailable(asked.url + " says 409 without the size it has seen",
                           "it is no witness of c2sp.org/tlog-witness");
    auto numbers = {asked.key.name, std::to_string(*seen), std::to_string(ours)};
    if (*seen > ours)
        return Error{Code::corrupt, context.text("ask.rolled_back", numbers),
                     context.text("ask.rolled_back.remedy")};
    if (*seen == old)
        return Error{Code::corrupt, context.text("ask.fork", numbers),
                     context.text("ask.fork.remedy")};
    return *seen;
}

Result<Cosigned> ask(Context& context, const Asked& asked) {
    std::uint64_t old = 0;
    for (int i = 0; i < kTries; ++i) {
        auto body = body_from(context, old);
        if (!body) return body.error();
        const auto& checkpoint = body->checkpoint;
        auto answer =
            web::post({asked.url + "/add-checkpoint", "text/plain; charset=utf-8", body->text});
        if (!answer) return answer.error();
        if (answer->status == 200) return cosignature_in(asked, checkpoint, answer->body);
        if (answer->status != 409) return refused(context, asked, *answer);
        auto seen = size_seen(context, asked, *answer, old, checkpoint.size);
        if (!seen) return seen.error();
        old = *seen;
    }
    return unavailable(asked.url + " has seen another size each time", "try again in a moment");
}

Status hand_over(Context& context, const Cosigned& cosigned) {
    Value body{Value::Object{{"size", static_cast<std::int64_t>(cosigned.size)},
                             {"cosignature", cosigned.line}}};
    auto reply = context.daemon.post("/v1/cosignatures", std::move(body));
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    return {};
}

// sealsd lets a checkpoint go when newer ones come fast and nobody refers to it yet: then again.
Result<Cosigned> have_cosigned(Context& context, const Asked& asked) {
    for (int i = 1;; ++i) {
        auto cosigned = ask(context, asked);
        if (!cosigned) return cosigned;
        auto status = hand_over(context, *cosigned);
        if (status) return cosigned;
        if (status.error().code != Code::not_found || i == kTries) return status.error();
    }
}

int tell(Context& context, const Asked& asked, const Cosigned& cosigned) {
    if (context.print.json())
        context.print.line(
            wire::dump_json(Value{Value::Object{{"witness", asked.key.name},
                                                {"size", static_cast<std::int64_t>(cosigned.size)},
                                                {"time", to_rfc3339(cosigned.time)},
                                                {"cosignature", cosigned.line},
                                                {"code", "ok"}}}));
    else
        context.print.say("ask.cosigned", {asked.key.name, std::to_string(cosigned.size)});
    return 0;
}

}  // namespace

int ask_witnesses(Context& context) {
    auto witnesses = witnesses_of(context);
    if (!witnesses) return fail(context, witnesses.error());
    int exit = 0;
    for (const auto& asked : *witnesses) {
        auto cosigned = have_cosigned(context, asked);
        int one = cosigned ? tell(context, asked, *cosigned) : fail(context, cosigned.error());
        if (exit == 0) exit = one;
    }
    return exit;
}

}  // namespace seals::sealctl
