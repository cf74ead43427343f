// sealctl witness: be a witness of other cabinets' ledgers, over the network or by a stick. It asks
// no sealsd: the folder is all that it has.
#include "witness/witness.hpp"

#include <chrono>
#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/log.hpp"
#include "commands/table.hpp"
#include "files.hpp"
#include "http/listen.hpp"
#include "reply.hpp"
#include "wire/json.hpp"
#include "witness/server.hpp"

namespace seals::sealctl {
namespace {

using namespace std::chrono_literals;

// The key is in memory from here on.
void keep_memory_private() {
    rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

std::string folder_of(Context& context) {
    return context.arguments.one("--dir");
}

Instant now() {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}

void print_object(Context& context, Value::Object members) {
    context.print.line(wire::dump_json(Value{std::move(members)}));
}

Result<witness::Identity> own_key(const witness::Store& store, const std::string& name) {
    auto lock = store.lock(10s);
    if (!lock) return lock.error();
    return name.empty() ? store.identity() : store.identity(name);
}

int run_key(Context& context) {
    keep_memory_private();
    auto store = witness::Store::open(folder_of(context));
    if (!store) return fail(context, store.error());
    auto identity = own_key(*store, context.arguments.one("--name"));
    if (!identity) return fail(context, identity.error());
    auto vkey = identity->public_key().vkey();
    if (context.print.json())
        print_object(context, {{"name", identity->name}, {"vkey", vkey}});
    else
        context.print.line(vkey);
    return 0;
}

int run_trust(Context& context) {
    auto text = read_small(context.arguments.one("VKEYFILE"), 1024);
    if (!text) return fail(context, text.error());
    auto key = leaf::parse_vkey(*text);
    if (!key) return fail(context, key.error());
    auto store = witness::Store::open(folder_of(context));
    if (!store) return fail(context, store.error());
    auto lock = store->lock(10s);
    if (!lock) return fail(context, lock.error());
    auto fresh = store->pin(*key, context.arguments.has("--rotated"));
    if (!fresh) return fail(context, fresh.error());
    if (context.print.json())
        print_object(context, {{"origin", key->name}, {"new", *fresh}});
    else
        context.print.say(*fresh ? "witness.trusted" : "witness.known", {key->name});
    return 0;
}

int run_add(Context& context) {
    keep_memory_private();
    set_log_level(Priority::error);  // what was refused is told as such
    auto body = read_small(context.arguments.one("FILE"), leaf::kMaxProofBytes);
    if (!body) return fail(context, body.error());
    auto witness = witness::Witness::open(folder_of(context));
    if (!witness) return fail(context, witness.error());
    auto outcome = witness->add_checkpoint(*body, now());
    if (outcome.verdict != witness::Verdict::cosigned)
        return fail(context, Error{witness::row_of(outcome.verdict).code, outcome.detail,
                                   outcome.remedy.empty() ? context.text("witness.refused")
                                                          : outcome.remedy});
    if (context.print.json())
        print_object(context, {{"cosignature", outcome.cosignature},
                               {"size", static_cast<std::int64_t>(outcome.size)},
                               {"code", "ok"}});
    else
        context.print.raw(outcome.cosignature);
    return 0;
}

Value item_of(const std::string& origin, const witness::Kept& kept) {
    Value::Object item{{"origin", origin}, {"vkey", kept.log.key.vkey()}};
    if (kept.log.cosigned) {
        item.emplace_back("size", static_cast<std::int64_t>(kept.log.cosigned->size));
        item.emplace_back("root", to_base64(kept.log.cosigned->root));
        item.emplace_back("time", to_rfc3339(Instant{*kept.cosigned_at * 1000}));
    }
    return Value{std::move(item)};
}

int run_list(Context& context) {
    auto witness = witness::Witness::open(folder_of(context));
    if (!witness) return fail(context, witness.error());
    auto origins = witness->store().origins();
    if (!origins) return fail(context, origins.error());
    Table table({{context.text("head.log")},
                 {context.text("head.tree_size"), Align::right},
                 {context.text("head.tree_root")},
                 {context.text("head.cosigned")}});
    Value::Array items;
    for (const auto& origin : *origins) {
        auto kept = witness->store().read(origin, witness->identity().public_key());
        if (!kept) return fail(context, kept.error());
        if (!*kept) continue;
        auto item = items.emplace_back(item_of(origin, **kept));
        table.row({origin, std::to_string(item.integer_or("size")), item.text_or("root"),
                   time_of(context, item.find("time"))});
    }
    if (context.print.json()) {
        print_object(context, {{"items", std::move(items)}, {"next", nullptr}});
        return 0;
    }
    if (table.empty()) context.print.note(context.text("list.none"));
    context.print.table(table);
    return 0;
}

int serve(const witness::Witness& witness, Fd listening, const std::string& address) {
    loop::Loop loop;
    witness::Server server(loop, std::move(listening), witness);
    loop::Timer patience;
    auto stop = [&] {
        patience = loop.after(5s, [&] { loop.stop(); });
        server.drain([&] { loop.stop(); });
    };
    auto on_term = loop.on_signal(SIGTERM, stop);
    auto on_int = loop.on_signal(SIGINT, stop);
    log(Priority::notice, "witness", "listening",
        {{"name", witness.identity().name}, {"address", address}});
    loop.run();
    return 0;
}

int run_serve(Context& context) {
    keep_memory_private();
    auto witness = witness::Witness::open(folder_of(context));
    if (!witness) return fail(context, witness.error());
    auto only = witness->store().lock_serving();
    if (!only) return fail(context, only.error());
    auto address = context.arguments.one("--listen");
    auto listening = http::listen_on(address);
    if (!listening) return fail(context, listening.error());
    return serve(*witness, std::move(*listening), address);
}

constexpr Option kServe[] = {{"--dir", "DIR", "opt.dir.witness", true},
                             {"--listen", "ADDRESS", "opt.listen", true}};
constexpr Option kAdd[] = {{"FILE", "", "opt.file.checkpoint", true},
                           {"--dir", "DIR", "opt.dir.witness", true}};
constexpr Option kTrust[] = {{"VKEYFILE", "", "opt.vkeyfile", true},
                             {"--rotated", "", "opt.rotated"},
                             {"--dir", "DIR", "opt.dir.witness", true}};
constexpr Option kKey[] = {{"--dir", "DIR", "opt.dir.witness", true},
                           {"--name", "NAME", "opt.name.witness"}};
constexpr Option kList[] = {{"--dir", "DIR", "opt.dir.witness", true}};
const Command kCommands[] = {{"witness serve", kServe, false, run_serve},
                             {"witness add", kAdd, false, run_add},
                             {"witness trust", kTrust, false, run_trust},
                             {"witness key", kKey, false, run_key},
                             {"witness list", kList, false, run_list}};

}  // namespace

std::span<const Command> witness_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
