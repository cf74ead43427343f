#include "report/html.hpp"

#include "base/width.hpp"

namespace seals::report {
namespace {

constexpr std::string_view kStyle = R"css(@page{size:A4 landscape;margin:10mm}
*{box-sizing:border-box}
body{margin:0;background:#e8e8e8;color:#000;font:8.5pt/1.3 "SimSun","Songti SC","Noto Serif CJK SC","Noto Serif SC",serif}
.page{position:relative;width:277mm;height:189mm;margin:6mm auto;background:#fff;overflow:hidden;break-inside:avoid}
@media screen{.page{padding:10mm;width:297mm;height:209mm;box-shadow:0 1px 6px #0005}}
@media print{body{background:none}.page{margin:0;break-after:page}.page:last-of-type{break-after:auto}}
h1{margin:0;font:bold 17pt/1.2 "SimHei","Heiti SC","Noto Sans CJK SC","Noto Sans SC",sans-serif;text-align:center;letter-spacing:.3em;text-indent:.3em}
h1 small{font-size:10pt;letter-spacing:0}
.meta{display:flex;justify-content:space-between;margin:1.5mm 0;font-size:9pt}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th,td{border:.35pt solid #000;padding:.7mm 1mm;vertical-align:middle;overflow-wrap:anywhere}
table{border:1pt solid #000}
th{word-break:keep-all;background:#f0f0f0;font-weight:bold;text-align:center;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.r{text-align:right}.m{text-align:center}.d{white-space:nowrap}
tr.part td{background:#f7f7f7;font-weight:bold;print-color-adjust:exact;-webkit-print-color-adjust:exact}
tfoot td{font-weight:bold}
tfoot tr:first-child td{border-top:1pt solid #000}
.foot{position:absolute;left:0;right:0;bottom:0}
@media screen{.foot{left:10mm;right:10mm;bottom:10mm}}
.signs{display:flex;justify-content:space-between;font-size:10pt;margin:0 0 2mm}
.signs span b{display:inline-block;width:38mm;border-bottom:.5pt solid #000;font-weight:normal}
.proof{display:flex;justify-content:space-between;border-top:.5pt solid #777;padding-top:1mm;font-size:7.5pt;color:#222}
.proof code{font:7.5pt "DejaVu Sans Mono","Consolas",monospace}
.sim{color:#b00000}
)css";

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (char c : cleaned(text))
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    return out;
}

std::string escaped_cell(std::string_view text) {
    static constexpr std::string_view kDay = "0000-00-00";
    auto safe = escaped(text);
    auto is_day = [&](std::size_t at) {
        if (at + kDay.size() > safe.size()) return false;
        for (std::size_t i = 0; i < kDay.size(); ++i) {
            bool digit = safe[at + i] >= '0' && safe[at + i] <= '9';
            if (kDay[i] == '0' ? !digit : safe[at + i] != kDay[i]) return false;
        }
        return true;
    };
    std::string out;
    for (std::size_t at = 0; at < safe.size();) {
        if (is_day(at)) {
            out += "<span class=\"d\">" + safe.substr(at, kDay.size()) + "</span>";
            at += kDay.size();
            continue;
        }
        if (safe[at] == '(' && at > 0) out += "<wbr>";
        bool dash = safe.compare(at, 3, "–") == 0;
        auto length = dash ? std::size_t{3} : std::size_t{1};
        out += safe.substr(at, length);
        if (dash || safe[at] == '/') out += "<wbr>";
        at += length;
    }
    return out;
}

std::string html_begin(std::string_view title, std::string_view style) {
    return "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'; img-src data:\">\n<title>" +
           escaped(title) + "</title>\n<style>\n" + std::string(style) +
           "</style>\n</head>\n<body>\n";
}

std::string_view html_end() {
    return "</body>\n</html>\n";
}

std::string_view page_style() {
    return kStyle;
}

}  // namespace seals::report
