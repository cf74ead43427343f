// Requests: upsert from an OA. Validation comes before status; same content is a no-op, other
// content under one key is a conflict and the old stays in force; a withdrawal is for good.
#include <algorithm>

#include "rules/making.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

using LineGiven = RequestUpsert::LineGiven;

// The request of that key, or null, and the id it has or would get. `id` stays empty when both of
// its possible ids belong to others.
const Request* known_as(const State& state, const Request& wanted, RequestId& id) {
    for (const auto& text : {wanted.external_id, wanted.source + ":" + wanted.external_id}) {
        const auto* there = state.request(RequestId(text));
        bool same = there != nullptr && there->source == wanted.source &&
                    there->external_id == wanted.external_id;
        if (there != nullptr && !same) continue;
        id = RequestId(text);
        return there;
    }
    return nullptr;
}

// Whether the word stands in the text by itself, between what separates names in a chain.
bool names_in(const std::string& text, const std::string& word) {
    constexpr std::string_view kEnds = " \t\n>,;|/()-:";
    constexpr std::string_view kWide[] = {"→", "、", ",", ";", "(", ")", ":", "|", " "};
    auto ends_here = [&](std::size_t at) {
        if (at == text.size() || kEnds.find(text[at]) != std::string_view::npos) return true;
        return std::any_of(std::begin(kWide), std::end(kWide), [&](std::string_view wide) {
            return text.compare(at, wide.size(), wide) == 0;
        });
    };
    auto begins_here = [&](std::size_t at) {
        if (at == 0 || kEnds.find(text[at - 1]) != std::string_view::npos) return true;
        return std::any_of(std::begin(kWide), std::end(kWide), [&](std::string_view wide) {
            return at >= wide.size() && text.compare(at - wide.size(), wide.size(), wide) == 0;
        });
    };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        if (begins_here(at) && ends_here(at + word.size())) return true;
    return false;
}

constexpr std::int64_t kMostOfALine = 1'000'000;  // copies, impressions: more is a slip of the pen

bool in_range(std::int64_t n, std::int64_t least) {
    return n >= least && n <= kMostOfALine;
}

std::optional<Error> line_fault(const State& state, const Line& line, const std::string& at) {
    if (state.seal(line.seal) == nullptr)
        return invalid(at + "seal", "seal " + line.seal.str() + " is not known");
    if (!in_range(line.copies, 1))
        return invalid(at + "copies", "copies must be from 1 to 1000000");
    if (!in_range(line.cross_page, 0))
        return invalid(at + "cross_page", "cross_page must be from 0 to 1000000");
    for (const auto& user : line.users)
        if (state.person(user) == nullptr)
            return invalid(at + "users", "user " + user.str() + " is not a known person");
    return std::nullopt;
}

// What policy and the OA made of a line together.
std::optional<Error> completed_fault(const Request& request) {
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto& line = request.lines[i];
        auto at = "lines[" + std::to_string(i) + "].";
        if (!in_range(line.count, 1))
            return invalid(at + "count", "count must be from 1 to 1000000");
        if (line.valid_to < line.valid_from)
            return invalid(at + "valid_to", "the line's window ends before it begins");
    }
    return std::nullopt;
}

std::optional<Error> fault_of(const State& state, const Request& wanted) {
    if (!valid_id(wanted.source)) return invalid("source", "the source is no valid id");
    if (!valid_id(wanted.external_id))
        return invalid("external_id", "the external_id is no valid id");
    if (state.person(wanted.applicant) == nullptr)
        return invalid("applicant",
                       "applicant " + wanted.applicant.str() + " is not a known person");
    if (wanted.lines.empty()) return invalid("lines", "the request names no seal");
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        const auto& line = wanted.lines[i];
        auto at = "lines[" + std::to_string(i) + "].";
        if (auto fault = line_fault(state, line, at)) return fault;
        if (wanted.line_for(line.seal) != &line)
            return invalid(at + "seal", "seal " + line.seal.str() + " stands in two lines");
    }
    if (wanted.take_out && wanted.take_out->place.empty())
        return invalid("take_out.place", "a take-out needs its place");
    if (wanted.take_out && wanted.take_out->due < wanted.applied_at)
        return invalid("take_out.due", "the seal is due before the application");
    return std::nullopt;
}

