#include "report/scene.hpp"

#include <algorithm>

#include "report/fields.hpp"
#include "words/cli_texts.hpp"
#include "words/event_types.hpp"

namespace seals::report {
namespace {

const Value& part_of(const Value& value, std::string_view name) {
    static const Value kNone;
    const auto* part = value.find(name);
    return part != nullptr ? *part : kNone;
}

class Maker {
  public:
    Maker(const Value& reply, const SceneWords& words)
        : words_(words),
          use_(part_of(reply, "use")),
          request_(part_of(reply, "request")),
          seal_(part_of(reply, "seal")),
          loan_(part_of(reply, "loan")),
          entries_(array_in(reply, "entries")),
          purged_(array_in(reply, "purged")) {}

    Scene make(std::int64_t size) {
        scene_.id = use_.text_or("id");
        scene_.title = text("scene.title", {scene_.id});
        scene_.size = size;
        add_who();
        add_when();
        add_where();
        add_seal();
        add_document();
        add_counts();
        add_approval();
        add_custody();
        add_unusual();
        add_photos();
        add_entries();
        return std::move(scene_);
    }

  private:
    std::string text(std::string_view key, const std::vector<std::string>& args = {}) const {
        return cli_text(words_.language, key, args);
    }
    void group(std::string_view key) { scene_.groups.push_back({text(key), {}}); }
    void fact(std::string_view key, std::string what) {
        if (!what.empty()) scene_.groups.back().facts.push_back({text(key), std::move(what)});
    }
    std::string person(const Value& of, const char* name) const {
        auto id = of.text_or(name);
        return id.empty() ? id : words_.person(id);
    }
    std::string time(const Value& of, const char* name) const {
        auto at = instant_in(of, name);
        return at ? words_.time(*at) : std::string{};
    }
    std::string count(const Value& of, const char* ordinary, const char* cross_page) const {
        return text("scene.count_of", {std::to_string(of.integer_or(ordinary)),
                                       std::to_string(of.integer_or(cross_page))});
    }
    const Value& line() const {
        static const Value kNone;
        const auto& lines = array_in(request_, "lines");
        auto at = static_cast<std::size_t>(use_.integer_or("line") - 1);
        return at < lines.size() ? lines[at] : kNone;
    }

    void add_who() {
        group("scene.who");
        fact("scene.stamped_by", person(use_, "by"));
        fact("scene.witness", person(use_, "witness"));
        auto applicant = person(request_, "applicant");
        fact("scene.applicant", applicant.empty() ? request_.text_or("applicant_name") : applicant);
        fact("scene.taken_by", person(loan_, "person"));
        fact("scene.returned_by", person(loan_, "returned_by"));
    }
    void add_when() {
        group("scene.when");
        fact("scene.at", time(use_, "at"));
        fact("scene.recorded", time(use_, "recorded"));
        fact("scene.taken", time(loan_, "taken"));
        fact("scene.due", time(loan_, "due"));
        auto returned = time(loan_, "returned");
        bool out = returned.empty() && !loan_.is_null();
        fact("scene.returned", out ? text("scene.out") : returned);
    }
    void add_where() {
        group("scene.where");
        auto place = use_.text_or("place");
        if (place.empty()) place = part_of(request_, "take_out").text_or("place");
        fact("scene.place", place.empty() ? text("scene.cabinet_place") : place);
    }
    void add_seal() {
        group("scene.seal");
        fact("scene.seal_name", joined({use_.text_or("seal"), seal_.text_or("name")}, " "));
        fact("scene.entity", seal_.text_or("entity"));
        fact("scene.filing", seal_.text_or("filing_no"));
    }
    void add_document() {
        const auto& document = part_of(use_, "document");
        group("scene.document");
        auto name = document.text_or("name");
        fact("scene.name", name.empty() ? request_.text_or("title") : name);
        fact("scene.number", document.text_or("number"));
        fact("scene.counterpart", document.text_or("counterpart"));
        auto pages = document.integer_or("pages");
        fact("scene.pages", pages > 0 ? std::to_string(pages) : std::string{});
        auto file = document.text_or("file");
        fact("scene.file", file + gone_text(file));
    }
    void add_counts() {
        group("scene.counts");
        fact("scene.made", count(use_, "count", "cross_page"));
        if (line().is_null()) return;
        fact("scene.granted", count(line(), "count", "cross_page"));
        fact("scene.left", count(line(), "remaining", "remaining_cross_page"));
    }
    void add_approval() {
        group("scene.approval");
        auto source = request_.text_or("source");
        auto id = use_.text_or("request");
        fact("scene.request", source.empty() ? id : id + " (" + source + ")");
        fact("scene.line", std::to_string(use_.integer_or("line")));
        fact("scene.department", request_.text_or("department"));
        fact("scene.applied", time(request_, "applied_at"));
        fact("scene.chain", chain_text());
        for (const auto& step : array_in(request_, "approval"))
            fact("scene.chain", step_text(step));
        fact("scene.basis", request_.text_or("basis"));
        std::vector<std::string> persons;
        for (const auto& id_of : request_.texts_or("put_in_by"))
            persons.push_back(words_.person(id_of));
        fact("scene.put_in_by", joined(persons));
    }
    // The OA's chain has names alone; those that are known here get their numbers.
    std::string chain_text() const {
        Value::Array approvers;
        for (const auto& id : request_.texts_or("approvers")) {
            auto named = words_.person(id);
            Value one{Value::Object{}};
            one.add("id", id);
            one.add("name", named == id ? std::string{} : named.substr(0, named.rfind('(')));
            approvers.push_back(std::move(one));
        }
        Value row{Value::Object{}};
        row.add("approvers", std::move(approvers));
        row.add("chain", request_.text_or("chain"));
        return approvers_in(row, text("scene.no_number"));
    }
    // A step of the chain of an application made here, with the powers of the post at that time.
    std::string step_text(const Value& step) const {
        return joined({text("scene.step", {std::to_string(step.integer_or("step"))}),
                       step.text_or("title"), person(step, "person"), person(step, "delegate_of"),
                       time(step, "at"), step.text_or("powers"), step.text_or("opinion")},
                      " · ");
    }

