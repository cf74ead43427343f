// What must hold of those outside who speak for this ledger: witnesses, and who stamps the time.
#include <set>

#include "config/check.hpp"

namespace seals::config {
namespace {

bool is_web(const std::string& url) {
    return url.empty() || url.starts_with("http://") || url.starts_with("https://");
}

Error no_web(std::string field, const std::string& url) {
    return wrong(std::move(field),
                 "the address \"" + url + "\" does not start with http:// or https://");
}

}  // namespace

// Whether a key is one says whoever uses it; here: that it is of the witness that is named.
Status check_witnesses(const Config& config) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < config.witnesses.size(); ++i) {
        const auto& witness = config.witnesses[i];
        auto at = "witness[" + std::to_string(i) + "].";
        if (witness.name.empty() || !witness.key.starts_with(witness.name + "+"))
            return wrong(at + "key",
                         "the key of the witness \"" + witness.name +
                             "\" does not start with its name and +",
                         "copy both from what sealctl witness key prints there");
        if (!names.insert(witness.name).second)
            return wrong(at + "name", "the witness \"" + witness.name + "\" is named twice");
        if (!is_web(witness.url)) return no_web(at + "url", witness.url);
    }
    if (!is_web(config.evidence.tsa_url))
        return no_web("evidence.tsa_url", config.evidence.tsa_url);
    return {};
}

}  // namespace seals::config
