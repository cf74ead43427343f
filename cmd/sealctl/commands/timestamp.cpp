// sealctl evidence timestamp: the word of a time-stamping authority (RFC 3161) on a checkpoint,
// over the network or by files, and its check. Without sealsd where the checkpoint is in a file.
#include "evidence/timestamp.hpp"

#include "commands/table.hpp"
#include "config/config.hpp"
#include "files.hpp"
#include "leaf/checkpoint.hpp"
#include "reply.hpp"
#include "web/post.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

struct Stamped {
    leaf::Checkpoint checkpoint;
    bool offline = false;  // from a file: no sealsd is told
};

struct Authority {
    std::string url;
    std::string certificates;
};

Result<leaf::Checkpoint> checkpoint_in(std::string_view note) {
    auto opened = leaf::read_checkpoint(note);
    if (!opened) return opened.error();
    return std::move(opened->checkpoint);
}

Result<Stamped> checkpoint_of(Context& context) {
    if (auto file = context.arguments.maybe("--checkpoint")) {
        auto note = read_small(*file, leaf::kMaxNoteBytes);
        if (!note) return note.error();
        auto checkpoint = checkpoint_in(*note);
        if (!checkpoint) return checkpoint.error();
        return Stamped{std::move(*checkpoint), true};
    }
    client::Query query;
    if (auto size = context.arguments.maybe("--size")) query = {{"size", *size}};
    auto reply = context.daemon.get(client::with_query("/v1/checkpoint", query));
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    auto checkpoint = checkpoint_in(reply->body.text_or("note"));
    if (!checkpoint) return checkpoint.error();
    return Stamped{std::move(*checkpoint), false};
}

// The options, else seals.toml; what neither says is asked for by name.
Result<Authority> authority_of(Context& context, bool needs_url) {
    const auto& given = context.arguments;
    Authority out{given.one("--tsa-url"), given.one("--tsa-ca")};
    if ((needs_url && out.url.empty()) || out.certificates.empty()) {
        auto file = given.maybe("--config").value_or("/etc/seals/seals.toml");
        auto config = config::load(file);
        if (!config) return config.error();
        if (out.url.empty()) out.url = config->evidence.tsa_url;
        if (out.certificates.empty()) out.certificates = config->evidence.tsa_ca;
    }
    if (out.certificates.empty())
        return Error{Code::invalid, context.text("timestamp.no_ca"),
                     context.text("timestamp.no_ca.remedy"), "tsa_ca"};
    if (needs_url && out.url.empty())
        return Error{Code::invalid, context.text("timestamp.no_url"),
                     context.text("timestamp.no_url.remedy"), "tsa_url"};
    return out;
}

Result<std::string> ask(const Authority& authority, std::string_view query) {
    web::Post post{authority.url, "application/timestamp-query", std::string(query),
                   "application/timestamp-reply", evidence::kMostTimestamp};
    auto answer = web::post(post);
    if (!answer) return answer.error();
    if (answer->status == 200 && answer->type == "application/timestamp-reply")
        return std::move(answer->body);
    return unavailable(authority.url + " answered with status " + std::to_string(answer->status) +
                           " and " + (answer->type.empty() ? "no type" : answer->type) +
                           ", not with a time stamp",
                       "look whether the address is that of a time-stamping authority");
}

struct Exchange {
    std::string query;  // empty: not at hand
    std::string reply;
};

Result<Exchange> exchange(Context& context, const Authority& authority, std::string_view text) {
    Exchange out;
    const auto& given = context.arguments;
    if (given.has("--reply")) {
        auto reply = read_small(given.one("--reply"), evidence::kMostTimestamp);
        if (!reply) return reply.error();
        out.reply = std::move(*reply);
        if (!given.has("--query")) return out;
        auto query = read_small(given.one("--query"), evidence::kMostTimestamp);
        if (!query) return query.error();
        out.query = std::move(*query);
        return out;
    }
    auto query = evidence::timestamp_query(text);
    if (!query) return query.error();
    out.query = as_text(*query);
    auto reply = ask(authority, out.query);
    if (!reply) return reply.error();
    out.reply = std::move(*reply);
    return out;
}

