#include "sheet_maker.hpp"

#include <algorithm>
#include <array>

#include "event_text.hpp"
#include "words/event_types.hpp"
#include "words/terms.hpp"

namespace seals::sealctl {
namespace {

constexpr std::array<std::string_view, 10> kNumerals{"一", "二", "三", "四", "五",
                                                     "六", "七", "八", "九", "十"};
constexpr std::array<std::string_view, 5> kRight{"col.seq", "col.sn", "col.span", "col.counts",
                                                 "col.entries"};

const Value::Array& list_in(const Value& body, const char* name) {
    static const Value::Array kNone;
    const auto* list = body.find(name);
    return list != nullptr && list->array() != nullptr ? *list->array() : kNone;
}

std::string plain(std::uint64_t number) {
    return std::to_string(number);
}

}  // namespace

report::SheetPart& SheetMaker::part(std::string_view key) {
    auto number = sheet_.parts.size();
    bool chinese = context_.print.chinese();
    auto before = chinese ? std::string(kNumerals[number % kNumerals.size()]) + "、"
                          : plain(number + 1) + ". ";
    sheet_.parts.push_back({before + text(key)});
    return sheet_.parts.back();
}

void SheetMaker::fact(std::string_view key, const std::string& what) {
    if (!what.empty()) now().facts.emplace_back(text(key), what);
}

void SheetMaker::columns(std::initializer_list<std::string_view> keys) {
    for (auto key : keys) {
        bool right = std::find(kRight.begin(), kRight.end(), key) != kRight.end();
        now().table.columns.push_back({text(key), right, key == "col.leaf_hash"});
    }
}

std::string SheetMaker::span(milliseconds length) const {
    if (length < milliseconds{1'000})
        return plain(static_cast<std::uint64_t>(length.count())) + " ms";
    return duration_text(length, context_.print.language());
}

std::string SheetMaker::event(const std::string& name) const {
    auto type = event_type_named(name);
    if (!type) return name;
    const auto& row = row_of(*type);
    return std::string(context_.print.chinese() ? row.zh : row.en);
}

std::string SheetMaker::persons(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const auto& id : ids)
        names.push_back(context_.names.person(id));
    return joined(names, context_.print.chinese() ? "、" : ", ");
}

std::string SheetMaker::custody(const std::string& name) const {
    if (!context_.print.chinese()) return name;
    for (const auto& row : custodies())
        if (row.name == name) return std::string(row.zh);
    return name;
}

// The argument as the reason's text shows it, and the entry it stands on as the next one.
std::string SheetMaker::reason(const evidence::Reason& reason) const {
    auto args = reason.args;
    if (args.empty()) args.emplace_back();
    auto& first = args.front();
    if (reason.code == "reading")
        first = has_cli_text("reading." + first)
                    ? context_.word("reading", first)
                    : term_text(verdicts(), first, context_.print.language());
    if (reason.code == "custody") first = custody(first);
    if (reason.code == "restart") first = context_.word("restart", first);
    if (reason.code == "event") first = event(first);
    if (args.size() == 1) args.push_back(plain(reason.seq));
    return text("reason." + std::string(reason.code), args);
}

std::string SheetMaker::reasons(const std::vector<evidence::Reason>& all) const {
    std::vector<std::string> texts;
    for (const auto& one : all)
        texts.push_back(reason(one));
    return joined(texts, context_.print.chinese() ? ";" : "; ");
}

void SheetMaker::what(const evidence::Period& period) {
    part("statement.part.what");
    auto id = head_.seal.text_or("id");
    fact("statement.seal", Names::with_id(head_.seal.text_or("name"), id));
    fact("statement.entity", head_.seal.text_or("entity"));
    fact("statement.filing", head_.seal.text_or("filing_no"));
    fact("statement.slot", head_.seal.text_or("slot"));
    fact("statement.cabinet", set_.checkpoint.origin);
    fact("statement.key", set_.about.text_or("key"));
    fact("statement.from", time(period.from));
    fact("statement.to", time(period.to));
    fact("statement.made", time(head_.made));
    fact("statement.times", text("statement.times.text"));
}

void SheetMaker::takes(const std::vector<evidence::TakeSeen>& all) {
    part("statement.part.takes");
    if (all.empty()) return now().before.push_back(text("statement.no_takes"));
    columns({"col.taken", "col.returned", "col.person", "col.requests", "col.entries"});
    for (const auto& take : all) {
        const auto& leaf = take.taken->leaf;
        auto requests = leaf.data.texts_or("requests");
        if (requests.empty() && !leaf.request.empty()) requests.push_back(leaf.request);
        auto entries = plain(leaf.seq);
        if (take.back != nullptr) entries += "–" + plain(take.back->leaf.seq);
        now().table.rows.push_back(
            {time(leaf.t), take.back != nullptr ? time(take.back->leaf.t) : text("statement.out"),
             persons({leaf.person}), joined(requests, ", "), entries});
    }
}

void SheetMaker::chain(std::string_view key, const std::vector<const evidence::Entry*>& all) {
    part(key);
    columns({"col.seq", "col.time", "col.sn", "col.event", "col.person", "col.leaf_hash"});
    for (const auto* entry : all) {
        const auto& leaf = entry->leaf;
        now().table.rows.push_back({plain(leaf.seq), time(leaf.t), plain(leaf.sn), event(leaf.type),
                                    leaf.person.empty() ? "" : persons({leaf.person}),
                                    to_hex(entry->hash)});
    }
}

// What an entry of the device says beside its name.
std::string SheetMaker::note(const leaf::Leaf& leaf) const {
    const auto& data = leaf.data;
    if (leaf.type == "device.booted")
        return "sealsd " + data.text_or("version") + ", " +
               context_.word("restart", data.boolean_or("clean") ? "clean" : "unclean");
    if (leaf.type == "clock.stepped" || leaf.type == "clock.accepted")
        return std::to_string(data.integer_or("by_ms")) + " ms";
    if (leaf.type == "selftest.ok")
        return data.text_or("part") + ", " + std::to_string(data.integer_or("size"));
    if (leaf.type == "selftest.failed") return data.text_or("part") + ", " + data.text_or("reason");
    return data.text_or("device", data.text_or("sha256"));
}

void SheetMaker::device(const std::vector<const evidence::Entry*>& all) {
    part("statement.part.device");
    if (all.empty()) return now().before.push_back(text("statement.no_device"));
    columns({"col.seq", "col.time", "col.event", "col.remark", "col.leaf_hash"});
    for (const auto* entry : all)
        now().table.rows.push_back({plain(entry->leaf.seq), time(entry->leaf.t),
                                    event(entry->leaf.type), note(entry->leaf),
                                    to_hex(entry->hash)});
}

void SheetMaker::checkpoint() {
    part("statement.part.checkpoint");
    fact("fact.origin", set_.checkpoint.origin);
    fact("fact.size", plain(set_.checkpoint.size));
    fact("fact.root", to_base64(set_.checkpoint.root));
    auto signed_at = time_of(context_, set_.about.find("time"));
    fact("fact.signed", signed_at);
    std::size_t outside = 0;
    for (const auto& one : list_in(set_.about, "cosignatures")) {
        now().facts.emplace_back(text("fact.cosigned"),
                                 one.text_or("name") + ", " + time_of(context_, one.find("time")));
        ++outside;
    }
    for (const auto& one : list_in(set_.about, "timestamps")) {
        now().facts.emplace_back(
            text("statement.timestamp", {plain(++outside)}),
            one.text_or("sha256") + ", " +
                text("statement.received", {time_of(context_, one.find("received"))}));
    }
    if (outside == 0)
        now().facts.emplace_back(text("fact.cosigned"),
                                 text("statement.no_cosignature", {signed_at}));
    if (outside > 0) now().after.push_back(text("statement.bracket"));
}

void SheetMaker::limits() {
    part("statement.part.limits");
    for (const auto* key : {"tag", "counterfeit", "before", "clock", "watch", "law"})
        now().before.push_back(text(std::string("statement.limit.") + key));
}

void SheetMaker::how() {
    part("statement.part.how");
    now().before = {text("statement.how.files"), text("statement.how.hash"),
                    text("statement.how.rule", {head_.command})};
}

report::Sheet SheetMaker::finish(std::string title, std::string verdict, bool good) {
    sheet_.title = std::move(title);
    sheet_.verdict = std::move(verdict);
    sheet_.good = good;
    if (head_.simulated) sheet_.warning = text("statement.simulated");
    sheet_.signs = {text("statement.sign.made"), text("statement.sign.checked"),
                    text("statement.sign.date")};
    return std::move(sheet_);
}

}  // namespace seals::sealctl
