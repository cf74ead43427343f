#include "api/envelope.hpp"

#include "words/event_types.hpp"

namespace seals::api {

Value envelope_of(const ledger::Recorded& entry) {
    const auto& event = entry.event;
    Value out{Value::Object{}};
    auto add = [&](const char* name, const std::string& text) {
        if (!text.empty()) out.add(name, text);
    };
    auto number = [](std::uint64_t n) { return Value{static_cast<std::int64_t>(n)}; };
    out.add("v", 1);
    out.add("seq", number(entry.seq));
    out.add("time", to_rfc3339(entry.at));
    out.add("boot", entry.boot);
    out.add("uptime_ms", entry.mono);
    out.add("type", row_of(event.type).name);
    Value actor{Value::Object{}};
    actor.add("id", event.actor.id);
    actor.add("kind", event.actor.kind);
    out.add("actor", std::move(actor));
    add("session", event.session.str());
    add("seal", event.seal.str());
    if (!event.seal.empty()) {
        out.add("sn", number(entry.sn));
        if (entry.sp != 0) out.add("sp", number(entry.sp));
    }
    add("person", event.person.str());
    add("request", event.request.str());
    add("doc", event.doc);
    if (!event.img.empty()) out.add("img", event.img);
    if (event.data.object() != nullptr && !event.data.object()->empty())
        out.add("data", event.data);
    return out;
}

}  // namespace seals::api
