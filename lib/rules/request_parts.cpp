// What every kind of request needs: its id, what is wrong with it, who approved it, and the event
// that makes it a grant.
#include <algorithm>

#include "rules/making.hpp"
#include "rules/request.hpp"
#include "rules/row.hpp"

namespace seals::rules {
namespace {

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

}  // namespace

const Request* known_request(const State& state, const Request& wanted, RequestId& id) {
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

std::optional<Error> request_fault(const State& state, const Request& wanted) {
    if (!valid_id(wanted.source)) return invalid("source", "the source is no valid id");
    if (!valid_id(wanted.external_id))
        return invalid("external_id", "the external_id is no valid id");
    // A paper form may bear no name that we know: then only a custodian takes under it.
    bool unnamed = wanted.applicant.empty() && wanted.is_paper();
    if (!unnamed && state.person(wanted.applicant) == nullptr)
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
    const auto& out = wanted.take_out;
    if (out && !out->supervisor.empty() && state.person(out->supervisor) == nullptr)
        return invalid("take_out.supervisor",
                       "supervisor " + out->supervisor.str() + " is not a known person");
    if (wanted.take_out && wanted.take_out->place.empty())
        return invalid("take_out.place", "a take-out needs its place");
    if (wanted.take_out && wanted.take_out->due < wanted.applied_at)
        return invalid("take_out.due", "the seal is due before the application");
    return std::nullopt;
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

Event acceptance(const Context& context, const Request& request, const Idempotency& idempotency) {
    auto event = make_event(EventType::request_accepted, context);
    event.request = request.id;
    Value::Array lines;
    for (const auto& line : request.lines)
        lines.push_back(to_value(line));
    const auto& approvers = request.approvers;
    const auto& out = request.take_out;
    bool escorted = out && !out->supervisor.empty();
    auto texts = [](const std::vector<PersonId>& ids) {
        return ids.empty() ? Value{} : Value{texts_of(ids)};
    };
    event.data = make_data({{"source", request.source},
                            {"external_id", request.external_id},
                            {"applicant", request.applicant.str()},
                            {"department", request.department},
                            {"applied_at", request.applied_at.ms},
                            {"lines", std::move(lines)},
                            {"approvers", texts(approvers)},
                            {"paper_by", texts(request.put_in_by)},
                            {"supervisor", escorted ? Value{out->supervisor.str()} : Value{}},
                            {"due", out ? Value{out->due.ms} : Value{}},
                            {"idempotency", idempotency_value(idempotency)}});
    auto keep = [&](const char* name, const std::string& text) {
        if (!text.empty()) event.personal.emplace_back(name, text);
    };
    keep("title", request.title);
    keep("applicant_name", request.applicant_name);
    keep("chain", request.chain);
    keep("remark", request.remark);
    keep("basis", request.basis);
    if (out) keep("place", out->place);
    if (out) keep("purpose", out->reason);
    return event;
}

}  // namespace seals::rules
