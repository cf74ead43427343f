#include "report/html.hpp"
#include "report/sheet.hpp"

namespace seals::report {
namespace {

constexpr std::string_view kStyle = R"css(@page{size:A4 portrait;margin:14mm 12mm}
*{box-sizing:border-box}
body{margin:0;background:#e8e8e8;color:#000;font:9.5pt/1.45 "SimSun","Songti SC","Noto Serif CJK SC","Noto Serif SC",serif}
main{width:186mm;margin:6mm auto;background:#fff}
@media screen{main{padding:12mm;width:210mm;box-shadow:0 1px 6px #0005}}
@media print{body{background:none}main{margin:0}}
h1{margin:0 0 3mm;font:bold 16pt/1.2 "SimHei","Heiti SC","Noto Sans CJK SC","Noto Sans SC",sans-serif;text-align:center}
h2{margin:5mm 0 1mm;font:bold 11pt/1.2 "SimHei","Heiti SC","Noto Sans CJK SC","Noto Sans SC",sans-serif;break-after:avoid}
p{margin:1mm 0}
table{width:100%;border-collapse:collapse;border:1pt solid #000}
th,td{border:.35pt solid #000;padding:.7mm 1.2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:#f0f0f0;text-align:center;print-color-adjust:exact;-webkit-print-color-adjust:exact}
thead{display:table-header-group}
tr{break-inside:avoid}
td.n{width:36mm;color:#333}
td.c,.c{font:7pt/1.3 "DejaVu Sans Mono","Consolas",monospace}
.r{text-align:right}
.verdict{border:1.5pt solid #000;padding:2mm 3mm;margin:3mm 0;font-weight:bold;break-inside:avoid}
.bad{color:#b00000}
.warning{color:#b00000;font-weight:bold;text-align:center}
.signs{display:flex;justify-content:space-between;margin-top:12mm;font-size:10pt;break-inside:avoid}
.signs b{display:inline-block;width:30mm;border-bottom:.5pt solid #000;font-weight:normal}
)css";

std::string paragraphs(const std::vector<std::string>& all) {
    std::string out;
    for (const auto& one : all)
        out += "<p>" + escaped(one) + "</p>\n";
    return out;
}

std::string facts_of(const SheetPart& part) {
    if (part.facts.empty()) return {};
    std::string out = "<table><tbody>\n";
    for (const auto& [name, text] : part.facts)
        out +=
            "<tr><td class=\"n\">" + escaped(name) + "</td><td>" + escaped(text) + "</td></tr>\n";
    return out + "</tbody></table>\n";
}

std::string table_of(const SheetTable& table) {
    if (table.columns.empty()) return {};
    std::string out = "<table><thead><tr>";
    for (const auto& column : table.columns)
        out += "<th>" + escaped(column.title) + "</th>";
    out += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto& column = table.columns[i];
            out += column.code ? "<td class=\"c\">" : column.right ? "<td class=\"r\">" : "<td>";
            out += (i < row.size() ? escaped_cell(row[i]) : std::string()) + "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

}  // namespace

std::string sheet_html(const Sheet& sheet, Language language) {
    auto colon = language == Language::zh_CN ? ":" : ": ";
    auto out = html_begin(sheet.title, kStyle) + "<main>\n<h1>" + escaped(sheet.title) + "</h1>\n";
    if (!sheet.warning.empty()) out += "<p class=\"warning\">" + escaped(sheet.warning) + "</p>\n";
    out += std::string("<div class=\"verdict") + (sheet.good ? "" : " bad") + "\">" +
           escaped(sheet.verdict) + "</div>\n";
    for (const auto& part : sheet.parts)
        out += "<h2>" + escaped(part.title) + "</h2>\n" + facts_of(part) + paragraphs(part.before) +
               table_of(part.table) + paragraphs(part.after);
    out += "<div class=\"signs\">";
    for (const auto& sign : sheet.signs)
        out += "<span>" + escaped(sign) + colon + "<b></b></span>";
    return out + "</div>\n</main>\n" + std::string(html_end());
}

}  // namespace seals::report