    std::string event(const std::string& name) const {
        auto type = event_type_named(name);
        if (!type) return name;
        const auto& row = row_of(*type);
        return std::string(words_.language == Language::zh_CN ? row.zh : row.en);
    }
    // What the tag was found to be: before the use, and after it.
    std::string tag_text(bool back) const {
        auto used = instant_in(use_, "at");
        std::string told;
        for (const auto& entry : entries_) {
            auto type = entry.text_or("type");
            bool reading = type.starts_with("verify.") || type == "seal.returned_unverified";
            auto at = instant_in(entry, "time");
            if (!reading || !used || !at || (*at > *used) != back) continue;
            told = event(type) + " #" + std::to_string(entry.integer_or("seq"));
        }
        return told;
    }
    void add_custody() {
        group("scene.custody");
        fact("scene.verdict_out", tag_text(false));
        auto back = tag_text(true);
        auto verdict = loan_.text_or("verdict");
        if (back.empty() && !verdict.empty())
            back = words_.language == Language::zh_CN ? term_in(verdicts(), verdict) : verdict;
        fact("scene.verdict_back", back);
        if (scene_.groups.back().facts.empty()) scene_.groups.pop_back();
    }

    void add_unusual() {
        group("scene.unusual");
        auto add = [&](std::string what) { fact("scene.unusual", std::move(what)); };
        if (auto voided = time(use_, "voided"); !voided.empty())
            add(text("scene.void",
                     {voided, person(use_, "voided_by"), use_.text_or("void_reason")}));
        auto excess = use_.integer_or("excess") + use_.integer_or("excess_cross_page");
        if (excess > 0)
            add(text("scene.excess", {std::to_string(excess), use_.text_or("excess_reason")}));
        if (use_.boolean_or("late")) add(text("scene.late"));
        if (auto parent = line().integer_or("parent"); parent > 0)
            add(text("scene.child", {std::to_string(parent), line().text_or("reason")}));
        add_source();
        add(use_.text_or("exceptions"));
        if (scene_.groups.back().facts.empty()) scene_.groups.pop_back();
    }
    void add_source() {
        auto source = request_.text_or("source");
        auto matched = request_.text_or("matched"), cured = request_.text_or("cured_by");
        if (source == "paper")
            fact("scene.unusual",
                 matched.empty() ? text("scene.paper") : text("scene.paper_matched", {matched}));
        if (source == "emergency")
            fact("scene.unusual",
                 cured.empty() ? text("scene.emergency") : text("scene.emergency_cured", {cured}));
    }
    void add_photos() {
        for (auto [list, key] : {std::pair{"before", "scene.before"}, {"after", "scene.after"}})
            for (const auto& photo : use_.texts_or(list))
                scene_.photos.push_back({text(key) + gone_text(photo), photo});
    }
    // " · purged on …", of a file whose term had passed.
    std::string gone_text(const std::string& sha256) const {
        for (const auto& gone : purged_)
            if (gone.text_or("sha256") == sha256)
                return " · " + text("scene.purged",
                                    {time(gone, "at"), std::to_string(gone.integer_or("seq"))});
        return {};
    }
    void add_entries() {
        for (const auto& entry : entries_)
            scene_.entries.push_back({entry.integer_or("seq"), time(entry, "time"),
                                      event(entry.text_or("type")), person(entry, "person"),
                                      detail_of(entry.text_or("detail"))});
    }
    std::string detail_of(const std::string& detail) const {
        if (words_.language != Language::zh_CN) return detail;
        auto told = term_in(verdicts(), detail);
        return told == detail ? term_in(session_verdicts(), detail) : told;
    }

    const SceneWords& words_;
    const Value &use_, &request_, &seal_, &loan_;
    const Value::Array& entries_;
    const Value::Array& purged_;
    Scene scene_;
};

}  // namespace

Scene scene_of(const Value& reply, const SceneWords& words) {
    return Maker(reply, words).make(reply.integer_or("size"));
}

}  // namespace seals::report
