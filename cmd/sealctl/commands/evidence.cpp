// sealctl evidence: the device's key, checkpoints, proofs and dumps for those who verify without
// us; receipts; cosignatures taken in.
#include "wire/evidence.hpp"

#include "base/text.hpp"
#include "commands/table.hpp"
#include "commands/witness_ask.hpp"
#include "factors.hpp"
#include "files.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/dump.hpp"
#include "leaf/leaf.hpp"
#include "proof_files.hpp"
#include "reply.hpp"
#include "sending.hpp"

namespace seals::sealctl {
namespace {

client::Query size_query(Context& context) {
    auto size = context.arguments.one("--size");
    return size.empty() ? client::Query{} : client::Query{{"size", size}};
}

int run_key(Context& context) {
    auto reply = context.daemon.get("/v1/checkpoint");
    return show_thing(context, reply, [](Context& with, const Value& body) {
        with.print.line(body.text_or("key"));
    });
}

std::string witnesses_of(Context& context, const Value& body) {
    std::vector<std::string> out;
    if (const auto* all = body.find("cosignatures"); all != nullptr && all->array() != nullptr)
        for (const auto& one : *all->array())
            out.push_back(one.text_or("name") + " " + time_of(context, one.find("time")));
    return joined(out, ", ");
}

std::size_t count_of(const Value& body, const char* name) {
    const auto* all = body.find(name);
    return all != nullptr && all->array() != nullptr ? all->array()->size() : 0;
}

// What is written into the paper book: size and root say all.
int run_checkpoint(Context& context) {
    auto reply =
        context.daemon.get(client::with_query("/v1/checkpoint", size_query(context)), kLong);
    auto out = context.arguments.one("--out");
    if (out.empty() || !reply || reply->problem)
        return show_thing(context, reply, [](Context& with, const Value& body) {
            Facts(with)
                .add("fact.origin", body.text_or("origin"))
                .add("fact.size", std::to_string(body.integer_or("size")))
                .add("fact.root", body.text_or("root"))
                .add("fact.signed", time_of(with, body.find("time")))
                .add("fact.cosigned", witnesses_of(with, body))
                .add("fact.stamped", count_of(body, "timestamps") == 0
                                         ? ""
                                         : std::to_string(count_of(body, "timestamps")))
                .print();
        });
    if (auto status = write_out(context, out, reply->body.text_or("note")); !status)
        return fail(context, status.error());
    return show_thing(context, reply, [&](Context& with, const Value& body) {
        if (out != "-")
            with.print.say("act.checkpoint_written",
                           {out, std::to_string(body.integer_or("size"))});
    });
}

int run_inclusion(Context& context) {
    auto query = size_query(context);
    query.emplace_back("seq", context.arguments.one("SEQ"));
    auto reply = context.daemon.get(client::with_query("/v1/proofs/inclusion", query), kLong);
    if (!reply || reply->problem) return show_thing(context, reply, [](Context&, const Value&) {});
    auto folder = context.arguments.one("--out");
    ProofFiles files{folder};
    if (auto status = files.add_proof(context, reply->body); !status)
        return fail(context, status.error());
    if (auto status = files.add_key(context); !status) return fail(context, status.error());
    return show_thing(context, reply, [&](Context& with, const Value& body) {
        auto seq = std::to_string(body.integer_or("seq"));
        with.print.say("act.proof_written", {folder, seq});
        with.print.say("note.check_proof", {folder, seq});
    });
}

// A size, or the file of an older checkpoint.
Result<std::string> old_size(const std::string& text) {
    if (leaf::parse_natural(text)) return text;
    auto note = read_small(text);
    if (!note) return note.error();
    auto opened = leaf::read_checkpoint(*note);
    if (!opened) return opened.error();
    return std::to_string(opened->checkpoint.size);
}

int run_consistency(Context& context) {
    auto old = old_size(context.arguments.one("OLD"));
    if (!old) return fail(context, old.error());
    auto query = size_query(context);
    query.emplace_back("old", *old);
    auto reply = context.daemon.get(client::with_query("/v1/proofs/consistency", query), kLong);
    if (!reply || reply->problem || context.print.json())
        return show_thing(context, reply, [](Context&, const Value&) {});
    auto out = context.arguments.maybe("--out").value_or("-");
    if (auto status = write_out(context, out, reply->body.text_or("proof")); !status)
        return fail(context, status.error());
    if (out != "-") context.print.say("act.consistency_written", {out, *old});
    return 0;
}

int run_dump(Context& context) {
    auto checkpoint = context.daemon.get("/v1/checkpoint", kLong);
    if (!checkpoint || checkpoint->problem)
        return show_thing(context, checkpoint, [](Context&, const Value&) {});
    auto written = write_dump(context, context.arguments.one("--out"), checkpoint->body);
    if (!written) return fail(context, written.error());
    if (context.arguments.one("--out") != "-")
        context.print.say("act.dump_written",
                          {context.arguments.one("--out"), std::to_string(*written)});
    return 0;
}

// The signature lines of a cosigned note, or those that a witness answered with.
Result<std::vector<std::string>> cosignatures_in(const std::string& text, std::string& size) {
    std::vector<leaf::NoteSignature> all;
    if (auto opened = leaf::read_checkpoint(text)) {
        size = std::to_string(opened->checkpoint.size);
        for (auto& one : opened->note.signatures)
            if (one.name != opened->checkpoint.origin) all.push_back(std::move(one));
    } else {
        for (auto line : split(text, '\n')) {
            if (line.empty()) continue;
            auto one = leaf::parse_signature(line);
            if (!one) return one.error();
            all.push_back(std::move(*one));
        }
    }
    if (all.empty()) return invalid("FILE", "there is no cosignature in it");
    std::vector<std::string> lines;
    for (const auto& one : all)
        lines.push_back(leaf::write_signature(one));
    return lines;
}

int run_witness(Context& context) {
    if (!context.arguments.has("FILE")) return ask_witnesses(context);
    auto text = read_small(context.arguments.one("FILE"));
    if (!text) return fail(context, text.error());
    auto size = context.arguments.one("--size");
    auto lines = cosignatures_in(*text, size);
    if (!lines) return fail(context, lines.error());
    std::int64_t number = 0;
    if (!read_number(size, number)) return wrong_usage(context, "error.witness_size");
    int code = 0;
    for (const auto& line : *lines) {
        auto reply = context.daemon.post("/v1/cosignatures",
                                         wire::write(wire::CosignatureCall{number, line}));
        int one = show_reply(context, reply, [&](Context& with, const Value&) {
            with.print.say("act.cosigned", {line.substr(4, line.find(' ', 4) - 4), size});
        });
        code = code == 0 ? one : code;
    }
    return code;
}

// The last entry of a visit or request that names the seal: what whoever used it goes home with.
int run_receipt(Context& context) {
    auto session = context.arguments.one("--session"), request = context.arguments.one("--request");
    if (session.empty() == request.empty()) return wrong_usage(context, "error.receipt_of");
    client::Query query{
        {session.empty() ? "request" : "session", session.empty() ? request : session},
        {"limit", "500"},
        {"proofs", "0"}};
    auto reply = context.daemon.get(client::with_query("/v1/leaves", query), kLong);
    if (!reply || reply->problem) return show_thing(context, reply, [](Context&, const Value&) {});
    const auto* items = reply->body.find("items");
    if (items == nullptr || items->array() == nullptr || items->array()->empty())
        return fail(context, {Code::not_found, "the ledger has no entry of it",
                              "`sealctl session show` and `sealctl request show` know their ids"});
    auto seq = std::to_string(items->array()->back().integer_or("seq"));
    auto proof =
        context.daemon.get(client::with_query("/v1/proofs/inclusion", {{"seq", seq}}), kLong);
    if (!proof || proof->problem) return show_thing(context, proof, [](Context&, const Value&) {});
    auto folder = context.arguments.one("--out");
    ProofFiles files{folder};
    if (auto status = files.add_proof(context, proof->body); !status)
        return fail(context, status.error());
    if (auto status = files.add_key(context); !status) return fail(context, status.error());
    return show_thing(context, proof, [&](Context& with, const Value& body) {
        with.print.say("act.receipt_written",
                       {folder, seq, std::to_string(body.integer_or("size"))});
        with.print.say("note.check_proof", {folder, seq});
    });
}

int run_rotate(Context& context) {
    auto acting =
        acting_of(context, {context.arguments.one("--person"), context.arguments.one("--second")});
    if (!acting) return fail(context, acting.error());
    auto body = wire::write(
        wire::RotateKeyCall{(*acting)[0], (*acting)[1], context.arguments.one("--basis")});
    wipe(*acting);
    return show_reply(context, context.daemon.post("/v1/key/rotate", std::move(body)),
                      [](Context& with, const Value& done) {
                          with.print.line(done.text_or("key"));
                          with.print.say("act.key_rotated",
                                         {std::to_string(done.integer_or("seq"))});
                      });
}

constexpr Option kCheckpoint[] = {{"--size", "N", "opt.size"}, {"--out", "FILE", "opt.out.note"}};
constexpr Option kInclusion[] = {{"SEQ", "", "opt.seq", true},
                                 {"--out", "DIR", "opt.out.folder", true},
                                 {"--size", "N", "opt.size"}};
constexpr Option kConsistency[] = {
    {"OLD", "", "opt.old", true}, {"--out", "FILE", "opt.out.proof"}, {"--size", "N", "opt.size"}};
constexpr Option kDump[] = {{"--out", "FILE", "opt.out.dump", true}};
constexpr Option kWitness[] = {{"FILE", "", "opt.file.cosigned"},
                               {"--size", "N", "opt.size.cosigned"},
                               {"--url", "URL", "opt.url"},
                               {"--config", "FILE", "opt.config"}};
constexpr Option kReceipt[] = {{"--session", "ID", "opt.session.receipt"},
                               {"--request", "ID", "opt.request.receipt"},
                               {"--out", "DIR", "opt.out.folder", true}};
constexpr Option kRotate[] = {{"--person", "ID", "opt.person.rotate", true},
                              {"--second", "ID", "opt.second.rotate", true},
                              {"--basis", "TEXT", "opt.basis.rotate", true},
                              {"--pin-file", "FILE", "opt.pins_file"},
                              {"--pin-fd", "N", "opt.pins_fd"}};
const Command kCommands[] = {{"evidence key", {}, false, run_key},
                             {"evidence checkpoint", kCheckpoint, false, run_checkpoint},
                             {"evidence inclusion", kInclusion, false, run_inclusion},
                             {"evidence consistency", kConsistency, false, run_consistency},
                             {"evidence dump", kDump, false, run_dump},
                             {"evidence witness", kWitness, false, run_witness},
                             {"evidence receipt", kReceipt, false, run_receipt},
                             {"evidence rotate-key", kRotate, true, run_rotate}};

}  // namespace

std::span<const Command> evidence_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