int write_query(Context& context, const leaf::Checkpoint& checkpoint) {
    auto file = context.arguments.one("--query");
    auto query = evidence::timestamp_query(checkpoint.text());
    if (!query) return fail(context, query.error());
    if (auto status = write_out(context, file, as_text(*query)); !status)
        return fail(context, status.error());
    auto size = std::to_string(checkpoint.size);
    if (context.print.json())
        context.print.line(wire::dump_json(
            Value{Value::Object{{"size", static_cast<std::int64_t>(checkpoint.size)},
                                {"query", file},
                                {"code", "ok"}}}));
    else
        context.print.say("timestamp.query", {file, size});
    return 0;
}

Value value_of(const leaf::Checkpoint& checkpoint, const evidence::CheckedStamp& checked) {
    const auto& stamp = checked.stamp;
    Value out{Value::Object{{"origin", checkpoint.origin},
                            {"size", static_cast<std::int64_t>(checkpoint.size)},
                            {"time", to_rfc3339(stamp.time)},
                            {"authority", stamp.authority},
                            {"serial", stamp.serial},
                            {"policy", stamp.policy}}};
    if (stamp.accuracy) out.add("accuracy_ms", static_cast<std::int64_t>(stamp.accuracy->count()));
    out.add("token", to_base64(checked.reply));
    out.add("code", "ok");
    return out;
}

void print_stamp(Context& context, const leaf::Checkpoint& checkpoint,
                 const evidence::CheckedStamp& checked, bool kept) {
    const auto& stamp = checked.stamp;
    if (context.print.json())
        return context.print.line(wire::dump_json(value_of(checkpoint, checked)));
    context.print.say(kept ? "timestamp.kept" : "timestamp.good",
                      {std::to_string(checkpoint.size)});
    Facts(context)
        .add("fact.stamp_time", time_with_zone(stamp.time, context.print.language()))
        .add("fact.accuracy", stamp.accuracy ? std::to_string(stamp.accuracy->count()) + " ms" : "")
        .add("fact.authority", stamp.authority)
        .add("fact.serial", stamp.serial)
        .add("fact.tsa_policy", stamp.policy)
        .print();
}

// The bytes that were checked, and nothing else, go to sealsd.
Status keep(Context& context, const Stamped& of, const evidence::CheckedStamp& checked) {
    if (auto file = context.arguments.maybe("--out"))
        if (auto status = write_out(context, *file, as_text(checked.reply)); !status) return status;
    if (of.offline) return {};
    Value body{Value::Object{{"size", static_cast<std::int64_t>(of.checkpoint.size)},
                             {"token", to_base64(checked.reply)}}};
    auto reply = context.daemon.post("/v1/timestamps", std::move(body));
    if (!reply) return reply.error();
    if (reply->problem) return *reply->problem;
    return {};
}

int run_timestamp(Context& context) {
    auto of = checkpoint_of(context);
    if (!of) return fail(context, of.error());
    bool by_hand = context.arguments.has("--reply");
    if (context.arguments.has("--query") && !by_hand) return write_query(context, of->checkpoint);
    auto authority = authority_of(context, !by_hand);
    if (!authority) return fail(context, authority.error());
    auto pinned = evidence::Authorities::load(authority->certificates);
    if (!pinned) return fail(context, pinned.error());
    auto text = of->checkpoint.text();
    auto exchanged = exchange(context, *authority, text);
    if (!exchanged) return fail(context, exchanged.error());
    auto checked = evidence::check_reply(as_bytes(exchanged->reply), text, *pinned,
                                         as_bytes(exchanged->query));
    if (!checked) return fail(context, checked.error());
    if (auto status = keep(context, *of, *checked); !status) return fail(context, status.error());
    print_stamp(context, of->checkpoint, *checked, !of->offline);
    return 0;
}

constexpr Option kTimestamp[] = {
    {"--query", "FILE", "opt.query"},    {"--reply", "FILE", "opt.reply"},
    {"--size", "N", "opt.size.stamped"}, {"--checkpoint", "FILE", "opt.checkpoint.stamped"},
    {"--out", "FILE", "opt.out.token"},  {"--tsa-url", "URL", "opt.tsa_url"},
    {"--tsa-ca", "PATH", "opt.tsa_ca"},  {"--config", "FILE", "opt.config"}};
const Command kCommands[] = {{"evidence timestamp", kTimestamp, true, run_timestamp}};

}  // namespace

std::span<const Command> timestamp_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
