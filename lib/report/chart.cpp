#include "report/chart.hpp"

#include <algorithm>

#include "base/wrap.hpp"
#include "report/html.hpp"

namespace seals::report {
namespace {

// In the units of the picture: 1000 wide, as high as it needs.
constexpr std::int64_t kWidth = 1000, kTitle = 44, kLine = 34, kBar = 20;
constexpr std::int64_t kNames = 330, kNumbers = 90, kStanding = 330;
constexpr std::size_t kNameColumns = 36;
constexpr const char* kOrdinary = "#30567d";
constexpr const char* kCrossPage = "#c58b3a";

std::string n(std::int64_t number) {
    return std::to_string(number);
}

std::string rect(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height,
                 const char* colour) {
    if (width <= 0 || height <= 0) return {};
    return "<rect x=\"" + n(x) + "\" y=\"" + n(y) + "\" width=\"" + n(width) + "\" height=\"" +
           n(height) + "\" fill=\"" + colour + "\"/>";
}

std::string text(std::int64_t x, std::int64_t y, std::string_view anchor, std::string_view words,
                 int size = 20) {
    return "<text x=\"" + n(x) + "\" y=\"" + n(y) + "\" font-size=\"" + n(size) +
           "\" text-anchor=\"" + std::string(anchor) + "\">" + escaped(words) + "</text>";
}

std::string begin(std::string_view title, std::int64_t height) {
    return "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + n(kWidth) + " " + n(height) +
           "\" xmlns=\"http://www.w3.org/2000/svg\"><title>" + escaped(title) + "</title>" +
           "<text x=\"0\" y=\"26\" font-size=\"24\" font-weight=\"bold\">" + escaped(title) +
           "</text>" + rect(700, 10, 18, 18, kOrdinary) + text(724, 26, "start", "盖印") +
           rect(830, 10, 18, 18, kCrossPage) + text(854, 26, "start", "骑缝");
}

std::int64_t most_of(const std::vector<Bar>& bars) {
    std::int64_t most = 1;
    for (const auto& bar : bars)
        most = std::max(most, bar.ordinary + bar.cross_page);
    return most;
}

std::string short_name(const std::string& name) {
    auto lines = wrapped(name, kNameColumns - 2);
    return lines.size() > 1 ? lines.front() + "…" : lines.front();
}

std::string count_text(const Bar& bar) {
    return bar.cross_page > 0 ? n(bar.ordinary) + "+" + n(bar.cross_page) : n(bar.ordinary);
}

}  // namespace

std::string lying_bars(std::string_view title, std::vector<Bar> bars, std::size_t most) {
    if (bars.size() > most) {
        Bar rest{"其余 " + std::to_string(bars.size() - most + 1) + " 项"};
        for (auto i = most - 1; i < bars.size(); ++i) {
            rest.ordinary += bars[i].ordinary;
            rest.cross_page += bars[i].cross_page;
        }
        bars.resize(most - 1);
        bars.push_back(std::move(rest));
    }
    auto largest = most_of(bars);
    auto out = begin(
        title, kTitle + kLine * static_cast<std::int64_t>(std::max<std::size_t>(bars.size(), 1)));
    auto room = kWidth - kNames - kNumbers;
    std::int64_t y = kTitle;
    for (const auto& bar : bars) {
        auto first = bar.ordinary * room / largest, second = bar.cross_page * room / largest;
        auto top = y + (kLine - kBar) / 2, base = y + kLine / 2 + 7;
        out += text(kNames - 12, base, "end", short_name(bar.name)) +
               rect(kNames, top, first, kBar, kOrdinary) +
               rect(kNames + first, top, second, kBar, kCrossPage) +
               text(kNames + first + second + 8, base, "start", count_text(bar), 18);
        y += kLine;
    }
    if (bars.empty()) out += text(kNames, kTitle + kLine / 2, "start", "本期无用印");
    return out + "<line x1=\"" + n(kNames) + "\" y1=\"" + n(kTitle) + "\" x2=\"" + n(kNames) +
           "\" y2=\"" + n(std::max(y, kTitle + kLine)) + "\" stroke=\"#000\"/></svg>\n";
}

std::string standing_bars(std::string_view title, const std::vector<Bar>& bars) {
    auto largest = most_of(bars);
    auto out = begin(title, kTitle + kStanding + 70);
    auto step = kWidth / std::max<std::int64_t>(static_cast<std::int64_t>(bars.size()), 1);
    auto width = step * 2 / 3, bottom = kTitle + 30 + kStanding;
    std::int64_t x = (step - width) / 2;
    for (const auto& bar : bars) {
        auto first = bar.ordinary * kStanding / largest,
             second = bar.cross_page * kStanding / largest;
        out += rect(x, bottom - first, width, first, kOrdinary) +
               rect(x, bottom - first - second, width, second, kCrossPage) +
               text(x + width / 2, bottom + 24, "middle", bar.name, 18);
        if (bar.ordinary + bar.cross_page > 0)
            out += text(x + width / 2, bottom - first - second - 6, "middle",
                        n(bar.ordinary + bar.cross_page), 16);
        x += step;
    }
    return out + "<line x1=\"0\" y1=\"" + n(bottom) + "\" x2=\"1000\" y2=\"" + n(bottom) +
           "\" stroke=\"#000\"/></svg>\n";
}

}  // namespace seals::report