// Fills what the OA did not give. The window then stands in the event: policy may change later.
Request completed(Request request, const std::vector<LineGiven>& given, const Policy& policy) {
    auto window =
        std::chrono::duration_cast<milliseconds>(std::chrono::hours{24 * policy.window_days});
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        auto& line = request.lines[i];
        auto has = i < given.size() ? given[i] : LineGiven{};
        if (!has.count) line.count = line.copies * policy.impressions_per_copy;
        if (!has.users) line.users = {request.applicant};
        if (!has.valid_from) line.valid_from = request.applied_at;
        if (!has.valid_to)
            line.valid_to = request.take_out ? request.take_out->due : request.applied_at + window;
        line.mode = request.take_out ? LineMode::take_out : LineMode::on_site;
    }
    return request;
}

bool same_line(const Line& known, const Line& wanted, const LineGiven& given) {
    return known.seal == wanted.seal && known.copies == wanted.copies &&
           known.cross_page == wanted.cross_page && (!given.count || known.count == wanted.count) &&
           (!given.users || known.users == wanted.users) &&
           (!given.valid_from || known.valid_from == wanted.valid_from) &&
           (!given.valid_to || known.valid_to == wanted.valid_to);
}

bool same_lines(const Request& known, const Request& wanted, const std::vector<LineGiven>& given) {
    if (known.lines.size() != wanted.lines.size()) return false;
    for (std::size_t i = 0; i < known.lines.size(); ++i)
        if (!same_line(known.lines[i], wanted.lines[i], i < given.size() ? given[i] : LineGiven{}))
            return false;
    return true;
}

std::string difference(const Request& known, const RequestUpsert& command) {
    const auto& wanted = command.request;
    if (known.applicant != wanted.applicant) return "applicant";
    if (known.applicant_name != wanted.applicant_name) return "applicant_name";
    if (known.department != wanted.department) return "department";
    if (known.applied_at != wanted.applied_at) return "applied_at";
    if (known.title != wanted.title) return "title";
    if (known.take_out != wanted.take_out) return "take_out";
    if (!same_lines(known, wanted, command.given)) return "lines";
    if (known.chain != wanted.chain) return "chain";
    if (known.remark != wanted.remark) return "remark";
    return {};
}

// Whom the chain of names ("A>B>C", "A(E1001)→B") stands for. A name that two persons bear stands
// for both: who approved cannot be told, so neither counts as free of it.
std::vector<PersonId> approvers_in(const State& state, const std::string& chain) {
    std::vector<PersonId> out;
    if (chain.empty()) return out;
    for (const auto& [id, person] : state.persons) {
        if (person.name.empty()) continue;
        bool named = names_in(chain, person.name) || names_in(chain, id.str());
        if (named) out.push_back(id);
    }
    return out;
}

Event acceptance(const State& state, const Context& context, const Request& request,
                 const Idempotency& idempotency) {
    auto event = make_event(EventType::request_accepted, context);
    event.request = request.id;
    Value::Array lines;
    for (const auto& line : request.lines)
        lines.push_back(to_value(line));
    auto approvers = approvers_in(state, request.chain);
    event.data = make_data({{"source", request.source},
                            {"external_id", request.external_id},
                            {"applicant", request.applicant.str()},
                            {"department", request.department},
                            {"applied_at", request.applied_at.ms},
                            {"lines", std::move(lines)},
                            {"approvers", approvers.empty() ? Value{} : Value{texts_of(approvers)}},
                            {"due", request.take_out ? Value{request.take_out->due.ms} : Value{}},
                            {"idempotency", idempotency_value(idempotency)}});
    auto keep = [&](const char* name, const std::string& text) {
        if (!text.empty()) event.personal.emplace_back(name, text);
    };
    keep("title", request.title);
    keep("applicant_name", request.applicant_name);
    keep("chain", request.chain);
    keep("remark", request.remark);
    if (request.take_out) keep("place", request.take_out->place);
    return event;
}

