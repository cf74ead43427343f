#include "base/origin.hpp"

#include <charconv>

namespace seals {
namespace {

constexpr std::string_view kSim = "/sim";
constexpr std::uint32_t kMostEpochs = 1'000'000;

// N of "/eN" at the end of the text, after an organisation and a node; 1: there is none.
std::uint32_t epoch_at_end(std::string_view text) {
    auto slash = text.rfind('/');
    if (slash == std::string_view::npos || text.find('/') == slash) return 1;
    auto last = text.substr(slash + 1);
    if (last.size() < 2 || last[0] != 'e' || last[1] == '0') return 1;
    std::uint32_t number = 0;
    auto [end, error] = std::from_chars(last.data() + 1, last.data() + last.size(), number);
    bool whole = error == std::errc{} && end == last.data() + last.size();
    return whole && number > 1 && number <= kMostEpochs ? number : 1;
}

}  // namespace

std::string Origin::text() const {
    return node + (epoch > 1 ? "/e" + std::to_string(epoch) : "") +
           std::string(simulated ? kSim : "");
}

Origin read_origin(std::string_view text) {
    Origin out;
    out.simulated = text.ends_with(kSim);
    if (out.simulated) text.remove_suffix(kSim.size());
    out.epoch = epoch_at_end(text);
    if (out.epoch > 1) text = text.substr(0, text.rfind('/'));
    out.node = text;
    return out;
}

}  // namespace seals
