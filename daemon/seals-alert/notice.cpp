#include "notice.hpp"

#include "wire/json.hpp"
#include "words/alert_types.hpp"

namespace seals::alertd {
namespace {

Value alert_of(const Value& event) {
    static const Value kNone{Value::Object{}};
    const auto* found = event.find("data");
    const auto& data = found != nullptr ? *found : kNone;
    Value out{Value::Object{}};
    out.add("id", data.text_or("id"));
    out.add("type", data.text_or("alert"));
    out.add("severity", data.text_or("severity"));
    out.add("seal", event.text_or("seal"));
    out.add("slot", data.text_or("slot"));
    out.add("person", event.text_or("person"));
    out.add("about", data.text_or("about"));
    out.add("session", event.text_or("session"));
    return out;
}

}  // namespace

Notice notice_of(const Value& event, const Value& alert, const Cabinet& cabinet,
                 Language language) {
    auto body = alert.object() != nullptr ? alert : alert_of(event);
    Notice notice;
    notice.seq = static_cast<std::uint64_t>(event.integer_or("seq"));
    notice.alert = body.text_or("id");
    notice.type = body.text_or("type");
    notice.time = from_rfc3339(event.text_or("time")).value_or(Instant{});
    Value out{Value::Object{}};
    out.add("event", event.text_or("type"));
    out.add("seq", event.integer_or("seq"));
    out.add("time", event.text_or("time"));
    out.add("node", cabinet.origin);
    out.add("simulated", cabinet.simulated);
    for (const auto& [name, value] : *body.object())
        out.add(name, value);
    if (auto request = event.text_or("request"); !request.empty()) out.add("request", request);
    if (const auto* data = event.find("data"))
        for (const char* name : {"post", "post_title", "persons"})  // whom an application waits for
            if (const auto* value = data->find(name)) out.add(name, *value);
    out.add("language", language == Language::zh_CN ? "zh_CN" : "en");
    out.add("text", alert_text(language, notice.type));
    out.add("remedy", alert_remedy(language, notice.type));
    notice.json = wire::dump_json(out) + "\n";
    return notice;
}

}  // namespace seals::alertd