// A loan whose last request is gone is called back.
void recall_loans(const State& state, const Context& context, const RequestId& gone,
                  Decision& decision) {
    for (const auto& [id, seal] : state.seals) {
        if (!seal.loan || seal.loan->recalled) continue;
        const auto& requests = seal.loan->requests;
        if (std::find(requests.begin(), requests.end(), gone) == requests.end()) continue;
        bool any_left = std::any_of(requests.begin(), requests.end(), [&](const RequestId& other) {
            const auto* request = state.request(other);
            return other != gone && request != nullptr && !request->withdrawn;
        });
        if (any_left) continue;
        add_recall(context, seal, seal.loan->person, gone, decision.events);
    }
}

Decision refused(Error why) {
    Decision decision;
    decision.refusal = std::move(why);
    decision.upserted = Upserted::refused;
    return decision;
}

Decision withdrawn(const State& state, const Context& context, const RequestUpsert& command,
                   const Request* known, const RequestId& id) {
    Decision decision;
    decision.id = id.str();
    if (known != nullptr && known->withdrawn) return decision;
    auto event = make_event(EventType::request_withdrawn, context);
    event.request = id;
    event.data = make_data({{"source", command.request.source},
                            {"external_id", command.request.external_id},
                            {"known", known != nullptr},
                            {"idempotency", idempotency_value(command.idempotency)}});
    decision.events.push_back(std::move(event));
    recall_loans(state, context, id, decision);
    decision.upserted = Upserted::withdrawn;
    return decision;
}

}  // namespace

Decision decide_request(const State& state, const Policy& policy, const Context& context,
                        const RequestUpsert& command) {
    if (auto fault = fault_of(state, command.request)) return refused(std::move(*fault));
    RequestId id;
    const auto* known = known_as(state, command.request, id);
    if (!valid_id(id.str()))
        return refused(invalid("external_id",
                               "every id it could get belongs to another request or is too long"));
    Decision decision;
    decision.id = id.str();
    if (command.status == "withdrawn") return withdrawn(state, context, command, known, id);
    if (command.status != "approved") {
        decision.upserted = Upserted::left_out;
        return decision;
    }
    if (known != nullptr && known->withdrawn) return decision;  // sticky
    if (known != nullptr) {
        auto field = difference(*known, command);
        if (field.empty()) return decision;
        decision.refusal = Error{Code::conflict,
                                 "request " + id.str() + " exists with another " + field +
                                     "; the old one stays in force",
                                 "withdraw it in the OA and apply anew", field};
        decision.upserted = Upserted::conflict;
        return decision;
    }
    auto request = completed(command.request, command.given, policy);
    request.id = id;
    if (auto fault = completed_fault(request)) return refused(std::move(*fault));
    decision.events.push_back(acceptance(state, context, request, command.idempotency));
    decision.upserted = Upserted::accepted;
    return decision;
}

Decision decide_withdraw(const State& state, const Context& context,
                         const WithdrawRequest& command) {
    const auto* known = state.request(command.request);
    if (known == nullptr) {
        Decision decision;
        decision.refusal = unknown_thing("request", command.request.str());
        return decision;
    }
    RequestUpsert upsert;
    upsert.request.source = known->source;
    upsert.request.external_id = known->external_id;
    upsert.idempotency = command.idempotency;
    return withdrawn(state, context, upsert, known, known->id);
}

}  // namespace seals::rules
