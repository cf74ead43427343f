#include "client/url.hpp"

namespace seals::client {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kPlain = "-._~";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || kPlain.find(c) != std::string_view::npos) {
            out.push_back(c);
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kDigits[byte >> 4]);
        out.push_back(kDigits[byte & 15]);
    }
    return out;
}

std::string path_of(std::string_view pattern, const std::vector<std::string_view>& parts) {
    std::string out;
    auto next = parts.begin();
    for (auto hole = pattern.find("{}"); hole != std::string_view::npos && next != parts.end();
         hole = pattern.find("{}")) {
        out += pattern.substr(0, hole);
        out += percent_encoded(*next++);
        pattern.remove_prefix(hole + 2);
    }
    return out.append(pattern);
}

std::string with_query(std::string path, const Query& query) {
    char mark = '?';
    for (const auto& [name, value] : query) {
        if (value.empty()) continue;
        path += std::exchange(mark, '&');
        path += percent_encoded(name) + "=" + percent_encoded(value);
    }
    return path;
}

}  // namespace seals::client
