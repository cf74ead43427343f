// sealctl policy show, check, explain: the policy in force, what a configuration would change of
// it, and why a decision was made or would be.
#include <algorithm>
#include <charconv>

#include "base/width.hpp"
#include "commands/table.hpp"
#include "config/changes.hpp"
#include "reply.hpp"
#include "wire/acts.hpp"
#include "wire/json.hpp"

namespace seals::sealctl {
namespace {

int run_show(Context& context) {
    return show_thing(context, context.daemon.get("/v1/policy"),
                      [](Context& with, const Value& policy) {
                          auto text = policy.text_or("text");
                          // Line by line: its line breaks stay, what a terminal would obey does
                          // not.
                          for (std::size_t at = 0; at < text.size();) {
                              auto end = std::min(text.find('\n', at), text.size());
                              with.print.line(cleaned(std::string_view(text).substr(at, end - at)));
                              at = end + 1;
                          }
                          with.print.note(with.text("policy.sha256", {policy.text_or("sha256")}));
                      });
}

Style style_of(config::Direction direction) {
    if (direction == config::Direction::looser) return Style::bad;
    return direction == config::Direction::tighter ? Style::good : Style::plain;
}

std::string_view name_of(config::Direction direction) {
    if (direction == config::Direction::looser) return "looser";
    return direction == config::Direction::tighter ? "tighter" : "other";
}

Value changes_value(const std::vector<config::Change>& changes, bool looser) {
    Value::Array items;
    for (const auto& change : changes) {
        Value item{Value::Object{}};
        item.add("key", change.key);
        item.add("now", change.now);
        item.add("next", change.next);
        item.add("direction", std::string(name_of(change.direction)));
        items.push_back(std::move(item));
    }
    Value out{Value::Object{}};
    out.add("items", std::move(items));
    out.add("code", looser ? "no" : "ok");
    return out;
}

void print_changes(Context& context, const std::vector<config::Change>& changes) {
    if (changes.empty()) return context.print.say("policy.same");
    Table table({{context.text("head.key")},
                 {context.text("head.now"), Align::left, true},
                 {context.text("head.next"), Align::left, true},
                 {context.text("head.direction")}});
    for (const auto& change : changes)
        table.row({change.key, change.now, change.next,
                   Cell(context.word("direction", std::string(name_of(change.direction))),
                        style_of(change.direction))});
    context.print.table(table);
}

// The answer is no when something would be looser than what is in force.
int run_check(Context& context) {
    auto config = config::load(context.arguments.one("FILE"));
    if (!config) return fail(context, config.error());
    auto policy = context.daemon.get("/v1/policy");
    if (!policy || policy->problem)
        return show_thing(context, policy, [](Context&, const Value&) {});
    auto changes = config::policy_changes(policy->body.text_or("text"), *config);
    bool looser = std::any_of(changes.begin(), changes.end(), [](const auto& change) {
        return change.direction == config::Direction::looser;
    });
    if (context.print.json())
        context.print.line(wire::dump_json(changes_value(changes, looser)));
    else
        print_changes(context, changes);
    return row_of(looser ? Code::no : Code::ok).exit;
}

void print_explained(Context& context, const Value& body) {
    auto at = instant_of(body.find("time"));
    Facts(context)
        .add("fact.decision", body.text_or("decision"))
        .add("fact.at", at ? time_with_zone(*at, context.print.language()) : "")
        .add("fact.policy", body.text_or("policy"))
        .print();
    Table table({{context.text("head.rule")},
                 {context.text("head.name"), Align::left, true},
                 {context.text("head.verdict")},
                 {context.text("head.detail"), Align::left, true}});
    const auto* rules = body.find("rules");
    if (rules == nullptr || rules->array() == nullptr || rules->array()->empty()) return;
    for (const auto& rule : *rules->array()) {
        auto verdict = rule.text_or("verdict");
        table.row(
            {rule.text_or("rule"), rule.text_or("name"),
             Cell(context.word("verdict", verdict), verdict == "passed" ? Style::good : Style::bad),
             rule.text_or("detail")});
    }
    context.print.line("");
    context.print.table(table);
}

int run_explain(Context& context) {
    wire::ExplainCall call;
    if (auto seq = context.arguments.maybe("SEQ")) {
        std::int64_t number = 0;
        auto end = seq->data() + seq->size();
        auto parsed = std::from_chars(seq->data(), end, number);
        if (parsed.ec != std::errc{} || parsed.ptr != end || number < 1)
            return wrong_usage(context, "usage.unexpected", {*seq});
        call.seq = number;
    } else if (!context.arguments.has("--seal") || !context.arguments.has("--person")) {
        return wrong_usage(context, "usage.explain");
    }
    call.seal = context.arguments.maybe("--seal");
    call.person = context.arguments.maybe("--person");
    call.second = context.arguments.maybe("--second");
    call.requests = context.arguments.all("--request");
    return show_reply(context, context.daemon.post("/v1/policy/explain", wire::write(call)),
                      print_explained);
}

constexpr Option kCheck[] = {{"FILE", "", "opt.config", true}};
constexpr Option kExplain[] = {{"SEQ", "", "opt.decision"},
                               {"--seal", "ID", "opt.explain.seal"},
                               {"--person", "ID", "opt.explain.person"},
                               {"--second", "ID", "opt.second.take"},
                               {"--request", "ID", "opt.request.take", false, true}};
const Command kCommands[] = {{"policy show", {}, false, run_show},
                             {"policy check", kCheck, false, run_check},
                             {"policy explain", kExplain, false, run_explain}};

}  // namespace

std::span<const Command> policy_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
