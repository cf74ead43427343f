#include "report/html.hpp"
#include "report/scene.hpp"
#include "words/cli_texts.hpp"

namespace seals::report {
namespace {

constexpr std::string_view kStyle = R"css(@page{size:A4 portrait;margin:12mm}
*{box-sizing:border-box}
body{margin:0;background:#e8e8e8;color:#000;font:9.5pt/1.4 "SimSun","Songti SC","Noto Serif CJK SC","Noto Serif SC",serif}
main{width:186mm;margin:6mm auto;background:#fff}
@media screen{main{padding:12mm;width:210mm;box-shadow:0 1px 6px #0005}}
@media print{body{background:none}main{margin:0}}
h1{margin:0 0 3mm;font:bold 16pt/1.2 "SimHei","Heiti SC","Noto Sans CJK SC","Noto Sans SC",sans-serif;text-align:center}
h2{margin:4mm 0 1mm;font:bold 11pt/1.2 "SimHei","Heiti SC","Noto Sans CJK SC","Noto Sans SC",sans-serif}
table{width:100%;border-collapse:collapse}
th,td{border:.35pt solid #000;padding:.8mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
table{border:1pt solid #000}
th.g{width:24mm;text-align:center;vertical-align:middle;font-weight:bold;background:#f0f0f0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
td.n{width:34mm;color:#333}
thead th{background:#f0f0f0;text-align:center;print-color-adjust:exact;-webkit-print-color-adjust:exact}
tr{break-inside:avoid}
.photos{display:grid;grid-template-columns:1fr 1fr;gap:4mm}
figure{margin:0;border:.35pt solid #000;padding:1.5mm;break-inside:avoid}
figure img{display:block;max-width:100%;max-height:95mm;margin:0 auto 1mm}
figcaption,.hash{font-size:8pt}
code{font:7.5pt "DejaVu Sans Mono","Consolas",monospace;overflow-wrap:anywhere}
.bad{color:#b00000;font-weight:bold}
.r{text-align:right}
.signs{display:flex;justify-content:space-between;margin-top:8mm;font-size:10pt}
.signs b{display:inline-block;width:34mm;border-bottom:.5pt solid #000;font-weight:normal}
)css";

std::string group_rows(const SceneGroup& group) {
    std::string out;
    auto head = "<th class=\"g\" rowspan=\"" + std::to_string(group.facts.size()) + "\">" +
                escaped(group.title) + "</th>";
    for (const auto& fact : group.facts) {
        out += "<tr>" + head + "<td class=\"n\">" + escaped(fact.name) + "</td><td>" +
               escaped(fact.text) + "</td></tr>\n";
        head.clear();
    }
    return out;
}

std::string photo_figure(const ScenePhoto& photo, const Picture& picture, Language language) {
    std::string out = "<figure>";
    if (!picture.base64.empty())
        out += "<img alt=\"" + escaped(photo.label) + "\" src=\"data:" + escaped(picture.type) +
               ";base64," + picture.base64 + "\">";
    if (picture.altered)
        out += "<p class=\"bad\">" + escaped(cli_text(language, "scene.altered")) + "</p>";
    return out + "<figcaption>" + escaped(photo.label) + " <code>" + escaped(photo.sha256) +
           "</code></figcaption></figure>\n";
}

std::string entry_rows(const std::vector<SceneEntry>& entries) {
    std::string out;
    for (const auto& entry : entries)
        out += "<tr><td class=\"r\">" + std::to_string(entry.seq) + "</td><td>" +
               escaped(entry.time) + "</td><td>" + escaped(entry.event) + "</td><td>" +
               escaped(entry.person) + "</td><td>" + escaped(entry.detail) + "</td></tr>\n";
    return out;
}

}  // namespace

std::string scene_html(const Scene& scene, Language language,
                       const std::function<Picture(const std::string& sha256)>& picture) {
    auto text = [&](std::string_view key) { return escaped(cli_text(language, key)); };
    auto head = [&](std::string_view key) { return "<th>" + text(key) + "</th>"; };
    auto out = html_begin(scene.title, kStyle) + "<main>\n<h1>" + escaped(scene.title) + "</h1>\n" +
               (scene.simulated ? "<p class=\"bad\">" + text("scene.simulated") + "</p>\n" : "") +
               "<table><tbody>\n";
    for (const auto& group : scene.groups)
        out += group_rows(group);
    out += "</tbody></table>\n<h2>" + text("scene.photos") + "</h2>\n";
    if (scene.photos.empty()) out += "<p>" + text("scene.no_photos") + "</p>\n";
    out += "<div class=\"photos\">\n";
    for (const auto& photo : scene.photos)
        out += photo_figure(photo, picture(photo.sha256), language);
    out += "</div>\n<h2>" + text("scene.entries") + " (" +
           escaped(cli_text(language, "scene.size", {std::to_string(scene.size)})) +
           ")</h2>\n<table><thead><tr>" + head("head.seq") + head("head.time") +
           head("head.event") + head("head.person") + head("head.note") + "</tr></thead><tbody>\n" +
           entry_rows(scene.entries) + "</tbody></table>\n" + "<div class=\"signs\"><span>" +
           text("scene.stamped_by") + ":<b></b></span><span>" + text("scene.witness") +
           ":<b></b></span><span>" + text("scene.checked_by") + ":<b></b></span></div>\n</main>\n";
    return out + std::string(html_end());
}

}  // namespace seals::report
