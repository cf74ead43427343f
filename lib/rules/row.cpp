#include "rules/row.hpp"

#include <algorithm>

namespace seals::rules {
namespace {

// Times are stored as ms integers: rows are for us, and smaller that way.
void add_text(Value& to, const char* name, const std::string& text) {
    if (!text.empty()) to.add(name, text);
}
void add_texts(Value& to, const char* name, const std::vector<std::string>& texts) {
    if (!texts.empty()) to.add(name, texts);
}

template <class Map>
RowView view_in(const Map& map, const typename Map::key_type& id,
                bool (*live)(const typename Map::mapped_type&, Instant), Instant now) {
    auto found = map.find(id);
    if (found == map.end()) return {};
    return {live(found->second, now), to_value(found->second)};
}

bool can_release(const Request& request, Instant now) {
    return !request.withdrawn && now <= request.valid_to();
}

// Requests that a loan or a live visit stands on: what becomes of it still depends on them. A live
// visit is its seal's session; going by the seals keeps a replay, which forgets no visit, quick.
std::set<RequestId> held_requests(const State& state) {
    std::set<RequestId> held;
    for (const auto& [id, seal] : state.seals) {
        if (seal.loan) held.insert(seal.loan->requests.begin(), seal.loan->requests.end());
        if (seal.session.empty()) continue;
        const auto* session = state.session(seal.session);
        if (session != nullptr && is_live(session->stage))
            held.insert(session->requests.begin(), session->requests.end());
    }
    return held;
}

RowView request_view(const State& state, const RequestId& id, Instant now) {
    const auto* request = state.request(id);
    if (request == nullptr) return {};
    if (held_requests(state).contains(id)) return {true, to_value(*request)};
    return {can_release(*request, now), to_value(*request), request->valid_to()};
}

Value to_value(const Loan& loan) {
    Value out{Value::Object{}};
    out.add("person", loan.person.str());
    add_texts(out, "requests", texts_of(loan.requests));
    add_text(out, "session", loan.session.str());
    out.add("since", loan.since.ms);
    if (loan.due) out.add("due", loan.due->ms);
    if (loan.recalled) out.add("recalled", true);
    return out;
}

Loan loan_from(const Value& from) {
    Loan loan{PersonId(from.text_or("person")),
              ids_of<RequestId>(from.texts_or("requests")),
              SessionId(from.text_or("session")),
              {from.integer_or("since")},
              {},
              from.boolean_or("recalled")};
    if (from.find("due") != nullptr) loan.due = Instant{from.integer_or("due")};
    return loan;
}

}  // namespace

Value to_value(const Person& person) {
    Value out{Value::Object{}};
    out.add("id", person.id.str());
    add_text(out, "name", person.name);
    add_text(out, "phone", person.phone);
    add_text(out, "department", person.department);
    out.add("role", person.role);
    out.add("active", person.active);
    if (person.has_pin) out.add("has_pin", true);
    if (!person.failures.empty()) {
        Value::Array times;
        for (auto at : person.failures)
            times.emplace_back(at.ms);
        out.add("failures", std::move(times));
    }
    if (person.locked_until) out.add("locked_until", person.locked_until->ms);
    return out;
}

Person person_from(const Value& from) {
    Person person{PersonId(from.text_or("id")),
                  from.text_or("name"),
                  from.text_or("department"),
                  from.text_or("phone"),
                  from.text_or("role", "staff"),
                  from.boolean_or("active"),
                  from.boolean_or("has_pin"),
                  {},
                  {}};
    const auto* failures = from.find("failures");
    if (failures != nullptr && failures->array() != nullptr)
        for (const auto& at : *failures->array())
            if (at.integer() != nullptr) person.failures.push_back({*at.integer()});
    if (from.find("locked_until") != nullptr)
        person.locked_until = Instant{from.integer_or("locked_until")};
    return person;
}

Value to_value(const Seal& seal) {
    Value out{Value::Object{}};
    out.add("id", seal.id.str());
    add_text(out, "name", seal.name);
    add_text(out, "type", seal.type);
    add_text(out, "entity", seal.entity);
    add_text(out, "filing_no", seal.filing_no);
    add_text(out, "slot", seal.slot.str());
    add_texts(out, "custodians", texts_of(seal.custodians));
    out.add("state", name_of(seal.state));
    out.add("custody", name_of(seal.custody));
    add_text(out, "uid", seal.uid);
    if (seal.loan) out.add("loan", to_value(*seal.loan));
    add_text(out, "session", seal.session.str());
    return out;
}

Seal seal_from(const Value& from) {
    Seal seal;
    seal.id = SealId(from.text_or("id"));
    seal.name = from.text_or("name");
    seal.type = from.text_or("type");
    seal.entity = from.text_or("entity");
    seal.filing_no = from.text_or("filing_no");
    seal.slot = SlotId(from.text_or("slot"));
    seal.custodians = ids_of<PersonId>(from.texts_or("custodians"));
    seal.state = term_named(from.text_or("state"), seal_states(), SealState::registered);
    seal.custody = term_named(from.text_or("custody"), custodies(), Custody::unknown);
    seal.uid = from.text_or("uid");
    if (const auto* loan = from.find("loan")) seal.loan = loan_from(*loan);
    seal.session = SessionId(from.text_or("session"));
    return seal;
}

Value to_value(const Line& line) {
    Value out{Value::Object{}};
    out.add("seal", line.seal.str());
    out.add("copies", line.copies);
    out.add("count", line.count);
    if (line.cross_page != 0) out.add("cross_page", line.cross_page);
    if (line.used != 0) out.add("used", line.used);
    out.add("users", texts_of(line.users));
    out.add("valid_from", line.valid_from.ms);
    out.add("valid_to", line.valid_to.ms);
    out.add("mode", name_of(line.mode));
    return out;
}

Line line_from(const Value& from) {
    return {SealId(from.text_or("seal")),
            from.integer_or("copies", 1),
            from.integer_or("count", 1),
            from.integer_or("cross_page"),
            from.integer_or("used"),
            ids_of<PersonId>(from.texts_or("users")),
            {from.integer_or("valid_from")},
            {from.integer_or("valid_to")},
            term_named(from.text_or("mode"), line_modes(), LineMode::on_site)};
}

std::vector<Line> lines_from(const Value* array) {
    std::vector<Line> lines;
    if (array == nullptr || array->array() == nullptr) return lines;
    for (const auto& line : *array->array())
        lines.push_back(line_from(line));
    return lines;
}

Value to_value(const Request& request) {
    Value out{Value::Object{}};
    out.add("id", request.id.str());
    out.add("source", request.source);
    out.add("external_id", request.external_id);
    if (request.withdrawn) out.add("withdrawn", true);
    if (request.taken) out.add("taken", true);
    add_text(out, "applicant", request.applicant.str());
    add_text(out, "applicant_name", request.applicant_name);
    add_text(out, "department", request.department);
    add_text(out, "title", request.title);
    add_text(out, "chain", request.chain);
    add_text(out, "remark", request.remark);
    out.add("applied_at", request.applied_at.ms);
    if (request.take_out) {
        add_text(out, "place", request.take_out->place);
        out.add("due", request.take_out->due.ms);
    }
    Value::Array lines;
    for (const auto& line : request.lines)
        lines.push_back(to_value(line));
    out.add("lines", std::move(lines));
    return out;
}

Request request_from(const Value& from) {
    Request request;
    request.id = RequestId(from.text_or("id"));
    request.source = from.text_or("source");
    request.external_id = from.text_or("external_id");
    request.withdrawn = from.boolean_or("withdrawn");
    request.taken = from.boolean_or("taken");
    request.applicant = PersonId(from.text_or("applicant"));
    request.applicant_name = from.text_or("applicant_name");
    request.department = from.text_or("department");
    request.title = from.text_or("title");
    request.chain = from.text_or("chain");
    request.remark = from.text_or("remark");
    request.applied_at = {from.integer_or("applied_at")};
    if (from.find("due") != nullptr)
        request.take_out = TakeOut{from.text_or("place"), {from.integer_or("due")}};
    request.lines = lines_from(from.find("lines"));
    return request;
}

Value to_value(const Session& session) {
    Value out{Value::Object{}};
    out.add("id", session.id.str());
    out.add("kind", session.kind);
    out.add("seal", session.seal.str());
    out.add("slot", session.slot.str());
    out.add("person", session.person.str());
    add_texts(out, "requests", texts_of(session.requests));
    out.add("stage", name_of(session.stage));
    if (session.answered) out.add("answered", true);
    if (session.moved) out.add("moved", true);
    add_text(out, "verdict", session.verdict);
    add_text(out, "code", session.code);
    add_text(out, "reason", session.reason);
    out.add("opened", session.opened.ms);
    return out;
}

Session session_from(const Value& from) {
    Session session;
    session.id = SessionId(from.text_or("id"));
    session.kind = from.text_or("kind");
    session.seal = SealId(from.text_or("seal"));
    session.slot = SlotId(from.text_or("slot"));
    session.person = PersonId(from.text_or("person"));
    session.requests = ids_of<RequestId>(from.texts_or("requests"));
    auto stage = from.text_or("stage");
    for (int i = 0; i <= static_cast<int>(Stage::closed); ++i)
        if (name_of(static_cast<Stage>(i)) == stage) session.stage = static_cast<Stage>(i);
    session.answered = from.boolean_or("answered");
    session.moved = from.boolean_or("moved");
    session.verdict = from.text_or("verdict");
    session.code = from.text_or("code");
    session.reason = from.text_or("reason");
    session.opened = {from.integer_or("opened")};
    return session;
}

Value to_value(const Slot& slot) {
    Value out{Value::Object{}};
    out.add("id", slot.id.str());
    if (slot.open) out.add("open", true);
    if (slot.frozen) out.add("frozen", true);
    if (slot.left_open) out.add("left_open", true);
    add_text(out, "session", slot.session.str());
    if (slot.moved.ms != 0) out.add("moved", slot.moved.ms);
    return out;
}

Slot slot_from(const Value& from) {
    return {SlotId(from.text_or("id")),         from.boolean_or("open"),
            from.boolean_or("frozen"),          from.boolean_or("left_open"),
            SessionId(from.text_or("session")), {from.integer_or("moved")}};
}

Value to_value(const Node& node) {
    Value out{Value::Object{}};
    out.add("rows", kRowVersion);
    out.add("running", node.running);
    add_text(out, "config_sha256", node.config_sha256);
    add_text(out, "policy_sha256", node.policy_sha256);
    return out;
}

RowView row_view(const State& state, const Key& key, Instant now) {
    const auto& [kind, id] = key;
    if (kind == "person")
        return view_in(
            state.persons, PersonId(id), +[](const Person&, Instant) { return true; }, now);
    if (kind == "seal")
        return view_in(
            state.seals, SealId(id), +[](const Seal&, Instant) { return true; }, now);
    if (kind == "slot")
        return view_in(
            state.slots, SlotId(id), +[](const Slot&, Instant) { return true; }, now);
    if (kind == "node") return {true, to_value(state.node)};
    if (kind == "request") return request_view(state, RequestId(id), now);
    return view_in(
        state.sessions, SessionId(id),
        +[](const Session& session, Instant) { return is_live(session.stage); }, now);
}

void restore_row(State& state, const std::string& kind, const Value& body) {
    if (kind == "node")
        state.node = {body.boolean_or("running"), body.text_or("config_sha256"),
                      body.text_or("policy_sha256")};
    auto id = body.text_or("id");
    if (kind == "person") state.persons[PersonId(id)] = person_from(body);
    if (kind == "seal") state.seals[SealId(id)] = seal_from(body);
    if (kind == "request") state.requests[RequestId(id)] = request_from(body);
    if (kind == "session") state.sessions[SessionId(id)] = session_from(body);
    if (kind == "slot") state.slots[SlotId(id)] = slot_from(body);
}

bool has_row(const State& state, const Key& key) {
    const auto& [kind, id] = key;
    if (kind == "node") return true;
    if (kind == "person") return state.persons.contains(PersonId(id));
    if (kind == "seal") return state.seals.contains(SealId(id));
    if (kind == "request") return state.requests.contains(RequestId(id));
    if (kind == "session") return state.sessions.contains(SessionId(id));
    return state.slots.contains(SlotId(id));
}

void evict_settled(State& state, Instant now) {
    std::erase_if(state.sessions, [](const auto& item) { return !is_live(item.second.stage); });
    auto held = held_requests(state);
    std::erase_if(state.requests, [&](const auto& item) {
        return !can_release(item.second, now) && !held.contains(item.first);
    });
}

}  // namespace seals::rules
