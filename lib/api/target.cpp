#include "api/target.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace seals::api {
namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// "http://seals/v1/status" -> "/v1/status": a server must take the absolute form, too.
std::string_view without_authority(std::string_view target) {
    constexpr std::string_view kScheme = "http://";
    if (!target.starts_with(kScheme)) return target;
    auto slash = target.find('/', kScheme.size());
    return slash == std::string_view::npos ? "/" : target.substr(slash);
}

Status read_path(std::string_view path, Target& to) {
    if (!path.starts_with('/'))
        return invalid("path", "the request target must start with a slash");
    to.path = path;
    for (auto segment : split(path.substr(1), '/')) {
        auto text = percent_decoded(segment, false);
        if (!text) return invalid("path", "the path " + text.error().detail);
        to.segments.push_back(std::move(*text));
    }
    return {};
}

Status read_query(std::string_view query, Target& to) {
    if (query.empty()) return {};
    for (auto pair : split(query, '&')) {
        if (pair.empty()) continue;
        auto equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals), true);
        if (!name || name->empty()) return invalid("query", "a query parameter has no valid name");
        auto rest = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
        auto text = percent_decoded(rest, true);
        if (!text)
            return invalid(*name, "query parameter \"" + *name + "\" " + text.error().detail);
        if (!to.query.emplace(*name, std::move(*text)).second)
            return invalid(*name, "query parameter \"" + *name + "\" is given twice");
    }
    return {};
}

}  // namespace

Result<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            int high = i + 1 < text.size() ? digit_of(text[i + 1]) : -1;
            int low = i + 2 < text.size() ? digit_of(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return invalid("", "holds a % that is not followed by two hex digits");
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        out.push_back(c);
    }
    auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(out.begin(), out.end(), control))
        return invalid("", "holds a control character");
    if (!valid_utf8(out)) return invalid("", "is not valid UTF-8");
    return out;
}

Result<Target> parse_target(std::string_view target) {
    target = without_authority(target.substr(0, target.find('#')));
    auto mark = target.find('?');
    Target to;
    if (auto status = read_path(target.substr(0, mark), to); !status) return status.error();
    if (mark == std::string_view::npos) return to;
    if (auto status = read_query(target.substr(mark + 1), to); !status) return status.error();
    return to;
}

}  // namespace seals::api
