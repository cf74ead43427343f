#include "print.hpp"

#include "base/width.hpp"
#include "words/cli_texts.hpp"
#include "words/rules.hpp"

namespace seals::sealctl {
namespace {

void put(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
}

std::string rule_text(const std::string& id, bool chinese) {
    for (const auto& row : rule_rows())
        if (row.id == id) return id + " " + std::string(chinese ? row.name_zh : row.name_en);
    return id;
}

// "line 3, record 2, field 印章编号": where in a file or body it is.
std::string place_of(const Printer& print, const Error& error) {
    std::string place;
    auto add = [&](std::string_view key, const std::string& what) {
        place += (place.empty() ? "" : ", ") + print.text(key, {what});
    };
    if (error.line) add("error.line", std::to_string(*error.line));
    if (error.record) add("error.record", std::to_string(*error.record));
    if (error.code == Code::invalid && !error.field.empty() &&
        error.detail.find(error.field) == std::string::npos)
        add("error.field", error.field);
    return place;
}

}  // namespace

std::string Printer::text(std::string_view key, const std::vector<std::string>& args) const {
    std::vector<std::string> safe;
    safe.reserve(args.size());
    for (const auto& arg : args)
        safe.push_back(cleaned(arg));
    return cli_text(settings_.language, key, safe);
}

void Printer::line(std::string_view text) {
    put(streams_.out, text);
    put(streams_.out, "\n");
    std::fflush(streams_.out);
}

void Printer::raw(std::string_view text) {
    put(streams_.out, text);
}

void Printer::table(const Table& table) {
    put(streams_.out, table.layout(streams_.width, settings_.colour));
}

void Printer::note(std::string_view text) {
    if (settings_.json) return;
    put(streams_.err, text);
    put(streams_.err, "\n");
}

void Printer::error(const Error& error) {
    progress("");
    std::fflush(streams_.out);  // what was said before stands before it, also in one file
    bool colour = streams_.err_terminal && settings_.colour;
    auto lines = painted(Style::bad, "sealctl: ", colour) + cleaned(error.detail) + "\n";
    // A detail in Chinese tells rule and remedy itself.
    auto add = [&](std::string_view key, const std::string& what) {
        if (what.empty() || error.detail.find(what) != std::string::npos) return;
        lines += painted(Style::bold, text(key), colour) + " " + cleaned(what) + "\n";
    };
    add("error.where", place_of(*this, error));
    add("error.rule", error.rule.empty() ? "" : rule_text(error.rule, chinese()));
    add("error.remedy", error.remedy);
    if (error.seq) add("error.recorded", text("error.entry", {std::to_string(*error.seq)}));
    put(streams_.err, lines);
}

void Printer::progress(std::string_view text) {
    if (!shows_progress()) return;
    auto columns = columns_of(text);
    if (columns == 0 && progress_columns_ == 0) return;
    std::string line = "\r" + std::string(text);
    if (columns < progress_columns_) line += std::string(progress_columns_ - columns, ' ');
    if (columns == 0) line += "\r";
    progress_columns_ = columns;
    put(streams_.err, line);
    std::fflush(streams_.err);
}

bool Printer::failed() const {
    return std::fflush(streams_.out) != 0 || std::ferror(streams_.out) != 0;
}

Value problem_of(const Error& error) {
    const auto& row = row_of(error.code);
    Value out{Value::Object{}};
    out.add("type", "urn:seals:problem:" + std::string(row.name));
    out.add("title", row.title);
    out.add("status", row.http);
    out.add("detail", error.detail);
    out.add("code", row.name);
    for (const auto& [name, text] : {std::pair{"field", &error.field}, {"remedy", &error.remedy}})
        if (!text->empty()) out.add(name, *text);
    return out;
}

}  // namespace seals::sealctl
