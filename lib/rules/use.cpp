// Recording a use: it stands on a loan of that seal under that request, and spends what one line of
// the request grants. What happened beyond the grant is recorded, too, as excess, and is an alert.
#include "rules/use.hpp"

#include <algorithm>

#include "rules/identify.hpp"
#include "rules/making.hpp"
#include "rules/use_checks.hpp"

namespace seals::rules {
namespace {

constexpr std::int64_t kMostAtOnce = 1'000'000;

std::optional<Error> shape_fault(const RecordUse& command, const Context& context) {
    const auto& made = command.use.impressions;
    auto bad = [](std::int64_t n) { return n < 0 || n > kMostAtOnce; };
    if (bad(made.ordinary)) return invalid("count", "count must be from 0 to 1000000");
    if (bad(made.cross_page)) return invalid("cross_page", "cross_page must be from 0 to 1000000");
    if (made.none()) return invalid("count", "a use has at least one impression");
    if (command.at_given && command.use.at > context.now)
        return invalid("at", "the use lies in the future");
    return std::nullopt;
}

// The line that pays: the one named, or the first of the seal's that has room for all of it.
// Where none has, the first that stands, then the first at all, so that the refusal tells why.
std::int64_t line_for(const Request& request, const RecordUse& command, Instant at) {
    if (command.use.line != 0) return command.use.line;
    auto lines = request.lines_of(command.use.seal);
    for (const auto& [number, line] : lines)
        if (request.stands(*line, at) && command.use.impressions.within(line->unspent()))
            return number;
    for (const auto& [number, line] : lines)
        if (request.stands(*line, at)) return number;
    return lines.empty() ? 0 : lines.front().first;
}

// What was made beyond what is left, kind by kind.
Impressions beyond(const Impressions& made, const Impressions& left) {
    return {std::max<std::int64_t>(made.ordinary - left.ordinary, 0),
            std::max<std::int64_t>(made.cross_page - left.cross_page, 0)};
}

RegisterNumber next_number(const State& state, const Context& context) {
    auto year = year_of(context.now, context.utc_offset);
    bool same = state.node.register_year == year;
    return {year, same ? state.node.register_number + 1 : 1};
}

Event use_event(const Context& context, const RecordUse& command, const Use& use) {
    auto event = make_event(EventType::use_recorded, context);
    event.request = use.request;
    event.seal = use.seal;
    event.session = use.session;
    event.person = use.by;
    event.doc = use.file;
    event.img = use.before;
    event.img.insert(event.img.end(), use.after.begin(), use.after.end());
    auto number = [](std::int64_t n) { return n != 0 ? Value{n} : Value{}; };
    event.data = make_data({{"id", use.id},
                            {"line", use.line},
                            {"count", use.impressions.ordinary},
                            {"cross_page", number(use.impressions.cross_page)},
                            {"excess", number(use.excess.ordinary)},
                            {"excess_cross_page", number(use.excess.cross_page)},
                            {"at", use.at != context.now ? Value{use.at.ms} : Value{}},
                            {"witness", use.witness.empty() ? Value{} : Value{use.witness.str()}},
                            {"before", number(static_cast<std::int64_t>(use.before.size()))},
                            {"pages", number(use.pages)},
                            {"late", use.late ? Value{true} : Value{}},
                            {"idempotency", idempotency_value(command.idempotency)}});
    auto keep = [&](const char* name, const std::string& text) {
        if (!text.empty()) event.personal.emplace_back(name, text);
    };
    keep("document", use.document);
    keep("number", use.number);
    keep("counterpart", use.counterpart);
    keep("place", use.place);
    keep("exceptions", use.exceptions);
    keep("reason", command.excess);
    return event;
}

}  // namespace

bool names_type(const std::vector<std::string>& types, const std::string& type) {
    return std::any_of(types.begin(), types.end(),
                       [&](const auto& one) { return one == "*" || one == type; });
}

Decision decide_use(const State& state, const Policy& policy, const Context& context,
                    const RecordUse& command) {
    Decision decision;
    const auto* seal = state.seal(command.use.seal);
    if (seal == nullptr) decision.refusal = unknown_thing("seal", command.use.seal.str());
    if (!decision.refusal) decision.refusal = shape_fault(command, context);
    if (decision.refusal) return decision;
    auto use = command.use;
    use.at = command.at_given ? use.at : context.now;
    use.by = command.by.person;
    if (command.witness) use.witness = command.witness->person;
    const auto* request = state.request(use.request);
    auto why = request_refusal(request, use);
    if (!why) why = loan_refusal(policy, context, *seal, use);
    if (!why) {
        use.line = line_for(*request, command, use.at);
        const auto* line = request->line_numbered(use.line);
        if (line == nullptr || line->seal != use.seal) {
            decision.refusal = invalid("line", "request " + use.request.str() + " has no line " +
                                                   std::to_string(use.line) + " for that seal");
            return decision;
        }
        auto left = request->held ? Impressions{} : request->remaining(*line, use.at);
        use.excess = beyond(use.impressions, left);
        why = grant_refusal(*request, *line, command, use);
        if (!why) why = person_refusal(state, policy, *request, *line, *seal, use);
        if (!why) why = scene_refusal(state, policy, *seal, command, use);
    }
    if (!admit_use(state, policy, context, command, *seal, std::move(why), decision))
        return decision;
    if (!command.excess.empty() && use.excess.none()) {
        decision.refusal =
            invalid("excess", "nothing of it lies beyond the grant: record it without");
        return decision;
    }
    use.id = register_id(context.cabinet, next_number(state, context));
    decision.id = use.id;
    decision.events.push_back(use_event(context, command, use));
    if (!use.excess.none())
        decision.events.push_back(make_alert(context, "excess_impression", "critical", {}, seal->id,
                                             use.session, use.by));
    return decision;
}

}  // namespace seals::rules
